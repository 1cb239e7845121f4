"""Tables of several votes: a row for each State, a column for each text voted on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.promises.votes.grids import cut
from atalaya.promises.votes.rolls import Listed, code
from atalaya.promises.votes.singles import FEWEST, LINE, Cast
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.spans import Span

_RULE = re.compile(r"[\s|:+=_–—-]+")
_FEWEST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One vote of such a table: the heading of its column, who voted how, and the table."""

    about: Span
    casts: tuple[Cast, ...]
    table: Span


def matrices(text: str) -> Iterator[tuple[Column, ...]]:
    """Find every such table, with its columns in order."""
    lines = [Span(*one.span()) for one in LINE.finditer(text)]
    at = 0
    while at < len(lines):
        rows = [*_rows(text, lines, at)]
        if len(rows) < FEWEST:
            at += 1
            continue
        heads = cut(text, lines[at])
        span = Span(lines[at].start, rows[-1][-1].span.end)
        yield tuple(
            Column(heads[place], tuple(one for one in column if one), span)
            for place, column in _columns(rows)
        )
        at += len(rows) + 1


def _columns(rows: Sequence[Sequence[Cast]]) -> Iterator[tuple[int, list[Cast]]]:
    for place in sorted({int(one.how) for row in rows for one in row}):
        yield place, [one for row in rows for one in row if int(one.how) == place]


def _rows(text: str, lines: Sequence[Span], head: int) -> Iterator[list[Cast]]:
    """Give the rows below a heading: a known State, and votes alone in two cells or more."""
    titles = cut(text, lines[head])
    voted = any(load().heading.fullmatch(one.of(text)) for one in titles)
    if voted or sum(bool(one.of(text)) for one in titles) <= _FEWEST_COLUMNS:
        return
    for line in lines[head + 1 :]:
        if _RULE.fullmatch(line.of(text)):
            continue
        row = _row(text, line, len(titles))
        if not row:
            return
        yield row


def _row(text: str, line: Span, width: int) -> list[Cast]:
    parts = cut(text, line)
    first = next((at for at, one in enumerate(parts) if one.of(text)), None)
    name = None if first is None else parts[first]
    if first is None or name is None or code(name.of(text)) is None or len(parts) != width:
        return []
    who = Listed(" ".join(name.of(text).split()), code(name.of(text)), name)
    found = []
    for at, cell in enumerate(parts[first + 1 :], first + 1):
        said = load().single.fullmatch(cell.of(text))
        if said is not None:
            found.append(Cast(which(said), who, cell, str(at)))
        elif cell.of(text):
            return []
    return found if len(found) >= _FEWEST_COLUMNS else []
