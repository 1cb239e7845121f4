"""Whether an acronym spells a name, and which acronyms a name could have."""

from __future__ import annotations

import re
from functools import lru_cache

from atalaya.reading.organisations.lexicon import STOP, fold

# Acronyms of offices of the United Nations often leave these out (OHCHR).
_UNITED = frozenset(
    {"united", "nations", "naciones", "unidas", "unies", "nacoes", "nazioni", "unite"}
)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SHORTEST = 3  # letters: with two, one name in fifty would be spelt by chance
_PREFIX = 4  # letters of one word that an acronym may take (EuroNPUD)


def initials(text: str) -> frozenset[str]:
    """Give the acronyms a name may have, in capitals: its initials with and without small words.

    >>> sorted(initials("Police, Treatment and Community Collective"))
    ['PTACC', 'PTCC']
    """
    forms = [fold(found) for found in _WORD.findall(text)]
    every = "".join(form[0] for form in forms).upper()
    telling = "".join(form[0] for form in forms if form not in STOP).upper()
    own = "".join(form[0] for form in forms if form not in STOP and form not in _UNITED).upper()
    return frozenset(one for one in (every, telling, own) if len(one) >= _SHORTEST)


@lru_cache(maxsize=100_000)
def spells(acronym: str, text: str) -> bool:
    """Tell whether an acronym spells a name, small words counted or not, every other one counted.

    A word may give up to four letters (*EuroNPUD*), the first word alone; up to two words at the
    end may be left out where at least four letters stand before them.

    >>> spells("TASC", "Treatment Alternatives for Safe Communities")
    True
    >>> spells("EURONPUD", "European Network Of People Who Use Drugs")
    True
    >>> spells("WHO", "World Heritage Fund")
    False
    """
    letters = fold(acronym)
    forms = [fold(found) for found in _WORD.findall(text)]
    if len(letters) < _SHORTEST or len(forms) < 2:  # noqa: PLR2004 - an acronym has words
        return False
    return _spells(letters, forms, first=True)


def _spells(letters: str, forms: list[str], *, first: bool) -> bool:
    if not letters:
        left = [form for form in forms if form not in STOP and form not in _UNITED]
        return not left
    if not forms:
        return False
    form, rest = forms[0], forms[1:]
    if (form in STOP or form in _UNITED) and _spells(letters, rest, first=first):
        return True
    most = _PREFIX if first else 1
    for taken in range(1, min(most, len(form), len(letters)) + 1):
        if letters[taken - 1] != form[taken - 1]:
            return False
        if _spells(letters[taken:], rest, first=False):
            return True
    return False


def begins(acronym: str, text: str) -> bool:
    """Tell whether an acronym of four letters or more spells the beginning of a longer name.

    >>> begins("IFNGO", "International Federation of Non-Government Organisations for Prevention")
    True
    """
    letters = fold(acronym)
    forms = [fold(found) for found in _WORD.findall(text)]
    if len(letters) <= _SHORTEST:
        return False
    return any(_spells(letters, forms[:end], first=True) for end in range(len(letters), len(forms)))
