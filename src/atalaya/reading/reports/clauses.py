"""Sentences and clauses of a block, and the roles that phrases in them give to what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.spans import Span

_SENTENCE = re.compile(r"[.!?…][\")”»’*_]*[\s\u00a0]+(?=[*_]{0,3}[¿¡“«\"'(]?[A-ZÀ-Ý\d])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:No|Nos|Art|St|Dr|Mr|Ms|vs|núm|Inc|Sr|Sra|approx|pp|p))\.$"
)
_QUOTED = re.compile(
    r"“([^”]{4,300})”|«[\s\u00a0]*([^»]{4,300}?)[\s\u00a0]*»|\"([^\"\n]{4,300})\"|"
    r"‘([^’]{4,300})’(?!\w)"
)
_EMPHASISED = re.compile(
    r"(?<![\w*_])(?P<mark>\*{1,3}|"
    r"_{1,3})(?P<words>[A-ZÀ-Ý¿¡“«\"'\d][^*_\n]{3,200}?)(?<![ \u00a0:])(?P=mark)(?![\w*_])"
)
_KEPT = 512  # sentences whose roles are kept: several parts of the reading ask for the same
_STOP = re.compile(r"[;]|[.](?=[\s\u00a0]|$)")


@dataclass(frozen=True, slots=True)
class Role:
    """A phrase that gives what follows it a role.

    Args:
        name: Which role.
        span: Where the phrase stands.
        filled: What follows it, up to the next phrase or the end of the clause.
    """

    name: str
    span: Span
    filled: Span


def sentences(text: str, span: tuple[int, int]) -> Iterator[Span]:
    """Cut a stretch into its sentences; abbreviations and symbols such as ``Rev.1`` hold."""
    start, end = span
    at = start
    for found in _SENTENCE.finditer(text, start, end):
        if _ABBREVIATION.search(text, at, found.start() + 1):
            continue
        if _inside_quotation(text, at, found.start()):
            continue
        yield Span(at, found.start() + len(found[0].rstrip()))
        at = found.end()
    if at < end:
        yield Span(at, end)


def _inside_quotation(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("“") > before.count("”") or before.count("«") > before.count("»")


def quoted(text: str, span: tuple[int, int]) -> Span | None:
    """Give the first quotation in a stretch, without its marks."""
    found = _QUOTED.search(text, *span)
    if found is None:
        return None
    group = next(number for number in range(1, 5) if found[number])
    return Span(*found.span(group))


def emphasised(text: str, span: tuple[int, int]) -> Span | None:
    """Give the first words set in italics or bold that are no label and no phrase of a role."""
    words = lexicon.load()
    for found in _EMPHASISED.finditer(text, *span):
        inner = Span(*found.span("words"))
        label = any(one.match(text, *inner) for one in words.roles.values()) or any(
            one.fullmatch(text, *inner) for one in words.columns.values()
        )
        if not label and text[found.end() : found.end() + 1] != ":":
            return inner
    return None


@lru_cache(maxsize=_KEPT)
def roles(text: str, span: tuple[int, int], names: tuple[str, ...]) -> tuple[Role, ...]:
    """Find the phrases of some roles, in order; where two overlap, the longer one.

    Args:
        text: The document.
        span: Where to look.
        names: Names of roles, see ``words.toml``.
    """
    words = lexicon.load()
    found = sorted(
        (one.start(), -one.end(), name)
        for name in names
        for one in words.roles[name].finditer(text, *span)
    )
    kept: list[tuple[int, int, str]] = []
    for start, minus, name in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -minus, name))
    edges = [*(start for start, _, _ in kept[1:]), span[1]][: len(kept)]
    return tuple(
        Role(name, Span(start, end), Span(end, _stop(text, end, edge)))
        for (start, end, name), edge in zip(kept, edges, strict=True)
    )


def _stop(text: str, start: int, end: int) -> int:
    """Where a clause ends: at a full stop or a semicolon that parts no list."""
    for found in _STOP.finditer(text, start, end):
        if found[0] == ";" and text[start : start + 200].count(";") > 1:
            continue
        if found[0] == "." and _ABBREVIATION.search(text, start, found.end()):
            continue
        return found.start()
    return end
