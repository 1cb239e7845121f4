"""Lists of who voted how: behind a label, in brackets behind a total, or a vote beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.promises.votes.rolls import Listed, code, is_name, listed
from atalaya.promises.votes.tallies import Tally, Total
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.spans import Span

_STOP = re.compile(r"\.(?=\s|$)(?<!\b[A-Z]\.)")
_BLANK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)+")
_ITEM = re.compile(r"[^\S\n]*(?:[•▪◦‣●*–-]|\(?\d{1,3}[.)])[^\S\n]+\S")
_OWN = re.compile(
    r"(?:^|[;\n])[^\S\n|]*[|*•–-]*[^\S\n]*(?P<name>[^\n|:;\t=]{2,70}?)[*_]{0,2}[^\S\n]*"
    r"(?:[|:\t=]|[–—]|\s-\s)+[^\S\n]*[*_]{0,2}(?P<vote>[^\n|;\t,.]{1,24}?)[*_]{0,2}[^\S\n]*[.,]?[^\S\n]*"
    r"(?=[|;\n]|$)",
    re.MULTILINE,
)
_PARTING = re.compile(r"\n[^\n|:]{20,}")
_FEWEST = 2  # lines of the form "name: vote" that make a roll call


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of those who voted one way.

    Args:
        vote: One of the four votes.
        names: Who is listed, in the order of the document, doubles kept.
        declared: The number that its label gives, or None.
        span: Label and list.
    """

    vote: str
    names: tuple[Listed, ...]
    declared: Total | None
    span: Span


def rolls(text: str, found: Sequence[Tally]) -> tuple[Roll, ...]:
    """Find every list, in the order of the text.

    Args:
        text: The document.
        found: Its tallies, in whose brackets names may stand.
    """
    labelled = [*_labelled(text)]
    taken = [one.span for one in labelled]
    inside = [one for each in found for one in _bracketed(text, each) if not _in(one.span, taken)]
    singles = [] if labelled else [*_singles(text)]
    return tuple(sorted([*labelled, *inside, *singles], key=lambda one: one.span))


def _in(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start <= span.start < one.end for one in others)


def _labelled(text: str) -> Iterator[Roll]:
    labels = [*load().label.finditer(text)]
    edges = [*(one.start() for one in labels[1:]), len(text)][: len(labels)]
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
    for blank in _BLANK.finditer(text, start, end):
        if not text[start : blank.start()].strip(" \t*_:"):
            continue
        line = text[blank.end() : end].split("\n", 1)[0]
        if _ITEM.match(text, blank.end(), end) is None and code(line.strip(" *_,;")) is None:
            return blank.start()
    return end


def _nobody(text: str, span: Span) -> bool:
    return load().nobody.fullmatch(span.of(text).strip(" \t\n*_().:")) is not None


def _names(text: str, span: Span) -> tuple[tuple[Listed, ...], Span]:
    """Give the names of a stretch; the first piece that can be no name ends the list."""
    if _nobody(text, span):
        return (), span
    found: list[Listed] = []
    for one in listed(text, span):
        if one.iso3 is None and not is_name(one.name):
            return tuple(found), Span(span.start, one.span.start)
        found.append(one)
    return tuple(found), span


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


def _singles(text: str) -> Iterator[Roll]:
    """Rows or lines of one State and its vote; a line of other text between two parts two votes."""
    run: list[tuple[str, Listed]] = []
    for one in _OWN.finditer(text):
        vote = load().single.fullmatch(one["vote"].strip())
        if vote is None or not is_name(one["name"]):
            continue
        name = " ".join(one["name"].split())
        span = Span(*one.span("name"))
        if run and _PARTING.search(text, text.find("\n", run[-1][1].span.end), span.start):
            yield from _run(run)
            run = []
        run.append((which(vote), Listed(name, code(name.strip(" *_")), span)))
    yield from _run(run)


def _run(run: Sequence[tuple[str, Listed]]) -> Iterator[Roll]:
    if sum(one.iso3 is not None for _, one in run) < _FEWEST:
        return
    for vote in dict.fromkeys(vote for vote, _ in run):
        names = tuple(one for each, one in run if each == vote)
        yield Roll(vote, names, None, Span(names[0].span.start, names[-1].span.end))
