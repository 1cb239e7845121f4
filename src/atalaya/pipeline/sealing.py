"""Seals an original that may hold private persons with a key of its own.

Destroying the key destroys the original for good; opening it needs a reason, which is noted.

Source: NIST SP 800-38D, AES in Galois/Counter Mode, with a 96-bit nonce.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from atalaya.evidence.durable import write_file
from atalaya.model.errors import LookAtThis, Place, WrongUse

_NONCE = 12  # bytes
_KEY_BITS = 256


def seal(payload: bytes, sha256: str) -> tuple[bytes, bytes]:
    """Encrypt a file under a fresh key.

    Args:
        payload: The file.
        sha256: Its SHA-256, which is bound to the sealed bytes.

    Returns:
        The sealed bytes and the key.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, nonce = AESGCM.generate_key(_KEY_BITS), os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, payload, sha256.encode()), key


def open_sealed(folder: Path, sha256: str, reason: str, now: datetime) -> bytes:
    """Open a sealed original; the reason is noted in ``openings.jsonl`` first.

    Args:
        folder: The folder of sheets.
        sha256: SHA-256 of the original.
        reason: Why it is opened; it may not be empty.
        now: The present moment, UTC.

    Raises:
        WrongUse: There is no reason.
        LookAtThis: The original or its key is gone, or either was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not reason.strip():
        raise WrongUse("opening an original needs a reason", do="say why it is opened")
    place = Place(str(folder / "originals" / f"{sha256}.sealed"))
    try:
        sealed = Path(place.name).read_bytes()
        key = (folder / "keys" / f"{sha256}.key").read_bytes()
    except OSError as error:
        raise LookAtThis(
            f"the original cannot be opened: {error.strerror or error}",
            do="if its key was destroyed, it is gone for good; ask who sent the sheet",
            where=place,
        ) from error
    _note(folder, {"opened": sha256, "reason": reason, "when": now.isoformat()})
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], sha256.encode())
    except (InvalidTag, ValueError) as error:
        raise LookAtThis(
            "the sealed original or its key was changed", do="take both from a backup", where=place
        ) from error


def destroy_key(folder: Path, sha256: str, reason: str, now: datetime) -> None:
    """Destroy the key of an original, and with it the original; the reason is noted first.

    Raises:
        WrongUse: There is no reason.
    """
    if not reason.strip():
        raise WrongUse("destroying a key needs a reason", do="say why it is destroyed")
    _note(folder, {"destroyed": sha256, "reason": reason, "when": now.isoformat()})
    (folder / "keys" / f"{sha256}.key").unlink(missing_ok=True)


def _note(folder: Path, said: dict[str, str]) -> None:
    path = folder / "openings.jsonl"
    before = path.read_bytes() if path.exists() else b""
    write_file(path, before + json.dumps(said, ensure_ascii=False).encode() + b"\n", 0o600)
