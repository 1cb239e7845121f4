"""Where everything of a tiled log lies, relative to its folder or address; pure.

Source: C2SP tlog-tiles, "Merkle Tree", "Partial Tiles" and "Log entries".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.model.errors import BadInput

WIDTH = 256  # hashes in a full tile and entries in a full bundle; fixed by tlog-tiles
HEIGHT = 8  # levels of the tree that one tile spans: 2**8 = 256
TOP_LEVEL = 63  # the highest level that tlog-tiles allows
CHECKPOINT = "checkpoint"
VKEY = "vkey"
VKEYS = "vkeys"
STATE = ".state"

_PATH = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class TileName:
    """Which tile or entry bundle a path names.

    Args:
        level: Level of the tile, or None for an entry bundle.
        index: Index of the tile in its level, from 0.
        width: Number of hashes or entries in it, 1..256.
    """

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The path, relative to the log's folder or address."""
        if self.level is None:
            return bundle_path(self.index, self.width)
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Give the path of a hash tile.

    Args:
        level: 0 for leaf hashes; each level up spans 256 times as much.
        index: Index in the level, from 0.
        width: Number of hashes in it; fewer than 256 make a partial tile.

    Returns:
        The relative path.

    Raises:
        BadInput: There is no such tile.

    Source: C2SP tlog-tiles, "Merkle Tree".

    >>> tile_path(0, 1234067), tile_path(1, 0, 3)
    ('tile/0/x001/x234/067', 'tile/1/000.p/3')
    """
    if not 0 <= level <= TOP_LEVEL:
        raise BadInput(f"there is no tile level {level}", do=f"give a level from 0 to {TOP_LEVEL}")
    return f"tile/{level}/{_numbered(index, width)}"


def bundle_path(index: int, width: int = WIDTH) -> str:
    """Give the path of an entry bundle.

    Args:
        index: Index of the bundle, from 0; entry i lies in bundle i // 256.
        width: Number of entries in it.

    Returns:
        The relative path.

    Source: C2SP tlog-tiles, "Log entries".

    >>> bundle_path(0, 12)
    'tile/entries/000.p/12'
    """
    return f"tile/entries/{_numbered(index, width)}"


def width_in(size: int, level: int, index: int) -> int:
    """Give how many hashes a tile holds in a tree of a size; 0 when the tree does not reach it.

    >>> width_in(70_000, 0, 273), width_in(70_000, 1, 1), width_in(70_000, 2, 0)
    (112, 17, 1)
    """
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def parse(path: str) -> TileName:
    """Read the name of a tile or bundle from its path, refusing every other spelling.

    >>> parse("tile/entries/x001/000.p/7")
    TileName(level=None, index=1000, width=7)
    """
    found = _PATH.fullmatch(path)
    if found is not None:
        kind, groups, last, width = found.groups()
        name = TileName(
            None if kind == "entries" else int(kind),
            int(groups.replace("x", "").replace("/", "") + last),
            int(width) if width else WIDTH,
        )
        # Leading all-zero groups, level 64 and width 256 have the form, but are no name.
        if (name.level or 0) <= TOP_LEVEL and name.width <= WIDTH and name.path == path:
            return name
    raise BadInput(
        f"{path!r} names no tile and no entry bundle",
        do="paths look like tile/0/x001/234 or tile/entries/000.p/12",
    )


def groups_of(index: int) -> tuple[int, ...]:
    """Give the three-digit groups of an index, most significant first.

    >>> groups_of(1234067)
    (1, 234, 67)
    """
    groups = [index % 1000]
    while index := index // 1000:
        groups.append(index % 1000)
    return tuple(reversed(groups))


def _numbered(index: int, width: int) -> str:
    if index < 0 or not 1 <= width <= WIDTH:
        raise BadInput(
            f"there is no tile {index} of width {width}",
            do=f"give an index from 0 and a width from 1 to {WIDTH}",
        )
    *parents, last = groups_of(index)
    number = "".join(f"x{group:03}/" for group in parents) + f"{last:03}"
    return number if width == WIDTH else f"{number}.p/{width}"
