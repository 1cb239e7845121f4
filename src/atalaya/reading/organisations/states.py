"""Whether a name is a State's own, and not that of a body which sits in it or is a part of it."""

from __future__ import annotations

import re
from functools import lru_cache

from atalaya.reading.organisations.lexicon import STOP, fold
from atalaya.reading.organisations.profiles import profile
from atalaya.registers import territories

# "Government of Peru", "Permanent Mission of Lebanon" speak as the State; a ministry is a body.
_SPEAKS_FOR_IT = frozenset({"state", "mission_unit", "delegation"})


@lru_cache(maxsize=20_000)
def state(name: str, code: str | None = None) -> str | None:
    """Give the State that a whole name is, or None for any other body.

    Args:
        name: As printed.
        code: Register identifier that a source gives beside it. It says which of two States of one
            name is meant; of a foundation it says only the country.

    >>> state("Government of Peru"), state("Fondation Avenir (Belgique)", "territory:BEL")
    ('territory:PER', None)
    >>> state("Korea"), state("Korea", "territory:KOR")
    (None, 'territory:KOR')
    """
    found = _by_name(name)
    if found is not None:
        return code or found
    if code is None:
        return None
    own = territories.load().find(name) == code or _is_of_a_name(name, code)
    return code if own else None


def _by_name(name: str) -> str | None:
    """Give the country that every word of a name says; letters in capitals are an acronym."""
    if name.isupper():
        return None
    places = {territories.load().find(name)} - {None}
    if not places:
        words = [word for wording in profile(name).wordings for word in wording.words]
        places = {word.concept for word in words if word.kind == "place"}
        if not all(word.kind == "place" or word.concept in _SPEAKS_FOR_IT for word in words):
            return None
    found = places.pop() if len(places) == 1 else None
    return found if found and _is_country(found) else None


def _is_country(identifier: str) -> bool:
    return territories.load().get(identifier).level == "country"


def _is_of_a_name(name: str, code: str) -> bool:
    """Whether a name's words are all among those of one name of a territory."""
    own = _words(name)
    usages = territories.load().usages(code)
    return bool(own) and any(own <= _words(usage.name) for usage in usages)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", fold(text))) - STOP
