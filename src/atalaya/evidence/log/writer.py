"""Writing the log: create, append, change its key, carry on when its key is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from atalaya.evidence.durable import make_folder
from atalaya.evidence.log import paths
from atalaya.evidence.log.checkpoints import Checkpoint
from atalaya.evidence.log.committing import Store, refused
from atalaya.evidence.log.disk import Disk, LocalDisk
from atalaya.evidence.log.edge import EMPTY, grow
from atalaya.evidence.log.keys import SigningKey
from atalaya.evidence.log.locking import locked
from atalaya.evidence.log.reader import FolderReader, LogReader
from atalaya.evidence.log.recovery import Standing, take_up
from atalaya.evidence.log.rotation import Continuation, History, Rotation
from atalaya.model.errors import LookAtThis, Place, StopEverything, WrongUse


@dataclass(frozen=True, slots=True)
class Writing:
    """How the log is written.

    Args:
        disk: The port to the disk.
        wait: Longest wait for another writer, in seconds.
    """

    disk: Disk
    wait: float = 10.0


_LOCAL = Writing(LocalDisk())


class Log:
    """A transparency log that this process may write. Several processes may; one at a time does.

    Make one with ``Log.create`` or ``Log.open``.
    """

    def __init__(self, folder: Path, key: SigningKey, writing: Writing) -> None:
        self._store = Store(writing.disk, folder)
        self._wait = writing.wait
        self._key = key
        self._standing: Standing | None = None

    @classmethod
    def create(cls, folder: Path, origin: str, key: SigningKey, writing: Writing = _LOCAL) -> Log:
        """Create an empty log with a signed checkpoint.

        Args:
            folder: Where; made when it is not there.
            origin: The log's name for ever: an address without scheme, and the key's name.
            key: The key that will sign it, already kept safe by the caller.
            writing: How it is written.

        Returns:
            The log.

        Raises:
            WrongUse: There is a log in the folder already, or the key has another name.
            TryLater: Another process is writing there, or there is no room.
        """
        if key.name != origin:
            raise WrongUse(
                f"the key is named {key.name!r} and cannot sign the log {origin!r}",
                do=f"make a key with the name {origin}",
            )
        make_folder(folder)
        log = cls(folder, key, writing)
        note = Checkpoint(origin, 0, EMPTY.root).signed(key).note.encode()
        history = History(key.verifier)
        with log._writing():
            log._refuse_existing()
            log._store.prepare()
            for path, content in (
                (paths.VKEY, f"{key.vkey}\n".encode()),
                (paths.VKEYS, history.file),
                (f"{paths.STATE}/{paths.CHECKPOINT}", note),
                (paths.CHECKPOINT, note),
            ):
                log._store.put({path: content})
            log._current()
        return log

    @classmethod
    def open(cls, folder: Path, key: SigningKey, writing: Writing = _LOCAL) -> Log:
        """Open a log for writing, finishing and mending what a crash left.

        Args:
            folder: The log's folder.
            key: Its current key.
            writing: How it is written.

        Returns:
            The log; ``mended`` says what had to be done.

        Raises:
            LookAtThis: There is no log, or the key is not its current one.
            TryLater: Another process is writing, or there is no room.
            StopEverything: Signed checkpoint and files disagree and cannot be mended.
        """
        if not folder.is_dir():
            raise LookAtThis(
                "there is no log in this folder",
                do="create one, or give the folder that holds checkpoint and vkeys",
                where=Place(str(folder)),
            )
        log = cls(folder, key, writing)
        with log._writing():
            log._current()
        return log

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint as of this object's last write or opening."""
        return self._known.checkpoint

    @property
    def size(self) -> int:
        """The number of entries as of this object's last write or opening."""
        return self._known.checkpoint.size

    @property
    def mended(self) -> tuple[str, ...]:
        """What had to be finished, mended or set aside when it was last taken up, in words."""
        return self._known.mended

    def reader(self) -> LogReader:
        """Give a reader of this log that trusts this log's key and no other."""
        return LogReader(FolderReader(self._store.folder), self._key.vkey)

    def append(self, entries: Sequence[bytes]) -> range:
        """Add entries and sign the grown log; when this returns they are safely on disk.

        Args:
            entries: Entries of at most 65,535 bytes, in order. A batch costs one signature and a
                sync of each file it touches, however many entries it has.

        Returns:
            The indices the entries got, in order.

        Raises:
            BadInput: An entry is too long; nothing was logged.
            TryLater: Another process is writing, or there is no room; nothing was logged.
            LookAtThis: The disk failed, or the key was changed; the message says what was logged.
            StopEverything: Signed checkpoint and files disagree.
        """
        batch = [bytes(entry) for entry in entries]
        with self._writing():
            return self._append(self._current(), batch, self._key)

    def rotate(self, new: SigningKey) -> int:
        """Change the key that signs the log.

        The change is an entry signed by both keys; the checkpoint that first holds it carries both
        signatures, later ones the new key's only.

        Args:
            new: The new key, of the same name, already kept safe by the caller.

        Returns:
            The index of the entry.

        Raises:
            BadInput: The new key has another name, or is the old one.
            TryLater: Another process is writing, or there is no room; the key is the old one.
        """
        with self._writing():
            standing = self._current()
            rotation = Rotation.make(standing.checkpoint.size, self._key, new)
            history = History(standing.history.first, (*standing.history.rotations, rotation))
            # Announced first: until the entry is logged readers pass over it, and if it never is,
            # whoever next takes the log up removes it.
            self._standing = None
            self._store.put({paths.VKEYS: history.file})
            grown = Standing(standing.edge, standing.checkpoint, history)
            self._append(grown, [rotation.entry], self._key, new)
            self._key = new
            self._show_key(new)
        return rotation.index

    @classmethod
    def continue_with_new_key(
        cls, ended: Path, folder: Path, key: SigningKey, *, because: str
    ) -> Log:
        """Carry on in a new log when the old one's key is lost.

        Nothing can be added to the old log any more, and nobody should be able to claim otherwise:
        the new log has another name, and its first entry commits to the old log's last checkpoint.

        Args:
            ended: Folder of the log whose key is lost; it is read, not changed.
            folder: Folder of the new log.
            key: The new log's key; its name is the new log's origin.
            because: Why, and who decided: readers see it.

        Returns:
            The new log, with one entry.

        Raises:
            WrongUse: The new log would have the old one's name, or no reason is given.
            StopEverything: The old log does not agree with its last checkpoint.
        """
        reader = LogReader(FolderReader(ended))
        last = reader.checkpoint()
        if last.origin == key.name or not because.strip():
            raise WrongUse(
                f"the log that carries on for {last.origin} needs another name and a reason",
                do=f"give a key with a name such as {last.origin}-2, and say why and who decided",
            )
        if reader.root_at(last.size, last) != last.root:
            raise StopEverything(
                f"the log {last.origin} does not agree with its last checkpoint",
                why="a new log must not vouch for a state that cannot be shown",
                do="run atalaya verify on it and restore what it names",
                where=Place(str(ended)),
            )
        vkey = (ended / paths.VKEY).read_text("utf-8").strip()
        log = cls.create(folder, key.name, key)
        log.append([Continuation(last, vkey, because).entry])
        return log

    def _show_key(self, key: SigningKey) -> None:
        try:
            self._store.put({paths.VKEY: f"{key.vkey}\n".encode()})
        except OSError as error:
            outcome = "the key was changed; opening the log again writes the file vkey"
            raise refused(error, outcome, self._store.folder) from error

    @property
    def _known(self) -> Standing:
        if self._standing is None:
            with self._writing():
                return self._current()
        return self._standing

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._store.disk.make_folder(self._store.state)
            with locked(self._store.lock, self._wait):
                yield
        except OSError as error:
            self._standing = None
            raise refused(error, "nothing was logged", self._store.folder) from error

    def _current(self) -> Standing:
        """Give the standing on disk, reading it anew when somebody else wrote since."""
        standing = self._standing
        if standing is None or self._decided() != standing.checkpoint.note.encode():
            standing = take_up(self._store)
        current = standing.history.key_at(standing.checkpoint.size)
        if current != self._key.verifier:
            raise LookAtThis(
                f"this log is signed by the key {current}, not by {self._key.vkey}",
                why="a checkpoint by another key would not be believed",
                do="open the log with its current key",
                where=Place(str(self._store.folder)),
            )
        self._standing = standing
        return standing

    def _decided(self) -> bytes:
        try:
            return self._store.disk.read(self._store.decided)
        except FileNotFoundError:
            return b""

    def _append(self, standing: Standing, batch: list[bytes], *keys: SigningKey) -> range:
        before = standing.checkpoint
        if not batch:
            return range(before.size, before.size)
        growth = grow(standing.edge, batch)
        after = Checkpoint(before.origin, growth.edge.size, growth.edge.root).signed(*keys)
        self._standing = None  # until it is known to be on disk
        self._store.commit(growth.files, before.note, after.note)
        self._store.drop(growth.outgrown)
        self._standing = Standing(growth.edge, after, standing.history)
        return range(before.size, after.size)

    def _refuse_existing(self) -> None:
        held: Mapping[str, None] = dict.fromkeys(self._store.disk.names(self._store.folder))
        if "tile" in held or paths.CHECKPOINT in held or self._decided():
            raise WrongUse(
                f"there is a log in {self._store.folder} already, and it is never created again",
                do="open it; a new log needs an empty folder and a new name",
            )
