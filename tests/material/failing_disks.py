"""Disks that fail: one kills its process, one refuses a step, one loses power."""

import errno
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from atalaya.evidence.log.disk import LocalDisk

STEPS = ("write", "sync", "rename", "make_folder", "sync_folder", "remove", "remove_folder")


class SteppedDisk(LocalDisk):
    """This machine's disk, telling before each step which one comes.

    Args:
        before: Called with the number of the step (from 0), its kind and its last argument's path.
    """

    def __init__(self, before: Callable[[int, str, Path], None]) -> None:
        self.taken = 0
        self._before = before

    def _step(self, kind: str, path: Path) -> None:
        self.taken += 1
        self._before(self.taken - 1, kind, path)

    def write(self, file: Path, content: bytes) -> None:
        # In two halves, so that a step can fall into the middle of a file.
        self._step("write", file)
        super().write(file, content[: len(content) // 2])
        self._step("write", file)
        super().write(file, content)

    def sync(self, file: Path) -> None:
        self._step("sync", file)
        super().sync(file)

    def rename(self, old: Path, new: Path) -> None:
        self._step("rename", new)
        super().rename(old, new)

    def make_folder(self, folder: Path) -> None:
        self._step("make_folder", folder)
        super().make_folder(folder)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync_folder", folder)
        super().sync_folder(folder)

    def remove(self, file: Path) -> None:
        self._step("remove", file)
        super().remove(file)

    def remove_folder(self, folder: Path) -> None:
        self._step("remove_folder", folder)
        super().remove_folder(folder)


def nothing(step: int, kind: str, path: Path) -> None:
    """Let every step pass."""


def killing(at: int) -> SteppedDisk:
    """Give a disk that kills its process before a step."""

    def before(step: int, kind: str, path: Path) -> None:
        if step == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return SteppedDisk(before)


def full(at: int, *, lasting: bool = False) -> SteppedDisk:
    """Give a disk that has no space at a step, or from that step on."""

    def before(step: int, kind: str, path: Path) -> None:
        if step == at or (lasting and step > at):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    return SteppedDisk(before)


def killed(job: Callable[[], object]) -> bool:
    """Run a job in a process of its own; tell whether it was killed, failing if it broke."""
    child = os.fork()
    if child == 0:
        try:
            job()
        except BaseException:  # noqa: BLE001 - a forked child must never run on into pytest
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the job broke"
    return os.WIFSIGNALED(status)


class PowerCut(BaseException):
    """The power is gone; nothing in the process may catch it."""


@dataclass(eq=False)
class _File:
    data: bytes
    synced: bytes | None = None


_FOLDER = _File(b"", b"")


class ForgetfulDisk:
    """A disk in memory that forgets, when the power is cut, whatever was not synced.

    Names and contents are forgotten one by one and independently, worse than real disks do.

    Args:
        root: The one folder that is there.
        cut_at: The step before which the power is cut; -1 for never.
    """

    def __init__(self, root: Path, cut_at: int = -1) -> None:
        self.now: dict[Path, _File] = {root: _FOLDER}
        self.kept: dict[Path, _File] = {root: _FOLDER}
        self.cut_at = cut_at

    def _step(self) -> None:
        if self.cut_at == 0:
            raise PowerCut
        self.cut_at -= 1

    def read(self, file: Path) -> bytes:
        if self.now.get(file, _FOLDER) is _FOLDER:
            raise FileNotFoundError(errno.ENOENT, "no such file", str(file))
        return self.now[file].data

    def names(self, folder: Path) -> list[str]:
        return sorted(path.name for path in self.now if path.parent == folder and path != folder)

    def write(self, file: Path, content: bytes) -> None:
        self._step()
        self._must_have(file.parent)
        self.now.setdefault(file, _File(b"")).data = content

    def sync(self, file: Path) -> None:
        self._step()
        self._must_have(file)
        self.now[file].synced = self.now[file].data

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        self._must_have(old)
        self._must_have(new.parent)
        self.now[new] = self.now.pop(old)

    def make_folder(self, folder: Path) -> None:
        self._step()
        self._must_have(folder.parent)
        self.now[folder] = _FOLDER

    def sync_folder(self, folder: Path) -> None:
        self._step()
        self._must_have(folder)
        self.kept = {path: file for path, file in self.kept.items() if path.parent != folder}
        self.kept |= {path: file for path, file in self.now.items() if path.parent == folder}

    def remove(self, file: Path) -> None:
        self._step()
        self._must_have(file)
        del self.now[file]

    def remove_folder(self, folder: Path) -> None:
        self._step()
        if self.names(folder):
            raise OSError(errno.ENOTEMPTY, "folder not empty", str(folder))
        self.remove(folder)

    def _must_have(self, path: Path) -> None:
        if path not in self.now:
            raise FileNotFoundError(errno.ENOENT, "no such file or folder", str(path))

    def after_cut(self, choose: Callable[[int], int], cut_at: int) -> "ForgetfulDisk":
        """Give the disk as it is found after the cut.

        Args:
            choose: Picks a number below its argument; 0 keeps what was newest.
            cut_at: When the power is cut the next time.
        """
        root = min(self.now, key=lambda path: len(path.parts))
        found = ForgetfulDisk(root, cut_at)
        for path in sorted({*self.now, *self.kept} - {root}):
            now, kept = self.now.get(path), self.kept.get(path)
            file = now if now is kept or choose(2) == 0 else kept
            if file is not None and path.parent in found.now:
                found.now[path] = file if file is _FOLDER else _survivor(file, choose)
        found.kept = dict(found.now)
        return found


def _survivor(file: _File, choose: Callable[[int], int]) -> _File:
    before = file.synced or b""
    if file.synced == file.data:
        return _File(file.data, file.data)
    data = [file.data, before, b"", file.data[: len(file.data) // 2]][choose(4)]
    return _File(data, data)
