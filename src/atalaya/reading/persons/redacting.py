"""Take private persons out of a text: a neutral mark in its language stands in their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from atalaya.reading.persons.finding import Removal
from atalaya.reading.persons.particulars import Reason

_PERSON = {"es": "persona", "fr": "personne", "pt": "pessoa", "de": "Person"}
_OTHER = {
    "es": {"age": "edad", "address": "domicilio", "birth": "fecha"},
    "fr": {"age": "âge", "address": "adresse", "birth": "date"},
    "pt": {"age": "idade", "address": "endereço", "birth": "data"},
    "de": {"age": "Alter", "address": "Anschrift", "birth": "Datum"},
    "en": {"age": "age", "address": "address", "birth": "date"},
}
_DATUM = {"es": "dato", "fr": "donnée", "pt": "dado", "de": "Angabe", "en": "detail"}


def redact(text: str, found: Sequence[Removal], language: str | None) -> str:
    """Give a text without what was found.

    Every person gets the same mark, so that nobody can be followed through a text or across texts.

    Args:
        text: The original.
        found: As ``finding.removals`` gives it for this text.
        language: Of the text, as ISO 639-1; marks of others are English.

    >>> redact("Ana Roe died", [Removal(0, 7, Reason.NAME, 1.0)], "en")
    '[person] died'
    """
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], mark(one.reason, language)]
        at = one.end
    return "".join((*parts, text[at:]))


def mark(reason: Reason, language: str | None) -> str:
    """Give the mark that stands for what was removed.

    >>> mark(Reason.NAME, "fr"), mark(Reason.PLATE, "es"), mark(Reason.AGE, None)
    ('[personne]', '[dato]', '[age]')
    """
    tongue = language if language in _OTHER else "en"
    if reason == Reason.NAME:
        return f"[{_PERSON.get(str(tongue), 'person')}]"
    return f"[{_OTHER[str(tongue)].get(reason.value, _DATUM[str(tongue)])}]"


def counts(found: Sequence[Removal]) -> dict[str, int]:
    """Count removals by reason, in the order of ``Reason``; reasons without any are left out."""
    number = Counter(one.reason for one in found)
    return {reason.value: number[reason] for reason in Reason if number[reason]}
