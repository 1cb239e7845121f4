"""Writing a file so that after a crash it is either the old one or the new one, whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from atalaya.model.errors import Place, TryLater, WrongUse


@contextmanager
def replacing(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """Give a file to write that takes another's place, in one move that survives a power cut.

    Args:
        path: The file to replace; its folder is made when absent.
        mode: Permissions of the new file.

    Raises:
        WrongUse: It is a folder.
        TryLater: The disk is full or refuses; the file is as it was, as after any other error.
    """
    _refuse_folder(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        make_folder(path.parent)
        number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with suppress(OSError):  # the error that brought us here is the one to report
            temporary.unlink(missing_ok=True)


def write_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Replace a file's content in one move that survives a power cut; see `replacing`.

    Args:
        path: The file; its folder is made when absent.
        content: What it will hold.
        mode: Its permissions.

    Raises:
        TryLater: The disk is full or refuses; the file is as it was.
    """
    with replacing(path, mode) as file:
        file.write(content)


def refuse_unwritable(path: Path) -> None:
    """Refuse a place that takes no file, before what the file will say is logged.

    Args:
        path: Where a file will be written; its folder is made when absent.

    Raises:
        WrongUse: It is a folder.
        TryLater: The folder takes no file.
    """
    _refuse_folder(path)
    try:
        make_folder(path.parent)
        with TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise not_written(path, error) from error


def refuse_over(read: Path, *written: Path | None) -> None:
    """Refuse to write over the file that is read, or two files over each other.

    Args:
        read: The file that somebody gave; it may be their only copy.
        written: The files that would be written; None for one that is not asked for.

    Raises:
        WrongUse: Two of them are one file, by whatever name.
    """
    seen: set[Path] = set()
    for one in filter(None, written):
        if one.exists() and one.samefile(read):
            raise WrongUse(f"{one} is the file that is read", do="name another file to write")
        if one.resolve() in seen:
            raise WrongUse(f"{one} would be written twice", do="name a file for each")
        seen.add(one.resolve())


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise WrongUse(f"{path} is a folder", do="name a file to write in it")


def not_written(path: Path, error: OSError) -> TryLater:
    """Make the error for a file or folder that the disk does not take."""
    return TryLater(
        f"the file could not be written: {error.strerror or error}",
        why="it is as it was before",
        do="free disk space or give write permission, then run the command again",
        where=Place(str(path)),
    )


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it so that they survive a power cut, and what is in it too.

    Args:
        folder: The folder; it may be there already.
        mode: Its permissions where it is made, less those that the process masks.

    Raises:
        OSError: The disk refuses.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
