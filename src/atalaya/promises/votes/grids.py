"""Tables with a column for each vote: marked by a cross in its row, or filled with names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atalaya.promises.votes.fused import cells as fused_cells
from atalaya.promises.votes.fused import headings
from atalaya.promises.votes.fused import row as fused_row
from atalaya.promises.votes.fused import totals as fused_totals
from atalaya.promises.votes.rolls import Listed, code, is_name, listed
from atalaya.promises.votes.singles import LINE
from atalaya.promises.votes.tallies import Total
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.spans import Span

_GAP = re.compile(r"\t|[^\S\n]{2,}")
_RULE = re.compile(r"[\s|:+=_–—-]+")
_COUNT = re.compile(r"[\s*_]*\(?\d{1,3}\)?[\s*_]*$")
_FEWEST = 2  # columns of votes that make such a table
_EDGE = " \t\u00a0*_"


@dataclass(frozen=True, slots=True)
class Odd:
    """What in a roll call could not be read, with its place: nothing is guessed of it."""

    kind: str
    span: Span


@dataclass
class Grid:
    """What a table says.

    Args:
        span: The table.
        names: Vote -> who is listed so, in the order of the rows.
        totals: Vote -> the number in its row of totals.
        odd: Rows that could not be read.
    """

    span: Span
    names: dict[str, list[Listed]] = field(default_factory=dict)
    totals: dict[str, Total] = field(default_factory=dict)
    odd: list[Odd] = field(default_factory=list)


def grids(text: str) -> Iterator[Grid]:
    """Find every such table."""
    lines = [Span(*one.span()) for one in LINE.finditer(text)]
    at = 0
    while at < len(lines):
        columns = _columns(text, lines[at])
        fused = () if len(columns) >= _FEWEST else headings(text, lines[at])
        if len({vote for vote, _ in columns.values()}) < _FEWEST and not fused:
            at += 1
            continue
        rows = [*_rows(text, lines, at, fused)]
        grid = Grid(Span(lines[at].start, rows[-1].end if rows else lines[at].end))
        for row in rows:
            if fused:
                _read_fused(text, row, fused, grid)
            else:
                _read(text, row, lines[at], columns, grid)
        told = bool(grid.names or grid.totals) or len(grid.odd) >= _FEWEST
        if told:
            yield grid
        at += 1 + (len(rows) if told else 0)


def _columns(text: str, line: Span) -> Mapping[int, tuple[str, Span]]:
    """Give the columns headed by a vote: place of the column -> vote, and where it stands."""
    cells = cut(text, line)
    if any(code(one.of(text)) is not None for one in cells):
        return {}  # "Peru, yes, Chile, no" is a row, and heads nothing
    found: dict[int, tuple[str, Span]] = {}
    for at, cell in enumerate(cells):
        words = _COUNT.sub("", cell.of(text)).strip(_EDGE)
        said = load().heading.fullmatch(words)
        if said is not None:
            found[at] = (which(said), cell)
    return found


def cut(text: str, line: Span) -> list[Span]:
    """Cut a line at its bars, or, where it has none, at tabs and wide gaps."""
    words = line.of(text)
    if "|" in words:
        cuts = [
            Span(line.start + at, line.start + at + 1) for at, c in enumerate(words) if c == "|"
        ]
    else:
        inner = Span(
            line.start + len(words) - len(words.lstrip(" ")), line.start + len(words.rstrip())
        )
        cuts = [Span(*one.span()) for one in _GAP.finditer(text, *inner)]
        line = inner
    starts = [line.start, *(one.end for one in cuts)]
    ends = [*(one.start for one in cuts), line.end]
    return [_stripped(text, Span(*one)) for one in zip(starts, ends, strict=True)]


def _stripped(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_EDGE))
    return Span(start, max(start, span.start + len(words.rstrip(_EDGE))))


def _rows(text: str, lines: Sequence[Span], head: int, fused: Sequence[str]) -> Iterator[Span]:
    """Give the rows below a heading: lines of its kind, without a blank line between them."""
    barred = "|" in lines[head].of(text)
    for before, line in zip(lines[head:], lines[head + 1 :], strict=False):
        if text.count("\n", before.end, line.start + 1) > 1 or ("|" in line.of(text)) != barred:
            return
        if load().label.match(text, line.start, line.end) is not None:
            return
        known = any(code(one.of(text)) for one in fused_cells(text, line)) if fused else True
        if not known and not fused_totals(text, line, fused):
            return
        if (
            not barred
            and not fused
            and len(cut(text, line)) < _FEWEST
            and code(line.of(text).strip()) is None
        ):
            return
        yield line


def _read_fused(text: str, row: Span, votes: tuple[str, ...], grid: Grid) -> None:
    numbers = fused_totals(text, row, votes)
    if numbers:
        grid.totals.update(numbers)
        return
    found = fused_row(text, row, votes)
    if found is None:
        grid.odd.append(Odd("column-not-told", row))
    for vote, who in found or ():
        grid.names.setdefault(vote, []).append(who)


def _read(
    text: str, row: Span, head: Span, columns: Mapping[int, tuple[str, Span]], grid: Grid
) -> None:
    if _RULE.fullmatch(row.of(text)):
        return
    placed = _placed(text, row, head, columns)
    if placed is None:
        grid.odd.append(Odd("column-not-told", row))
        return
    name, cells = placed
    if name is not None and load().total.fullmatch(name.of(text)):
        for vote, cell in cells:
            if cell.of(text).isdecimal():
                grid.totals[vote] = Total(int(cell.of(text)), cell)
    elif name is not None:
        _mark(text, row, name, cells, grid)
    else:
        _fill(text, cells, grid)


def _fill(text: str, cells: Sequence[tuple[str, Span]], grid: Grid) -> None:
    for vote, cell in cells:
        if cell.of(text).isdecimal():
            grid.totals[vote] = Total(int(cell.of(text)), cell)
        else:
            named = [one for one in listed(text, cell) if one.iso3 or is_name(one.name)]
            grid.names.setdefault(vote, []).extend(named)


def _mark(text: str, row: Span, name: Span, cells: Sequence[tuple[str, Span]], grid: Grid) -> None:
    """Take the column in which a row is marked; a row with no mark, or with other words, is odd."""
    words = " ".join(name.of(text).split())
    if not (is_name(words) or code(words)):
        return
    made = [vote for vote, cell in cells if cell.of(text) and load().made.fullmatch(cell.of(text))]
    other = [cell for _, cell in cells if not _is_plain(cell.of(text))]
    if not made or other:
        grid.odd.append(Odd("vote-not-told", row))
        return
    for vote in made:
        grid.names.setdefault(vote, []).append(Listed(words, code(words), name))


def _is_plain(words: str) -> bool:
    return bool(load().made.fullmatch(words) or load().empty.fullmatch(words))


def _placed(
    text: str, row: Span, head: Span, columns: Mapping[int, tuple[str, Span]]
) -> tuple[Span | None, list[tuple[str, Span]]] | None:
    """Give a row's name cell, if the table has one, and its cells below votes; None if untold."""
    cells = cut(text, row)
    heads = cut(text, head)
    first = min(columns)
    named = any(heads[at].of(text) for at in range(first))
    if any(mark in line for mark in "|\t" for line in (row.of(text), head.of(text))):
        name = next((cells[at] for at in range(min(first, len(cells))) if cells[at].of(text)), None)
        below = [(vote, cells[at]) for at, (vote, _) in columns.items() if at < len(cells)]
        return (name if named else None), below
    names = cells[:1] if named else []
    below = []
    for cell in cells[len(names) :]:
        over = [vote for vote, at in columns.values() if _overlap(cell, row, at, head)]
        if len(over) != 1:
            return None
        below.append((over[0], cell))
    return (names[0] if names else None), below


def _overlap(cell: Span, row: Span, heading: Span, head: Span) -> bool:
    start, end = cell.start - row.start, cell.end - row.start
    left, right = heading.start - head.start, heading.end - head.start
    return start < right + 1 and left - 1 < end
