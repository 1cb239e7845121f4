"""The words by which records say how members voted, from ``words.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from atalaya.reading.reports.lexicon import any_of, compiled

Pattern = re.Pattern[str]
_GAP = r"[\x20\u00a0]*"
VOTES = ("in favour", "against", "abstained", "not voting")


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled words.

    Args:
        label: Finds a label before a list; the group ``v<n>`` says which of VOTES it is, ``n`` a
            number that it declares.
        single: Finds one State's own vote, as the whole of a stretch; groups as above.
        vote, adopted, rejected: Find words of a sentence about a vote.
        pairs: Find two totals, those in favour and those against.
        totals: Vote -> finds one total, group ``n``.
        none_abstained: Finds that nobody abstained.
        numbers: Number word -> number.
        nobody: Matches a whole list that names nobody.
        explained, before, after, speaker: Words of an explanation of vote.
    """

    label: Pattern
    single: Pattern
    vote: Pattern
    adopted: Pattern
    rejected: Pattern
    pairs: tuple[Pattern, ...]
    totals: Mapping[str, tuple[Pattern, ...]]
    none_abstained: Pattern
    numbers: Mapping[str, int]
    nobody: Pattern
    explained: Pattern
    before: Pattern
    after: Pattern
    speaker: Pattern

    def value(self, words: str) -> int:
        """Give the number that figures or a word stand for."""
        return int(words) if words.isdecimal() else self.numbers[words.lower()]


def which(found: re.Match[str]) -> str:
    """Give the vote that a label or a single vote stands for."""
    return next(vote for number, vote in enumerate(VOTES) if found[f"v{number}"])


@cache
def load() -> Words:
    """Read the words that ship with the package."""
    path = files("atalaya.promises.votes") / "words.toml"
    given = tomllib.loads(path.read_text("utf-8"))
    numbers = {word: int(number) for number, words in given["numbers"].items() for word in words}
    numbers |= {"aucun": 0, "aucune": 0}
    number = rf"(?:\d{{1,3}}|{any_of(numbers)})(?!\w)"
    totals = given["totals"]
    return Words(
        label=_label(given["labels"], number),
        single=compiled(_votes(given["ballots"])),
        vote=_word(given["sentence"]["vote"]),
        adopted=_word(given["sentence"]["adopted"]),
        rejected=_word(given["sentence"]["rejected"]),
        pairs=tuple(_pair(one, number) for one in totals["pairs"]),
        totals={vote: _totals(totals[vote], number) for vote in VOTES[:3]},
        none_abstained=_word(totals["none-abstained"]),
        numbers=numbers,
        nobody=compiled(any_of(given["names"]["nobody"])),
        explained=_word(given["explanations"]["phrase"]),
        before=_word(given["explanations"]["before"]),
        after=_word(given["explanations"]["after"]),
        speaker=compiled(rf"(?<!\w){any_of(given['explanations']['speaker'])}(?:\s+|(?<=['’]))"),
    )


def _word(words: Iterable[str]) -> Pattern:
    return compiled(rf"(?<!\w){any_of(words)}(?!\w)")


def _votes(words: Mapping[str, list[str]]) -> str:
    return "|".join(f"(?P<v{at}>{any_of(words[vote])})" for at, vote in enumerate(VOTES))


def _label(words: Mapping[str, list[str]], number: str) -> Pattern:
    """A label begins a line or a sentence, and a colon, a count or the line's end closes it."""
    start = (
        r"(?:(?P<line>^)|(?<=[.;:)|])|(?<=\*\*)|(?<=__))"
        r"[\x20\t\u00a0>#*_|•·–-]*(?:\(?[a-d1-4][.)] )?[*_]{0,3}"
    )
    bracket = rf"(?:{_GAP}[(\[–—-]{_GAP}(?P<n>{number})[^)\]\n:]{{0,20}}[)\]]?)?"
    behind = rf"(?:{_GAP}\(?(?P<m>\d{{1,3}})\)?(?![\d,.]*\d){_GAP}[:.–—-]?)?"
    colon = rf"[*_]{{0,3}}{_GAP}:{_GAP}[*_]{{0,3}}{behind}"
    after = rf"(?:{colon}|(?(line)[*_]{{0,3}}[\x20\t]*(?=\n|$)|(?!)))"
    plain = compiled(rf"(?:(?P<k>\d{{1,3}}) )?(?:{_votes(words)})").pattern
    return re.compile(rf"{start}{plain}{bracket}{after}", re.IGNORECASE | re.MULTILINE)


def _pair(words: str, number: str) -> Pattern:
    first, second = words.replace("{n}", "\0", 1).split("\0")
    return compiled(
        rf"(?<![\w/.-])(?:{first}(?P<n>{number}){second.replace('{n}', f'(?P<m>{number})')})"
    )


def _totals(words: Iterable[str], number: str) -> tuple[Pattern, ...]:
    return tuple(
        compiled(rf"(?<![\w/.-]){one.replace('{n}', f'(?P<n>{number})')}(?!\w)") for one in words
    )
