"""Writing a file so that after a crash it is either the old one or the new one, whole."""

from __future__ import annotations

import os
from pathlib import Path

from atalaya.model.errors import Place, TryLater


def write_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Replace a file's content in one move that survives a power cut.

    Args:
        path: The file; its folder is made when absent.
        content: What it will hold.
        mode: Its permissions.

    Raises:
        TryLater: The disk is full or refuses; the file is as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise TryLater(
            f"the file could not be written: {error.strerror or error}",
            why="it is as it was before",
            do="free disk space or give write permission, then run the command again",
            where=Place(str(path)),
        ) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
