"""Tables whose cells were glued together on the way: "EventHostParticipants" and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from atalaya.reading.reports.blocks import Block, Kind
from atalaya.reading.reports.grids import columns_of
from atalaya.reading.reports.spans import Span

# A small letter meets a capital or a figure, a figure a capitalised word.
_SEAM = re.compile(
    r"(?<=[a-zà-ÿ)”»?!])(?=[A-ZÀ-Ý«“¿¡]|\d)|(?<=\d)(?=[A-ZÀ-Ý«“][a-zà-ÿ])|(?<=\d)(?=[A-Z]{1,3}/)"
)
_LEAST = 2  # columns
_LONGEST_HEAD = 120  # letters


def regained(text: str, found: Sequence[Block]) -> tuple[Block, ...]:
    """Give the blocks with the rows of such tables told from lines.

    Args:
        text: The document.
        found: Its blocks.

    Returns:
        The same blocks; a line of as many glued cells as the glued heading above it is a row.
    """
    made = [*found]
    for at, one in enumerate(found):
        if one.kind is not Kind.LINE or len(one.span.of(text)) > _LONGEST_HEAD:
            continue
        head = _cells(text, one.span)
        if len(head) < _LEAST or not all(columns_of(text, cell) for cell in head):
            continue
        rows = [*_rows(text, found, at, len(head))]
        if rows:
            made[at] = replace(one, kind=Kind.ROW, cells=head)
            for place, cells in rows:
                made[place] = replace(found[place], kind=Kind.ROW, cells=cells)
    return tuple(made)


def _rows(
    text: str, found: Sequence[Block], at: int, width: int
) -> Iterator[tuple[int, tuple[Span, ...]]]:
    for place in range(at + 1, len(found)):
        cells = _cells(text, found[place].span)
        if found[place].kind is not Kind.LINE or len(cells) != width:
            return
        yield place, cells


def _cells(text: str, span: Span) -> tuple[Span, ...]:
    cuts = [found.start() for found in _SEAM.finditer(text, *span)]
    edges = [span.start, *cuts, span.end]
    return tuple(Span(a, b) for a, b in pairwise(edges))


def is_glued(one: Block) -> bool:
    """Whether a block is a row whose cells have nothing between them."""
    return len(one.cells) > 1 and all(a.end == b.start for a, b in pairwise(one.cells))
