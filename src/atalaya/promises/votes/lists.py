"""Lists of who voted how: behind a label, in brackets behind a total, or a vote beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.promises.votes.grids import Grid, Odd, grids
from atalaya.promises.votes.matrices import Column, matrices
from atalaya.promises.votes.rolls import Listed, code, is_name, listed
from atalaya.promises.votes.running import running
from atalaya.promises.votes.singles import Cast, casts, unvoted
from atalaya.promises.votes.tallies import Tally, Total
from atalaya.promises.votes.turns import turns
from atalaya.promises.votes.words import VOTES, load, which
from atalaya.reading.reports.spans import Span

# "Rep. of Korea", "Rép. dém. du Congo": a shortened word of a State's name ends no list.
_STOP = re.compile(
    r"\.(?=\s|$)(?<!\b[A-Z]\.)(?<!\b[Rr][eé]p\.)(?<!\b[Dd][eé]m\.)(?<!\b[Pp]op\.)(?<!\bFed\.)"
    r"(?<!\bIsl\.)(?<!\bSt\.)"
)
_BLANK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)+")
# Lines of symbols, dates, page and job numbers alone: "A/72/PV.73   19/12/2017", "12/24 17-44201".
_EDGES = re.compile(
    r"^[^\S\n]*(?=[^\n]*\d)(?:(?:[A-Z]{1,5}(?:/[\w.()-]+)+|\d{1,2}-\d{5}(?:\s\([EFS]\))?"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{1,3}/\d{1,3}|\d{1,3})(?=\s)[^\S\n]*)+\n\s{0,20}",
    re.MULTILINE,
)
_COUNTED = re.compile(
    r"\n[^\S\n]*[^\n:]{3,60}:[^\S\n]*\d+[^\S\n]*(?=\n|$)"
)  # "Present and voting: 9"
_ITEM = re.compile(r"[^\S\n]*(?:[•▪◦‣●*–-]|\(?\d{1,3}[.)])[^\S\n]+\S")


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of those who voted one way.

    Args:
        vote: One of the four votes.
        names: Who is listed, in the order of the document, doubles kept.
        declared: The number that its label gives, or None.
        span: Label and list.
        about: The heading of its column in a table of several votes, or None.
        unread: Whether it stands for a table of which no row could be read.
    """

    vote: str
    names: tuple[Listed, ...]
    declared: Total | None
    span: Span
    about: Span | None = None
    unread: bool = False


def rolls(
    text: str, plain: str, found: Sequence[Tally], other: Sequence[Span]
) -> tuple[tuple[Roll, ...], tuple[Odd, ...]]:
    """Find every list, in the order of the text, and the rows of tables that could not be read.

    Args:
        text: The document.
        plain: The same with the lines of its sentences put together.
        found: Its tallies, in whose brackets names may stand.
        other: Sentences of it that are no list: what delegations said of their vote afterwards.
    """
    several = [one for each in matrices(text) for one in each]
    taken = [one.table for one in several]
    tables = [one for one in grids(text) if not _in(one.span, taken)]
    taken += [one.span for one in tables]
    runs = [one for one in turns(text) if not _in(one[0].span, taken)]
    taken += [_region(one) for one in runs]
    rows = [*casts(text, taken)]
    taken += [_region(one) for one in rows]
    runs += rows
    sentences = [*(one.span.start for one in found), *(one.start for one in other)]
    labelled = [
        *_labelled(text, plain, taken, [one for one in sentences if _begins_line(text, one)])
    ]
    taken += [one.span for one in labelled]
    inside = [one for each in found for one in _bracketed(text, each) if not _in(one.span, taken)]
    taken += [one.span for one in inside]
    told = [Roll(one.vote, one.names, None, one.span) for one in running(plain, taken)]
    singles = [one for run in runs for one in _run(run)]
    tabled = [one for grid in tables for one in _of_grid(grid)]
    tabled += [one for column in several for one in _of_column(column)]
    every = sorted([*labelled, *inside, *told, *singles, *tabled], key=lambda one: one.span)
    odd = [one for grid in tables for one in grid.odd]
    odd += [Odd("vote-not-told", one) for run in runs for one in unvoted(text, run)]
    return tuple(every), tuple(sorted(odd, key=lambda one: one.span))


def _region(run: Sequence[Cast]) -> Span:
    return Span(run[0].span.start, run[-1].span.end)


def _in(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start <= span.start < one.end for one in others)


def _begins_line(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return not text[line:at].strip(" \t*[(")


def _labelled(
    text: str, plain: str, taken: Sequence[Span], sentences: Sequence[int]
) -> Iterator[Roll]:
    labels = [one for one in load().label.finditer(plain) if not _in(Span(*one.span()), taken)]
    starts = sorted([*(one.start for one in taken), *sentences])
    edges = [
        min(edge, next((one for one in starts if one >= label.end()), edge))
        for label, edge in zip(
            labels, [*(one.start() for one in labels[1:]), len(text)], strict=False
        )
    ]
    for label, edge in zip(labels, edges, strict=True):
        end = _end(text, label.end(), edge)
        names, span = _names(text, Span(label.end(), end))
        count = next((each for each in ("k", "n", "m") if label[each]), None)
        total = Total(load().value(label[count]), Span(*label.span(count))) if count else None
        if any(one.iso3 for one in names) or total is not None or _nobody(text, span):
            yield Roll(which(label), names, total, Span(label.start(), span.end))


def _end(text: str, start: int, edge: int) -> int:
    """Where a list ends: at a full stop, or at a blank line behind which no item of it follows."""
    stop = _STOP.search(text, start, edge)
    end = edge if stop is None else stop.start()
    counted = _COUNTED.search(text, start, end)
    end = end if counted is None else counted.start()
    read = start
    for blank in _BLANK.finditer(text, start, end):
        if blank.start() < read or not text[start : blank.start()].strip(" \t*_:"):
            continue
        read = _furniture(text, blank.end(), end)
        line = text[read:end].split("\n", 1)[0]
        open_ = read > blank.end() or text[start : blank.start()].rstrip().endswith(",")
        if open_ and _goes_on(line):
            continue
        if not _is_item(text, blank.end(), end) and code(line.strip(" *_,;")) is None:
            return blank.start()
    return end


def _is_item(text: str, start: int, end: int) -> bool:
    """Whether a list goes on at a place with an item that may be a name."""
    found = _ITEM.match(text, start, end)
    return found is not None and is_name(text[found.end() - 1 : end].split("\n", 1)[0])


def _furniture(text: str, start: int, end: int) -> int:
    """Where what a page bears at its edges ends: its symbol, its date, its number."""
    at = start
    while (line := _EDGES.match(text, at, end)) is not None:
        at = line.end()
    return at


def _goes_on(line: str) -> bool:
    """Whether a line behind a page's edge holds names of a list."""
    first = re.split(r"[,;]", line, maxsplit=1)[0]
    return code(first.strip(" *_,;")) is not None


def _nobody(text: str, span: Span) -> bool:
    return load().nobody.fullmatch(span.of(text).strip(" \t\n*_().:")) is not None


def _names(text: str, span: Span) -> tuple[tuple[Listed, ...], Span]:
    """Give the names of a stretch; the first piece that can be no name ends the list."""
    if _nobody(text, span):
        return (), span
    found: list[Listed] = []
    for one in _listed(text, span):
        if one.iso3 is None and (not is_name(one.name) or _speaks(one.name)):
            return tuple(found), Span(span.start, one.span.start)
        found.append(one)
    return tuple(found), span


def _speaks(words: str) -> bool:
    """Whether words are of a sentence about delegations, and no name of a list."""
    found = load().found
    return any(found[one].search(words) is not None for one in ("phrase", "speaker", "told"))


def _listed(text: str, span: Span) -> Iterator[Listed]:
    """Give the names of a stretch; what a page bears at its edges is none."""
    at = span.start
    for edge in _EDGES.finditer(text, *span):
        yield from listed(text, (at, edge.start()))
        at = edge.end()
    yield from listed(text, (at, span.end))


def _bracketed(text: str, tally: Tally) -> Iterator[Roll]:
    """Names in the brackets behind a total: "2 against (Israel, United States)"."""
    ordered = sorted(tally.totals.items(), key=lambda one: one[1].span)
    edges = [*(total.span.start for _, total in ordered[1:]), tally.span.end]
    for (vote, total), edge in zip(ordered, edges, strict=True):
        opened = text.find("(", total.span.end, edge)
        closed = _closing(text, opened, edge) if opened >= 0 else -1
        if closed < 0:
            continue
        names, _ = _names(text, Span(opened + 1, closed))
        if any(one.iso3 for one in names):
            yield Roll(vote, names, total, Span(opened, closed + 1))


def _closing(text: str, opened: int, end: int) -> int:
    depth = 0
    for place in range(opened, end):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return -1


def _run(run: Sequence[Cast]) -> Iterator[Roll]:
    for vote in dict.fromkeys(one.vote for one in run):
        names = tuple(one.who for one in run if one.vote == vote)
        yield Roll(vote, names, None, Span(names[0].span.start, names[-1].span.end))


def _of_column(column: Column) -> Iterator[Roll]:
    for vote in dict.fromkeys(one.vote for one in column.casts):
        names = tuple(one.who for one in column.casts if one.vote == vote)
        yield Roll(vote, names, None, Span(column.about.start, column.table.end), column.about)


def _of_grid(grid: Grid) -> Iterator[Roll]:
    for vote in VOTES:
        names, total = tuple(grid.names.get(vote, ())), grid.totals.get(vote)
        if names or total is not None:
            yield Roll(vote, names, total, grid.span)
    if not grid.names and not grid.totals:
        yield Roll(VOTES[0], (), None, grid.span, unread=True)
