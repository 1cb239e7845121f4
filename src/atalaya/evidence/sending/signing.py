"""Signatures of webhooks, so that a receiver can tell ours from anybody's, and a replay from new.

Source: Standard Webhooks 1.0, "Signature scheme": HMAC-SHA256 over ``id.timestamp.body``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

from atalaya.model.errors import BadInput

_HEAD = "whsec_"
_SHORTEST, _LONGEST = 24, 64  # bytes of a secret, as the standard asks


def secret_bytes(text: str) -> bytes:
    """Read a secret.

    Args:
        text: ``whsec_`` and base64, one line.

    Raises:
        BadInput: It is not such a line, or too short to be secret. The text is never repeated.
    """
    try:
        raw = base64.b64decode(text.strip().removeprefix(_HEAD), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refused("is not base64") from error
    if not text.strip().startswith(_HEAD) or not _SHORTEST <= len(raw) <= _LONGEST:
        raise _refused(f"is not whsec_ with {_SHORTEST} to {_LONGEST} bytes after it")
    return raw


def new_secret(random: bytes) -> str:
    """Write a secret of random bytes."""
    return _HEAD + base64.b64encode(random).decode("ascii")


def signature_headers(
    message: str, at: datetime, body: bytes, secret: bytes
) -> tuple[tuple[str, str], ...]:
    """Give the headers that sign a body.

    Args:
        message: Identifier of what is sent: the same for every try, so that a receiver that has it
            already can leave it.
        at: When this try is made; a receiver refuses one that is more than five minutes off.
        body: The exact bytes.
        secret: Shared with the receiver.

    >>> signed = signature_headers("m", datetime.fromtimestamp(1), b"{}", b"k" * 24)
    >>> dict(signed)["webhook-signature"][:3]
    'v1,'
    """
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return (
        ("webhook-id", message),
        ("webhook-timestamp", stamp),
        ("webhook-signature", f"v1,{base64.b64encode(digest).decode('ascii')}"),
    )


def _refused(what: str) -> BadInput:
    return BadInput(
        f"the secret of webhooks {what}",
        why="without it nobody can tell our alerts from anybody else's",
        do="delete the file; the next `atalaya alerts send` writes a new one to share",
    )
