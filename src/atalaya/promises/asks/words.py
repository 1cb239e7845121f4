"""The words by which resolutions ask, from ``words.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.lexicon import any_of, compiled
from atalaya.reading.reports.ordinals import ORDINAL

Pattern = re.Pattern[str]
LANGUAGES = ("en", "es", "fr", "en_to", "es_to", "fr_to")  # the infinitive apart
MARK = r"[*_]{0,3}"
_THEM = "(?:l[oae]s?)?"  # "invitarlos" asks those who were named before


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled words.

    Args:
        verbs: Names of verbs, the strongest first.
        verb: Matches an operative verb with its adverbs; group ``v<n>`` says which.
        bodies: Identifier of a body -> finds its name.
        short: Identifier of a short name -> the bodies that it may stand for.
        body: Finds any body's name; group ``b<n>`` says which.
        actions: Where what is asked for begins, any language.
        listing: Finds a word of an aside behind which names are listed.
        aside: Matches what stands between commas and names nobody asked.
        money: Kind of money -> finds its phrase.
        when: Kind of time -> finds its phrase; ``session`` has the ordinal in group ``o``.
        past: Finds a word that says that something was done, so that a year behind it is no term.
    """

    verbs: tuple[str, ...]
    verb: Pattern
    bodies: tuple[str, ...]
    short: Mapping[str, tuple[str, ...]]
    body: Pattern
    actions: Pattern
    aside: Pattern
    listing: Pattern
    money: Mapping[str, Pattern]
    when: Mapping[str, Pattern]
    past: Pattern


@cache
def load() -> Words:
    """Read the words that ship with the package."""
    path = files("atalaya.promises.asks") / "words.toml"
    given = tomllib.loads(path.read_text("utf-8"))
    verbs = given["verb"]
    short = {f"short {name}": one for name, one in given["short"].items()}
    bodies = given["bodies"] | {name: one["words"] for name, one in short.items()}
    return Words(
        verbs=tuple(one["name"] for one in verbs),
        verb=compiled(_verb(verbs, given["adverbs"])),
        bodies=tuple(bodies),
        short={name: tuple(one["of"]) for name, one in short.items()},
        body=compiled(_grouped("b", bodies.values())),
        actions=compiled(
            rf"(?<!\w){any_of(one for each in given['action'].values() for one in each)}"
        ),
        aside=compiled(rf"(?:and |y |et )?{any_of(given['aside']['words'])}(?!\w)"),
        listing=_found(given["aside"]["listing"]),
        money={name: _found(words) for name, words in given["money"].items()},
        past=_found(given["past"]["words"]),
        when={name: _found(_dated(words)) for name, words in given["when"].items()},
    )


def _found(words: Iterable[str]) -> Pattern:
    return compiled(rf"(?<!\w){any_of(words)}(?!\w)")


def _dated(words: Iterable[str]) -> Iterable[str]:
    month = any_of(lexicon.load().months)
    number = ORDINAL.replace("[- ]", r"[-\x20]")  # ``compiled`` widens a space, and not in brackets
    for at, one in enumerate(words):
        yield one.replace("{o}", rf"(?P<o{at}>{number})").replace("{m}", month)


def _verb(verbs: list[dict[str, Any]], adverbs: Mapping[str, list[str]]) -> str:
    """Give the pattern of a verb; a longer phrase is tried before a shorter of another verb."""
    every = [
        (word + (_THEM if language == "es_to" else ""), f"v{place}_{language}")
        for place, one in enumerate(verbs)
        for language in LANGUAGES
        for word in one[language]
    ]
    every.sort(key=lambda one: -len(one[0]))
    said = "|".join(rf"(?P<{name}_{at}>{word})" for at, (word, name) in enumerate(every))
    before, after = any_of(adverbs["before"]), any_of(adverbs["after"])
    return rf"(?:{before} (?:and )?)*(?:{said})(?!\w)(?:,? {after}(?!\w))*"


def _grouped(letter: str, given: Iterable[list[str]]) -> str:
    """Give the pattern of any of some names; the longest comes first."""
    every = [(word, place) for place, words in enumerate(given) for word in words]
    every.sort(key=lambda one: -len(one[0]))
    said = "|".join(rf"(?P<{letter}{place}_{at}>{word})" for at, (word, place) in enumerate(every))
    return rf"(?<!\w)(?:{said})(?!\w)"


def which(found: re.Match[str]) -> int:
    """Give the place of the verb or body that a match is."""
    return int(_name(found)[1:].partition("_")[0])


def language(verb: re.Match[str]) -> str:
    """Give the language of a verb that was matched, and whether it is an infinitive."""
    return _name(verb).partition("_")[2].rpartition("_")[0]


def _name(found: re.Match[str]) -> str:
    return next(name for name, said in found.groupdict().items() if said is not None)
