"""Commitments to content that must not be readable, nor guessable, where the commitment is seen.

A plain hash is a test of any guess at what was hashed. A salted one proves that the content was
there without telling what it was, and destroying the salt makes that final.
"""

from __future__ import annotations

import hashlib
import hmac

from atalaya.model.errors import BadInput

SALT_BYTES = 32
_FORM = "hmac-sha256:"


def salted_commitment(salt: bytes, payload: bytes) -> str:
    """Commit to content so that only who has the salt can tell or guess what it is.

    Args:
        salt: 32 random bytes (``evidence.log.new_salt``), kept with the content and used once.
        payload: The content.

    Returns:
        ``hmac-sha256:`` and 64 hex digits.

    Raises:
        BadInput: The salt has another length. One length only, because HMAC fills shorter keys
            with zeros, so that two salts could open one commitment.

    Source: RFC 2104, HMAC, with SHA-256.

    >>> salted_commitment(bytes(32), b"a name")[:24]
    'hmac-sha256:47a79424b4a4'
    """
    if len(salt) != SALT_BYTES:
        raise BadInput(f"a salt has {SALT_BYTES} bytes, this one {len(salt)}", do="use new_salt()")
    return _FORM + hmac.new(salt, payload, hashlib.sha256).hexdigest()


def opens_commitment(commitment: str, salt: bytes, payload: bytes) -> bool:
    """Tell whether salt and content are what a commitment was made from.

    >>> opens_commitment(salted_commitment(bytes(32), b"a"), bytes(32), b"b")
    False
    """
    return hmac.compare_digest(commitment.encode(), salted_commitment(salt, payload).encode())
