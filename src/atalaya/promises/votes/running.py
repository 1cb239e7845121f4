"""Votes told in running text: "Peru and Chile voted in favour", "se abstuvo Brasil"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atalaya.promises.votes.rolls import Listed, listed
from atalaya.promises.votes.words import load, which
from atalaya.reading.reports.clauses import sentences
from atalaya.reading.reports.spans import Span

_BLOCK = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_CLAUSE = re.compile(r"[^;]+")
_EDGE = " \t\n\u00a0,.;:"
_LEAD = re.compile(
    r"(?:and|y|e|et|while|whereas|mientras(?: que)?|tandis que|alors que)\s+", re.IGNORECASE
)
_FEWEST = 2  # ways of voting, or ...
_FEWEST_NAMES = 3  # ... States of one way, that one paragraph must tell


@dataclass(frozen=True, slots=True)
class Said:
    """Who voted one way, as running text has it."""

    vote: str
    names: tuple[Listed, ...]
    span: Span


def running(text: str, taken: Sequence[Span]) -> Iterator[Said]:
    """Find such sentences; each part counts only where it names States and nobody else.

    A paragraph must tell two ways of voting, or three States of one: a single State that "voted in
    favour because ..." explains its vote.

    Args:
        text: The document.
        taken: What was read another way.
    """
    for block in _BLOCK.finditer(text):
        if any(one.start < block.end() and block.start() < one.end for one in taken):
            continue
        found = [
            said
            for one in sentences(text, block.span())
            for clause in _CLAUSE.finditer(text, *one)
            for said in _of_clause(text, Span(*clause.span()))
        ]
        ways = {one.vote for one in found}
        if len(ways) >= _FEWEST or any(len(one.names) >= _FEWEST_NAMES for one in found):
            yield from found


def _of_clause(text: str, span: Span) -> Iterator[Said]:
    """Read each verb of a clause with the names behind it, or, where none follow, before it."""
    verbs = [*load().told.finditer(text, *span)]
    starts = [span.start, *(one.end() for one in verbs)]
    ends = [*(one.start() for one in verbs), span.end]
    gaps = [Span(*one) for one in zip(starts, ends, strict=True)]
    used: set[int] = set()
    for at, verb in enumerate(verbs):
        for place in (at + 1, at):
            names = () if place in used else _names(text, gaps[place])
            if names:
                used.add(place)
                edges = [verb.start(), verb.end(), names[0].span.start, names[-1].span.end]
                yield Said(which(verb), names, Span(min(edges), max(edges)))
                break


def _names(text: str, gap: Span) -> tuple[Listed, ...]:
    """Give the States of a stretch, or none where anything else stands in it."""
    start = gap.start + len(gap.of(text)) - len(gap.of(text).lstrip(_EDGE))
    lead = _LEAD.match(text, start, gap.end)
    start = lead.end() if lead else start
    end = start + len(text[start : gap.end].rstrip(_EDGE))
    tail = re.search(r"\s(?:and|y|e|et)$", text[start:end])
    end = start + tail.start() if tail else end
    names = listed(text, (start, end)) if start < end else ()
    return names if all(one.iso3 for one in names) else ()
