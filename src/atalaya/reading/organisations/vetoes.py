"""What rules out that two names are one body, however like they are."""

from __future__ import annotations

import re

from atalaya.model.sentences import Sentence, sentence
from atalaya.reading.organisations.acronyms import spells
from atalaya.reading.organisations.comparing import ACRONYM, Evidence
from atalaya.reading.organisations.lexicon import STOP, Word, fold, load
from atalaya.reading.organisations.parts import Wording
from atalaya.reading.organisations.profiles import Profile

# Institutions that are often a part or a work of another body: an observatory of the Red Cross is
# not the Red Cross. A foundation, association or federation is a body of its own.
_OFTEN_PARTS = """
observatory committee commission group programme project campaign fund museum library laboratory
centre institute hospital clinic academy college bank court initiative service team partnership
forum platform council board
"""
_WORKS = frozenset(_OFTEN_PARTS.split())


def veto(one: Profile, other: Profile, found: Evidence) -> Sentence | None:
    """Say why two names cannot be one body; None where nothing rules it out."""
    if one.alone or other.alone:
        return _of_acronym(one, other)
    if found.words == ACRONYM and (one.brand or other.brand):
        return None
    if found.words == ACRONYM and one.branch != other.branch:
        return _of_branch(one, other, found)
    left, right = found.pair
    return (
        _places(found, left, right)
        or _scopes(found, left, right)
        or _nations(left, right)
        or _parts(left, right)
        or _forms(found)
    )


def _of_acronym(one: Profile, other: Profile) -> Sentence | None:
    """An acronym with more words behind it, which do not spell it, is a part of its body."""
    if one.alone and other.alone:
        return None
    alone, full = (one, other) if one.alone else (other, one)
    code = alone.wordings[0].words[0].concept
    for said in full.wordings:
        inside = [word for word in said.words if word.kind != "legal"]
        if full.acronyms & alone.acronyms or _spelt_whole(code, said):
            continue
        if said.of("unit"):
            return sentence(
                "{part!r} is a part of a body, {whole!r} is one", part=full.name, whole=alone.name
            )
        held = any(word.concept == code for word in inside)
        more = [word for word in inside if word.concept != code and word.kind != "form"]
        if held and more:
            return sentence(
                "{part!r} is a part of {whole!r}, or its branch", part=full.name, whole=alone.name
            )
    return None


def _of_branch(one: Profile, other: Profile, found: Evidence) -> Sentence | None:
    """An acronym with a country is the body itself where that is of the country, or national."""
    branch, full = (one, other) if one.branch else (other, one)
    national = any("national" in _concepts(said.of("scope")) for said in full.wordings)
    if found.place == 3 or (national and found.place):  # noqa: PLR2004 - the same place
        return None
    return sentence(
        "{part!r} is a part of {whole!r}, or its branch", part=branch.name, whole=full.name
    )


def _spelt_whole(code: str, said: Wording) -> bool:
    """Tell whether an acronym counts every word, that of a part included: it is the part's own."""
    inside = fold(said.text)
    return spells(code, said.text) and all(word.form in inside for word in said.of("unit"))


def _places(found: Evidence, left: Wording, right: Wording) -> Sentence | None:
    if found.place == 0:
        return sentence(
            "they are of different places: {one!r} and {other!r}", one=left.text, other=right.text
        )
    cities = [{word.concept for word in said.of("city")} for said in (left, right)]
    if all(cities) and not cities[0] & cities[1]:
        return sentence(
            "they are of different places: {one!r} and {other!r}", one=left.text, other=right.text
        )
    regions = [_concepts(said.of("region")) for said in (left, right)]
    if regions[0] != regions[1] and found.place == 1 and not found.rare and found.acronym < 3:  # noqa: PLR2004
        return sentence(
            "one is of a region and the other is not: {one!r} and {other!r}",
            one=left.text,
            other=right.text,
        )
    movement = left.of("movement") or right.of("movement")
    if movement and found.place == 1:
        return sentence(
            "one is a national society of a movement and the other is not: {one!r}, {other!r}",
            one=left.text,
            other=right.text,
        )
    return None


def _scopes(found: Evidence, left: Wording, right: Wording) -> Sentence | None:
    ones, others = (_concepts(said.of("scope")) for said in (left, right))
    if found.words == ACRONYM and {"national"} in (ones, others):
        return None  # "National Board (NBW)", and the acronym is the board's in another language
    if (ones and others and ones != others) or (ones != others and found.place in (0, 1)):
        return sentence(
            "one is of another scope than the other: {one!r} and {other!r}",
            one=left.text,
            other=right.text,
        )
    if found.place == 1 and ones == others and ones & {"world", "international"}:
        return sentence(
            "one may be the national branch of the other: {one!r} and {other!r}",
            one=left.text,
            other=right.text,
        )
    return None


def _nations(left: Wording, right: Wording) -> Sentence | None:
    """Two national bodies without a country, named in two languages, are of two countries.

    English names are left out: many bodies have one beside their own.
    """
    for said in (left, right):
        national = _concepts(said.of("scope")) == {"national"} or any(
            word.concept == "ministry" for word in said.words
        )
        if not national or said.of("place", "region"):
            return None
    spoken = {load().language(word.form for word in said.words) for said in (left, right)}
    if len(spoken) == 2 and not spoken & {"", "en"}:  # noqa: PLR2004 - two languages
        return sentence(
            "they are national bodies named in two languages, and no country is said: "
            "{one!r} and {other!r}",
            one=left.text,
            other=right.text,
        )
    return None


def _parts(left: Wording, right: Wording) -> Sentence | None:
    units = [_concepts(said.of("unit")) for said in (left, right)]
    if units[0] != units[1] or _work_of(left, right) or _work_of(right, left):
        return sentence(
            "one is a part of the other, or of another body: {one!r} and {other!r}",
            one=left.text,
            other=right.text,
        )
    return None


def _work_of(part: Wording, whole: Wording) -> bool:
    """Tell whether one names a work or part of the other: the observatory of a hospital.

    What it names more than the whole stands at the head. *Pompidou Group of the Council of Europe*
    has its body at the head and is no part of the *Pompidou Group*.
    """
    held = _concepts(whole.of("form"))
    more = [word for word in part.of("form") if word.concept in _WORKS - held]
    if not more or not held <= _concepts(part.of("form")) or not whole.of("form", "movement"):
        return False
    body = [word for word in part.words if word.concept in held or word.kind == "movement"]
    if not body or part.words.index(more[0]) < part.words.index(body[0]):
        return True
    before = re.search(rf"(\w+)\W+{re.escape(more[0].form)}\b", fold(part.text))
    return before is None or before[1] not in STOP


def _forms(found: Evidence) -> Sentence | None:
    left, right = found.pair
    if found.form or (found.acronym == 3 and found.words >= 4):  # noqa: PLR2004 - levels
        return None
    return sentence(
        "they are institutions of different kinds: {one!r} and {other!r}",
        one=left.text,
        other=right.text,
    )


def _concepts(found: tuple[Word, ...]) -> set[str]:
    return {word.concept for word in found}
