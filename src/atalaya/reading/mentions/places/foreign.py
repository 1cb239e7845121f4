"""Places in other scripts: names inside running letters, found by an automaton of their own.

It is asked only where a text holds such letters. Russian, Greek and their like put endings to
names, Chinese, Japanese and Thai part no words: a name is found where it begins, whatever follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from atalaya.reading.mentions.lexicon import Entry, Hit
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places.finding import Found
from atalaya.reading.mentions.places.gazetteer import SCRIPT, Name, names
from atalaya.reading.mentions.places.roles import Role

_OTHER = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
_STEM = 5  # letters of a name whose last vowel may change
_ENDING = re.compile(r"(?<=\w)[аяоеиыіьйуюαηοιςσ]+$")


def found_in_scripts(page: Page) -> list[Found]:
    """Give the places of a page in scripts other than Latin, in order; the longest of each spot."""
    if not _OTHER.search(page.text):
        return []
    automaton, entries = _automaton()
    text, offsets = page.folded.text, page.folded.offsets
    found: list[Found] = []
    last = 0
    for pattern, at, end in _longest(automaton.find_matches_as_indexes(text, overlapping=True)):
        if at < last:
            continue
        last = end
        entry = entries[pattern]
        value = entry.value
        assert isinstance(value, Name)
        begin = at + 1 if text[at] == " " else at
        hit = Hit(int(offsets[begin]), int(offsets[end - 1]) + 1, entry, at, end)
        role = Role.PLAIN
        found.append(Found(hit, value.places, 0.9, role))
    return found


def _longest(raw: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    yield from sorted(raw, key=lambda each: (each[1], -each[2]))


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[Entry, ...]]:
    patterns: dict[str, Entry] = {}
    for form, name in names("scripts.csv.gz").items():
        unparted = any("\u0e00" <= c <= "\u0eff" or c >= "\u1780" for c in form)
        if len(form) < (2 if unparted else 4):
            continue
        stem = _ENDING.sub("", form) if len(form) >= _STEM and " " not in form else form
        pattern = stem if unparted else f" {stem}"
        patterns.setdefault(pattern, Entry(form, SCRIPT, name))
    kind = ahocorasick_rs.MatchKind.Standard
    return ahocorasick_rs.AhoCorasick(list(patterns), matchkind=kind), tuple(patterns.values())
