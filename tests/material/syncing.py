"""Watches what a real disk is asked to make durable, and says what a power cut could still take."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Synced:
    """What was synced, in order: files with the size they then had, and folders with their names.

    Looks at real calls, which are made; only the last state of a file or folder counts.
    """

    def __init__(self) -> None:
        self._files: dict[int, int] = {}
        self._folders: dict[int, frozenset[tuple[str, int]]] = {}

    def note(self, number: int) -> None:
        """Remember what an open file or folder holds while it is synced."""
        state = os.fstat(number)
        if stat.S_ISDIR(state.st_mode):
            self._folders[state.st_ino] = _names(Path(f"/proc/self/fd/{number}").readlink())
        else:
            self._files[state.st_ino] = state.st_size

    def lost(self, *paths: Path) -> list[str]:
        """Name what of these files a power cut could take: content, or the name in its folder."""
        found = []
        for path in paths:
            state = path.stat()
            if self._files.get(state.st_ino) != state.st_size:
                found.append(f"content of {path.name}")
            held = self._folders.get(path.parent.stat().st_ino, frozenset())
            if (path.name, state.st_ino) not in held:
                found.append(f"name of {path.name}")
        return found


def _names(folder: Path) -> frozenset[tuple[str, int]]:
    return frozenset((one.name, one.inode()) for one in os.scandir(folder))


@contextmanager
def syncs_watched() -> Iterator[Synced]:
    """Watch every ``os.fsync`` of this process."""
    watched, real = Synced(), os.fsync

    def fsync(number: int) -> None:
        real(number)
        watched.note(number)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        yield watched
