"""Writing a batch so that at every instant the log is either the old one or the new one.

The order, and why (``docs/log.md`` has it in full):

1. Every new file is written beside the log and synced, the two checkpoint files too: whatever can
   fail for want of space fails here.
2. Tiles and bundles are renamed into place and their folders synced. Nobody asks for them yet.
3. The checkpoint is renamed to ``.state/checkpoint`` and synced: the batch is decided. What was
   decided is published after any crash, so that no other checkpoint of that size is ever signed.
4. The checkpoint is published.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.evidence.log import paths
from atalaya.evidence.log.disk import Disk
from atalaya.model.errors import AtalayaError, LookAtThis, Place, TryLater

_PASSING = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM)


@dataclass(frozen=True, slots=True)
class Store:
    """A log's folder on a disk.

    Args:
        disk: The port to the disk.
        folder: The log's folder.
        durable: Folders whose own names this object has synced. That a folder is there does not
            say so: whoever made it may have been killed before the sync.
    """

    disk: Disk
    folder: Path
    durable: set[Path] = field(default_factory=set)

    @property
    def state(self) -> Path:
        """The private folder: lock, decided checkpoint, files being written, leftovers."""
        return self.folder / paths.STATE

    @property
    def decided(self) -> Path:
        """The checkpoint that was decided, published or about to be."""
        return self.state / paths.CHECKPOINT

    @property
    def new(self) -> Path:
        """Where files are written before they are renamed into place."""
        return self.state / "new"

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.state / "lock"

    def read(self, path: str) -> bytes:
        """Give the bytes of a relative path."""
        return self.disk.read(self.folder / path)

    def prepare(self) -> None:
        """Make the private folders."""
        for folder in (self.state, self.new):
            self.disk.make_folder(folder)
            self.disk.sync_folder(folder.parent)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files durably, each whole or not at all.

        Raises:
            OSError: The disk refused a step.
        """
        self._place(self._stage(files), [])

    def commit(self, files: Mapping[str, bytes], old_note: str, new_note: str) -> None:
        """Write a batch's files and then its checkpoint.

        Args:
            files: Relative path and content of new files.
            old_note: The checkpoint before; put back when a step fails.
            new_note: The checkpoint after.

        Raises:
            TryLater: There is no space; the log is as it was.
            LookAtThis: The disk failed; the message says whether the batch is logged.
        """
        placed: list[Path] = []
        try:
            notes = {"decide": new_note, "publish": new_note, "undo": old_note}
            held = self._stage({name: note.encode() for name, note in notes.items()})
            self._place(self._stage(files), placed)
        except OSError as error:
            self._withdraw(placed)
            raise refused(error, "nothing was logged", self.folder) from error
        self._decide(held, placed)
        try:
            self.disk.sync_folder(self.folder)
        except OSError as error:
            raise LookAtThis(
                f"the batch is logged and published, but the disk did not confirm it: {error}",
                why="after a power cut the checkpoint may be the one before until the log is "
                "opened again, which publishes this one again",
                do="check the disk; do not append these entries a second time",
                where=Place(str(self.folder)),
            ) from error

    def _decide(self, held: dict[str, Path], placed: list[Path]) -> None:
        try:
            self.disk.rename(held["decide"], self.decided)
            self.disk.sync_folder(self.state)
            self.disk.rename(held["publish"], self.folder / paths.CHECKPOINT)
        except OSError as error:
            try:
                self.disk.rename(held["undo"], self.decided)
                self.disk.sync_folder(self.state)
            except OSError as second:
                raise LookAtThis(
                    f"the disk failed while the batch was decided ({error}), and again while that "
                    f"was undone ({second}): the batch may be logged or not",
                    why="appending it again could log it twice",
                    do="check the disk, open the log again and look at its size before you go on",
                    where=Place(str(self.decided)),
                ) from second
            self._withdraw(placed)
            raise refused(error, "nothing was logged", self.folder) from error

    def _stage(self, files: Mapping[str, bytes]) -> dict[str, Path]:
        """Write and sync files beside the log; all are written before the first sync waits."""
        staged = {path: self.new / path.replace("/", "-") for path in files}
        for path, content in files.items():
            self.disk.write(staged[path], content)
        for held in staged.values():
            self.disk.sync(held)
        return staged

    def _place(self, staged: Mapping[str, Path], placed: list[Path]) -> None:
        """Rename staged files into place and make their names durable."""
        made: dict[Path, None] = {}
        changed: dict[Path, None] = {}
        for path, held in staged.items():
            target = self.folder / path
            self._make(target.parent, made)
            placed.append(target)
            self.disk.rename(held, target)
            changed[target.parent] = None
        for folder in changed | dict.fromkeys(folder.parent for folder in made):
            self.disk.sync_folder(folder)
        self.durable.update(made)

    def _make(self, folder: Path, made: dict[Path, None]) -> None:
        """Make a folder and those above it, unless they are known to be durable."""
        if folder != self.folder and folder not in self.durable and folder not in made:
            self._make(folder.parent, made)
            self.disk.make_folder(folder)
            made[folder] = None

    def _withdraw(self, placed: list[Path]) -> None:
        for target in placed:
            # What cannot be removed now is set aside when the log is next read; nobody asks for it.
            with contextlib.suppress(OSError):
                self.disk.remove(target)

    def drop(self, folders: Iterable[str]) -> None:
        """Remove folders of partial files that a full file has replaced."""
        for folder in folders:
            whole = self.folder / folder
            # They hold nothing that the full file does not, and the format allows both to stand.
            with contextlib.suppress(OSError):
                for name in self.disk.names(whole):
                    self.disk.remove(whole / name)
                self.disk.remove_folder(whole)
            self.durable.discard(whole)


def refused(error: OSError, outcome: str, folder: Path) -> AtalayaError:
    """Give the error for a disk that refused a step.

    Args:
        error: What the disk said.
        outcome: What that means for what was asked, in words.
        folder: The log's folder.

    Returns:
        ``TryLater`` when space or another resource ran out, else ``LookAtThis``.
    """
    if error.errno in _PASSING:
        return TryLater(
            f"the disk has no room for the log: {error.strerror}; {outcome}",
            why="an entry counts only when it is safely on disk",
            do="free space and try again",
            where=Place(str(folder)),
        )
    return LookAtThis(
        f"the disk refused to write the log: {error}; {outcome}",
        why="an entry counts only when it is safely on disk",
        do="check the disk and the folder's permissions",
        where=Place(str(folder)),
    )
