"""Whether an acronym spells a name, and which acronyms a name could have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from atalaya.reading.organisations.lexicon import STOP, fold

# Acronyms of offices of the United Nations often leave these out (OHCHR).
_UNITED = frozenset(
    {"united", "nations", "naciones", "unidas", "unies", "nacoes", "nazioni", "unite"}
)
# Words of two sides that some acronyms count (WFAD) and others do not (NACADA).
_BETWEEN = frozenset({"against", "contra", "contre", "contro", "gegen", "without", "sin", "sans"})
_INSIDE = 3  # letters from which capitals inside a name are an acronym and no country (UK)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# What stands before the name of an office and is not in its acronym (UNHCR).
_OFFICE = frozenset({"office", "oficina", "bureau", "escritorio", "ufficio", "amt"})
_SHORTEST = 3  # letters: with two, one name in fifty would be spelt by chance
_FIRST = (3, 4)  # letters of the first word that an acronym may take instead of one (EuroNPUD)
_LONG = 6  # letters from which an acronym made of syllables is not spelt by chance


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
    mixed = "".join(
        said if said.isupper() and len(said) >= _INSIDE else said[0].upper()
        for said in _WORD.findall(text)
        if fold(said) not in STOP
    )
    less = (one[:at] + one[at + 1 :] for one in (telling, own) if len(one) > _LONG
            for at in range(1, len(one)))  # fmt: skip
    found = (every, telling, own, behind, united, mixed, *less)
    return frozenset(one for one in found if len(one) >= _SHORTEST)


def opening(acronym: str) -> frozenset[str]:
    """Give what a long acronym made of syllables shares with its name (``opened``)."""
    if len(acronym) < _LONG:
        return frozenset()
    return frozenset(f"{acronym[:2]}{letter}" for letter in acronym[2:])


def opened(text: str) -> str:
    """Give the first two letters of a name and the one its last word begins with.

    >>> opened("Comisión Nacional contra las Adicciones") in opening("CONADIC")
    True
    """
    forms = [form for form in map(fold, _WORD.findall(text)) if form not in STOP]
    return f"{forms[0][:2]}{forms[-1][0]}".upper() if len(forms) > 1 else ""


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
    letters, pieces = fold(acronym), _pieces(text)
    if len(letters) < _SHORTEST or len(pieces) < 2:  # noqa: PLR2004 - an acronym has words
        return False
    if _spells(letters, pieces) or (len(letters) >= _LONG and _loosely(letters, pieces)):
        return True
    behind = len(letters) > _SHORTEST and pieces[0].form in _OFFICE and pieces[1].form in STOP
    return behind and _spells(letters, pieces[1:])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a name: as folded, and how many of its letters an acronym may take."""

    form: str
    taken: tuple[int, ...]

    @property
    def free(self) -> bool:
        """Whether an acronym may leave it out."""
        return self.form in STOP or self.form in _UNITED or self.form in _BETWEEN


def _pieces(text: str) -> list[_Piece]:
    """Give the words of a name; an acronym inside it may be taken whole (*VNGOC*)."""
    found: list[_Piece] = []
    for said in _WORD.findall(text):
        form = fold(said)
        whole = (len(form),) if said.isupper() and len(form) >= _INSIDE else ()
        found.append(_Piece(form, (1, *(whole if found else _FIRST))))
    return found


def _loosely(letters: str, pieces: list[_Piece]) -> bool:
    """Tell whether a long acronym spells syllables, or initials with one word left out."""
    shorter = (pieces[:at] + pieces[at + 1 :] for at in range(1, len(pieces)))
    return _spells(letters, _syllables(pieces)) or any(_spells(letters, each) for each in shorter)


def _syllables(pieces: list[_Piece]) -> list[_Piece]:
    """Let every word give up to four letters, as long acronyms are made in Spanish (*CONADIC*)."""
    return [_Piece(each.form, (1, 2, 3, 4)) for each in pieces]


def _spells(letters: str, pieces: list[_Piece]) -> bool:
    """Tell whether the words, in order, give the letters: by how many each word can have brought.

    Counts and not ways are followed: the ways of a line of small words are without number.
    """
    reached = {0}
    for here in pieces:
        brought = reached if here.free else set()
        reached = brought | {
            done + taken
            for done in reached
            for taken in here.taken
            if taken <= len(here.form) and letters.startswith(here.form[:taken], done)
        }
        if not reached:
            return False
    return len(letters) in reached


def begins(acronym: str, text: str) -> bool:
    """Tell whether an acronym of four letters or more spells the beginning of a longer name.

    >>> begins("IFNGO", "International Federation of Non-Government Organisations for Prevention")
    True
    """
    letters, pieces = fold(acronym), _pieces(text)
    if len(letters) <= _SHORTEST:
        return False
    least = 2 if any(len(each.taken) > 1 for each in pieces[1:]) else len(letters)
    ends = (end for end in range(least, len(pieces)) if pieces[end - 1].form not in STOP)
    return any(_spells(letters, pieces[:end]) for end in ends)
