"""The words by which reports say what stands where, from ``words.toml``, as regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SPACE = r"(?:[\x20\t\u00a0\u202f]+)"
_GROUPED = r"\d{1,3}(?:[.,\u00a0\u202f\x20]\d{3})+(?!\d)"
_FIGURE = rf"(?:{_GROUPED}|\d+)"
_FOUR, _SCORE, _HUNDRED, _THOUSAND = 4, 20, 100, 1000
Pattern = re.Pattern[str]
# A phrase begins a word; where a space was lost, a capital letter: "BordersOrganised by".
_BEGINS = r"(?:(?<!\w)|(?<=(?-i:[a-zà-ÿ?!]))(?=(?-i:[A-ZÀ-Ý])))"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled words.

    Args:
        roles: Role -> pattern that finds the phrase before what fills it.
        columns: Field -> pattern that a whole column heading or label matches.
        facts: Fact of a session -> pattern that a whole label of it matches.
        sections: Kind of section -> pattern that finds its word in a heading.
        units: Kind of thing counted -> pattern text.
        phrases: Kind of phrase -> pattern text.
        numbers: Number word, in lower case -> its number.
        months: Pattern text of a month's name -> its number.
        number: Pattern text of a number in figures or words.
    """

    roles: dict[str, Pattern]
    columns: dict[str, Pattern]
    facts: dict[str, Pattern]
    sections: dict[str, Pattern]
    units: dict[str, str]
    phrases: dict[str, str]
    numbers: dict[str, int]
    months: dict[str, int]
    number: str

    def value(self, words: str) -> int:
        """Give the number that figures or words stand for: "1,200", "forty-five"."""
        spelt = " ".join(words.lower().split())
        if spelt in self.numbers:
            return self.numbers[spelt]
        figures = re.sub(r"\D", "", words)
        return int(figures) if figures else self._composed(re.split(r"[-\s]+", spelt))

    def _composed(self, words: Iterable[str]) -> int:
        whole = part = 0
        for word in words:
            said = self.numbers.get(word, 0)  # "and" adds nothing
            if said == _THOUSAND:
                whole, part = whole + max(part, 1) * said, 0
            elif said == _HUNDRED or (said == _SCORE and part == _FOUR):  # "quatre-vingt-dix"
                part = max(part, 1) * said
            else:
                part += said
        return whole + part

    def month(self, words: str) -> int | None:
        """Give the number of a month by its name in any of the languages."""
        return _month(words.lower())


@cache
def compiled(words: str) -> Pattern:
    """Compile a pattern as all of this room's are: no case, any spaces."""
    return re.compile(words.replace(" ", SPACE), re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """Join words to one pattern, the longest first, so that the longer phrase is found."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _spelt(numbers: dict[str, int]) -> str:
    """Give the pattern of numbers in words: "forty-five", "dos mil trescientas", "cinq cents"."""
    small = any_of(word for word, number in numbers.items() if number < _SCORE)
    large = any_of(
        word
        for word, number in numbers.items()
        if number >= _SCORE and not re.search(r"(?:ain|en)[ae]$|ar$|ier$", word)  # "about thirty"
    )
    whole = any_of(numbers)
    between = r"(?:-| (?:(?:and|y|e|et) )?)"
    return rf"(?:(?:(?:{small}[-\x20])?{large}{between})*(?:(?:{small}[-\x20])?{large}|{whole}))"


@cache
def said() -> dict[str, dict[str, Any]]:
    """Give ``words.toml`` as it stands."""
    path = files("atalaya.reading.reports") / "words.toml"
    return tomllib.loads(path.read_text("utf-8"))


@cache
def _month(words: str) -> int | None:
    months = load().months.items()
    return next((number for name, number in months if re.fullmatch(name, words)), None)


@cache
def load() -> Lexicon:
    """Read the words that ship with the package, once."""
    given = said()
    numbers = {word: int(number) for number, words in given["numbers"].items() for word in words}
    months = {word: int(number) for number, words in given["months"].items() for word in words}
    # "un" and "one" are articles as well: a number word counts only before a unit.
    number = rf"(?:{_FIGURE}|{_spelt(numbers)})"
    return Lexicon(
        roles={
            name: compiled(_BEGINS + any_of(re.sub(" de$", " de(?:l(?= ))?", one) for one in words))
            for name, words in given["roles"].items()
        },
        columns={name: compiled(any_of(words)) for name, words in given["columns"].items()},
        facts={name: compiled(any_of(words)) for name, words in given["facts"].items()},
        sections={
            name: compiled(rf"(?<!\w){any_of(words)}(?!\w)")
            for name, words in given["sections"].items()
        },
        units={name: any_of(words) for name, words in given["units"].items()},
        phrases={name: any_of(words) for name, words in given["phrases"].items()},
        numbers=numbers,
        months=months,
        number=number,
    )
