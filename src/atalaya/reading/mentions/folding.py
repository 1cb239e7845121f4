"""The form of a text in which names are looked for: one case, no accents, words parted by spaces.

Text and names are folded alike, so a name between two spaces lies on word boundaries, and a find
is carried back to the original by a table of offsets.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

_SPACE = ord(" ")
_DROPPED = 0
_WORDS = re.compile(r"[a-z0-9]+")
_LAST = 0x32400  # no letter of Unicode 16 stands above
_HANGUL = (0xAC00, 0xD7A3)
_WIDE = "utf-32-le"
# Letters that no decomposition opens, as people without them on their keyboard write them.
_PLAIN = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ß": "s"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text.

    Args:
        text: Lower-case letters and digits, words parted by one space, a space at each end.
        offsets: int64, one longer than ``text``: where each folded character stands in the
            original; a space stands where the gap begins, the last entry is the original's length.
    """

    text: str
    offsets: npt.NDArray[np.int64]


def fold(text: str) -> Folded:
    """Fold a text.

    Args:
        text: Any text; lone surrogates are read as gaps.

    Returns:
        Its folded form: letters are lower case and without accents, everything that is neither
        letter nor digit is a gap, and accents written as characters of their own are dropped.

    >>> fold("«Fentanyl»,  4-F-MDMB").text
    ' fentanyl 4 f mdmb '
    >>> fold("Éxtasis").offsets.tolist()
    [0, 0, 1, 2, 3, 4, 5, 6, 7, 7]
    """
    codes = np.frombuffer(text.encode(_WIDE, "surrogatepass"), np.uint32)
    plain = np.empty(len(codes) + 2, np.uint32)
    plain[0] = plain[-1] = _SPACE
    plain[1:-1] = _table()[codes]
    there = np.flatnonzero(plain)
    gap = plain[there] == _SPACE
    doubled = np.zeros(len(there), np.bool_)
    doubled[1:] = gap[1:] & gap[:-1]
    where = there[~doubled]
    offsets = np.empty(len(where) + 1, np.int64)
    np.subtract(where, 1, out=offsets[:-1])
    offsets[0] = 0
    offsets[-1] = len(codes)
    return Folded(plain[where].tobytes().decode(_WIDE), offsets)


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """Fold a name as it is looked for in folded texts, with its two spaces.

    >>> fold_name("N,N-Dimethylpentylone")
    ' n n dimethylpentylone '
    """
    if name.isascii():  # most names are, and there are a hundred thousand
        words = _WORDS.findall(name.lower())
        return f" {' '.join(words)} " if words else " "
    return fold(name).text


@cache
def _table() -> npt.NDArray[np.uint32]:
    """Give, for every code point, what it is folded to."""
    table = np.full(sys.maxunicode + 1, _SPACE, np.uint32)
    table[:_LAST] = [_folded(code) for code in range(_LAST)]
    return table


def _folded(code: int) -> int:
    letter = chr(code)
    if unicodedata.combining(letter):
        return _DROPPED
    if not letter.isalnum():
        return _SPACE
    if _HANGUL[0] <= code <= _HANGUL[1]:
        return code  # a syllable, which comes apart into letters and is not to lose all but one
    spread = unicodedata.normalize("NFKD", letter)[0].lower()[0]
    plain = unicodedata.normalize("NFKD", _PLAIN.get(spread, spread))[0]
    return ord(plain) if plain.isalnum() else _SPACE
