"""The words by which running text claims something, from ``words.toml``, compiled when needed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from atalaya.reading.reports.lexicon import any_of, compiled

Pattern = re.Pattern[str]
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STEM = 6  # letters by which words of no concept are compared: "programme", "programmes"


@cache
def said() -> dict[str, dict[str, Any]]:
    """Give ``words.toml`` as it stands."""
    path = files("atalaya.promises.claims") / "words.toml"
    return tomllib.loads(path.read_text("utf-8"))


def bounded(words: str) -> Pattern:
    """Compile a pattern that stands for whole words."""
    return compiled(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def phrase(section: str, name: str) -> Pattern:
    """Give the pattern that finds the phrases of a name, as whole words."""
    return bounded(any_of(said()[section][name]))


@cache
def words_of(section: str, name: str) -> str:
    """Give the phrases of a name as pattern text, to build longer patterns of."""
    return any_of(said()[section][name])


@cache
def named(section: str) -> Pattern:
    """Give one pattern for all names of a section; ``which`` says which one was found."""
    groups = (f"(?P<n{at}>{any_of(one)})" for at, one in enumerate(said()[section].values()))
    return bounded("|".join(groups))


def which(section: str, found: re.Match[str]) -> str:
    """Give the name whose phrase ``named`` found."""
    return [*said()[section]][next(at for at in range(99) if found.groupdict().get(f"n{at}"))]


def plain(text: str) -> str:
    """Give a text in small letters without accents, letter by letter where that is possible."""
    spread = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


@cache
def _concepts(section: str) -> tuple[tuple[str, Pattern], ...]:
    return tuple((name, re.compile(any_of(one))) for name, one in said()[section].items())


def _in_phrases(text: str) -> str:
    """Write phrases that mean one thing as one word."""
    for name in said()["phrases"]:
        text = phrase("phrases", name).sub(name, text)
    return text


def concepts(text: str) -> frozenset[str]:
    """Give what the words of a text mean: names of concepts, or the words' own beginnings.

    >>> sorted(concepts("agujas y jeringas")), sorted(concepts("needle-and-syringe"))
    (['needle', 'syringe', 'y'], ['and', 'needle', 'syringe'])
    """
    return frozenset(_meant(plain(_in_phrases(text))))


def _meant(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        whole = _concept(found[0])
        if whole is not None:
            yield whole
            continue
        for part in re.split(r"['’-]", found[0]):
            yield _concept(part) or part[:_STEM]


@cache
def _concept(word: str) -> str | None:
    return next((name for name, one in _concepts("concepts") if one.fullmatch(word)), None)


def measures(text: str) -> frozenset[str]:
    """Give what the words of a text measure: ``deaths``, ``cultivation``, ``income`` ..."""
    words = _WORD.findall(plain(text))
    parts: Iterable[str] = (part for word in words for part in (word, *re.split(r"['’-]", word)))
    return frozenset(one for part in parts for one in _measured(part))


@cache
def _measured(word: str) -> tuple[str, ...]:
    return tuple(name for name, one in _concepts("measures") if one.fullmatch(word))
