"""The salts of what the log commits to without telling it (``model.commitments``)."""

from __future__ import annotations

import secrets

from atalaya.model.commitments import SALT_BYTES


def new_salt() -> bytes:
    """Draw a salt of 32 bytes from the system's randomness."""
    return secrets.token_bytes(SALT_BYTES)
