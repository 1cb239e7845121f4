"""What the tagger is told of words beside its training: Brown clusters, names of drugs and places.

All tables are kept as sorted numbers (CRC-32 of the folded name), compiled with the weights by
``scripts/train_tagger.py``, so that a growing register does not change what a model was trained on.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import numpy.typing as npt

LONGEST = 4  # words of a name
RAREST = 20  # of a word that is not among the common ones


class Tables:
    """Clusters and names.

    Args:
        arrays: ``words`` and ``clusters`` (uint32: number of a word as written, its cluster),
            ``rarities`` (uint8: minus its log-probability), ``names`` (uint32: number of a folded
            name), ``kinds`` (uint32: its kinds, a bit each), ``firsts`` (uint32: numbers of first
            words of longer names).
        kinds: The names of the bits.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]], kinds: tuple[str, ...]):
        pairs = zip(arrays["clusters"].tolist(), arrays["rarities"].tolist(), strict=True)
        self._clusters = dict(zip(arrays["words"].tolist(), pairs, strict=True))
        self._names = dict(zip(arrays["names"].tolist(), arrays["kinds"].tolist(), strict=True))
        self._firsts = frozenset(arrays["firsts"].tolist())
        self._sets = {
            bits: tuple(name for at, name in enumerate(kinds) if bits >> at & 1)
            for bits in set(self._names.values())
        }

    def cluster(self, word: str) -> tuple[int, int]:
        """Give the Brown cluster of a word and how rare it is (0..20)."""
        known = self._clusters.get(crc32(word.encode("utf-8", "surrogatepass")))
        if known is None and not word.islower():
            known = self._clusters.get(crc32(word.lower().encode("utf-8", "surrogatepass")))
        return known if known is not None else (0, RAREST)

    def kinds(self, name: str) -> tuple[str, ...]:
        """Give of what kinds a folded name is; a plural is of its singular's."""
        bits = self._names.get(crc32(name.encode("utf-8", "surrogatepass")))
        if bits is None and name.endswith("s") and len(name) > LONGEST:
            bits = self._names.get(crc32(name[:-1].encode("utf-8", "surrogatepass")))
        return self._sets[bits] if bits is not None else ()

    def kinds_of(self, key: int) -> tuple[str, ...]:
        """Give of what kinds the name with a number is."""
        bits = self._names.get(key)
        return self._sets[bits] if bits is not None else ()

    def begins(self, name: str) -> bool:
        """Whether a folded word begins names of several words."""
        return crc32(name.encode("utf-8", "surrogatepass")) in self._firsts
