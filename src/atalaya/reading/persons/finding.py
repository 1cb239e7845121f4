"""Find what must be removed from a document's title and text, read with knowledge of each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.persons.context import Cues, names_a_house
from atalaya.reading.persons.cues import CUE
from atalaya.reading.persons.judging import CERTAIN, Judged, Whose, is_single_name, judge
from atalaya.reading.persons.names import Known, known_as, plain
from atalaya.reading.persons.particulars import Reason, particulars
from atalaya.reading.persons.runs import is_small, stretches

RULE = "persons-1"
"""Name and version of the rules, on every removal."""

# Scripts whose names these rules do not read: no capitals, or no gaps between words.
_UNREAD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_NICKNAME = re.compile(
    r"\s?[,:]?\s?(?:[\"“'«‘]\s?([^\"”'»’\n]{2,30}?)\s?[\"”'»’]"
    r"|((?:(?:el|la|o|le|der|die|the) )?[A-ZÀ-Ý]\w+(?: [A-ZÀ-Ý]\w+){0,2}))"
)
_ALONE = 0.6  # how sure a given name alone is a person's
_AND = frozenset({"and", "y", "e", "et", "und", "&"})
# A nickname in marks right behind a name: "Jeferson Rocha, o 'Neguinho'".
_CALLED = re.compile(
    r"\s?[,(]?\s?(?:(?:o|a|el|la|the|der|die|le|dit)\s)?[\"“'‘«]\s?([^\"”'’»\n]{2,25}?)\s?[\"”'’»]"
)
_BEHIND = 30  # characters from a name to the word before its nickname
_SHORTEST = 2  # letters of a name's part, above which it is known again alone
_FULL = 2  # words from which a name is looked for elsewhere in the document


@dataclass(frozen=True, slots=True)
class Removal:
    """Words that are removed from a text, with why, how sure that is and by which rule."""

    start: int
    end: int
    reason: Reason
    confidence: float
    rule: str = RULE


@dataclass(slots=True)
class _Known:
    """Names a document has given, folded; a private person's wins over an official's."""

    private: set[str] = field(default_factory=set)
    official: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    officials: set[str] = field(default_factory=set)


def removals(pages: Sequence[Page], language: str | None = None) -> list[list[Removal]]:
    """Find what must be removed from the pages of one document, say its title and its text.

    Args:
        pages: Scanned with a lexicon that holds ``persons.entries()``.
        language: Of the document, as ISO 639-1; German gives every noun a capital.

    Returns:
        For each page its removals, ordered by start, none overlapping.
    """
    judged = [_joined(page.text, _judge(page)) for page in pages]
    known = _Known()
    for found in judged:
        _learn(found, known)
    return [
        _apart(
            [*_names(page, found, known, language), *_nicknames(page, found), *_particulars(page)]
        )
        for page, found in zip(pages, judged, strict=True)
    ]


def mentions(found: Sequence[Removal]) -> list[Mention]:
    """Give the removed names as mentions, which hold offsets and no name."""
    return [
        Mention(one.start, one.end, Label.PERSON, confidence=one.confidence, rule=one.rule)
        for one in found
        if one.reason == Reason.NAME
    ]


def is_unread(text: str) -> bool:
    """Whether a text is written in a script in which these rules find no names.

    Such a text must not be shown or stored outside the sealed original.

    >>> is_unread("警方逮捕了一名男子"), is_unread("Die Polizei nahm einen Mann fest")
    (True, False)
    """
    return _UNREAD.search(text) is not None


def _judge(page: Page) -> list[Judged]:
    cues, small = Cues(page), is_small(page.text)
    return [judge(stretch, cues, small) for stretch in stretches(page.text)]


def _joined(text: str, judged: list[Judged]) -> list[Judged]:
    """Let what is said of one of two names joined by "and" hold for the other."""
    for at, (one, other) in enumerate(pairwise(judged)):
        if text[one.end : other.start].strip() not in _AND:
            continue
        if one.whose == Whose.DOUBTED and other.whose == Whose.PRIVATE:
            judged[at] = one._replace(whose=Whose.PRIVATE, confidence=other.confidence)
        elif one.whose == Whose.OFFICIAL and one.several and other.whose != Whose.NOBODY:
            judged[at + 1] = other._replace(whose=Whose.OFFICIAL)
    return judged


def _learn(judged: Sequence[Judged], known: _Known) -> None:
    """Note the names a page gives, so that a surname alone is known again."""
    for one in judged:
        forms = [plain(word) for word in one.words]
        if one.whose == Whose.PRIVATE:
            known.private.update(form for form in forms if len(form) > _SHORTEST)
            if len(forms) >= _FULL:
                known.whole.add(" ".join(forms))
        elif one.whose == Whose.OFFICIAL:
            known.official.add(forms[-1])
            known.officials.add(" ".join(forms))
            known.official.update(forms[-2:])


def _names(
    page: Page, judged: Sequence[Judged], known: _Known, language: str | None
) -> Iterator[Removal]:
    for one in judged:
        confidence = _private(one, known)
        if confidence == _ALONE and (language == "de" or _is_elsewhere(page, one.start)):
            continue
        if confidence:
            yield Removal(one.start, one.end, Reason.NAME, confidence)
    offsets, folded = page.folded.offsets, page.folded.text
    for name in known.whole - known.officials:
        at = folded.find(f" {name} ")
        while at >= 0:
            end = at + len(name) + 1
            yield Removal(int(offsets[at + 1]), int(offsets[end]), Reason.NAME, 0.9)
            at = folded.find(f" {name} ", end)


def _is_elsewhere(page: Page, start: int) -> bool:
    """Whether what stands before a word alone makes it a place or house."""
    return Cues(page).is_where(start) or names_a_house(page.text, start)


def _nicknames(page: Page, judged: Sequence[Judged]) -> Iterator[Removal]:
    """Find nicknames, which stand behind a name and a word that says so."""
    named = [one for one in judged if one.whose in (Whose.PRIVATE, Whose.DOUBTED)]
    ends = [one.end for one in named]
    starts = [one.start for one in named]
    for one in named:
        if one.whose == Whose.PRIVATE and (found := _CALLED.match(page.text, one.end)):
            yield Removal(*found.span(1), Reason.NAME, 0.9)
    for hit in page.found(CUE):
        if hit.entry.value != "alias":
            continue
        near = ends[bisect_left(ends, hit.start - _BEHIND) : bisect_right(ends, hit.start)]
        near = near or starts[bisect_left(starts, hit.end) : bisect_right(starts, hit.end + 40)]
        found = _NICKNAME.match(page.text, hit.end) if near else None
        if found:
            group = 1 if found[1] else 2
            yield Removal(*found.span(group), Reason.NAME, 0.9)


def _private(one: Judged, known: _Known) -> float:
    """How sure it is that a name is a private person's; 0 where it is not removed."""
    if one.whose == Whose.PRIVATE:
        form = " ".join(plain(word) for word in one.words)
        return 0.0 if form in known.officials and one.confidence < CERTAIN else one.confidence
    if one.whose != Whose.DOUBTED:
        return 0.0
    form = plain(one.words[0])
    if form in known.private:
        return 0.85
    if form in known.official:
        return 0.0
    return _ALONE if is_single_name(one.words[0]) else 0.0


def _particulars(page: Page) -> Iterator[Removal]:
    for start, end, reason, confidence in particulars(page):
        yield Removal(start, end, reason, confidence)


def _apart(found: Sequence[Removal]) -> list[Removal]:
    """Order removals by start and keep of overlapping ones the whole that they cover."""
    kept: list[Removal] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:
            last = kept[-1]
            kept[-1] = Removal(last.start, one.end, last.reason, last.confidence)
    return kept


def knows(word: str) -> bool:
    """Whether a word is known as a given name or surname.

    >>> knows("Kowalczyk")
    True
    """
    return bool(known_as(word) & (Known.GIVEN | Known.SURNAME))
