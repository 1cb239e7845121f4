"""Known personal names, and what else a word may be.

Compiled by ``scripts/compile_person_names.py`` from Faker's locales (MIT), the United States Census
Bureau's counts (public domain), SCOWL's list of words and GeoNames' places (CC BY 4.0).
"""

from __future__ import annotations

import csv
import gzip
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from atalaya.reading.mentions.folding import fold_name


class Known:
    """What a word is known as, numbers that are summed: "Grace" and "Jordan" are several things."""

    GIVEN: Final = 1
    COMMON_GIVEN: Final = 2
    SURNAME: Final = 4
    COMMON_SURNAME: Final = 8
    WORD: Final = 16
    PLACE: Final = 32
    USUAL: Final = 64
    SUBSTANCE: Final = 128


_PARTS = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=1 << 16)
def known_as(word: str) -> int:
    """Give what a written word is known as, a sum of ``Known``; 0 where it is unknown.

    A double name is what its parts are together; a genitive is its name.

    >>> bool(known_as("María") & Known.GIVEN), bool(known_as("Johnson’s") & Known.SURNAME)
    (True, True)
    >>> known_as("Zzyzx")
    0
    """
    table = _table()
    whole = _GENITIVE.sub("", word)
    form = fold_name(whole).strip()
    if form in table:
        return table[form]
    found = 0
    for part in _PARTS.findall(form):
        found |= table.get(part, 0)
    return found & ~(Known.WORD | Known.PLACE)


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Give a word folded, without a genitive's ending, as names are compared."""
    return fold_name(_GENITIVE.sub("", word)).strip()


def is_leader(words: str) -> bool:
    """Whether folded words are the name of a head of State or government, known without the office.

    >>> is_leader("claudia sheinbaum"), is_leader("claudia perez")
    (True, False)
    """
    return words in _leaders()


def is_place(words: str) -> bool:
    """Whether several folded words together are the name of a place.

    >>> is_place("san jose"), is_place("jose perez")
    (True, False)
    """
    return words in _places()


@cache
def _table() -> dict[str, int]:
    table = {}
    for line in _lines("names.txt.gz"):
        name, known = line.split("\t")
        table[name] = int(known)
    return table


@cache
def _places() -> frozenset[str]:
    return frozenset(_lines("places.txt.gz"))


@cache
def _leaders() -> frozenset[str]:
    file = resources.files("atalaya.reading.persons.data").joinpath("officials.csv")
    return frozenset(
        fold_name(row["name"]).strip()
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    )


def _lines(name: str) -> list[str]:
    packed = resources.files("atalaya.reading.persons.data").joinpath(name).read_bytes()
    return gzip.decompress(packed).decode().splitlines()
