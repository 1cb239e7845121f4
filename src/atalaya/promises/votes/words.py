"""The words by which records say how members voted, from ``words.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from atalaya.reading.reports.lexicon import any_of, compiled
from atalaya.reading.reports.ordinals import ORDINAL

Pattern = re.Pattern[str]
_GAP = r"[\x20\u00a0]*"
_PART = r"\d{1,3}(?: ?\([a-z]\))?(?:(?:,| and| to| y| a| et| à|-) ?\d{1,3})*(?!\w)"
_ORDINAL = ORDINAL.replace("[- ]", r"[-\x20]")  # ``compiled`` widens a space, and not in brackets
VOTES = ("in favour", "against", "abstained", "not voting")


OUTCOMES = ("rejected", "not-retained", "retained", "adopted")


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled words.

    Args:
        label: Finds a label before a list; the group ``v<n>`` says which of VOTES it is, ``n`` a
            number that it declares.
        single: Finds one State's own vote, as the whole of a stretch; groups as above.
        sign: Finds a sign for it, such as a plus.
        heading: Finds a vote as the heading of a column.
        told: Finds a verb by which running text says how States voted; groups as above.
        made, empty, total: Match what marks a vote in a column, what marks none, a row of totals.
        vote: Finds a word of a sentence about a vote.
        sided: Finds a word that says on which side a number is.
        outcomes: One of OUTCOMES -> finds a word for it.
        triple: Finds three totals in a row.
        pairs: Find two totals, those in favour and those against.
        totals: Vote -> finds one total, group ``n``.
        none_abstained: Finds that nobody abstained.
        nobody: Matches a whole list that names nobody.
        numbers, tens: Number word -> number.
        found: Finds the other words, by name.
    """

    label: Pattern
    single: Pattern
    sign: Pattern
    heading: Pattern
    told: Pattern
    made: Pattern
    empty: Pattern
    total: Pattern
    vote: Pattern
    sided: Pattern
    outcomes: Mapping[str, Pattern]
    triple: Pattern
    pairs: tuple[Pattern, ...]
    totals: Mapping[str, tuple[Pattern, ...]]
    none_abstained: Pattern
    nobody: Pattern
    numbers: Mapping[str, int]
    tens: Mapping[str, int]
    found: Mapping[str, Pattern]

    def value(self, words: str) -> int:
        """Give the number that figures or words stand for."""
        plain = " ".join(words.lower().split())
        if plain.isdecimal():
            return int(plain)
        whole = next((n for one, n in self.numbers.items() if re.fullmatch(one, plain)), None)
        if whole is not None:
            return whole
        ten, _, one = re.sub(r"[- ](?:y |e |et )?", "-", plain, count=1).partition("-")
        return self.tens[ten] + (self.value(one) if one else 0)


def which(found: re.Match[str]) -> str:
    """Give the vote that a label or a single vote stands for."""
    return next(vote for number, vote in enumerate(VOTES) if found[f"v{number}"])


@cache
def load() -> Words:
    """Read the words that ship with the package."""
    path = files("atalaya.promises.votes") / "words.toml"
    given = tomllib.loads(path.read_text("utf-8"))
    numbers, tens = _valued(given["numbers"]), _valued(given["tens"])
    number = _number(numbers, tens)
    said, totals, marks = given["sentence"], given["totals"], given["marks"]
    return Words(
        label=_label(given["labels"], number),
        single=compiled(_votes(given["ballots"])),
        sign=compiled(_votes(given["signs"])),
        heading=compiled(_votes(_both(given["labels"], given["ballots"]))),
        told=compiled(rf"(?<!\w)(?:{_votes(given['told'])})(?!\w)"),
        made=compiled(any_of(marks["made"])),
        empty=compiled(any_of(marks["empty"])),
        total=compiled(any_of(marks["total"])),
        vote=_word(said["vote"]),
        sided=_word(said["sided"]),
        outcomes={name: _word(said[name]) for name in OUTCOMES},
        triple=_triple(totals["triples"]),
        pairs=tuple(_pair(one, number) for one in totals["pairs"]),
        totals={vote: _totals(totals[vote], number) for vote in VOTES},
        none_abstained=_word(totals["none-abstained"]),
        nobody=compiled(any_of(given["names"]["nobody"])),
        numbers=numbers,
        tens=tens,
        found=_others(given),
    )


def _valued(given: Mapping[str, list[str]]) -> dict[str, int]:
    return {word: int(number) for number, words in given.items() for word in words}


def _number(numbers: Mapping[str, int], tens: Mapping[str, int]) -> str:
    """A number in figures or words; a tens and a number below ten are one number."""
    ones = any_of(one for one, value in numbers.items() if 0 < value < 10)  # noqa: PLR2004 - one digit
    joined = rf"{any_of(tens)}(?:[-\x20](?:(?:y|e|et)\x20)?{ones})?"
    return rf"(?:\d{{1,3}}|{any_of(numbers)}|{joined})(?!\w)"


def _both(
    labels: Mapping[str, list[str]], ballots: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    return {vote: [*labels[vote], *ballots[vote]] for vote in VOTES}


def _others(given: Mapping[str, Any]) -> dict[str, Pattern]:
    """Compile the words of parts, explanations and corrections, each under its name."""
    spoken, parts, meant = given["explanations"], given["parts"], given["corrections"]
    found = {
        name: _word(spoken[name])
        for name in ("phrase", "ground", "floor", "closing", "before", "after")
    }
    found |= {name: _word(parts[name]) for name in ("whole", "put", "draft", "elsewhere")}
    found |= {name: _word(given["sentence"][name]) for name in ("unvoted",)}
    found["became"] = compiled(rf"(?<!\w){any_of(given['sentence']['became'])}")
    found |= {f"meant {vote}": _word(meant[vote]) for vote in VOTES}
    found |= {name: _word(meant[name]) for name in ("told", "office", "meant")}
    numbered = (one.replace("{p}", _PART).replace("{o}", _ORDINAL) for one in parts["part"])
    found["part"] = _word(numbered)
    found["speaker"] = compiled(rf"(?<!\w){any_of(spoken['speaker'])}(?:\s+|(?<=['’]))")
    found["office of"] = _word(spoken["office"])
    found["chair"] = compiled(any_of(spoken["chair"]))
    found["title"] = compiled(any_of(spoken["title"]))
    return found


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
    closed = r"(?:[:.;,|*_–—-]|\s*$|\s*\n|(?-i:[A-ZÀ-Ý]))"
    behind = rf"(?:{_GAP}\(?(?P<m>\d{{1,3}})\)?(?![\d,.]*\d)(?={_GAP}{closed}){_GAP}[:.–—-]?)?"
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


def _triple(words: Iterable[str]) -> Pattern:
    figure = r"(?:0|[1-9]\d{0,2})"  # "14-03-25" is a date
    said = any_of(
        one.replace("{n}", f"(?P<n>{figure})", 1)
        .replace("{n}", f"(?P<m>{figure})", 1)
        .replace("{n}", f"(?P<a>{figure})", 1)
        for one in words
    )
    return compiled(rf"(?<![\w/.,–—-])(?<!\d\x20){said}(?![\w/–—-]|[.,]\d)")
