"""The port to the disk: every step that can fail or be cut short, one call each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What the writer asks of a disk. Each call is one step; errors are ``OSError``."""

    def read(self, file: Path) -> bytes:
        """Give a file's bytes; ``FileNotFoundError`` when there is none."""

    def names(self, folder: Path) -> list[str]:
        """Give the names in a folder, sorted; none when there is no such folder."""

    def write(self, file: Path, content: bytes) -> None:
        """Create or overwrite a file; nothing is durable yet."""

    def sync(self, file: Path) -> None:
        """Make a file's content durable."""

    def rename(self, old: Path, new: Path) -> None:
        """Move a file over another in one step; not durable yet."""

    def make_folder(self, folder: Path) -> None:
        """Make one folder if it is not there; not durable yet."""

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable."""

    def remove(self, file: Path) -> None:
        """Remove a file."""

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder."""


class LocalDisk:
    """The disk of this machine."""

    def read(self, file: Path) -> bytes:
        """Give a file's bytes."""
        return file.read_bytes()

    def names(self, folder: Path) -> list[str]:
        """Give the names in a folder, sorted."""
        try:
            return sorted(each.name for each in folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def write(self, file: Path, content: bytes) -> None:
        """Create or overwrite a file."""
        file.write_bytes(content)

    def sync(self, file: Path) -> None:
        """Make a file's content durable."""
        _fsync(file)

    def rename(self, old: Path, new: Path) -> None:
        """Move a file over another in one step."""
        old.replace(new)

    def make_folder(self, folder: Path) -> None:
        """Make one folder if it is not there."""
        folder.mkdir(exist_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable."""
        _fsync(folder)

    def remove(self, file: Path) -> None:
        """Remove a file."""
        file.unlink()

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder."""
        folder.rmdir()


def _fsync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
