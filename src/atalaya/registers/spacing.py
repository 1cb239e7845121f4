"""The ways one name is broken into words: with or without space, before a digit or a radical.

Folding makes hyphens, brackets and commas spaces; it cannot know that ``4ANPP`` is ``4-ANPP`` or
that ``fluoro fentanyl`` is ``fluorofentanyl``. The forms given here say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise, product

# Parts of chemical names that people write as a word of their own or glue to what follows.
RADICALS = frozenset(
    re.findall(
        r"\w+",
        """
    acetyl acryl acryloyl allyl alpha benzoyl benzyl beta bromo butanoyl butyryl chloro cinnamyl
    cyclobutyl cyclopentyl cyclopropyl dehydro delta desalkyl desbutyl deschloro desethyl desmethyl
    despropionyl di dibenzyl diethyl difluoro dihydro dimethoxy dimethyl ethoxy ethyl fluoro furanyl
    furoyl gamma hydroxy iodo iso isobutyryl isopropyl isovaleryl levo meta methoxy methoxyacetyl
    methyl monoacetyl nitro nor ortho para phenyl piperidinyl propanoyl propionyl propoxy propyl
    pyrrolidino tert tetrahydrofuranyl tetramethyl thio trifluoro trimethyl valeryl
    """,
    )
)
_RADICAL = re.compile(rf"(?:{'|'.join(sorted(RADICALS, key=len, reverse=True))})")
_ATOM = re.compile(r"\d+|[^\W\d_]+")
_MOST_BREAKS = 4  # a name with more is systematic, and nobody writes it in 32 ways
_LONGEST_CODE = 16  # characters of a code that people write in one piece ("5meodmt")
_CODE_PART = 6  # letters that a single letter is glued to ("O-PCE"), not a word of chemistry
_FEWEST_LETTERS = 6  # of what a radical stands before; "ethyl one" is not ethylone
_POSITION = {"p": "para", "o": "ortho", "m": "meta"}
_SUBSTITUENT = re.compile(
    r"(?:di)?(?:fluoro|chloro|bromo|iodo|methyl|methoxy|ethyl|nitro|hydroxy|toluoyl)"
)
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ω": "omega"}


def spelt_out(name: str) -> str:
    """Write Greek letters as words, so that names differ by letters only.

    >>> spelt_out("α-PVP")
    'alpha-PVP'
    """
    for letter, word in _GREEK.items():
        name = name.replace(letter, word)
    return name


def broken(name: str, known: Collection[str]) -> Iterator[str]:
    """Give the other ways a name may be broken into words.

    Args:
        name: As the register holds it.
        known: Names in lower case before which a radical may stand apart (``fentanyl``).

    Yields:
        Lower-case forms, words parted by one space; the name's own form is not among them. None
        consists of single letters and numbers only: "2 c e" stands in texts for other things.

    >>> sorted(broken("4-ANPP", ()))
    ['4anpp']
    >>> sorted(broken("para-fluorofentanyl", {"fentanyl"}))[:3]
    ['p fluoro fentanyl', 'p fluorofentanyl', 'para fluoro fentanyl']
    """
    if "(" in name:
        return  # a systematic name is written as it is
    plain = spelt_out(name.lower())
    own = " ".join(re.findall(r"[^\W_]+", plain))
    for form in {*_at_digits(own), *_at_radicals(own, known)} - {own}:
        if any(len(word) > 1 and not word.isdigit() for word in form.split()):
            yield form


def _at_digits(own: str) -> Iterator[str]:
    """Join or part a name wherever a number or a single letter stands beside something else."""
    words = [_ATOM.findall(word) for word in own.split()]
    atoms = [atom for word in words for atom in word]
    breaks = [_loose(one, other) for one, other in pairwise(atoms)]
    if not any(breaks) or sum(breaks) > _MOST_BREAKS:
        return
    edges = {sum(map(len, words[:n])) - 1 for n in range(1, len(words))}
    choices = [
        ("", " ") if loose else (" " if place in edges else "",)
        for place, loose in enumerate(breaks)
    ]
    whole = own.replace(" ", "")
    longest = max(map(len, atoms))
    short = longest <= _CODE_PART and len(whole) <= _LONGEST_CODE
    if short and not re.search(r"\d \d", own):
        yield whole
    for gaps in product(*choices):
        yield "".join(atom + gap for atom, gap in zip(atoms, (*gaps, ""), strict=True))


def _loose(one: str, other: str) -> bool:
    """Tell whether between two parts a space may come or go."""
    if one.isdigit() or other.isdigit():
        return not (one.isdigit() and other.isdigit())
    return len(one) == 1 and len(other) <= _CODE_PART


def _at_radicals(own: str, known: Collection[str]) -> Iterator[str]:
    """Part radicals from what they stand before, or glue them to it; write positions both ways."""
    parts = [part for word in own.split() for part in _parted(word, known)]
    if len(parts) < 2 or len(parts) - 1 > _MOST_BREAKS:  # noqa: PLR2004 - a break needs two
        return
    for gaps in product(("", " "), repeat=len(parts) - 1):
        loose = [
            gap if _gluable(*pair) else " " for pair, gap in zip(pairwise(parts), gaps, strict=True)
        ]
        form = "".join(part + gap for part, gap in zip(parts, (*loose, ""), strict=True))
        yield from _positioned(form)


def _parted(word: str, known: Collection[str]) -> list[str]:
    """Part a word into the radicals it begins with and the rest, where the rest is a known name."""
    parts, rest = [], word
    while (found := _RADICAL.match(rest)) and len(rest) - found.end() >= _FEWEST_LETTERS:
        parts.append(found[0])
        rest = rest[found.end() :]
        if rest in known:
            return [*parts, rest]
    return [word]


def _gluable(part: str, after: str) -> bool:
    if part in _POSITION:
        return after.startswith("fluoro")
    return part in RADICALS and after not in _POSITION


def _positioned(form: str) -> Iterator[str]:
    """Give a form, and with ``p`` for ``para`` (and back) where a substituent follows."""
    yield form
    for short, long in _POSITION.items():
        if form.startswith(long) and _SUBSTITUENT.match(form[len(long) :].lstrip()):
            yield f"{short} {form[len(long) :].lstrip()}"
        if form.startswith(f"{short} ") and _SUBSTITUENT.match(form[2:]):
            yield f"{long} {form[2:]}"
            yield f"{long}{form[2:]}"
