"""What labels say of a session before its report begins: "Place: ...", a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Span, trimmed

_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\n:|]{1,40}?)(?:\*\*|__)?[ \u00a0]?[:：](?:\*\*|__)?[ \u00a0]*(?=\S)"
)
_AND = re.compile(r"[ \u00a0](?:and|y|et|e|&)[ \u00a0]|[ \u00a0]?/[ \u00a0]?")
_PAIR = 2


def labels(text: str, found: Sequence[Placed]) -> Iterator[tuple[Span, Span]]:
    """Give every label and what stands behind it: lines "label: value", rows of two cells."""
    for one in found:
        cells = [kept for cell in one.block.cells if (kept := trimmed(text, cell)) is not None]
        if one.block.kind is Kind.ROW and len(cells) == _PAIR:
            yield cells[0], cells[1]
        elif one.block.kind in (Kind.LINE, Kind.ITEM):
            label = _LABEL.match(text, *one.block.span)
            if label is not None:
                yield Span(*label.span("label")), Span(label.end(), one.block.span.end)


def session_facts(text: str, found: Sequence[Placed]) -> Mapping[str, Span]:
    """Give fact -> where a label gives it, from what stands before the parts of the report."""
    first = next(
        (at for at, one in enumerate(found) if one.part not in (None, "other")), len(found)
    )
    facts: dict[str, Span] = {}
    for label, value in labels(text, found[:first]):
        for name in _named(label.of(text)):
            facts.setdefault(name, value)
    return facts


def _named(label: str) -> Iterator[str]:
    for words in _AND.split(label.strip(" *_")):
        for name, pattern in lexicon.load().facts.items():
            if pattern.fullmatch(words):
                yield name
                break
