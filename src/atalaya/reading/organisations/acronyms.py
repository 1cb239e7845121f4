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
# What stands before the name of an office and is not in its acronym (UNHCR).
_OFFICE = frozenset({"office", "oficina", "bureau", "escritorio", "ufficio", "amt"})
_SHORTEST = 3  # letters: with two, one name in fifty would be spelt by chance
_TAKEN = (1, 3, 4)  # letters of the first word that an acronym may take (EuroNPUD)


def initials(text: str) -> frozenset[str]:
    """Give the acronyms a name may have, in capitals: its initials with and without small words.

    >>> sorted(initials("Police, Treatment and Community Collective"))
    ['PTACC', 'PTCC']
    """
    forms = [fold(found) for found in _WORD.findall(text)]
    every = "".join(form[0] for form in forms).upper()
    telling = "".join(form[0] for form in forms if form not in STOP).upper()
    own = "".join(form[0] for form in forms if form not in STOP and form not in _UNITED).upper()
    behind = own[1:] if forms and forms[0] in _OFFICE else own
    united = telling[1:] if forms and forms[0] in _OFFICE else telling
    return frozenset(one for one in (every, telling, own, behind, united) if len(one) >= _SHORTEST)


@lru_cache(maxsize=100_000)
def spells(acronym: str, text: str) -> bool:
    """Tell whether an acronym spells a name, small words counted or not, every other one counted.

    The first word may give three or four letters (*EuroNPUD*), each other one a letter.

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
    if _spells(letters, forms, first=True):
        return True
    behind = len(letters) > _SHORTEST and forms[0] in _OFFICE and forms[1] in STOP
    return behind and _spells(letters, forms[1:], first=True)


def _spells(letters: str, forms: list[str], *, first: bool) -> bool:
    if not letters:
        left = [form for form in forms if form not in STOP and form not in _UNITED]
        return not left
    if not forms:
        return False
    form, rest = forms[0], forms[1:]
    if (form in STOP or form in _UNITED) and _spells(letters, rest, first=first):
        return True
    return any(
        letters[:taken] == form[:taken] and _spells(letters[taken:], rest, first=False)
        for taken in (_TAKEN if first else (1,))
        if taken <= min(len(form), len(letters))
    )


def begins(acronym: str, text: str) -> bool:
    """Tell whether an acronym of four letters or more spells the beginning of a longer name.

    >>> begins("IFNGO", "International Federation of Non-Government Organisations for Prevention")
    True
    """
    letters = fold(acronym)
    forms = [fold(found) for found in _WORD.findall(text)]
    if len(letters) <= _SHORTEST:
        return False
    ends = (end for end in range(len(letters), len(forms)) if forms[end - 1] not in STOP)
    return any(_spells(letters, forms[:end], first=True) for end in ends)
