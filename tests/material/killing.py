"""Ends a process at a chosen call that changes the disk, as a power cut or a kill would."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import FrameType

# Calls after which the disk may hold something else; what a buffered write changes is seen at the
# flush or fsync behind it.
DISK = frozenset(
    {
        "flush",
        "fsync",
        "rename",
        "replace",
        "mkdir",
        "unlink",
        "remove",
        "rmdir",
        "ftruncate",
        "close",
    }
)
KILLED, DONE = 9, 0


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Work in a child that dies at a step; tell whether it died rather than finished."""
    child = os.fork()
    if child == 0:
        left = step

        def count(_frame: FrameType, event: str, called: object) -> None:
            nonlocal left
            name = getattr(called, "__name__", "")
            if event == "c_call" and name in DISK:
                left -= 1
                if left == 0:
                    os._exit(KILLED)

        sys.setprofile(count)
        work()
        os._exit(DONE)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in {KILLED, DONE}:
        raise SystemExit(f"the child ended with {code}")
    return code == KILLED
