"""Two names side by side: on which points they agree, each point as a level.

The levels are what Splink weighs (``linking``). What rules two names out, however like they are,
stands in ``vetoes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from atalaya.reading.organisations.acronyms import begins, spells
from atalaya.reading.organisations.lexicon import fold
from atalaya.reading.organisations.overlap import WEIGHT, Shared, level, side_by_side
from atalaya.reading.organisations.parts import Wording
from atalaya.reading.organisations.profiles import Profile

ACRONYM = 6  # the level of words where one name is an acronym alone
_LITTLE = 2  # the level of words at which two names are no more than like each other
_SPELT = 4  # the level of words from which names are alike but for spelling
SAME_ACRONYM, NO_ACRONYM = 3, 1
_FEW = 3  # letters of an acronym that several bodies are likely to have
_ALIKE = (
    frozenset({"association", "society", "verein", "organisation"}),
    frozenset({"federation", "confederation"}),
    frozenset({"network", "platform"}),
    frozenset({"institute", "centre"}),
    frozenset({"agency", "office", "authority"}),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two names say together.

    Args:
        words: 6 nothing to compare, an acronym says it; 5 the same, 4 but for spelling or for what
            a proper name alone leaves out, 3 one says a little more, 2 one says more, 1 most words
            in common, 0 few or none.
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
    asked = product(_placed(one, other), _placed(other, one))
    best = max(
        (_wordings(left, right) for left, right in asked),
        key=lambda found: (found[1], found[2] > 0, found[3] > 0, found[0].matched, found[2:4]),
    )
    shared, words, form, place, pair = best
    if place == 1:
        place = _suffixed(one, other, pair)
    elif _elsewhere(one.suffixes, other.suffixes):
        place = 0
    acronym = acronym_level(one, other)
    alone = _acronym_alone(one, other) or _acronym_alone(other, one)
    if alone or (acronym > NO_ACRONYM and _scripts_differ(*pair)):
        words, form, place = (ACRONYM if acronym > NO_ACRONYM else 0), 1, 2
    elif one.branch != other.branch and acronym > NO_ACRONYM:
        words, form = ACRONYM, 1
    elif words > _LITTLE and _too_little(shared, *pair):
        words = _LITTLE
    elif _brand(one, other) or (words < _SPELT and _states_it_only(one, other, shared, place)):
        words = ACRONYM
    return Evidence(words, acronym, form, int(shared.rare), place, pair, shared)


def _placed(one: Profile, other: Profile) -> tuple[Wording, ...]:
    """Give the wordings with the town behind them, where the other name holds it inside."""
    towns = {
        word.concept: word
        for said in other.wordings
        for word in said.of("city", "name")
        if word.concept in one.suffixes
    }
    if not towns:
        return one.wordings
    return tuple(Wording(said.text, (*said.words, *towns.values())) for said in one.wordings)


def _states_it_only(one: Profile, other: Profile, shared: Shared, place: int) -> bool:
    """Tell whether both state an acronym that one of them, a translation, does not spell.

    Two bodies whose names both spell it may have it by chance; what states another language's
    initials does not. Three letters need a word or a place in common as well.
    """
    codes = one.acronyms & other.acronyms
    if not codes or not place:
        return False
    spelt = all(_spelt(codes, each) for each in (one, other))
    longest = max(map(len, codes))
    return not spelt and (longest > _FEW or bool(shared.matched) or place == 3)  # noqa: PLR2004


def _spelt(codes: frozenset[str], full: Profile) -> bool:
    return any(
        spells(code, said.text) or begins(code, said.text)
        for code in codes
        for said in full.wordings
    )


def _acronym_alone(one: Profile, other: Profile) -> bool:
    code = one.wordings[0].words[0].concept if one.alone else ""
    return bool(code) and all(
        word.concept != code for said in other.wordings for word in said.words
    )


def _too_little(shared: Shared, left: Wording, right: Wording) -> bool:
    """Tell whether one word of a field is all that is shared, and one alone says what it is.

    *Health Peru* is not the *Peruvian Health Agency*, though *Light of Africa* may be the
    *Association Light of Africa*.
    """
    forms = [bool(said.of("form", "unit", "movement")) for said in (left, right)]
    short, long = sorted((fold(left.text), fold(right.text)), key=len)
    single = not shared.rare and shared.matched <= WEIGHT["topic"]
    return forms[0] != forms[1] and single and short not in long


def _brand(one: Profile, other: Profile) -> bool:
    return one.brand in other.acronyms or other.brand in one.acronyms


def _scripts_differ(left: Wording, right: Wording) -> bool:
    """Tell whether no word can be compared: one is in Latin letters, the other in none of them."""
    latin = [any("a" <= letter <= "z" for letter in fold(said.text)) for said in (left, right)]
    return latin[0] != latin[1]


def _wordings(
    left: Wording, right: Wording
) -> tuple[Shared, int, int, int, tuple[Wording, Wording]]:
    shared = side_by_side(left, right)
    return (
        shared,
        level(shared, left, right),
        form_level(left, right),
        place_level(left, right),
        (left, right),
    )


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


def _elsewhere(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether places behind two names differ: countries from countries, towns from towns."""
    if ones & others:
        return False
    countries = [{each for each in found if ":" in each} for found in (ones, others)]
    towns = [{each for each in found if ":" not in each} for found in (ones, others)]
    return all(countries) or all(towns)


def _suffixed(one: Profile, other: Profile, pair: tuple[Wording, Wording]) -> int:
    """Compare places where one name holds its place inside and the other, perhaps, behind it."""
    inside = {word.concept for said in pair for word in said.of("place", "region")}
    behind = one.suffixes | other.suffixes
    if not behind:
        return 1
    return 3 if inside & behind else 0


def _branch_level(one: Profile, other: Profile) -> int:
    """Compare the acronym of "TASC Peru" with what another name states, spells or is."""
    branch, full = (one, other) if one.branch else (other, one)
    if full.branch:
        return SAME_ACRONYM if full.branch == branch.branch else 0
    if branch.branch in full.acronyms:
        return SAME_ACRONYM
    return 2 if not full.acronyms and _spelt(frozenset({branch.branch}), full) else NO_ACRONYM


def acronym_level(one: Profile, other: Profile) -> int:
    """Compare the acronyms two names state, or spell."""
    if _brand(one, other):
        return SAME_ACRONYM
    if one.branch or other.branch:
        return _branch_level(one, other)
    if one.acronyms and other.acronyms:
        return 3 if one.acronyms & other.acronyms else 0
    if not one.acronyms and not other.acronyms:
        return 1
    stated, full = (one, other) if one.acronyms else (other, one)
    return 2 if _spelt(stated.acronyms, full) else 1
