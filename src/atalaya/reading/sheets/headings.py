"""What a heading means: its role, from a list of headings in English, Spanish and Portuguese."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Role(StrEnum):
    """What a column holds."""

    DATE = "date"
    PLACE = "place"
    SOLD_AS = "sold_as"
    FOUND = "found"
    METHOD = "method"
    SOURCE = "source"
    ID = "id"
    COUNT = "count"
    TESTED = "tested"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A role a heading may have.

    Args:
        role: The role.
        score: How sure, 0 to 1.
        like: The listed heading it was recognised by.
    """

    role: Role
    score: float
    like: str


EXACT, NUMBERED, CONTAINED, MISSPELT = 0.97, 0.95, 0.85, 0.7
_LIKE_AT_LEAST = 86  # of 100: "resutlado", "metodo analisis"; below, other words are reached
_FEWEST_LETTERS = 5  # shorter words lie one slip from each other (mes, sex)
_WORDS = re.compile(r"[^a-z0-9]+")
_SAYS_DATE = re.compile(r"\b(?:date|fecha)\b|^data ")
_NUMBER = re.compile(r"(?: ?(?:no|n|nr|num)?)? ?\d{1,2}$")


def plain(heading: str) -> str:
    """Give a heading as lower-case words without accents or signs.

    >>> plain("  Sustancia_Encontrada (1) ")
    'sustancia encontrada 1'
    """
    spread = unicodedata.normalize("NFKD", heading.casefold())
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return _WORDS.sub(" ", bare).strip()


@cache
def _listed() -> dict[str, Role]:
    """Plain heading -> role; where two roles list one, the first in the file."""
    text = (files("atalaya.reading.sheets") / "headings.csv").read_text("utf-8")
    found: dict[str, Role] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(plain(row["heading"]), Role(row["role"]))
    return found


@cache
def meaning(heading: str) -> Meaning | None:
    """Say what a heading means, or None where it is like none of those listed.

    A heading that contains a listed one about people is about people, whatever else it contains.

    >>> meaning("Fecha de nacimiento").role
    <Role.PRIVATE: 'private'>
    >>> meaning("Sustancia encontrada 2").role
    <Role.FOUND: 'found'>
    >>> meaning("colour") is None
    True
    """
    words, listed = plain(heading), _listed()
    if not words:
        return None
    if words in listed:
        return Meaning(listed[words], EXACT, words)
    bare = _NUMBER.sub("", words)
    if bare in listed and bare:
        return Meaning(listed[bare], NUMBERED, bare)
    return _contained(words, listed) or _misspelt(words, listed)


def _contained(words: str, listed: dict[str, Role]) -> Meaning | None:
    padded = f" {words} "
    inside = [known for known in listed if f" {known} " in padded]
    about_people = [known for known in inside if listed[known] is Role.PRIVATE]
    thing = any(f" {word} " in padded for word in _THINGS)
    if about_people and not (thing and all(known in _OF_THINGS for known in about_people)):
        return Meaning(Role.PRIVATE, CONTAINED, max(about_people, key=len))
    inside = [known for known in inside if known not in about_people and len(known) > 1]
    if not inside:
        return None
    if _SAYS_DATE.search(words):  # "Fecha de recogida de la muestra" is no sample number
        return Meaning(Role.DATE, CONTAINED, "date")
    longest = max(inside, key=lambda known: (len(known), -padded.index(known)))
    return Meaning(listed[longest], CONTAINED, longest)


# "substance name", "nombre de la muestra": a name, but not a person's.
_THINGS = (
    "substance",
    "drug",
    "sample",
    "sustancia",
    "droga",
    "muestra",
    "substancia",
    "amostra",
    "lab",
    "laboratory",
    "laboratorio",
    "city",
    "ciudad",
    "cidade",
    "municipio",
)
_OF_THINGS = frozenset({"name", "nombre", "nome", "nombres"})


def _misspelt(words: str, listed: dict[str, Role]) -> Meaning | None:
    if len(words) < _FEWEST_LETTERS:
        return None
    from rapidfuzz import fuzz, process

    known = [each for each in listed if len(each) >= _FEWEST_LETTERS]
    best = process.extractOne(words, known, scorer=fuzz.ratio, score_cutoff=_LIKE_AT_LEAST)
    if best is None:
        return None
    return Meaning(listed[best[0]], MISSPELT * best[1] / 100, best[0])
