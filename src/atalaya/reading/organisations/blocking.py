"""Which names are compared at all: those that share a rare word, two words, or an acronym.

Comparing every name with every other would take 100,000 names a day. A key that too many names
hold says too little to be worth the comparisons, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from atalaya.reading.organisations.acronyms import initials, opened, opening
from atalaya.reading.organisations.lexicon import fold
from atalaya.reading.organisations.overlap import run_together
from atalaya.reading.organisations.parts import Wording
from atalaya.reading.organisations.profiles import Profile

MOST = 40  # names a key may hold: 780 comparisons
_WORDS = 7  # words of a name that make pairs
_HEAD = 4  # letters at either end of a word that a misspelling leaves as they are
_KINDS = ("name", "movement", "city", "topic", "scope")


def keys(profiles: Sequence[Profile]) -> list[list[str]]:
    """Give the keys of every name, those too common left out.

    Args:
        profiles: One a name.

    Returns:
        For each name its keys, sorted; two names are compared when they share one.
    """
    asked = {key for one in profiles for key in _stated(one)}
    held = _shared(hash(key) for one in profiles for key in _keys(one, asked))
    return [sorted(key for key in _keys(one, asked) if hash(key) in held) for one in profiles]


def _shared(every: Iterator[int]) -> frozenset[int]:
    """Give the hashes of the keys that some names hold and not too many.

    Most keys are of one name alone: kept as they are, those of 100,000 names would take more memory
    than everything else, so they are written twice and only their hashes kept in between.
    """
    found, counts = np.unique(np.fromiter(every, dtype=np.int64), return_counts=True)
    return frozenset(found[(counts > 1) & (counts <= MOST)].tolist())


def _keys(one: Profile, asked: set[str]) -> set[str]:
    """Give the keys of a name; of the acronyms it could have those that some name states."""
    found = {f"={one.key}"} | _stated(one)
    for said in one.wordings:
        found |= _of_wording(said)
        if not one.alone:
            found |= asked.intersection(_could_have(said)) | _ends(said)
    return found


def _stated(one: Profile) -> set[str]:
    """Give the keys of acronyms a name states: as they are, and as names can be asked for them."""
    found = {f"a:{code}" for code in (*one.acronyms, one.brand, one.branch) if code}
    if one.alone:
        found |= {f"a:{code}" for each in one.acronyms for code in _shorter(each)}
        found |= {f"y:{letters}" for each in one.acronyms for letters in opening(each)}
    return found


def _could_have(said: Wording) -> set[str]:
    return {f"a:{code}" for code in _spelt(said)} | {f"y:{opened(said.text)}"}


def _shorter(code: str) -> set[str]:
    """Give a long acronym without one letter, which may stand for a small word (CEDEAO)."""
    if len(code) <= _HEAD:
        return set()
    return {code[:at] + code[at + 1 :] for at in range(1, len(code) - 1)}


def _ends(said: Wording) -> set[str]:
    """Give how its own names begin and end, which a misspelling leaves as it is.

    An acronym alone has none: that a word begins as it does says nothing of its body.
    """
    names = [word.form for word in said.of("name") if len(word.form) > _HEAD]
    return {f"h:{form[:_HEAD]}" for form in names} | {f"t:{form[-_HEAD:]}" for form in names}


def _of_wording(said: Wording) -> set[str]:
    words = said.of(*_KINDS)
    concepts = list(dict.fromkeys(word.concept for word in words))
    found = {f"w:{concept}" for concept in concepts}
    found |= {f"p:{'+'.join(pair)}" for pair in combinations(sorted(concepts[:_WORDS]), 2)}
    found.add("s:" + "+".join(sorted(concepts)))
    found.add(f"r:{run_together(said)}")
    marks = sorted(word.concept for word in said.of("place", "region", "form"))
    found.add("m:" + "+".join([*marks, *sorted(concepts)[:1]]))
    units = sorted(word.concept for word in said.of("unit", "place"))
    if said.of("unit") and said.of("place"):
        found.add("u:" + "+".join(units))
    return found


def _spelt(said: Wording) -> set[str]:
    """Give acronyms a name could have (*ENPUD*, *EuroNPUD*), and beginnings of four letters."""
    found = set(initials(said.text))
    whole = max(found, key=len, default="")
    first = fold(said.text.split()[0]).upper() if said.text.split() else ""
    mixed = {f"{first[:end]}{one[1:]}" for one in found for end in range(3, _HEAD + 1)}
    return found | mixed | {whole[:end] for end in range(_HEAD, len(whole))}
