"""Names of substances inside words that no list holds: run together, compounded or misspelt.

Source of the search: W. Garbe's symmetric deletion (SymSpell, 2012): two words one slip apart share
a word with one letter left out, so neighbours are found by look-ups, never by comparing all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs

from atalaya.reading.mentions.substances_names import Naming, forms
from atalaya.reading.mentions.words_read import table, words

# A slip is forgiven in words of seven letters and more, as in ``registers.matching``; names that
# may stand glued to others need six, for shorter ones lie inside many words ("opium", "heroinism").
_FEWEST = 7
_FEWEST_GLUED = 6
_MOST = 60  # letters; slips are sought by leaving out each, which costs the square
_LONG = 11
_START = 2
_VOWELS = frozenset("aeiouy")
# What stands glued to names, before ("of"), between ("and") and behind ("intoxication"); a head is
# what German writes behind a substance in one word: the name is the mention, not the compound.
_GLUE = words("glued_words", "glue") | {""}
_EVENTS = words("glued_words", "event")
_HEADS = tuple(sorted(words("glued_words", "head")))


class Inside(NamedTuple):
    """A name found inside a word.

    Args:
        start: Index of its first letter in the word.
        end: Index after its last.
        naming: What it stands for.
        how: ``joined``, ``compound`` or ``misspelt``.
    """

    start: int
    end: int
    naming: Naming
    how: str


@lru_cache(maxsize=1 << 17)
def inside(word: str, about_drugs: bool = True) -> tuple[Inside, ...]:
    """Find the names that a folded word holds; empty for ordinary words.

    Args:
        word: Letters.
        about_drugs: Whether the text is about drugs; if not, only long words are looked into.

    >>> [one.naming.name for one in inside("ofprotonitazene")]
    ['protonitazene']
    >>> [(one.naming.name, one.how) for one in inside("fentaynl")]
    [('fentanyl', 'misspelt')]
    """
    if len(word) < (_FEWEST if about_drugs else _LONG) or not word.isalpha() or word in ordinary():
        return ()
    return looks_like_a_name(word)


def looks_like_a_name(word: str) -> tuple[Inside, ...]:
    """Find names in a word without asking whether it is an ordinary one."""
    if not _FEWEST <= len(word) <= _MOST or not word.isalpha() or f" {word} " in forms():
        return ()
    near = _misspelt(word)
    return (Inside(0, len(word), near, "misspelt"),) if near else _joined(word)


@cache
def ordinary() -> Mapping[str, float]:
    """Give the ordinary words that look like a name -> their Zipf frequency."""
    rows = table("ordinary_words")
    return {row["word"]: float(row["zipf"]) for row in rows if row["why"] == "alike"}


def _joined(word: str) -> tuple[Inside, ...]:
    """Cut a word into names and what may stand between them; empty where letters are left over."""
    automaton, names = _automaton()
    found = automaton.find_matches_as_indexes(word)
    last, parts = 0, []
    for number, start, end in found:
        if word[last:start] not in _GLUE:
            return ()
        parts.append(Inside(start, end, forms()[f" {names[number]} "], "joined"))
        last = end
    rest = word[last:]
    if rest in _GLUE or rest in _EVENTS:
        return tuple(parts)
    return tuple(part._replace(how="compound") for part in parts) if rest.startswith(_HEADS) else ()


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    held = dict.fromkeys((*(w for w in _words() if len(w) >= _FEWEST_GLUED), *_everyday()))
    # A plural would take the first letter of what follows: Kokains-chmuggel.
    names = tuple(name for name in held if name.removesuffix("s") not in held or name[-1] != "s")
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(names), matchkind=kind), names


@cache
def _everyday() -> tuple[str, ...]:
    """Give the long names that are ordinary words too ("ethanol"), which are glued as well."""
    held = ((form.strip(), naming) for form, naming in forms().items())
    return tuple(
        word
        for word, naming in held
        if word.isalpha()
        and naming.needs in {"context", "material"}
        and len(word) >= _FEWEST
        and naming.kind in {"name", "synonym"}
    )


@cache
def _words() -> Mapping[str, Naming]:
    """Give the names of one word that letters alone make, without the register's misspellings."""
    held = ((form.strip(), naming) for form, naming in forms().items())
    return {
        word: naming
        for word, naming in held
        if word.isalpha() and not naming.needs and naming.kind not in {"street", "misspelling"}
    }


def _misspelt(word: str) -> Naming | None:
    """Give the one substance whose name the word is with one slip, or None."""
    near = {
        known
        for form in (word, *_without_one(word))
        for known in _neighbours().get(form, ())
        if known[:_START] == word[:_START] and _is_slip(word, known)
    }
    near |= {known for known in _anagrams().get(_letters(word), ()) if known != word}
    meant = {_words()[known].id for known in near}
    return _words()[min(near)] if len(meant) == 1 else None


def _is_slip(word: str, known: str) -> bool:
    """Tell whether one slip of a hand, not another ending or radical, parts two words."""
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), None)
    if start is None:
        start = min(len(word), len(known))
    end = 0
    while end < min(len(word), len(known)) - start and word[-1 - end] == known[-1 - end]:
        end += 1
    ours, theirs = word[start : len(word) - end], known[start : len(known) - end]
    if max(len(ours), len(theirs)) > 1 and ours != theirs[::-1]:
        return False
    doubled = bool(ours or theirs) and (ours + theirs)[0] in (word + known)[start - 1 : start]
    swapped = len(ours) == len(theirs) == 2  # noqa: PLR2004 - two letters changed places
    vowels = bool(ours and theirs) and set(ours + theirs) <= _VOWELS
    if swapped or doubled:
        kept = 0
    elif not ours and theirs in _VOWELS:
        kept = 1  # a vowel left out: no ending of a drug is another without its vowel
    elif vowels:
        kept = 2 if len(word) >= _LONG else 3
    else:
        kept = 4
    return end >= kept


def _letters(word: str) -> str:
    """Give what words with letters in the wrong order share: start, end and the letters between."""
    return word[:3] + "".join(sorted(word[3:-1])) + word[-1]


def _without_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(_START, len(word))]


@cache
def _long() -> tuple[str, ...]:
    return tuple(word for word in _words() if len(word) >= _FEWEST)


@cache
def _neighbours() -> Mapping[str, tuple[str, ...]]:
    """Give form -> the names it is, or is with one letter left out."""
    found: dict[str, list[str]] = {}
    for known in _long():
        for form in {known, *_without_one(known)}:
            found.setdefault(form, []).append(known)
    return {form: tuple(names) for form, names in found.items()}


@cache
def _anagrams() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for known in _long():
        found.setdefault(_letters(known), []).append(known)
    return {form: tuple(names) for form, names in found.items()}
