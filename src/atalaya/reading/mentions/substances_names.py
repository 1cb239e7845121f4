"""The names under which substances are looked for, each with what it stands for and how sure.

Names come from the register (``registers.reading_names``); the plurals and other languages' forms
of a name are made by ``substances_forms``. A form that two substances could claim stands for
neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from atalaya.reading.mentions.folding import fold_name
from atalaya.reading.mentions.lexicon import Entry
from atalaya.reading.mentions.substances_forms import inflected, translated
from atalaya.reading.mentions.words_read import frequencies
from atalaya.registers import substances
from atalaya.registers.entries import Substance
from atalaya.registers.reading_names import ReadingName, reading_names

KIND = "substance"
# How sure a name is by itself. Ordered, not measured: one that two sources confirm, one that only
# one gives, a listed slip, a street name (which moves between substances); a form made by rule is a
# little less.
_SURE, _UNVERIFIED, _STREET, _MADE = 0.97, 0.8, 0.7, 0.05
_SLIP = 0.9
_MOST_WORDS = 7
# Gases, solvents and acids are ordinary words wherever a dictionary holds them.
_EVERYDAY = frozenset({"diluents", "volatiles-and-poisons", "precursors-and-by-products"})
_TRANSLATED = frozenset({"name", "synonym"})


@dataclass(frozen=True, slots=True)
class Naming:
    """What a written form stands for.

    Args:
        id: The register's identifier.
        name: The register's preferred name.
        written: The register's name that the form writes.
        kind: What kind of name that is, such as ``synonym``, ``misspelling`` or ``street``.
        needs: What it takes for the name to count: empty (nothing), ``capitals``, ``context``,
            ``material`` or ``weak``.
        confidence: How sure the name is by itself, 0..1.
        made: Whether a rule made the form, so that the register does not hold it.
        english: Whether it is an English name, of which other languages' follow.
    """

    id: str
    name: str
    written: str
    kind: str
    needs: str
    confidence: float
    made: bool = False
    english: bool = False


def entries() -> Iterator[Entry]:
    """Give the names to look for, of kind ``substance``, each with its ``Naming``."""
    for form, naming in forms().items():
        yield Entry(form, KIND, naming)


@cache
def forms() -> Mapping[str, Naming]:
    """Give folded form -> what it stands for, names of the register before forms made of them."""
    register = substances.load()
    listed = _sole(
        (fold_name(one.name), _naming(one, register.get(one.id))) for one in reading_names()
    )
    made = _sole(
        (form, replace(naming, made=True, confidence=naming.confidence - _MADE))
        for naming in listed.values()
        for form in _made(naming)
        if form not in listed
    )
    return MappingProxyType({**made, **listed})


def _naming(one: ReadingName, entry: Substance) -> Naming:
    sure = _SURE if one.checked else _UNVERIFIED
    sure = {"street": _STREET, "misspelling": min(sure, _SLIP)}.get(one.kind, sure)
    english = one.language in {None, "en"} and one.kind in _TRANSLATED
    needs: str = one.needs
    if entry.family in _EVERYDAY and fold_name(one.name).strip() in frequencies():
        needs = "material"
    return Naming(one.id, entry.name, one.name, one.kind, needs, sure, english=english)


def _made(naming: Naming) -> Iterator[str]:
    name = naming.written
    word = name.lower() if name.istitle() else name
    yield from map(_form, inflected(word))
    if naming.english and not naming.needs:
        for other in translated(word):
            yield _form(other)
            yield from map(_form, inflected(other))


def _form(word: str) -> str:
    """Fold a word of small letters, without asking for each of them where that is plain."""
    return f" {word} " if word.isascii() and word.isalpha() else fold_name(word)


def _sole(pairs: Iterable[tuple[str, Naming]]) -> dict[str, Naming]:
    """Keep the forms that one substance claims, of several namings the surest."""
    found: dict[str, Naming] = {}
    contested: set[str] = set()
    for form, naming in pairs:
        held = found.setdefault(form, naming)
        if held.id != naming.id and "name" not in {held.kind, naming.kind}:
            contested.add(form)
        elif (naming.kind == "name", naming.confidence) > (held.kind == "name", held.confidence):
            found[form] = naming
    return {form: naming for form, naming in found.items() if _may_stand(form, contested)}


def _may_stand(form: str, contested: set[str]) -> bool:
    """Leave out what two substances claim, lone numbers and whole descriptions."""
    inner = form.strip()
    return (
        bool(inner)
        and form not in contested
        and not inner.replace(" ", "").isdigit()
        and inner.count(" ") < _MOST_WORDS
    )
