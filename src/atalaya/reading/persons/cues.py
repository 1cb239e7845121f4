"""Words beside a name that tell whose it is: what the scan looks for, and what a single word is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache
from importlib import resources

from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.mentions.lexicon import Entry
from atalaya.reading.persons.names import Known, known_as, plain

CUE = "person-cue"
"""The kind of the entries; an entry's value is one of ``SORTS``."""

SORTS = ("official", "private", "after", "accused", "alias")


class Role(IntEnum):
    """What a capitalised word can be in a name."""

    NAME = 0
    """A known or unknown name."""

    BREAK = 1
    """A common word: a name ends before it."""

    BODY = 2
    """A word of a body, house, place or law: the name beside it is no person's."""

    CUE = 3
    """A role or title: a name ends before it, and what it says holds for the name behind it."""

    SOFT_BREAK = 4
    """A common word that is a usual surname too ("White")."""

    SOFT_BODY = 5
    """A word of a place that is a usual surname too ("Hill")."""


# Usual surnames that stand far more often for a house or way.
# Contractions, and words in parts that no name is built of ("N-ethyl", "7-OH").
_NO_NAME = re.compile(r"(?i:[’'](?:t|d|ll|ve|re|m)$)|-[a-z\d]|\d")
_ELIDED = re.compile(r"^(?:[LlDd]|[Qq]u)[’']")
_FUNCTION = 3  # letters; words so short that are no names are articles and the like
_HARD = frozenset(
    [
        "street",
        "road",
        "church",
        "school",
        "house",
        "bridge",
        "day",
        "drive",
        "state",
        "company",
        "center",
        "centre",
        "group",
        "bank",
        "police",
        "law",
        "act",
        "hospital",
        "college",
        "university",
        "county",
        "city",
        "court",
        "department",
        "district",
        "station",
        "union",
    ]
)


def entries() -> Iterator[Entry]:
    """Give the cues beside names as entries of the shared lexicon."""
    lists = _lists()
    for sort in SORTS:
        for words in dict.fromkeys(lists[sort]):
            yield Entry(words, CUE, sort)


_SAINTS = frozenset({"saint", "sainte", "sankt", "san", "santa", "sao", "st", "port", "fort"})


@lru_cache(maxsize=1 << 16)
def role_of(word: str) -> Role:
    """Tell what a capitalised word can be in a name.

    >>> role_of("Hospital").name, role_of("Hill").name, role_of("Sheriff").name
    ('BODY', 'SOFT_BODY', 'CUE')
    >>> role_of("White").name, role_of("Decision").name, role_of("Kowalczyk").name
    ('SOFT_BREAK', 'BREAK', 'NAME')
    """
    form = plain(_ELIDED.sub("", word))
    known = known_as(word)
    named = known & (Known.COMMON_GIVEN | Known.COMMON_SURNAME)
    soft = bool(named) and form not in _HARD and (len(form) > _FUNCTION or form in {"may", "mai"})
    if _is_initial(word) or known & Known.SUBSTANCE or _NO_NAME.search(word):
        return Role.NAME if _is_initial(word) else Role.BREAK
    if form in _words("body") or _is_compound_body(form):
        return Role.SOFT_BODY if soft and " " not in form else Role.BODY
    sorts = ("official", "private") if named else SORTS
    if any(form in _words(sort) for sort in sorts):
        return Role.CUE
    if form in _words("never"):
        return Role.SOFT_BREAK if soft else Role.BREAK
    elided = _ELIDED.sub("", word)[:1].islower()  # "L'écrivaine"
    if not named and (elided or known & Known.WORD or not (known or _has_case(form))):
        return Role.BREAK
    return Role.NAME


def is_thing(words: str) -> bool:
    """Whether folded words name a thing that sounds like a person.

    >>> is_thing("mary jane")
    True
    """
    return words in _words("things")


def _is_initial(word: str) -> bool:
    return word.endswith(".") and word[0].isupper() and word[1:2] in {".", "-"}


def _is_compound_body(form: str) -> bool:
    """Whether a word in parts begins as places do, or ends as bodies do."""
    first, *rest = form.split()
    return bool(rest) and (first in _SAINTS or rest[-1] in _words("body"))


def _has_case(form: str) -> bool:
    return form.upper() != form


@cache
def listed(sort: str) -> frozenset[str]:
    """Give a list of words as written.

    >>> "of" in listed("linking")
    True
    """
    return frozenset(_lists()[sort])


@cache
def _words(sort: str) -> frozenset[str]:
    return frozenset(fold_name(word).strip() for word in _lists()[sort])


@cache
def _lists() -> dict[str, list[str]]:
    file = resources.files("atalaya.reading.persons.data").joinpath("cues.toml")
    read: dict[str, list[str]] = tomllib.loads(file.read_text("utf-8"))
    return read
