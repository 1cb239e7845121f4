"""Seals originals that may name private persons, each under a key of its own.

The sealed bytes are evidence and never change. The key lies apart; destroying it destroys the
original for good. With it goes the salt of the commitment to the plain bytes, so that nobody can
test a guess at them afterwards either.

Source: NIST SP 800-38D, AES in Galois/Counter Mode, with a 96-bit nonce.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.evidence.durable import make_folder, not_written, sync_folder, write_file
from atalaya.evidence.log import new_salt
from atalaya.model.commitments import salted_commitment
from atalaya.model.errors import LookAtThis, Place, StopEverything
from atalaya.model.identifiers import canonical_json, sha256_hex

_SCHEMA = 1
_NONCE = 12  # bytes
_KEY_BITS, _KEY_BYTES = 256, 32


@dataclass(frozen=True, slots=True)
class Key:
    """What opens one sealed original.

    Args:
        key: 32 bytes.
        sha256: SHA-256 of the plain bytes, bound to the sealed ones.
        salt: Salt of the commitment to the plain bytes; empty for originals older than those.
        address: Where it came from, where that itself may name a private person; else empty.
    """

    key: bytes
    sha256: str
    salt: bytes = b""
    address: str = field(default="", repr=False)

    def opens(self, sealed: bytes) -> bytes:
        """Give the plain bytes.

        Raises:
            StopEverything: The sealed bytes or the key were changed.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            plain = AESGCM(self.key).decrypt(sealed[:_NONCE], sealed[_NONCE:], self.sha256.encode())
        except (InvalidTag, ValueError) as error:
            raise StopEverything(
                "the sealed original or its key was changed", do="take both from a backup"
            ) from error
        return plain


@dataclass(frozen=True, slots=True)
class Sealed:
    """An original as it is kept.

    Args:
        payload: The sealed bytes.
        plain: Commitment to the plain bytes, for the log.
        key: What opens it; to be kept apart.
    """

    payload: bytes
    plain: str
    key: Key


def seal(plain: bytes) -> Sealed:
    """Seal a file under a fresh key and a fresh salt."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = Key(AESGCM.generate_key(_KEY_BITS), sha256_hex(plain), new_salt())
    nonce = os.urandom(_NONCE)
    payload = nonce + AESGCM(key.key).encrypt(nonce, plain, key.sha256.encode())
    return Sealed(payload, commitment(key.salt, key.sha256, len(plain)), key)


def commitment(salt: bytes, sha256: str, length: int) -> str:
    """Commit to what a file holds without telling its hash, which would be a test of guesses."""
    return salted_commitment(salt, canonical_json({"sha256": sha256, "length": length}))


@dataclass(frozen=True, slots=True)
class Vault:
    """The folder of keys, one file an original, which only its owner may read."""

    folder: Path

    def keep(self, name: str, key: Key) -> None:
        """Keep a key durably, before what it opens is kept.

        Args:
            name: SHA-256 that names the original.
            key: The key.

        Raises:
            TryLater: The disk is full or refuses; the key is not kept.
        """
        try:
            make_folder(self.folder, 0o700)
        except OSError as error:
            raise not_written(self.folder, error) from error
        said = {
            "schema": _SCHEMA,
            "key": key.key.hex(),
            "sha256": key.sha256,
            "salt": key.salt.hex(),
        } | ({"address": key.address} if key.address else {})
        write_file(self._path(name), json.dumps(said).encode(), 0o600)

    def has(self, name: str) -> bool:
        """Whether the key is here."""
        return self._path(name).is_file()

    def key(self, name: str) -> Key | None:
        """Give a key, or None where it is not here.

        Raises:
            LookAtThis: The file is no key.
        """
        path = self._path(name)
        if not path.is_file():
            return None
        raw = path.read_bytes()
        if len(raw) == _KEY_BYTES:  # of a sheet kept before keys had salts: named by its own hash
            return Key(raw, name)
        try:
            said = json.loads(raw)
            salt = bytes.fromhex(said["salt"])
            return Key(bytes.fromhex(said["key"]), said["sha256"], salt, said.get("address", ""))
        except (ValueError, KeyError, TypeError) as error:
            raise LookAtThis(
                f"this is no key of an original: {error}",
                do="take it from a backup",
                where=Place(str(path)),
            ) from error

    def secret(self, name: str) -> bytes:
        """Give a secret of the observatory's own, made when it is first asked for.

        Args:
            name: What it is for; no original has such a name.

        Raises:
            TryLater: It cannot be kept.
            LookAtThis: The file is no key.
        """
        known = self.key(name)
        if known is None:
            known = Key(os.urandom(_KEY_BYTES), "")
            self.keep(name, known)
        return known.key

    def destroy(self, name: str) -> bool:
        """Destroy a key; say whether there was one.

        Overwriting it first helps only where a disk writes in place; copies in backups stay.
        """
        path = self._path(name)
        if not path.is_file():
            return False
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)
        return True

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"
