"""Whether a stretch of capitalised words is a person's name, and whose.

A name lost costs more than a word too many: where a known given name and a surname stand together
and nothing says body, place or office, it is taken for a private person's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from atalaya.reading.persons.context import Around, Cues, beside_body, names_a_house
from atalaya.reading.persons.cues import is_thing
from atalaya.reading.persons.names import Known, is_leader, is_place, known_as, plain
from atalaya.reading.persons.runs import Stretch, Word

CERTAIN = 0.95
"""How sure it is that a name is a private person's where the words beside it say so."""

# Sums of how much the first word looks like a given name and another like a surname, 0..3 each.
_SURE = 5  # a known given name with a known surname
_LIKELY = 4  # one of both is also a word or place
_KNOWN = 2  # a given name that is no word, also where a capital says nothing
_SAID = 2  # with a verb that only persons do behind it
_ENOUGH = 2.5  # an unknown name before a rare surname, amid a sentence
_ABBREVIATED = 5  # letters with full stops of an initial or two
_MOST = 6  # words of a name; a longer stretch is a headline or a list
_TITLED = 5  # words of a run from which capitals are taken for a headline's style


class Whose(StrEnum):
    """Whose name it is."""

    PRIVATE = "private"
    OFFICIAL = "official"
    NOBODY = "nobody"
    DOUBTED = "doubted"
    """A single word, which is decided by what else the document says."""


class Judged(NamedTuple):
    """A stretch, cut to what is the name, with whose it is and how sure that is.

    ``several`` says that a role before it is one of several people ("Senators Roe and Doe").
    """

    start: int
    end: int
    words: tuple[str, ...]
    whose: Whose
    confidence: float
    several: bool = False


def judge(stretch: Stretch, cues: Cues, small: bool) -> Judged:
    """Judge a stretch by its words and by what stands around it.

    Args:
        stretch: As ``runs.stretches`` gives it.
        cues: Of the page.
        small: Whether the text is written without capitals; then only well-known names count.
    """
    if stretch.run == 1 and not cues.near(stretch.start, stretch.end):
        return _alone(stretch.words[0])
    around = cues.around(stretch.start, stretch.end)
    words = _cut_to_name(stretch, around)
    if len(words) == 1 and not around.private and cues.is_where(words[0].start):
        around = around._replace(accused=False, said=False)  # a place: "of Paducah was found dead"
    bound = beside_body(_text(stretch.before), _text(stretch.after)) or (
        not stretch.before and names_a_house(cues.text, stretch.start)
    )
    whose, confidence = _whose(words, stretch, around, bound=bound, small=small)
    return Judged(
        words[0].start,
        words[-1].end,
        tuple(word.text for word in words),
        whose,
        confidence,
        around.several,
    )


def _alone(word: Word) -> Judged:
    """Judge a word of which nothing beside it says anything: what else is said decides."""
    whose = Whose.NOBODY if _is_other((word,), plain(word.text), spoken_of=False) else Whose.DOUBTED
    return Judged(word.start, word.end, (word.text,), whose, 0.5)


def _text(word: Word | None) -> str | None:
    return None if word is None else word.text


def _cut_to_name(stretch: Stretch, around: Around) -> tuple[Word, ...]:
    """Drop what begins a sentence and is no name, and a place behind the name."""
    words = stretch.words
    if len(words) > 1 and stretch.first and words[0].text == "I.":
        words = words[1:]  # the number of a chapter
    doubtful = stretch.run >= _TITLED
    if len(words) > 1 and not words[0].known and words[1].start > words[0].end + 1:
        words = words[1:]  # a word before a particle: "Eltern von Mia"
    named = Known.GIVEN | Known.SURNAME
    if len(words[1:]) > 1 and _is_place_before(words[0], words[1]):
        words = words[1:]
    while len(words) > 1 and doubtful and not words[0].known & named and not around.private:
        words = words[1:]
    if len(words[1:]) > 1 and words[-1].known & Known.PLACE and not words[-1].known & named:
        words = words[:-1]
    return words


def _whose(
    words: tuple[Word, ...], stretch: Stretch, around: Around, *, bound: bool, small: bool
) -> tuple[Whose, float]:
    form = " ".join(plain(word.text) for word in words)
    spoken_of = around.private or around.accused or around.said
    if _is_other(words, form, spoken_of=spoken_of) or (bound and not _is_sure(words)):
        return Whose.NOBODY, 0.9
    if around.official or (is_leader(form) and not around.accused):
        return Whose.OFFICIAL, 0.9
    if bound and not around.accused:
        return Whose.NOBODY, 0.7
    return _private(words, stretch, around, small=small)


def _private(
    words: tuple[Word, ...], stretch: Stretch, around: Around, *, small: bool
) -> tuple[Whose, float]:
    unsure = stretch.first and len(words) == 1 and not words[0].known
    if (around.private or around.accused) and not (small or unsure or _is_common(words)):
        return Whose.PRIVATE, CERTAIN
    if len(words) == 1 and stretch.after is not None and words[0].text.endswith(("’s", "'s")):
        return Whose.NOBODY, 0.6  # "Martha's Vineyard"
    if len(words) == 1:
        told = around.said and _is_surname(words[0].known)
        return (Whose.PRIVATE, 0.7) if told else (Whose.DOUBTED, 0.5)
    score = _given(words[0]) + max(_second(word) for word in words[1:])
    if small:
        both = words[0].known & Known.COMMON_GIVEN and words[-1].known & Known.COMMON_SURNAME
        return (Whose.PRIVATE, 0.7) if both and score >= _SURE else (Whose.NOBODY, 0.6)
    if score >= _LIKELY or (around.said and score >= _SAID):
        return Whose.PRIVATE, min(0.99, 0.6 + score / 15)
    begun = stretch.first and words[0] is stretch.words[0] and _given(words[0]) < _KNOWN
    titled = begun or stretch.run >= _TITLED
    return (
        (Whose.PRIVATE, 0.6)
        if score >= _ENOUGH and not (titled or _is_only_place(words[0]))
        else (Whose.NOBODY, 0.6)
    )


def _is_other(words: tuple[Word, ...], form: str, *, spoken_of: bool) -> bool:
    """Whether the words name a place, thing, or list rather than a person.

    Some names are a place's too ("Huang Wei"): there what is said beside them decides.
    """
    if is_thing(form) or len(words) > _MOST:
        return True
    if len(words) == 1:
        return bool(words[0].known & Known.PLACE)
    if is_place(form) and not spoken_of:
        return True
    return all(word.known & Known.PLACE for word in words) and not (
        words[0].known & Known.COMMON_GIVEN and words[-1].known & Known.COMMON_SURNAME
    )


def _is_sure(words: tuple[Word, ...]) -> bool:
    return len(words) > 1 and _given(words[0]) + _second(words[-1]) >= _SURE


def _is_place_before(word: Word, name: Word) -> bool:
    """Whether a place stands before a name by chance: "detenido en Salta Juan Pérez"."""
    given = name.known & Known.GIVEN and not name.known & (Known.WORD | Known.PLACE)
    return bool(_is_only_place(word) and given)


def _is_only_place(word: Word) -> bool:
    return bool(word.known & Known.PLACE and not word.known & Known.COMMON_GIVEN)


def _is_surname(known: int) -> bool:
    return bool(known & Known.COMMON_SURNAME) and not known & (Known.WORD | Known.PLACE)


def _is_common(words: tuple[Word, ...]) -> bool:
    """Whether every word is a common word of the language: no name even behind a cue."""
    return all(
        word.known & Known.WORD and not (word.known & Known.GIVEN or word.text.endswith("."))
        for word in words
    )


def _given(word: Word) -> float:
    """How much a word looks like a given name, 0..3."""
    known, text = word.known, word.text
    if text.endswith(".") and len(text) <= _ABBREVIATED:
        return 2  # an initial
    if not known & Known.GIVEN:
        return _leading(known)
    if known & Known.COMMON_GIVEN:
        rarer = 1 if known & Known.USUAL else 2
        return 3 - bool(known & Known.PLACE) - rarer * bool(known & Known.WORD)
    return 1 if known & (Known.WORD | Known.PLACE) else 2


def _leading(known: int) -> float:
    """A first word that is no given name: a surname first, or a name nobody listed."""
    if known & (Known.WORD | Known.PLACE):
        return 0
    return 1.5 if known & Known.SURNAME else 0.5


def _second(word: Word) -> float:
    """How much a word looks like a surname, 0..3; unknown words are likelier names than words."""
    known = word.known
    if not known:
        return 1.5
    if known & Known.COMMON_SURNAME:
        return 3 - bool(known & (Known.WORD | Known.PLACE))
    if known & (Known.SURNAME | Known.GIVEN):
        return 0.5 if known & Known.WORD else 2
    return 0


def is_single_name(word: str) -> bool:
    """Whether a word alone is a given name rather than anything else.

    >>> is_single_name("Kevin"), is_single_name("Grace"), is_single_name("Victoria")
    (True, False, False)
    """
    known = known_as(word)
    common = known & Known.USUAL or (
        known & Known.COMMON_GIVEN and not known & Known.COMMON_SURNAME
    )
    return bool(common) and not known & (Known.WORD | Known.PLACE)
