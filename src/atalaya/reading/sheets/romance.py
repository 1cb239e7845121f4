"""Names of substances in Spanish and Portuguese spelling: xilacina, cetamina, metonitaceno.

International names follow fixed spelling rules between English, Spanish and Portuguese, so a name
is compared in a form in which they are equal. A form that two entries share stands for neither, and
codes have none: nothing here forgives a slip of the pen.

Source: WHO, General principles for guidance in devising international nonproprietary names, on
translation and pronunciation (f for ph, t for th, i for y, e for ae and oe, no h, no k); that c
stands for z, m for n before a lip, and that endings fall away, is added here and checked against
every name of the register by a test.
"""

from __future__ import annotations

import re
from functools import lru_cache

from atalaya.registers.entries import Substance
from atalaya.registers.spelling import is_code, key
from atalaya.registers.substances import SubstanceRegister

_RULES = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ch|qu|k|z"), "c"),
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"y"), "i"),
    (re.compile(r"h"), ""),
    (re.compile(r"n(?=[bfp])"), "m"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"[aeo]$"), ""),
)
_FEWEST = 6  # letters of a form; shorter words are one rule away from each other


def form(name: str) -> str | None:
    """Give the form in which the spellings of one name are equal; None for codes and short words.

    >>> form("xilacina") == form("xylazine"), form("cetamina") == form("ketamine")
    (True, True)
    >>> form("2-MMC") is None
    True
    """
    if is_code(name):
        return None
    letters = key(name)
    for pattern, replaced in _RULES:
        letters = pattern.sub(replaced, letters)
    return letters if letters.isalpha() and len(letters) >= _FEWEST else None


@lru_cache(maxsize=4)
def _forms(register: SubstanceRegister) -> dict[str, Substance | None]:
    """Form -> the one entry whose preferred name has it, or None where several have."""
    found: dict[str, Substance | None] = {}
    for entry in register.entries:
        shape = form(entry.name)
        if shape is not None:
            found[shape] = None if shape in found else entry
    return found


def respelt(name: str, register: SubstanceRegister) -> Substance | None:
    """Find the entry whose English name is this one in Spanish or Portuguese spelling.

    >>> from atalaya.registers.substances import load
    >>> respelt("metonitaceno", load()).name
    'metonitazene'
    """
    shape = form(name)
    return None if shape is None else _forms(register).get(shape)
