"""Recomputing a tiled tree from its entry bundles, a bundle in memory at a time.

Where a stored tile differs from what lies below it, the level above says which of the two was
changed, so that one flipped byte is reported once and by its place.

Source: C2SP tlog-tiles; RFC 6962, section 2.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from atalaya.evidence.checking.report import Problem

Read = Callable[[str], bytes]

WIDTH = 256
HASH = 32


@dataclass(slots=True)
class Findings:
    """What a stretch of the log gave: roots of its full leaf tiles, and what is wrong."""

    roots: list[bytes] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A tile as stored, and as computed from what lies below it.

    Args:
        level: Level of the tile.
        index: Index of the tile.
        path: The file it was read from.
        stored: Its hashes; None when the file is missing or has another length.
        source: The file, or in words the files, that ``below`` was computed from.
        below: The hashes computed from below; None when that could not be done.
    """

    level: int
    index: int
    path: str
    stored: bytes | None
    source: str
    below: bytes | None

    @property
    def versions(self) -> list[bytes]:
        """The one or two versions there are of its hashes; none known is nothing."""
        known = [each for each in (self.below, self.stored) if each is not None]
        return list(dict.fromkeys(known)) or [b""]

    def missing(self) -> Iterator[Problem]:
        """Name what cannot be read."""
        leaf = self.index * WIDTH << 8 * self.level
        if self.below is None:
            says = "this entry bundle is missing or its lengths do not add up"
            yield Problem(self.source, says, leaf)
        if self.stored is None:
            says = "this tile is missing or has not one hash for each that it should hold"
            yield Problem(self.path, says, leaf)

    def differing(self, wrong: str) -> Problem:
        """Name where the two versions differ.

        Args:
            wrong: ``tile``, ``below`` or ``unclear``: which of them what stands above disowns.
        """
        below, stored = self.below or b"", self.stored or b""
        starts = range(0, len(stored), HASH)
        apart = [at for at in starts if below[at : at + HASH] != stored[at : at + HASH]]
        first = apart[0] // HASH
        leaf = (self.index * WIDTH + first) << 8 * self.level
        more = f", and {len(apart) - 1} more after it" if len(apart) > 1 else ""
        if wrong == "tile":
            says = f"hash {first} is not the hash of what lies below it{more}"
            return Problem(self.path, says, leaf)
        if wrong == "below" and self.level:
            child = path_of(str(self.level - 1), self.index * WIDTH + first)
            says = f"this tile and what lies below it are not what was signed{more}"
            return Problem(child, says, leaf)
        if wrong == "below":
            return Problem(self.source, f"leaf {leaf} is not what was signed{more}", leaf)
        says = f"hash {first} and {self.source} disagree{more}; what stands above confirms neither"
        return Problem(self.path, says, leaf)


def path_of(kind: str, index: int, width: int = WIDTH) -> str:
    """Give the path of a tile (kind ``0``, ``1`` ...) or bundle (kind ``entries``)."""
    digits = f"{index:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{kind}/{number}" + ("" if width == WIDTH else f".p/{width}")


def split(bundle: bytes, width: int) -> list[int] | None:
    """Give where the entries of a bundle begin, and its end; None when it has another form."""
    begins, at, end = [], 0, len(bundle)
    try:
        for _ in range(width):
            begins.append(at)
            at += 2 + (bundle[at] << 8 | bundle[at + 1])
    except IndexError:
        return None
    begins.append(at)
    return begins if at == end else None


def leaf_hashes(bundle: bytes, begins: list[int]) -> bytes:
    """Hash the entries of a bundle as leaves, one after the other."""
    hashes = []
    # Copying a started hash is a quarter faster than starting one each time (OpenSSL 3 looks the
    # algorithm up at each start), measured on a million leaves.
    start = hashlib.sha256(b"\x00").copy
    for begin, end in pairwise(begins):
        each = start()
        each.update(bundle[begin + 2 : end])
        hashes.append(each.digest())
    return b"".join(hashes)


def hashed(bundle: bytes, width: int) -> bytes | None:
    """Hash the entries of a bundle that must hold so many; None when it has another form."""
    begins = split(bundle, width)
    return leaf_hashes(bundle, begins) if begins is not None else None


def tile_root(hashes: bytes) -> bytes:
    """Give the root over a tile's hashes; an odd last one is carried up."""
    start = hashlib.sha256(b"\x01").copy
    while len(hashes) > HASH:
        above = []
        even = len(hashes) // (2 * HASH) * 2 * HASH
        for at in range(0, even, 2 * HASH):
            each = start()
            each.update(hashes[at : at + 2 * HASH])
            above.append(each.digest())
        hashes = b"".join(above) + hashes[even:]
    return hashes


class Checker:
    """Compares stored tiles and bundles with what lies below and above them.

    Args:
        read: Gives the bytes of a path of the log.
        size: Number of entries.
    """

    def __init__(self, read: Read, size: int) -> None:
        self.read = read
        self.size = size

    def width(self, level: int, index: int) -> int:
        """Give how many hashes a tile holds."""
        return min(WIDTH, (self.size >> 8 * level) - index * WIDTH)

    def given(self, path: str) -> bytes | None:
        """Read a file; None when there is none."""
        try:
            return self.read(path)
        except FileNotFoundError:
            return None

    def stored(self, kind: str, index: int, width: int) -> tuple[str, bytes | None]:
        """Read a tile or bundle; where a partial one is gone, its full one's path and bytes."""
        path, full = path_of(kind, index, width), path_of(kind, index)
        raw = self.given(path)
        if raw is None and path != full and (whole := self.given(full)) is not None:
            return full, whole
        return path, raw

    def tile(self, level: int, index: int, width: int) -> tuple[str, bytes | None]:
        """Read a tile, cut to the width it has in this log; None when missing or too short."""
        path, raw = self.stored(str(level), index, width)
        held = width if ".p/" in path else WIDTH
        fits = raw is not None and len(raw) == held * HASH
        return path, raw[: width * HASH] if raw is not None and fits else None

    def leaves(self, index: int, width: int) -> tuple[str, bytes | None]:
        """Read a bundle and hash its entries; None when it is missing or has another form."""
        path, raw = self.stored("entries", index, width)
        leaves = hashed(raw, width if ".p/" in path else WIDTH) if raw is not None else None
        return path, leaves[: width * HASH] if leaves is not None else None

    def row(self, level: int, index: int, width: int, below: bytes | None = None) -> Row:
        """Read a tile beside what lies below it; for level 0 that is read from the bundle."""
        source = f"the tiles of level {level - 1}"
        if level == 0:
            source, below = self.leaves(index, width)
        path, stored = self.tile(level, index, width)
        return Row(level, index, path, stored, source, below)

    def bundles(self, first: int, last: int) -> Findings:
        """Check full bundles first..last-1 and their leaf tiles."""
        found = Findings()
        for index in range(first, last):
            found.roots.append(self.settle(self.row(0, index, WIDTH), found.problems))
        return found

    def settle(self, row: Row, problems: list[Problem]) -> bytes:
        """Compare a full tile with the hashes that lie below it.

        Args:
            row: The tile, stored and computed.
            problems: Gets what is wrong.

        Returns:
            The root of the tile, of the version that the level above confirms.
        """
        below, stored = row.below, row.stored
        if stored is not None and stored == below:
            return tile_root(stored)
        problems.extend(row.missing())
        if below is not None and stored is not None:
            above, computed, theirs = self._above(row), tile_root(below), tile_root(stored)
            wrong = {computed: "tile", theirs: "below"}.get(above or b"", "unclear")
            problems.append(row.differing(wrong))
            return theirs if wrong == "below" else computed
        known = below if below is not None else stored
        return tile_root(known) if known is not None else self._above(row) or bytes(HASH)

    def _above(self, row: Row) -> bytes | None:
        """Give what the stored tile of the level above says that a tile's root is."""
        parent, at = divmod(row.index, WIDTH)
        _, tile = self.tile(row.level + 1, parent, self.width(row.level + 1, parent))
        return tile[at * HASH : (at + 1) * HASH] if tile is not None else None
