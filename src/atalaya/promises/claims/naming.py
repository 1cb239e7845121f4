"""Which substances and places a stretch of text names, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from atalaya.promises.claims import words
from atalaya.reading.reports.names import state, states
from atalaya.reading.reports.spans import Span
from atalaya.registers import organisations, substances, territories
from atalaya.registers.spelling import key

_TOKEN = re.compile(r"[^\s,;:“”«»\"]+(?:,(?=[\dA-Z])[^\s,;:“”«»\"]+)*")
_ELIDED = re.compile(r"[lLdD]['’]")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
_EDGE = ".!?()[]'’*_"
_LONGEST = 8  # words of "United Kingdom of Great Britain and Northern Ireland"
_SUBSTANCE_WORDS = 4
_LEAST, _CODE = 4, 3  # letters of a name; of a code in capitals, such as LSD


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a text names.

    Args:
        id: Its identifier in a register.
        span: Where the name stands.
    """

    id: str
    span: Span


def substances_in(text: str, span: tuple[int, int]) -> tuple[Named, ...]:
    """Find substances of the register by their exact names, the longest first; codes in capitals.

    A name that two substances have stands for neither.
    """
    return tuple(_found(text, span, _substance, _SUBSTANCE_WORDS))


def states_in(text: str, span: tuple[int, int]) -> tuple[Named, ...]:
    """Find States by any name the register has, longest first, as ``territory:`` identifiers."""
    return tuple(_found(text, span, _state, _LONGEST))


def places_in(text: str, span: tuple[int, int], known: Mapping[str, str]) -> tuple[Named, ...]:
    """Find places of which figures are published.

    Args:
        text: The text.
        span: Where to look.
        known: Name in the form names are compared in -> identifier, see ``names_of_places``.
    """

    def place(name: str) -> str | None:
        return known.get(key(name)) if name[:1].isupper() else None

    return tuple(_found(text, span, lambda name: place(name) or _state(name), _LONGEST))


def names_of_places(identifiers: frozenset[str]) -> Mapping[str, str]:
    """Give every name of some territories, in the form names are compared in."""
    register = territories.load()
    known = (one for one in sorted(identifiers) if register.known(one) is not None)
    return {key(usage.name): one for one in known for usage in register.usages(one)}


def organisation_names(slug: str) -> words.Pattern:
    """Give a pattern for the names of an organisation by its slug: its acronym and all others."""
    register = organisations.load()
    body = register.body(slug)
    own = (
        name
        for one in register.aliases
        if one.verified and one.name == body
        for name in (one.name, one.alias)
    )
    every = {slug, slug.replace("-", " "), *own}
    return words.bounded(
        "|".join(sorted(map(re.escape, every), key=len, reverse=True)).replace("\\ ", " ")
    )


def _found(
    text: str, span: tuple[int, int], find: Callable[[str], str | None], most: int
) -> Iterator[Named]:
    tokens = [found.span() for found in _TOKEN.finditer(text, *span)]
    at = 0
    while at < len(tokens):
        for last in range(min(at + most, len(tokens)), at, -1):
            one = _at(text, (tokens[at][0], tokens[last - 1][1]), find)
            if one is not None:
                yield one
                at = last - 1
                break
        at += 1


def _at(text: str, span: tuple[int, int], find: Callable[[str], str | None]) -> Named | None:
    start, end = span
    elided = _ELIDED.match(text, start, end)
    for begin in {start, elided.end() if elided else start}:
        name = text[begin:end]
        left = len(name) - len(name.lstrip(_EDGE))
        kept = _POSSESSIVE.sub("", name.strip(_EDGE))
        if name.endswith(")") and "(" in kept:
            kept = name.lstrip(_EDGE).rstrip(".!?")
        found = find(kept) if kept else None
        if found is not None:
            return Named(found, Span(begin + left, begin + left + len(kept)))
    return None


def _state(name: str) -> str | None:
    if not name[:1].isupper():
        return None
    code = states().get(key(name)) or state(name)
    return None if code is None else f"territory:{code}"


@cache
def _names() -> Mapping[str, str | None]:
    """Name of a substance, in the form names are compared in -> identifier, None for two."""
    found: dict[str, str | None] = {}
    own: dict[str, str] = {}
    for entry in substances.load().entries:
        own[key(entry.name)] = entry.id
        for alias in entry.aliases:
            form = key(alias.text)
            found[form] = entry.id if found.get(form, entry.id) == entry.id else None
    return found | own


def _substance(name: str) -> str | None:
    form = key(name)
    if len(form) < _LEAST and not (len(form) >= _CODE and name.isupper()):
        return None
    return _names().get(form) or next(
        (one for other in _cognates(form) if (one := _names().get(other))), None
    )


def _cognates(form: str) -> Iterator[str]:
    """Write a Spanish or French name as English ones are: "hexahidrocannabinol"."""
    told = words.said()["cognates"]
    whole = form
    for own, english in told["parts"]:
        whole = whole.replace(own, english)
    yield from (form, whole) if whole != form else ()
    for ending, english in told["endings"]:
        for one in (form, whole):
            if one.endswith(ending):
                yield one.removesuffix(ending) + english
