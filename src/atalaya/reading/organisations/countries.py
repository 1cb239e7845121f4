"""Of which country a body is, as far as its own names or the register say it."""

from __future__ import annotations

from collections.abc import Iterable

from atalaya.reading.organisations.profiles import Profile, profile
from atalaya.registers.organisations import OrganisationRegister

_KIND = "territory:"


def country(
    names: Iterable[str], register: OrganisationRegister, given: Iterable[str] = ()
) -> str | None:
    """Give the code of a body's country, ISO 3166 in three letters, or None where nothing says it.

    What the register says goes first, then a code that a source gives beside a name, then a place
    behind the name ("..., Kenya", "(Portugal)"), then one in it (*Argentinian Red Cross*). Two
    different countries say none; where a body sits or works may still be another.

    Args:
        names: Names of one body.
        register: Known aliases; those that were not checked say nothing.
        given: Register identifiers of countries that sources give beside its names.

    >>> from atalaya.registers.organisations import OrganisationRegister
    >>> country(["Lumo Foundation (Portugal)", "Lumo"], OrganisationRegister(()))
    'PRT'
    >>> country(["Friends of Mexico (Kenya)"], OrganisationRegister(()))
    'KEN'
    """
    every = list(names)
    known = {each.country for each in register.entries(every) if each.verified and each.country}
    profiles = [profile(name) for name in every]
    behind = {place for one in profiles for place in one.suffixes}
    inside = {place for one in profiles for place in _inside(one)}
    for said in (known, _codes(given), _codes(behind), _codes(inside)):
        if said:
            return min(said) if len(said) == 1 else None
    return None


def _inside(one: Profile) -> set[str]:
    return {word.concept for wording in one.wordings for word in wording.of("place")}


def _codes(places: Iterable[str]) -> set[str]:
    return {place.removeprefix(_KIND) for place in places if place.startswith(_KIND)}
