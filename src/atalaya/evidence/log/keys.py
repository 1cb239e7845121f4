"""The keys that sign the log: Ed25519, written in the text forms of signed notes.

Source: C2SP signed-note, "Verifier keys" and "Ed25519 signatures"; the private form is the one of
Go's ``golang.org/x/mod/sumdb/note``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from atalaya.evidence.durable import sync_folder
from atalaya.model.errors import BadInput, LookAtThis, Place, WrongUse

_ED25519 = b"\x01"
_KEY_BYTES = 32
_PRIVATE = "PRIVATE+KEY+"
_HEX8 = re.compile(r"[0-9a-f]{8}")
_ONLY_OWNER = 0o600


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What checks a signature: a name and an Ed25519 public key.

    Args:
        name: The name it signs under; for a log, its origin.
        public: The public key, 32 bytes.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)

    def __str__(self) -> str:
        encoded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    @property
    def id(self) -> bytes:
        """The key's short identifier, 4 bytes (not a cryptographic hash)."""
        said = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(said).digest()[:4]

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether this key made a signature (64 bytes) of a message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @classmethod
    def parse(cls, text: str, where: Place | None = None) -> VerifierKey:
        """Read a key in its text form.

        Args:
            text: ``<name>+<8 hex digits>+<base64>``; one line end is allowed after it.
            where: The file it came from, for the error.

        Raises:
            BadInput: It is not an Ed25519 verifier key, or its identifier does not fit.

        >>> key = VerifierKey.parse(
        ...     "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
        >>> key.name, key.id.hex()
        ('example.com/foo', '530d903a')
        """
        name, key_id, public = _parts(text.removesuffix("\n"), where)
        key = cls(name, public)
        if key.id != key_id:
            raise _bad(f"its identifier is {key_id.hex()}, its content says {key.id.hex()}", where)
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs: a name and an Ed25519 seed. Its printed form does not show the seed.

    Args:
        name: The name it signs under; for a log, its origin.
        seed: The secret, 32 bytes.
    """

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_key_name(self.name)

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        """Make a new key from the system's randomness."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> VerifierKey:
        """The key that checks what this one signs."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The verifier key in its text form."""
        return str(self.verifier)

    def sign(self, message: bytes) -> bytes:
        """Sign a message; 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def secret_text(self) -> str:
        """Give the key in its private text form: whoever reads it can sign as this log."""
        encoded = base64.b64encode(_ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str, where: Place | None = None) -> SigningKey:
        """Read a key in its private text form.

        Raises:
            BadInput: It is not an Ed25519 private key in this form. The message never quotes it.
        """
        if not text.startswith(_PRIVATE):
            raise _bad(f"it does not begin with {_PRIVATE}", where)
        name, key_id, seed = _parts(text.removeprefix(_PRIVATE).removesuffix("\n"), where)
        key = cls(name, seed)
        if key.verifier.id != key_id:
            raise _bad(f"its identifier {key_id.hex()} does not fit its content", where)
        return key

    def save(self, file: Path) -> None:
        """Write the key to a new file that only its owner can read.

        Raises:
            WrongUse: The file exists; a key is never overwritten.
        """
        try:
            number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
        except FileExistsError as error:
            raise WrongUse(
                f"{file} exists and is not overwritten: it may be the only copy of a key",
                do="move it away, or give another name",
            ) from error
        with os.fdopen(number, "w", encoding="utf-8") as opened:
            opened.write(self.secret_text() + "\n")
            opened.flush()
            os.fsync(number)
        sync_folder(file.parent)

    @classmethod
    def load(cls, file: Path) -> SigningKey:
        """Read a key from its file.

        Raises:
            LookAtThis: There is no such file, or other accounts can read it.
            BadInput: It holds no such key.
        """
        where = Place(str(file))
        try:
            mode = file.stat().st_mode & 0o777
        except FileNotFoundError as error:
            raise LookAtThis(
                "there is no signing key here",
                why="without it nothing can be added to the log",
                do="restore it from your backup; if it is lost for good, see docs/log.md",
                where=where,
            ) from error
        if mode & 0o077:
            raise LookAtThis(
                f"other accounts can read or change this private key (mode {mode:03o})",
                why="whoever has it can sign as this log",
                do=f"run chmod 600 {file}, and rotate the key if somebody may have read it",
                where=where,
            )
        return cls.parse(file.read_text("utf-8", errors="replace"), where)


def check_key_name(name: str) -> None:
    """Refuse a name that a signature line cannot carry (C2SP signed-note, "Format").

    Raises:
        BadInput: It is empty or holds a space, a plus sign or a control character.
    """
    if not name or any(c.isspace() or c == "+" or ord(c) < ord(" ") for c in name):
        raise BadInput(
            f"{name!r} cannot name a key",
            do="use an address without scheme, such as observatory.example/log",
        )


def _parts(text: str, where: Place | None) -> tuple[str, bytes, bytes]:
    name, plus, rest = text.partition("+")
    key_id, second_plus, encoded = rest.partition("+")
    try:
        material = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad("its last part is not base64", where) from error
    if not (plus and second_plus and name and _HEX8.fullmatch(key_id)):
        raise _bad("it has not the parts name, 8 hex digits and base64, joined by +", where)
    if material[:1] != _ED25519 or len(material) != _KEY_BYTES + 1:
        raise _bad("it is no Ed25519 key (a byte 1 and 32 bytes)", where)
    return name, bytes.fromhex(key_id), material[1:]


def _bad(reason: str, where: Place | None) -> BadInput:
    return BadInput(
        f"this is not a key in note form: {reason}",
        do="copy the whole line: <name>+<8 hex digits>+<base64>",
        where=where,
    )
