"""Finds the entry a name stands for: exact, alias, known misspelling, or cautiously fuzzy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from atalaya.registers.spelling import is_code, key, without_glued_of, without_salt

How = Literal["exact", "alias", "misspelling", "fuzzy"]
E = TypeVar("E")

# One slip is forgiven, inside one long word that begins and ends rightly: the ending (-ine, -one)
# and a radical (methyl, benzoyl) change the substance. Calibrated on the register itself: within
# these limits no name of one entry reaches another entry (a property test repeats it).
_FEWEST_LETTERS = 7
_START, _END = 2, 4
_SLIPS = 1
_RADICAL = "yl"
# Likeness below which a neighbour is nonsense and not offered. Every misspelling that the register
# of substances lists is at least so like another name of its own entry ("diazapem" is the least
# like), while made-up words come near some drug ("blarghamine" is 0.70 like "dimethocaine").
CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Match(Generic[E]):
    """An entry found for a name.

    Args:
        entry: What was found.
        score: 1 for a name the register holds, below 1 for a fuzzy one.
        how: ``exact`` (the preferred name), ``alias``, ``misspelling`` or ``fuzzy``.
        matched: The register's name that was matched.
        checked: Whether that name is verified; an unverified or fuzzy one feeds no signal.
    """

    entry: E
    score: float
    how: How
    matched: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Name(Generic[E]):
    """A name an entry goes by."""

    text: str
    entry: E
    how: How
    checked: bool
    guessed: bool = True
    """Whether a slip in it may be forgiven."""


class Index(Generic[E]):
    """All names of a register, by the form under which names are compared.

    A name that two entries claim stands for neither; it is kept in ``ambiguous``. Of two spellings
    of one entry the checked one is kept (``cocaina`` is no more in doubt than ``cocaína``).
    """

    def __init__(self, names: Iterable[Name[E]]):
        self.ambiguous: dict[str, tuple[E, ...]] = {}
        self._names: dict[str, Name[E]] = {}
        for name in names:
            self._add(name)

    def _add(self, name: Name[E]) -> None:
        form = key(name.text)
        held = self._names.get(form)
        if form in self.ambiguous:
            if name.entry not in self.ambiguous[form]:
                self.ambiguous[form] = (*self.ambiguous[form], name.entry)
        elif held is None:
            self._names[form] = name
        elif held.entry is not name.entry and (held.how != "exact" or name.how == "exact"):
            self.ambiguous[form] = (held.entry, name.entry)
            del self._names[form]
        elif held.entry is name.entry and _surer(name, held):
            self._names[form] = name

    def look_up(self, text: str) -> Match[E] | None:
        """Find the entry of a name, or None when the register cannot say for certain."""
        found = self._known(text)
        if found is not None or key(text) in self.ambiguous:
            return found
        return self._salt_or_glued(text) or self._fuzzy(text)

    def _known(self, text: str, how: How | None = None) -> Match[E] | None:
        name = self._names.get(key(text))
        if name is None:
            return None
        return Match(name.entry, 1.0, how or name.how, name.text, name.checked)

    def _salt_or_glued(self, text: str) -> Match[E] | None:
        bare = without_salt(text)
        if bare is not None:
            return self._known(bare, "alias")
        loose = without_glued_of(text)
        return None if loose is None else self._known(loose, "misspelling")

    def _fuzzy(self, text: str) -> Match[E] | None:
        form = key(text)
        if not _may_be_misspelt(text, form):
            return None
        near = [
            (found, name)
            for found, name in self._names.items()
            if found[:_START] == form[:_START]
            and found[-_END:] == form[-_END:]
            and name.how != "misspelling"
            and name.guessed
            and _may_be_misspelt(name.text, found)
            and not is_code(name.text)
        ]
        if not near:
            return None
        from rapidfuzz.distance import OSA

        reached = [pair for pair in near if OSA.distance(form, pair[0]) <= _SLIPS]
        if len({id(name.entry) for _, name in reached}) != 1:
            return None
        found, name = reached[0]
        score = OSA.normalized_similarity(form, found)
        return Match(name.entry, score, "fuzzy", name.text, False)

    def nearest(self, text: str, limit: int = 3) -> tuple[Match[E], ...]:
        """Give the entries with similar names, for a person to choose from, best first.

        Args:
            text: A name that the register does not know.
            limit: How many entries at most.

        Returns:
            Entries at least as like as ``CLOSE``; often none, for a nonsense suggestion is worse
            than none: whoever takes it files a figure under another drug.
        """
        from rapidfuzz import fuzz, process

        form = key(text)
        if not form or limit < 1:
            return ()
        every = [*self._names, *self.ambiguous]
        best: dict[int, Match[E]] = {}
        near = process.extract(
            form, every, scorer=fuzz.ratio, limit=limit * 4, score_cutoff=CLOSE * 100
        )
        for found, score, _ in near:
            for match in self._suggested(found, score / 100):
                best.setdefault(id(match.entry), match)
        return tuple(best.values())[:limit]

    def _suggested(self, form: str, score: float) -> tuple[Match[E], ...]:
        if form in self.ambiguous:
            return tuple(Match(e, score, "fuzzy", form, False) for e in self.ambiguous[form])
        name = self._names[form]
        return (Match(name.entry, score, "fuzzy", name.text, False),)


def _surer(name: Name[E], held: Name[E]) -> bool:
    """Tell whether a name says better what it stands for than one of equal form that is held."""
    return name.checked and not held.checked and name.how != "misspelling"


def _may_be_misspelt(text: str, form: str) -> bool:
    """Tell whether a slip in this name may be forgiven: one long word of letters, no radical."""
    one_word = not any(mark in text.strip() for mark in " -/,()")
    return (
        one_word
        and form.isalpha()
        and len(form) >= _FEWEST_LETTERS
        and _RADICAL not in form[:-_END]
    )
