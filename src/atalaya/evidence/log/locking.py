"""One writer at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atalaya.model.errors import Place, TryLater

_PAUSE = 0.02  # seconds between two tries: short beside an append, long beside the check itself


@contextmanager
def locked(file: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a file while the block runs.

    Args:
        file: The lock file; made when it is not there, and left there.
        wait: Longest wait in seconds.

    Raises:
        TryLater: Another process (or another log object of this one) held it all the while.
    """
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(number, file, wait)
        os.ftruncate(number, 0)
        os.pwrite(number, f"process {os.getpid()} on {os.uname().nodename}".encode(), 0)
        yield
    finally:
        os.close(number)  # closing ends the lock


def _take(number: int, file: Path, wait: float) -> None:
    for _ in range(max(1, round(wait / _PAUSE))):
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        else:
            return
    holder = os.pread(number, 200, 0).decode(errors="replace") or "another process"
    raise TryLater(
        f"{holder} is writing to the log, and has been for {wait:g} seconds",
        why="two writers at once could sign two different logs under one name",
        do="wait until it is done; if it hangs, stop it: the lock ends with its process",
        where=Place(str(file)),
    )
