"""Counts in figures or words, and the lists of names that parts of a record hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.anchored import Anchored
from atalaya.reading.reports.names import BODY, country, listed, name_in, state
from atalaya.reading.reports.spans import Leaf, Span, leaf

_COMMON = re.compile(r"(?:(?:the|la|el|le|les|los|las)[ \u00a0]|l['’])(?=[a-zà-ÿ])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a list.

    Args:
        name: As printed.
        iso3: Code of the State it names, or that it says it belongs to, or None.
        organisation: Its name without that State; None where it is a State.
        n: The number printed before it, or None.
    """

    name: Leaf
    iso3: str | None
    organisation: Leaf | None
    n: Leaf | None = None


def named(text: str, span: tuple[int, int], n: Leaf | None = None) -> Named | None:
    """Read one name."""
    kept = name_in(text, span)
    found = None if kept is None else leaf(text, kept)
    common = None if found is None else _COMMON.match(text, *found.span)
    if found is not None and common is not None and BODY.match(text, common.end()):
        found = leaf(text, (common.end(), found.span.end))  # "l'association Avenir Santé"
    if found is None:
        return None
    words = found.span.of(text)
    code, own = country(words)
    organisation = None
    if own is not None:
        end = found.span.start + (len(own) if words.startswith(own) else len(words))
        organisation = leaf(text, (found.span.start, end))
    return Named(found, code, organisation, n)


def several(text: str, span: tuple[int, int]) -> tuple[Named, ...]:
    """Read a list inside a sentence."""
    found = (named(text, one) for one in listed(text, span))
    return tuple(one for one in found if one is not None)


def bare(text: str, names: Sequence[Named]) -> tuple[Named, ...]:
    """Give States without what brackets say of them: "Ireland (nurse training)"."""
    made = []
    for one in names:
        at = text.find("(", *one.name.span)
        own = named(text, (one.name.span.start, at)) if at > 0 else None
        made.append(own if own is not None and own.iso3 and own.organisation is None else one)
    return tuple(made)


def only_states(text: str, span: tuple[int, int]) -> bool:
    """Whether a stretch is a list of States and nothing else."""
    pieces = [*listed(text, span)]
    return bool(pieces) and all(state(one.of(text)) is not None for one in pieces)


@cache
def counted(unit: str) -> Anchored:
    """Give the pattern of a number before a unit: groups ``n`` and ``unit``."""
    words = lexicon.load()
    pattern = lexicon.compiled(
        rf"(?<![\w.,/-])(?P<n>{words.number})(?:[\x20\u00a0-]?|"
        rf"[\x20\u00a0]+(?:\w+[\x20\u00a0])?)(?P<unit>{words.units[unit]})(?!\w)"
    )
    return Anchored(pattern, lexicon.compiled(rf"{words.units[unit]}(?!\w)"))


def number_leaf(found: re.Match[str], group: str = "n") -> Leaf:
    """Give the number of a match as a value; "a meeting" is one."""
    if found[group].lower() in ("a", "an"):
        return Leaf(1, Span(*found.span(group)))
    return Leaf(lexicon.load().value(found[group]), Span(*found.span(group)))
