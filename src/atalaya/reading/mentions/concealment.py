"""How something was hidden, as a text tells it: the span of the thing, and its class as ``name``.

Rule R5 (no how-to): a table or a release holds the class - ``vehicle``, ``luggage``, ``cargo`` -
and never the span. What fits no class is ``other``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.mentions.lexicon import Entry, Hit, longest
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page

KIND = "hiding"
RULE = "concealment 1"
OTHER = "other"
_SURE, _LESS_SURE = 0.85, 0.6
_MOST = 6  # words of a thing
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAP = re.compile(r"[ \u00a0'’]+")


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: tuple[str, ...]
    behind: tuple[str, ...]
    articles: frozenset[str]
    stops: frozenset[str]
    classes: dict[str, str]


def entries() -> Iterator[Entry]:
    """Give the words of hiding that a scan shall look for."""
    for name in _words().verbs:
        yield Entry(name, KIND, "front")
    for name in _words().behind:
        yield Entry(name, KIND, "behind")


def mentions(page: Page) -> list[Mention]:
    """Find the things in which something was hidden; the mentions do not overlap."""
    found: list[Mention] = []
    for hit in longest(page.found(KIND)):
        span = _thing(page.text, hit.end) if hit.entry.value == "front" else _before(page, hit)
        if span is not None and (not found or span[0] >= found[-1].end):
            found.append(_mention(page.text, *span))
    return found


def classes() -> tuple[str, ...]:
    """Give every class that a mention may have, ``other`` last."""
    return (*dict.fromkeys(_words().classes.values()), OTHER)


def class_of(thing: str) -> str:
    """Give the class of a thing by its words, the last that tells.

    >>> class_of("a hidden compartment of the truck"), class_of("garrafas")
    ('vehicle', 'other')
    """
    known = _words().classes
    told = [known[word] for word in fold_name(thing).split() if word in known]
    return told[-1] if told else OTHER


def _mention(text: str, start: int, end: int) -> Mention:
    name = class_of(text[start:end])
    sure = _SURE if name != OTHER else _LESS_SURE
    return Mention(start, end, Label.CONCEALMENT, name=name, confidence=sure, rule=RULE)


def _thing(text: str, at: int) -> tuple[int, int] | None:
    """Read the thing behind "hidden in": without its article, to a word that ends it."""
    words = _words()
    start, end, count = -1, at, 0
    while count < _MOST:
        gap = _GAP.match(text, end)
        found = _WORD.match(text, gap.end()) if gap else None
        if found is None:
            break
        plain = fold_name(found[0]).strip()
        if plain in words.stops:
            break
        end = found.end()
        if start < 0 and plain in words.articles:
            continue
        start = found.start() if start < 0 else start
        count += 1
    return (start, end) if start >= 0 else None


def _before(page: Page, hit: Hit) -> tuple[int, int] | None:
    """Read the thing before a participle at the end: "in einem Koffer versteckt"."""
    start, _ = page.sentence_of(hit.start)
    openings = list(_IN.finditer(page.text, start, hit.start))
    if not openings:
        return None
    span = _thing(page.text[: hit.start], openings[-1].end())
    return span if span is not None and span[1] >= hit.start - 1 else None


_IN = re.compile(r"\b(?:in|im|unter|hinter|zwischen)(?= )", re.IGNORECASE)


@cache
def _words() -> _Words:
    source = resources.files("atalaya.reading.mentions").joinpath("data", "concealment.toml")
    said = tomllib.loads(source.read_text(encoding="utf-8"))
    by_word = {word: name for name, words in said["classes"].items() for word in words}
    return _Words(
        tuple(said["verbs"]),
        tuple(said["behind"]),
        frozenset(said["articles"]),
        frozenset(said["stops"]),
        by_word,
    )
