"""A person's file as bytes; where it is not there, the nearest name beside it."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from atalaya.model.errors import LookAtThis, WrongUse


def no_file(path: Path, do: str) -> WrongUse:
    """Say that there is no such file, and which one may have been meant.

    Args:
        path: As it was given.
        do: What to do where no name is near.
    """
    if path.is_dir():
        return WrongUse(f"there is no file {path}: it is a folder", do=do)
    near: list[str] = []
    if path.parent.is_dir():
        near = get_close_matches(path.name, [each.name for each in path.parent.iterdir()], n=1)
    return WrongUse(
        f"there is no file {path}", near=str(path.with_name(near[0])) if near else None, do=do
    )


def bytes_of(path: Path, do: str) -> bytes:
    """Give the bytes of a file somebody named.

    Args:
        path: As it was given.
        do: What to do where there is no such file and no name is near.

    Raises:
        WrongUse: There is no such file.
        LookAtThis: It may not be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise no_file(path, do) from error
    except OSError as error:
        raise LookAtThis(f"{path} cannot be read: {error.strerror}", do="check who may") from error
