"""The words of two wordings laid side by side: which they share, and how much of a name that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from atalaya.reading.organisations.lexicon import Word
from atalaya.reading.organisations.parts import Wording

# What one word in common is worth, by its kind. A word the lexicon lacks is a proper name and tells
# most; words of every second body's name (drug, health) tell less; a phrase tells as two words.
WEIGHT = {"name": 1.0, "movement": 1.0, "city": 0.8, "topic": 0.6, "scope": 0.5}
_PHRASE = 1.6
_SPELLING = 0.8  # likeness of two long words that are taken for one misspelt
_LONG = 5  # letters from which a word may be misspelt
_SMALL = 0.25  # share of a name that may be missing from the other as a small remainder
_TELLING = 0.9  # weight in common from which a name may be another's beginning
_MISSION = "mission_unit"
_KINDS = ("name", "movement", "city", "topic", "scope")
_NAMES = ("name", "city")
_OFTEN_PARTS = """
museum library laboratory hospital clinic academy college court fund bank observatory committee
commission campaign project programme council board regional local
"""
_PARTS = frozenset(_OFTEN_PARTS.split())


@dataclass(frozen=True, slots=True)
class Shared:
    """The words of two wordings, laid side by side.

    Args:
        matched: Weight of the words in common.
        left: Words only the first has.
        right: Words only the second has.
        slips: Pairs of words taken for one that somebody misspelt.
        rare: Whether a word in common is a name of its own: one the lexicon lacks, or a city.
        total: Weight of the lighter and of the heavier wording.
    """

    matched: float
    left: tuple[Word, ...]
    right: tuple[Word, ...]
    slips: tuple[tuple[str, str], ...]
    rare: bool
    total: tuple[float, float]


def side_by_side(left: Wording, right: Wording) -> Shared:
    """Lay the words of two wordings side by side, each used once."""
    ones, others = list(_distinct(left)), list(_distinct(right))
    total = sorted((sum(map(weight, ones)), sum(map(weight, others))))
    matched, slips = 0.0, []
    meanings = {word.concept for word in ones} & {word.concept for word in others}
    matched += sum(weight(word) for word in ones if word.concept in meanings)
    rare = any(word.kind in _NAMES for word in ones if word.concept in meanings)
    ones = [word for word in ones if word.concept not in meanings]
    others = [word for word in others if word.concept not in meanings]
    for word in tuple(ones):
        near = next((other for other in others if _misspelt(word, other)), None)
        if near is not None:
            slips.append((word.form, near.form))
            matched += min(weight(word), weight(near))
            ones.remove(word)
            others.remove(near)
    return Shared(
        matched, tuple(ones), tuple(others), tuple(slips), rare or bool(slips), (total[0], total[1])
    )


def _distinct(said: Wording) -> tuple[Word, ...]:
    return tuple({word.concept: word for word in said.of(*_KINDS)}.values())


def weight(word: Word) -> float:
    """Give what a word in common is worth."""
    base = WEIGHT.get(word.kind, 0.0)
    return base * _PHRASE if " " in word.form and "_" in word.concept else base


def _misspelt(one: Word, other: Word) -> bool:
    if (one.known and other.known) or min(len(one.form), len(other.form)) < _LONG:
        return False
    return alike(one.form, other.form)


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Tell whether two folded words are one with a slip: letters, not digits, differ."""
    from rapidfuzz.distance import OSA

    if any(letter.isdigit() for letter in one + other):
        return False
    return OSA.normalized_similarity(one, other) >= _SPELLING


def level(shared: Shared, left: Wording, right: Wording) -> int:
    """Give how like the words of two wordings are, from 5 to 0 (``comparing.Evidence``)."""
    low, high = shared.total
    said = _said_by_place(left, right)
    more = [word for word in (*shared.left, *shared.right) if word.concept not in said]
    missing = sum(map(weight, more))
    if not low:
        return 5 if not missing and _bare(left) and _bare(left) == _bare(right) else 0
    if not missing:
        return 4 if shared.slips else 5
    if not (shared.left and shared.right):
        return _one_says_more(shared, more, left, right)
    if left.text and run_together(left) == run_together(right):
        return 4
    return 1 if 2 * shared.matched >= 0.6 * (low + high) else 0


def _one_says_more(shared: Shared, more: list[Word], left: Wording, right: Wording) -> int:
    """Give the level of two wordings of which one has every word of the other."""
    if _proper_begins(shared, left, right):
        return 4
    scope = {word.concept for word in more if word.kind == "scope"}
    small = sum(map(weight, more)) <= _SMALL * shared.total[1] and not scope
    names = any(word.kind in ("name", "city") for word in more) or "national" in scope
    longer = shared.matched >= _TELLING and not names and _begins(left, right)
    return 3 if small or longer else 2


def _said_by_place(left: Wording, right: Wording) -> frozenset[str]:
    """Give words that say nothing more where both names are of one State.

    A body of a State is national; a mission to the United Nations is that, whatever the seat.
    """
    places = [{word.concept for word in said.of("place")} for said in (left, right)]
    if not places[0] or places[0] != places[1]:
        return frozenset()
    missions = all(_MISSION in {word.concept for word in said.of("unit")} for said in (left, right))
    cities = (word.concept for word in (*left.of("city"), *right.of("city")))
    return frozenset({"national", *(("united_nations", *cities) if missions else ())})


def _proper_begins(shared: Shared, left: Wording, right: Wording) -> bool:
    """Tell whether one is a proper name alone and the other says what that body is as well.

    *Lumo* and *Lumo International*, *Lumo Harm Reduction Service*, *National Association Lumo*. A
    place, a unit or another proper name behind it make a branch or another body, and so does a
    hospital or a museum: that is a part.
    """
    short, long = (right, left) if shared.left else (left, right)
    if any(word.kind not in {"name", "legal"} for word in short.words) or not shared.rare:
        return False
    more = [word for word in long.words if word.kind != "legal" and word.form not in _forms(short)]
    said = {word.concept for word in more}
    if any(word.kind not in {"topic", "form", "scope"} for word in more) or said & _PARTS:
        return False
    topics = any(word.kind == "topic" for word in more)
    return not topics or _begins(left, right)


def _forms(said: Wording) -> set[str]:
    return {word.form for word in said.words}


def _begins(left: Wording, right: Wording) -> bool:
    """Tell whether one name is the beginning of the other, as where its end was left out."""
    ones = [word.concept for word in left.of(*_KINDS, "place", "region")]
    others = [word.concept for word in right.of(*_KINDS, "place", "region")]
    least = min(len(ones), len(others))
    return ones[:least] == others[:least]


def _bare(said: Wording) -> tuple[str, ...]:
    """Give forms and places of a name that has nothing else (African Union, Kenya)."""
    places = said.of("place", "region")
    marks = sorted(f"{word.concept}" for word in (*said.of("form"), *places))
    return tuple(marks) if places else ()


def run_together(said: Wording) -> str:
    """Give the words without what stands between them (Crew 2000, Crew2000)."""
    return "".join(word.form.replace(" ", "") for word in said.words if word.kind != "legal")
