"""The form under which names are compared: case, accents, hyphens and Greek letters do not matter.

Digits and letters do: ``3-MMC`` and ``3-CMC`` stay different.
"""

from __future__ import annotations

import re
import unicodedata

_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ω": "omega",
}
_POSITIONS = {"o": "ortho", "m": "meta", "p": "para"}
# Only before a substituent: "p-fluorofentanyl" has a position, "O-PCE" and "m-CPP" are codes.
_POSITION = re.compile(
    r"(?<![a-z0-9])([omp])"
    r"(?:[- ](?=(?:fluoro|chloro|bromo|iodo|methyl|methoxy|ethyl|nitro|hydroxy))|(?=fluoro))"
)
_DROPPED = re.compile(r"[^\w+/&.]+|_")
_GLUED_OF = re.compile(r"of(?=[a-z]{5,}$)")
_SALT = re.compile(
    r"[\s-]+(?:hcl|hydrochloride|hbr|hydrobromide|sulfate|sulphate|citrate|tartrate|maleate|"
    r"besylate|fumarate|phosphate|acetate salt|freebase|free base|base|clorhidrato|sulfato|"
    r"cloridrato)$|\s*\((?:trace|wet|dry|base|salt)\)$"
)
_CODE = re.compile(r"\d|[A-Z]{2}")


def key(text: str) -> str:
    """Give the form of a name under which equal names are equal.

    Args:
        text: A name as somebody wrote it.

    Returns:
        Lower-case letters and digits, accents dropped, Greek letters spelt out, ``o-``, ``m-`` and
        ``p-`` before a substituent as ``ortho``, ``meta`` and ``para``; hyphens, commas, brackets
        and spaces dropped.

    >>> key("α-PVP") == key("alpha PVP")
    True
    >>> key("p-Fluorofentanyl") == key("para-fluorofentanyl")
    True
    >>> key("3-MMC") == key("3-CMC")
    False
    """
    if text.isascii():
        plain = text.lower()
    else:
        text = text.lower()  # a sheet in capitals writes a capital alpha
        for letter, word in _GREEK.items():
            text = text.replace(letter, word)
        spread = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    if plain[1:2] in "- " or "-" in plain or plain.startswith("fluoro", 1):
        plain = _POSITION.sub(lambda found: _POSITIONS[found[1]], plain)
    return plain if plain.isalnum() else _DROPPED.sub("", plain)


def without_salt(text: str) -> str | None:
    """Drop a salt or form named at the end (``cocaine HCl``); None when there is none.

    >>> without_salt("Cocaine HCl")
    'cocaine'
    >>> without_salt("cocaine") is None
    True
    """
    lower = " ".join(text.lower().split())
    bare = _SALT.sub("", lower).strip()
    return bare if bare and bare != lower else None


def without_glued_of(text: str) -> str | None:
    """Drop an ``of`` that a missing space glued to a name (``ofprotonitazene``); None without one.

    >>> without_glued_of("ofprotonitazene")
    'protonitazene'
    """
    lower = text.strip().lower()
    return _GLUED_OF.sub("", lower, count=1) if _GLUED_OF.match(lower) else None


def is_code(text: str) -> bool:
    """Tell whether a name is a code, in which one character changes what it stands for.

    A name is a code when it holds a digit, two capitals in a row, or fewer than six letters.

    >>> is_code("U-47700"), is_code("MDPV"), is_code("fentanyl")
    (True, True, False)
    """
    return bool(_CODE.search(text)) or len(key(text)) < 6  # noqa: PLR2004 - said in the docstring
