"""Two names side by side: on which points they agree, each point as a level.

The levels are what Splink weighs (``linking``). What rules two names out, however like they are,
stands in ``vetoes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from atalaya.reading.organisations.acronyms import begins, spells
from atalaya.reading.organisations.lexicon import Word
from atalaya.reading.organisations.profiles import Profile, Wording

# What one word in common is worth, by its kind. A word the lexicon lacks is a proper name and tells
# most; words of every second body's name (drug, health) tell less; a phrase tells as two words.
WEIGHT = {"name": 1.0, "movement": 1.0, "city": 0.8, "topic": 0.6, "scope": 0.5}
_PHRASE = 1.6
_SPELLING = 0.8  # likeness of two long words that are taken for one misspelt
ACRONYM = 6  # the level of words where one name is an acronym alone
_LONG = 5  # letters from which a word may be misspelt
_SMALL = 0.25  # share of a name that may be missing from the other as a small remainder
_TELLING = 0.9  # weight in common from which a name may be another's beginning
_KINDS = ("name", "movement", "city", "topic", "scope")
_NAMES = ("name", "city")
_ALIKE = (
    frozenset({"association", "society", "verein", "organisation"}),
    frozenset({"federation", "confederation"}),
    frozenset({"network", "platform"}),
    frozenset({"institute", "centre"}),
    frozenset({"agency", "office", "authority"}),
)


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two names say together.

    Args:
        words: 6 nothing to compare, one is an acronym alone; 5 the same, 4 but for spelling, 3 one
            says a little more, 2 one says more, 1 most words in common, 0 few or none.
        acronym: 3 the same one stated, 2 one spells the other, 1 nothing to compare, 0 others.
        form: 2 the same kind of institution, 1 one does not say, 0 others.
        rare: 1 a word in common is a name of its own, 0 all are of many bodies' names.
        place: 3 the same place, 2 none, 1 one does not say, 0 others.
        pair: The wordings these levels are of.
        shared: Their words.
    """

    words: int
    acronym: int
    form: int
    rare: int
    place: int
    pair: tuple[Wording, Wording]
    shared: Shared


def compare(one: Profile, other: Profile) -> Evidence:
    """Compare two names: the best of their wordings, and their acronyms."""
    best = max(
        (_wordings(left, right) for left, right in product(one.wordings, other.wordings)),
        key=lambda found: (found[1], found[2] > 0, found[3] > 0, found[0].matched, found[2:4]),
    )
    shared, level, form, place, pair = best
    if place == 1:
        place = _suffixed(one, other, pair)
    elif one.suffixes and other.suffixes and not one.suffixes & other.suffixes:
        place = 0
    if _acronym_alone(one, other) or _acronym_alone(other, one):
        level, form, place = ACRONYM, 1, 2
    return Evidence(level, acronym_level(one, other), form, int(shared.rare), place, pair, shared)


def _acronym_alone(one: Profile, other: Profile) -> bool:
    code = one.wordings[0].words[0].concept if one.alone else ""
    return bool(code) and all(
        word.concept != code for said in other.wordings for word in said.words
    )


def _wordings(
    left: Wording, right: Wording
) -> tuple[Shared, int, int, int, tuple[Wording, Wording]]:
    shared = side_by_side(left, right)
    return (
        shared,
        _level(shared, left, right),
        form_level(left, right),
        place_level(left, right),
        (left, right),
    )


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
    return base * _PHRASE if " " in word.form or "_" in word.concept else base


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


def _level(shared: Shared, left: Wording, right: Wording) -> int:
    low, high = shared.total
    if not low:
        return 5 if not high and _bare(left) and _bare(left) == _bare(right) else 0
    missing = sum(map(weight, shared.left)) + sum(map(weight, shared.right))
    if not missing:
        return 4 if shared.slips else 5
    if not (shared.left and shared.right):
        small = missing <= _SMALL * high
        names = any(word.kind in ("name", "city") for word in (*shared.left, *shared.right))
        longer = shared.matched >= _TELLING and not names and _begins(left, right)
        return 3 if small or longer else 2
    if left.text and _run_together(left) == _run_together(right):
        return 4
    return 1 if 2 * shared.matched >= 0.6 * (low + high) else 0


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


def _run_together(said: Wording) -> str:
    return "".join(word.form.replace(" ", "") for word in said.words if word.kind != "legal")


def form_level(left: Wording, right: Wording) -> int:
    """Compare the kinds of institution two wordings name."""
    ones = {word.concept for word in left.of("form")}
    others = {word.concept for word in right.of("form")}
    if not ones and not others:
        return 1
    if ones == others:
        return 2
    if ones <= others or others <= ones:
        return 1
    first, second = ones - others, others - ones
    return 1 if any(first & group and second & group for group in _ALIKE) else 0


def place_level(left: Wording, right: Wording) -> int:
    """Compare the places two wordings name."""
    ones = {word.concept for word in left.of("place", "region")}
    others = {word.concept for word in right.of("place", "region")}
    if not ones and not others:
        return 2
    if ones == others:
        return 3
    return 1 if not ones or not others else 0


def _suffixed(one: Profile, other: Profile, pair: tuple[Wording, Wording]) -> int:
    """Compare places where one name holds its place inside and the other, perhaps, behind it."""
    inside = {word.concept for said in pair for word in said.of("place", "region")}
    behind = one.suffixes | other.suffixes
    if not behind:
        return 1
    return 3 if inside & behind else 0


def acronym_level(one: Profile, other: Profile) -> int:
    """Compare the acronyms two names state, or spell."""
    if one.acronyms and other.acronyms:
        return 3 if one.acronyms & other.acronyms else 0
    if not one.acronyms and not other.acronyms:
        return 1
    stated, full = (one, other) if one.acronyms else (other, one)
    spelt = any(
        spells(code, said.text) or begins(code, said.text)
        for code in stated.acronyms
        for said in full.wordings
    )
    return 2 if spelt else 1
