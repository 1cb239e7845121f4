"""The growing right edge of a log, and the files that growth makes; pure.

The edge is a compact range to the base 256: of each tile level, the hashes of its unfinished tile.
It is all a writer must know of the log, however long the log is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atalaya.evidence.log import bundles, paths
from atalaya.evidence.log.merkle import leaf_hash, root_of


@dataclass(frozen=True, slots=True)
class Edge:
    """The unfinished right edge of a log.

    Args:
        size: Number of entries in the log.
        levels: For each tile level from 0, the hashes of its unfinished tile (0 to 255 of them).
        bundle: Bytes of the unfinished entry bundle; empty when the last one is full.
    """

    size: int
    levels: tuple[tuple[bytes, ...], ...]
    bundle: bytes

    @property
    def root(self) -> bytes:
        """The root of the tree over all entries, 32 bytes."""
        below: list[bytes] = []
        for hashes in self.levels:
            row = [*hashes, *below]
            below = [root_of(row)] if row else []
        return root_of(below)

    @property
    def files(self) -> dict[str, bytes]:
        """Path and content of every unfinished tile and bundle."""
        found = {
            paths.tile_path(level, self.size >> 8 * (level + 1), len(hashes)): b"".join(hashes)
            for level, hashes in enumerate(self.levels)
            if hashes
        }
        if self.bundle:
            width = self.size % paths.WIDTH
            found[paths.bundle_path(self.size // paths.WIDTH, width)] = self.bundle
        return found


@dataclass(frozen=True, slots=True)
class Growth:
    """What appending a batch makes.

    Args:
        edge: The edge after it.
        files: Path and content of every new file; none of them existed before.
        outgrown: Folders of partial files whose full tile or bundle is among the new files.
    """

    edge: Edge
    files: dict[str, bytes]
    outgrown: tuple[str, ...]


EMPTY = Edge(0, (), b"")


def grow(edge: Edge, entries: Sequence[bytes]) -> Growth:
    """Append entries to an edge.

    Args:
        edge: The edge before.
        entries: Entries of at most 65,535 bytes, in order.

    Returns:
        The edge after, and the files to write.

    Raises:
        BadInput: An entry is too long.

    Source: C2SP tlog-tiles, "Merkle Tree", "Partial Tiles" and "Log entries".

    >>> sorted(grow(EMPTY, [b"one", b"two"]).files)
    ['tile/0/000.p/2', 'tile/entries/000.p/2']
    """
    files, bundle = _grow_bundles(edge, entries)
    levels: list[tuple[bytes, ...]] = []
    hashes = [leaf_hash(entry) for entry in entries]
    while hashes or len(levels) < len(edge.levels):
        level = len(levels)
        before = edge.levels[level] if level < len(edge.levels) else ()
        rest, hashes = _grow_level(files, level, edge.size, [*before, *hashes])
        levels.append(rest)
    grown = Edge(edge.size + len(entries), tuple(levels), bundle)
    return Growth(grown, files, _outgrown(edge, files))


def _grow_level(
    files: dict[str, bytes], level: int, size: int, hashes: list[bytes]
) -> tuple[tuple[bytes, ...], list[bytes]]:
    """Cut a level's hashes into tiles: what is left unfinished, and roots of the full ones."""
    first, width = size >> 8 * (level + 1), paths.WIDTH
    roots = []
    for number in range(len(hashes) // width):
        tile = hashes[number * width : (number + 1) * width]
        files[paths.tile_path(level, first + number)] = b"".join(tile)
        roots.append(root_of(tile))
    rest = tuple(hashes[len(roots) * width :])
    unchanged = not roots and len(rest) == (size >> 8 * level) % width
    if rest and not unchanged:
        files[paths.tile_path(level, first + len(roots), len(rest))] = b"".join(rest)
    return rest, roots


def _grow_bundles(edge: Edge, entries: Sequence[bytes]) -> tuple[dict[str, bytes], bytes]:
    files: dict[str, bytes] = {}
    index, held, at = edge.size // paths.WIDTH, edge.size % paths.WIDTH, 0
    bundle = edge.bundle
    while at < len(entries):
        taken = entries[at : at + paths.WIDTH - held]
        bundle += bundles.encode(taken)
        held, at = held + len(taken), at + len(taken)
        files[paths.bundle_path(index, held)] = bundle
        if held == paths.WIDTH:
            index, held, bundle = index + 1, 0, b""
    return files, bundle


def _outgrown(edge: Edge, files: dict[str, bytes]) -> tuple[str, ...]:
    ends = [path.rpartition("/")[0] for path in edge.files]  # ".../000.p" of ".../000.p/12"
    return tuple(end for end in ends if end.removesuffix(".p") in files)
