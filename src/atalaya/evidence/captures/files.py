"""WARC files as files: their names, and writing one so that it is there whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from atalaya.evidence.durable import make_folder, sync_folder
from atalaya.model.errors import Place, TryLater

# Number (order of writing), moment of the batch, first 16 hex digits of the file's own SHA-256.
NAME = re.compile(r"([0-9]{6,})-[0-9]{8}T[0-9]{6}Z-([0-9a-f]{16})\.warc")
_PART = ".part"


def warc_names(folder: Path) -> list[str]:
    """Give the names of the WARC files in a folder, in the order they were written."""
    if not folder.is_dir():
        return []
    found = [name for name in os.listdir(folder) if NAME.fullmatch(name)]  # noqa: PTH208 - names only
    return sorted(found, key=lambda name: (int(name.split("-")[0]), name))


class NewFile:
    """A file that is being written; counts and hashes what goes in.

    Args:
        file: The open temporary file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.length = 0

    def write(self, content: bytes) -> int:
        """Write bytes at the end."""
        self._file.write(content)
        self._digest.update(content)
        self.length += len(content)
        return len(content)

    def flush(self) -> None:
        """Do nothing: one flush and one fsync end the batch, not each record."""

    @property
    def hash(self) -> str:
        """The 16 hex digits that go into the file's name."""
        return self._digest.hexdigest()[:16]


class Batch:
    """One WARC file in the making: ``file`` to write to, ``keep`` to make it so."""

    def __init__(self, folder: Path, file: BinaryIO) -> None:
        self._folder, self._raw = folder, file
        self.file = NewFile(file)
        self._kept = False

    def keep(self, moment: datetime) -> str:
        """Make the file durable and give it its name.

        Args:
            moment: Moment of the batch, UTC.

        Returns:
            The name.
        """
        self._raw.flush()
        os.fsync(self._raw.fileno())
        names = warc_names(self._folder)
        number = int(names[-1].split("-")[0]) + 1 if names else 1
        name = f"{number:06}-{moment:%Y%m%dT%H%M%SZ}-{self.file.hash}.warc"
        Path(self._raw.name).rename(self._folder / name)
        self._kept = True
        sync_folder(self._folder)
        return name

    def clear(self) -> None:
        """Remove what was written, unless it was kept."""
        if not self._kept:
            Path(self._raw.name).unlink(missing_ok=True)


@contextmanager
def new_batch(folder: Path) -> Iterator[Batch]:
    """Open a new WARC file that exists under its name only once it was kept.

    Args:
        folder: The folder of evidence; the caller holds its lock.

    Yields:
        The batch; leaving without ``keep`` leaves nothing behind.

    Raises:
        TryLater: There is no room, or the disk fails.
    """
    try:
        for left in folder.glob(f".*{_PART}"):  # a killed run's, for nobody else holds the lock
            left.unlink()
        with (folder / f".batch{_PART}").open("xb") as raw:
            batch = Batch(folder, raw)
            try:
                yield batch
            finally:
                batch.clear()
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(path: Path, error: OSError) -> TryLater:
    """Make the error for a disk that does not take what is written."""
    return TryLater(
        f"this cannot be written: {error.strerror or error}",
        why="what was fetched is evidence only once it is safely on the disk; nothing was kept",
        do="make room or mend the disk, and run again",
        where=Place(str(path)),
    )


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold a folder of evidence for writing; the system lets go when the process ends.

    Raises:
        TryLater: Another run holds it, or the folder cannot be written.
    """
    with _lock_file(folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise TryLater(
                f"another run is writing to this evidence ({error.strerror})",
                why="two runs at once could keep one answer twice",
                do="wait until it is done",
                where=Place(str(folder)),
            ) from error
        yield


def _lock_file(folder: Path) -> BinaryIO:
    try:
        make_folder(folder)
        return (folder / ".lock").open("ab")
    except OSError as error:
        raise unwritable(folder, error) from error
