"""Writing so that a power cut never leaves half a release under its real name.

Files are written and flushed under a hidden name and only then renamed; the folder that names them
is flushed after. A reader sees the old state or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
from collections.abc import Iterator
from pathlib import Path

from atalaya.evidence.log.disk import Disk
from atalaya.model.errors import AtalayaError, LookAtThis, TryLater


def put(disk: Disk, path: Path, content: bytes) -> None:
    """Write a file and flush it; its folders are made."""
    for folder in reversed(path.parents):
        if not folder.is_dir():
            disk.make_folder(folder)
    disk.write(path, content)
    disk.sync(path)


def move(disk: Disk, source: Path, target: Path) -> None:
    """Give a file or folder its name in one step that outlives a power cut."""
    disk.rename(source, target)
    disk.sync_folder(target.parent)


def flush_tree(disk: Disk, folder: Path) -> None:
    """Flush every file and folder below a folder, whoever wrote them."""
    for path in sorted(folder.rglob("*"), reverse=True):
        (disk.sync_folder if path.is_dir() else disk.sync)(path)
    disk.sync_folder(folder)


def point(disk: Disk, pointer: Path, name: str) -> None:
    """Make a pointer name another entry of its folder, in one step.

    A symbolic link where the file system has them, else a file that holds the name.
    """
    fresh = pointer.with_name(f".{pointer.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(name)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        put(disk, fresh, f"{name}\n".encode())
    move(disk, fresh, pointer)


def pointed(pointer: Path) -> str | None:
    """Give the name a pointer holds, or None where there is no pointer."""
    if pointer.is_symlink():
        return str(pointer.readlink())
    return pointer.read_text("utf-8").strip() if pointer.is_file() else None


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the only right to build in a folder.

    Raises:
        TryLater: Another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TryLater(
                f"another process is building a release in {folder}",
                why="two at once would give two releases one name",
                do="wait until it has ended",
            ) from error
        yield


def disk_error(error: OSError, folder: Path) -> AtalayaError:
    """Say in words what the operating system refused."""
    kept = "nothing was published; the previous release is still the latest"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return TryLater(
            f"no space left in {folder}", why=kept, do="free some space, then run again"
        )
    return LookAtThis(
        f"{folder} cannot be written: {error}", why=kept, do="mend the cause, then run again"
    )
