"""Every name under which a running text may mention a substance: the reader's list.

``substances.look_up`` answers for a cell that holds a name and nothing else; a running text is
full of words that are also names. So each name here says what it needs before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

from atalaya.registers.entries import Substance
from atalaya.registers.rows import rows, shipped
from atalaya.registers.spacing import broken, spelt_out
from atalaya.registers.spelling import key
from atalaya.registers.street_names import NEEDS, street_names
from atalaya.registers.substances import SubstanceRegister, load

Needs = Literal["", "capitals", "context", "weak"]

_SENSE = ("name", "needs", "meaning")
# Sugar, water and salt are seldom mentioned for what they are found beside.
_EVERYDAY = frozenset({"diluents"})
_SHORT = 4  # letters of a code that is a word or another body's acronym as often as a drug
_MARKED = ("[", "pharms - ", "(")  # labels of published series that no text writes


@dataclass(frozen=True, slots=True)
class ReadingName:
    """A name to look for in texts.

    Args:
        name: What to look for; case and accents do not matter unless ``needs`` says so.
        id: Identifier of the entry it stands for.
        kind: ``name`` (the preferred one), ``synonym``, ``salt``, ``label``, ``misspelling``,
            ``street``, ``brand``, ``word`` (an everyday or official word for it).
        language: Two letters, or None where it is not tied to a language.
        country: Two letters, or None where it is not tied to a country.
        checked: Whether the name is verified; one that is not feeds no signal.
        needs: What it takes for the name to count: ``""`` nothing; ``capitals`` it counts as
            written in capitals, or beside drugs; ``context`` words about drugs near it, for it
            also means something else; ``weak`` an everyday word, which counts only in a text
            already known to speak of drugs in slang.
    """

    name: str
    id: str
    kind: str
    language: str | None
    country: str | None
    checked: bool
    needs: Needs


def reading_names(register: SubstanceRegister | None = None) -> Iterator[ReadingName]:
    """Give every name a text may use, with the ways it is broken into words.

    Args:
        register: Whose names; when not given, the one that ships with the package, and then its
            street names, brands and class words too.

    Yields:
        Names in the order of the register, each form once for an entry, then the street names that
        are none of its names. A name that two entries claim is left out, for it stands for neither;
        a street name may stand for several.

    >>> {n.id for n in reading_names() if n.name == "4anpp"}
    {'substance:4-anpp'}
    >>> next(n.needs for n in reading_names() if n.name == "DOC")
    'capitals'
    """
    street = register is None
    register = register or load()
    known = frozenset(spelt_out(e.name.lower()) for e in register.entries)
    for entry in register.entries:
        seen: set[str] = set()
        for name in _own(entry):
            own = key(name.name)
            if own in register.index.ambiguous:
                continue
            for form in (name.name, *sorted(broken(name.name, known))):
                if form.lower() not in seen and key(form) == own:
                    seen.add(form.lower())
                    yield replace(name, name=form)
    if street:
        yield from _on_the_street(register)


def _on_the_street(register: SubstanceRegister) -> Iterator[ReadingName]:
    """Give the street names, brands and class words that are not among the register's names."""
    for name in street_names():
        found = register.look_up(name.text)
        if found is None or found.how == "fuzzy":
            needs = _stated(name.needs)
            yield ReadingName(
                name.text,
                name.substance,
                name.kind,
                name.language,
                name.country,
                name.verified,
                needs,
            )


def _own(entry: Substance) -> Iterator[ReadingName]:
    """Give the names an entry holds itself, the checked ones first."""
    yield _named(entry, entry.name, "name", None, checked=entry.checked)
    for alias in sorted(entry.aliases, key=lambda alias: not alias.verified):
        if not (alias.kind == "label" and any(mark in alias.text for mark in _MARKED)):
            yield _named(entry, alias.text, alias.kind, alias.language, checked=alias.verified)


def _named(
    entry: Substance, text: str, kind: str, language: str | None, *, checked: bool
) -> ReadingName:
    needs = senses().get(key(text)) or _by_form(entry, text)
    return ReadingName(text, entry.id, kind, language, None, checked, _stated(needs))


def _by_form(entry: Substance, text: str) -> str:
    """Say what a name needs of which ``senses.csv`` says nothing."""
    if entry.family in _EVERYDAY:
        return "context"
    if len(key(text)) < _SHORT and not text.isalpha():
        return "context"  # "2-FA" is also a way to log in
    if len(text) <= _SHORT and text.isalpha():
        return "capitals" if text != text.lower() else "context"
    return "free"


def _stated(needs: str) -> Needs:
    match needs:
        case "capitals" | "context" | "weak":
            return needs
        case _:
            return ""


@cache
def senses() -> Mapping[str, str]:
    """Give the names that also mean something else: compared form -> what each needs.

    Source: ``data/senses.csv``; ``free`` says that a short name counts as it stands.

    >>> senses()["speed"], senses()["lsd"]
    ('context', 'free')
    """
    listed = rows(shipped(), "senses.csv", _SENSE)
    return MappingProxyType({key(r.needed("name")): r.one_of("needs", NEEDS) for r in listed})
