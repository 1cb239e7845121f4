"""The answer to a file that is not there: the nearest name beside it."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from atalaya.model.errors import WrongUse


def no_file(path: Path, do: str) -> WrongUse:
    """Say that there is no such file, and which one may have been meant.

    Args:
        path: As it was given.
        do: What to do where no name is near.
    """
    near: list[str] = []
    if path.parent.is_dir():
        near = get_close_matches(path.name, [each.name for each in path.parent.iterdir()], n=1)
    return WrongUse(
        f"there is no file {path}", near=str(path.with_name(near[0])) if near else None, do=do
    )
