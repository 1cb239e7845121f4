"""A mention: a span of a text that names a thing, with who says so and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What kind of thing a span names."""

    SUBSTANCE = "SUBSTANCE"
    QUANTITY = "QUANTITY"
    PLACE = "PLACE"
    ORGANISATION = "ORGANISATION"
    FACILITY = "FACILITY"
    CONCEALMENT = "CONCEALMENT"
    MONEY = "MONEY"
    DATE = "DATE"
    PERSON = "PERSON"
    DOCUMENT = "DOCUMENT"


class Status(StrEnum):
    """How the text speaks of it."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a thing.

    Args:
        start: Offset of its first character in the text.
        end: Offset after its last.
        label: What kind of thing it names.
        status: ``negated`` where the text says it was not there ("no fentanyl was found"),
            ``expected`` where somebody thought so ("sold as oxycodone").
        id: The register's identifier, or None where nothing resolves.
        name: The register's preferred name, or the normalised value of a quantity, sum or date;
            None where nothing resolves.
        confidence: How sure the rule or model is, 0..1.
        rule: Name and version of the rule or model.
    """

    start: int
    end: int
    label: Label
    status: Status = Status.AFFIRMED
    id: str | None = None
    name: str | None = None
    confidence: float = 1.0
    rule: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that is none."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span: {self.start} to {self.end}")
