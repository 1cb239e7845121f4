"""Taking up a log where it stands: finish what was decided, mend what can be mended, name the rest.

Nothing acknowledged is ever dropped, and nothing at all is deleted: files beyond the checkpoint
(a batch that a crash cut short, never acknowledged) are set aside in ``.state/leftover``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atalaya.evidence.log import bundles, paths
from atalaya.evidence.log.checkpoints import Checkpoint, open_checkpoint
from atalaya.evidence.log.checkpoints import parse as parse_checkpoint
from atalaya.evidence.log.committing import Store
from atalaya.evidence.log.edge import Edge
from atalaya.evidence.log.keys import VerifierKey
from atalaya.evidence.log.merkle import HASH_BYTES, leaf_hash, root_of
from atalaya.evidence.log.reader import LogReader
from atalaya.evidence.log.rotation import History
from atalaya.model.errors import BadInput, LookAtThis, Place, StopEverything

_GROUP = re.compile(r"x[0-9]{3}")
_FULL = paths.WIDTH * HASH_BYTES


@dataclass(frozen=True, slots=True)
class Standing:
    """A log as it stands on disk, checked against its signed checkpoint.

    Args:
        edge: Its right edge.
        checkpoint: Its checkpoint.
        history: Its keys.
        mended: What had to be finished, mended or set aside, in words.
    """

    edge: Edge
    checkpoint: Checkpoint
    history: History
    mended: tuple[str, ...] = ()


def take_up(store: Store) -> Standing:
    """Read a log's standing, finishing and mending what a crash left; the caller holds the lock.

    Args:
        store: The log's folder on its disk.

    Returns:
        The standing.

    Raises:
        LookAtThis: There is no log here.
        BadInput: A note or key file is malformed.
        StopEverything: Signed checkpoint and files disagree in a way that cannot be mended.
        OSError: The disk refused a step.
    """
    store.prepare()
    for name in store.disk.names(store.new):
        store.disk.remove(store.new / name)
    # What is seen decided must stay decided, whatever happens next.
    store.disk.sync_folder(store.state)
    history = _history(store)
    checkpoint = _newest(store, history)
    edge, redone = _edge(store, checkpoint)
    aside = [f"set aside {path}" for path in _set_aside(store, checkpoint.size)]
    mended = (*redone, *aside, *_files(store, checkpoint, history))
    return Standing(edge, checkpoint, history.up_to(checkpoint.size), mended)


def _history(store: Store) -> History:
    try:
        return History.parse(store.read(paths.VKEYS))
    except FileNotFoundError:
        try:
            text = store.read(paths.VKEY).decode(errors="replace")
        except FileNotFoundError as error:
            raise LookAtThis(
                "there is no log in this folder",
                do="create one, or give the folder that holds checkpoint and vkeys",
                where=Place(str(store.folder)),
            ) from error
        return History(VerifierKey.parse(text, Place(paths.VKEY)))


def _newest(store: Store, history: History) -> Checkpoint:
    """Give the later of the decided and the published checkpoint; they must be of one log."""
    decided_name = f"{paths.STATE}/{paths.CHECKPOINT}"
    found = []
    for name in (decided_name, paths.CHECKPOINT):
        try:
            note = store.read(name)
        except FileNotFoundError:
            continue
        where = Place(name)
        key = history.key_at(parse_checkpoint(note, where).size)
        found.append(open_checkpoint(note, key, where))
    if not found:
        raise StopEverything(
            "the log's checkpoint is missing",
            why="without it nothing says what the log held",
            do="restore it from a backup or from a release, which holds a copy",
            where=Place(str(store.folder / paths.CHECKPOINT)),
        )
    newest = max(found, key=_size)
    for other in found:
        same = other.size == newest.size
        root = newest.root if same else LogReader(store.read).root_at(other.size, newest)
        if root != other.root:
            raise _forked(other, newest, store)
    return newest


def _forked(other: Checkpoint, newest: Checkpoint, store: Store) -> StopEverything:
    return StopEverything(
        f"two checkpoints of {other.size} and {newest.size} entries were signed that no one log "
        "can have",
        why="the log was forked: people may have been shown different things",
        do=f"keep checkpoint and {paths.STATE}/checkpoint as they are and compare both with what "
        "was published",
        where=Place(str(store.folder)),
    )


def _size(checkpoint: Checkpoint) -> int:
    return checkpoint.size


def _edge(store: Store, checkpoint: Checkpoint) -> tuple[Edge, list[str]]:
    """Read the right edge; when it does not give the signed root, compute it from below."""
    bundle, entries = _last_bundle(store, checkpoint.size)
    leaves = tuple(leaf_hash(entry) for entry in entries)
    depth = range((max(checkpoint.size.bit_length(), 1) + 7) // 8)
    stored = Edge(
        checkpoint.size, tuple(_tile(store, checkpoint.size, level) for level in depth), bundle
    )
    if stored.root == checkpoint.root and stored.levels[0] == leaves:
        return stored, []
    above = tuple(_from_below(store, checkpoint.size, level) for level in depth[1:])
    edge = Edge(checkpoint.size, (leaves, *above), bundle)
    if edge.root != checkpoint.root:
        raise StopEverything(
            f"the files of the log do not give the signed root of {checkpoint.size} entries",
            why="an entry bundle or a tile was changed after it was signed",
            do="run atalaya verify: it names the file; restore that file, append nothing before",
            where=Place(str(store.folder)),
        )
    torn = {
        path: content for path, content in edge.files.items() if stored.files.get(path) != content
    }
    store.put(torn)
    return edge, [f"computed {path} again from the files below it" for path in torn]


def _last_bundle(store: Store, size: int) -> tuple[bytes, list[bytes]]:
    index, width = divmod(size, paths.WIDTH)
    if not width:
        return b"", []
    name = paths.bundle_path(index, width)
    try:
        bundle = store.read(name)
        return bundle, bundles.decode(bundle, width, name)
    except (FileNotFoundError, BadInput) as error:
        raise StopEverything(
            f"the last entry bundle cannot be read: {error}",
            why="the entries that were signed cannot be computed from their hashes",
            do="restore this file from a backup or from a copy of the log",
            where=Place(name),
        ) from error


def _tile(store: Store, size: int, level: int) -> tuple[bytes, ...]:
    """Give the hashes of a level's unfinished tile, as far as the file holds them."""
    above = size >> paths.HEIGHT * level
    index, width = divmod(above, paths.WIDTH)
    if not width:
        return ()
    try:
        raw = store.read(paths.tile_path(level, index, width))
    except FileNotFoundError:
        return ()
    return tuple(raw[at : at + HASH_BYTES] for at in range(0, len(raw), HASH_BYTES))


def _from_below(store: Store, size: int, level: int) -> tuple[bytes, ...]:
    """Compute a level's unfinished tile from the full tiles of the level below."""
    above = size >> paths.HEIGHT * level
    first = above - above % paths.WIDTH
    return tuple(_full_root(store, level - 1, index) for index in range(first, above))


def _full_root(store: Store, level: int, index: int) -> bytes:
    name = paths.tile_path(level, index)
    try:
        raw = store.read(name)
    except FileNotFoundError:
        raw = b""
    if len(raw) != _FULL:
        raise StopEverything(
            f"this tile has {len(raw)} bytes; a full one has {_FULL}",
            why="what the signed checkpoint promises cannot be shown without it",
            do="restore this file from a backup or from a copy of the log",
            where=Place(name),
        )
    return root_of([raw[at : at + HASH_BYTES] for at in range(0, _FULL, HASH_BYTES)])


def _set_aside(store: Store, size: int) -> Iterator[str]:
    """Move files beyond the checkpoint away, so that they are never taken for the log's."""
    tiles = store.folder / "tile"
    for kind in store.disk.names(tiles):
        if kind != "entries" and not kind.isdecimal():
            continue
        level = 0 if kind == "entries" else int(kind)
        for path in _beyond(store, f"tile/{kind}", (), size >> paths.HEIGHT * level):
            leftover = store.state / "leftover"
            store.disk.make_folder(leftover)
            store.disk.rename(store.folder / path, leftover / path.replace("/", "-"))
            yield path


def _beyond(store: Store, folder: str, above: tuple[int, ...], held: int) -> Iterator[str]:
    """Give the paths in a folder of tiles that a level of so many hashes does not reach.

    Folders wholly to the left of the edge are not opened, so this costs a few listings.
    """
    edge = paths.groups_of(held // paths.WIDTH)
    for name in store.disk.names(store.folder / folder):
        path = f"{folder}/{name}"
        if _GROUP.fullmatch(name):
            groups = (*above, int(name[1:]))
            if len(groups) >= len(edge) or groups >= edge[: len(groups)]:
                yield from _beyond(store, path, groups, held)
        elif name.endswith(".p"):
            for width in store.disk.names(store.folder / path):
                yield from _if_beyond(f"{path}/{width}", held)
        else:
            yield from _if_beyond(path, held)


def _if_beyond(path: str, held: int) -> Iterator[str]:
    try:
        name = paths.parse(path)
    except BadInput:
        return  # not a name that the log gives: somebody else's file, left where it is
    if name.index * paths.WIDTH + name.width > held:
        yield path


def _files(store: Store, checkpoint: Checkpoint, history: History) -> list[str]:
    """Bring the published checkpoint and key files up to what was decided."""
    current = history.up_to(checkpoint.size)
    vkey = f"{current.key_at(checkpoint.size)}\n".encode()
    wanted = {
        paths.VKEYS: current.file,
        f"{paths.STATE}/{paths.CHECKPOINT}": checkpoint.note.encode(),
        paths.VKEY: vkey,
        paths.CHECKPOINT: checkpoint.note.encode(),
    }
    stale = {path: content for path, content in wanted.items() if _read(store, path) != content}
    for path, content in stale.items():
        store.put({path: content})
    return [f"wrote {path} again" for path in stale]


def _read(store: Store, path: str) -> bytes | None:
    try:
        return store.read(path)
    except FileNotFoundError:
        return None
