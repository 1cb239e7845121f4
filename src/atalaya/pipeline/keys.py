"""Changing the key that signs the log, without a moment in which neither key is kept."""

from __future__ import annotations

from atalaya.evidence.log import SigningKey
from atalaya.model.settings import Folder
from atalaya.pipeline.house import LOG_KEY, open_log


def rotate(folder: Folder) -> str:
    """Give the log a new key, vouched for by the old one.

    The new key is kept under its own name before the log learns of it, and takes the place of the
    old one afterwards; the old one is kept beside it, because it signed what came before.

    Args:
        folder: The observatory.

    Returns:
        The new verifier key, in note form.

    Raises:
        TryLater: Another process writes the log, or there is no room; the key is the old one.
    """
    current = folder.keys / LOG_KEY
    log = open_log(folder)
    old = SigningKey.load(current)
    new = SigningKey.generate(old.name)
    kept = folder.keys / f"log-{new.verifier.id.hex()}.key"
    new.save(kept)
    log.rotate(new)
    current.rename(folder.keys / f"log-{old.verifier.id.hex()}.key")
    kept.rename(current)
    return new.vkey
