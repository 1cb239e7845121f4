"""Reading a log from anywhere that can give a file: entries, checkpoints and proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from atalaya.evidence.log import bundles, paths
from atalaya.evidence.log.checkpoints import Checkpoint, open_checkpoint
from atalaya.evidence.log.checkpoints import parse as parse_checkpoint
from atalaya.evidence.log.keys import VerifierKey
from atalaya.evidence.log.merkle import (
    HASH_BYTES,
    consistency_ranges,
    extends,
    includes,
    inclusion_ranges,
    range_hash,
    root_of,
)
from atalaya.evidence.log.proofs import ConsistencyProof, InclusionProof
from atalaya.evidence.log.rotation import current_key
from atalaya.model.errors import Place, StopEverything, WrongUse

Read = Callable[[str], bytes]  # relative path -> bytes; FileNotFoundError when there is none

_KEPT_TILES = 64  # 8 KiB each; one proof of a million leaves touches 4 to 6


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads a log from its folder; can be handed to another process.

    Args:
        folder: The log's folder.
    """

    folder: Path

    def __call__(self, path: str) -> bytes:
        """Give the bytes of a file of the log."""
        return (self.folder / path).read_bytes()


class LogReader:
    """Reads a log, and gives out no proof that does not hold.

    Args:
        read: Gives the bytes of a relative path, or raises ``FileNotFoundError``.
        vkey: A verifier key of the log, current or earlier, from a place you trust. Without it
            the log's own ``vkey`` file is believed, which shows that the log agrees with itself
            and not whose log it is.
    """

    def __init__(self, read: Read, vkey: str | None = None) -> None:
        self._read = read
        self._trusted = VerifierKey.parse(vkey) if vkey is not None else None
        self._tiles: dict[tuple[int, int], bytes] = {}

    def checkpoint(self) -> Checkpoint:
        """Read the current checkpoint and check its signature.

        Raises:
            BadInput: The checkpoint or a key file is malformed.
            StopEverything: There is none, or it is not signed by the log's current key.
        """
        note = self._must_read(paths.CHECKPOINT)
        trusted = self._trusted or VerifierKey.parse(
            self._must_read(paths.VKEY).decode(errors="replace"), Place(paths.VKEY)
        )
        where = Place(paths.CHECKPOINT)
        size = parse_checkpoint(note, where).size
        return open_checkpoint(note, current_key(self._read, trusted, size), where)

    def entry(self, index: int, checkpoint: Checkpoint | None = None) -> bytes:
        """Give one entry.

        Args:
            index: Its index.
            checkpoint: What ``checkpoint()`` gave, to read many entries of one state.

        Raises:
            WrongUse: The log has no such index.
        """
        size = (checkpoint or self.checkpoint()).size
        _check_index(index, size)
        bundle = self._bundle(index // paths.WIDTH, size)
        return bundle[index % paths.WIDTH]

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Give entries in order, a bundle in memory at a time.

        Args:
            start: First index.
            stop: Index after the last; None for all that the current checkpoint holds.

        Raises:
            WrongUse: The range reaches outside the log.
        """
        size = self.checkpoint().size
        last = size if stop is None else stop
        if not 0 <= start <= last <= size:
            raise WrongUse(
                f"entries {start}..{last} are not in this log of {size} entries",
                do=f"give a range inside 0..{size}",
            )
        for index in range(start // paths.WIDTH, -(-last // paths.WIDTH)):
            first = index * paths.WIDTH
            yield from self._bundle(index, size)[max(0, start - first) : last - first]

    def inclusion_proof(self, index: int, size: int | None = None) -> InclusionProof:
        """Prove that the entry at an index is in the log.

        Args:
            index: Index of the entry.
            size: Size of the log to prove it in; None for the current checkpoint's.

        Returns:
            The proof, with the checkpoint when it is for the current size. It was checked.

        Raises:
            WrongUse: The log has no such index or size.
            StopEverything: The stored tiles do not lead to the signed root.
        """
        checkpoint = self.checkpoint()
        size = checkpoint.size if size is None else size
        _check_size(size, checkpoint.size)
        _check_index(index, size)
        hashes = tuple(
            self._range(first, last, checkpoint.size)
            for first, last in inclusion_ranges(index, size)
        )
        root, note = self._root(size, checkpoint)
        leaf = self._node(0, index, checkpoint.size)
        if not includes(root, size, index, leaf, hashes):
            raise _disagree(f"for entry {index} at size {size}")
        return InclusionProof(index, size, hashes, note)

    def consistency_proof(self, old: int, new: int | None = None) -> ConsistencyProof:
        """Prove that the log at a size begins with everything it held at an earlier size.

        Args:
            old: The earlier size.
            new: The later size; None for the current checkpoint's.

        Raises:
            WrongUse: The log has no such sizes.
            StopEverything: The stored tiles do not lead to the signed root.
        """
        checkpoint = self.checkpoint()
        new = checkpoint.size if new is None else new
        _check_size(new, checkpoint.size)
        _check_size(old, new)
        hashes = tuple(
            self._range(first, last, checkpoint.size)
            for first, last in consistency_ranges(old, new)
        )
        root, note = self._root(new, checkpoint)
        if old and not extends((old, self.root_at(old, checkpoint)), (new, root), hashes):
            raise _disagree(f"from size {old} to {new}")
        return ConsistencyProof(old, new, hashes, note)

    def root_at(self, size: int, checkpoint: Checkpoint | None = None) -> bytes:
        """Give the root that the stored tiles have for a size up to the current one."""
        current = (checkpoint or self.checkpoint()).size
        _check_size(size, current)
        return self._range(0, size, current) if size else root_of([])

    def _root(self, size: int, checkpoint: Checkpoint) -> tuple[bytes, str]:
        if size == checkpoint.size:
            return checkpoint.root, checkpoint.note
        return self.root_at(size, checkpoint), ""

    def _range(self, first: int, last: int, size: int) -> bytes:
        return range_hash(first, last, lambda height, index: self._node(height, index, size))

    def _node(self, height: int, index: int, size: int) -> bytes:
        """Hash a full subtree of ``2**height`` leaves out of the tile that spans it."""
        level, above = divmod(height, paths.HEIGHT)
        first = index << above
        tile = self._tile(level, first // paths.WIDTH, size)
        at = first % paths.WIDTH * HASH_BYTES
        span = tile[at : at + (HASH_BYTES << above)]
        return root_of([span[i : i + HASH_BYTES] for i in range(0, len(span), HASH_BYTES)])

    def _tile(self, level: int, index: int, size: int) -> bytes:
        width = paths.width_in(size, level, index)
        kept = self._tiles.get((level, index), b"")
        if len(kept) < width * HASH_BYTES:
            name = paths.tile_path(level, index, width)
            kept = self._full_or_partial(name)[1][: width * HASH_BYTES]
            if len(kept) != width * HASH_BYTES:
                raise StopEverything(
                    f"this tile has {len(kept)} bytes; {width} hashes have {width * HASH_BYTES}",
                    why="the signed checkpoint promises hashes that are not there",
                    do="run atalaya verify, then restore the file",
                    where=Place(name),
                )
            if len(self._tiles) >= _KEPT_TILES:
                self._tiles.pop(next(iter(self._tiles)))
            self._tiles[level, index] = kept
        return kept

    def _bundle(self, index: int, size: int) -> list[bytes]:
        width = paths.width_in(size, 0, index)
        name, raw = self._full_or_partial(paths.bundle_path(index, width))
        return bundles.decode(raw, paths.parse(name).width, name)[:width]

    def _full_or_partial(self, name: str) -> tuple[str, bytes]:
        """Read a file; a partial one may have been outgrown by its full one meanwhile."""
        try:
            return name, self._read(name)
        except FileNotFoundError:
            full = name.partition(".p/")[0]
            return full, self._must_read(full)

    def _must_read(self, name: str) -> bytes:
        try:
            return self._read(name)
        except FileNotFoundError as error:
            raise StopEverything(
                "this file of the log is missing",
                why="what the signed checkpoint promises cannot be shown without it",
                do="restore it from a backup or from a copy of the log",
                where=Place(name),
            ) from error


def _check_index(index: int, size: int) -> None:
    if not 0 <= index < size:
        raise WrongUse(
            f"there is no entry {index} in a log of {size} entries",
            do=f"give an index below {size}" if size else "the log is empty",
        )


def _check_size(size: int, current: int) -> None:
    if not 0 <= size <= current:
        raise WrongUse(
            f"the log has no state of {size} entries; it has {current}",
            do=f"give a size from 0 to {current}",
        )


def _disagree(what: str) -> StopEverything:
    return StopEverything(
        f"the stored tiles do not lead to the signed root {what}",
        why="a proof made from them would not hold",
        do="run atalaya verify: it names the file that is wrong",
    )
