"""A text as numbers: which concepts its title and its lead name, and the stems of their words.

Words are cut to their first letters, so that forms of one word are one, and counted by a hash.

Source: K. Weinberger and others, "Feature hashing for large scale multitask learning", ICML 2009;
FNV-1a for the hash (G. Fowler, L. C. Noll, K.-P. Vo).
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from atalaya.reading.mentions.lexicon import Hit
from atalaya.reading.mentions.page import Page
from atalaya.reading.relevance.cues import KIND, concepts

BUCKETS = 1 << 13
_LEAD = 900  # characters of a text: news says first what it is about
_STEM = 6  # bytes of a word that count
_SPACE = 32
_OFFSET, _PRIME = 2166136261, 16777619  # FNV-1a, 32 bits
_EACH = 3  # features a concept: in the title, in the lead, how often

Floats = npt.NDArray[np.float64]
Buckets = npt.NDArray[np.int64]


def named(page: Page, title: Page | None) -> Floats:
    """Say which concepts a text names.

    Args:
        page: The text.
        title: Its title, or None.

    Returns:
        For each concept: 1 where the title names it, 1 where the lead does, and the logarithm of
        how many different places do; then 1 where the title is missing.
    """
    size = len(concepts())
    found = np.zeros(_EACH * size + 1)
    places = np.zeros(size)
    for hit in title.found(KIND) if title is not None else ():
        number = _concept(hit)
        found[number] = 1.0
        places[number] += 1
    for hit in page.found(KIND):
        if hit.start < _LEAD:
            number = _concept(hit)
            found[size + number] = 1.0
            places[number] += 1
    found[2 * size : 3 * size] = np.log1p(places)
    found[-1] = title is None or not title.text.strip()
    return found


def _concept(hit: Hit) -> int:
    number = hit.entry.value
    assert isinstance(number, int)  # ``cues.entries`` made it
    return number


def stems(page: Page, title: Page | None) -> Buckets:
    """Give the buckets of the different stems in title and lead, ascending."""
    text = page.folded.text[:_LEAD]
    if title is not None:
        text = title.folded.text + text
    return np.unique(_hashed(np.frombuffer(text.encode(), np.uint8)))


@numba.njit(cache=True)
def _hashed(letters: npt.NDArray[np.uint8]) -> Buckets:  # pragma: no cover - compiled
    buckets = np.empty(len(letters) // 2 + 1, np.int64)
    count = 0
    length = 0
    value = np.uint32(_OFFSET)
    for letter in letters:
        if letter == _SPACE:
            if length > 1:
                buckets[count] = value & (BUCKETS - 1)
                count += 1
            length = 0
            value = np.uint32(_OFFSET)
        else:
            length += 1
            if length <= _STEM:
                value = np.uint32((value ^ letter) * np.uint32(_PRIME))
    return buckets[:count]
