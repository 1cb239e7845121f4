"""One thing that is said of a promise: known, unknown or disputed, with the claims it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atalaya.model.records import Checked

DISPUTED = "disputed"


class Status(StrEnum):
    """What the sources allow to be said."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Said:
    """What one row of a source says.

    Args:
        predicate: What it is about.
        value: The words or the number, printed.
        number: The number, when it is one.
        unit: Its unit, or None.
        territory: Register identifier of the State or place, or None.
        period: When, or None.
        cites: Address of the page that says it, or None.
        checked: Whether that was checked.
        how_checked: How, in words.
        notes: What the row says beside it: ``es`` (the words in Spanish), ``disputed`` ...
        claims: Identifiers of the claims of the row, the main one first.
        quote: The words of the source that the main claim quotes; empty where none is kept.
    """

    predicate: str
    value: str
    number: float | None
    unit: str | None
    territory: str | None
    period: str | None
    cites: str | None
    checked: Checked
    how_checked: str
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)
    claims: tuple[str, ...] = ()
    quote: str = ""

    @property
    def disputed(self) -> bool:
        """Whether the source says that another one contradicts it."""
        return DISPUTED in self.notes

    def words(self, language: str) -> str:
        """Give the value in a language, or as it stands where it was not translated."""
        return self.notes.get(language, self.value)


@dataclass(frozen=True, slots=True)
class Field:
    """All that is said of one property, nothing averaged and nothing chosen.

    Args:
        said: What each row says, in the order of the sources.
        several: Whether the property may have several values, such as sponsors.
    """

    said: tuple[Said, ...] = ()
    several: bool = False

    @property
    def status(self) -> Status:
        """Unknown when nobody says it; disputed when a row says so or single values differ."""
        if not self.said:
            return Status.UNKNOWN
        differ = not self.several and len({one.value for one in self.said}) > 1
        disputed = differ or any(one.disputed for one in self.said)
        return Status.DISPUTED if disputed else Status.KNOWN

    @property
    def value(self) -> str | None:
        """The value when it is known and single, else None."""
        return self.said[0].value if self.status is Status.KNOWN and not self.several else None

    @property
    def number(self) -> float | None:
        """The number when it is known and single, else None."""
        return self.said[0].number if self.value is not None else None

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims it rests on."""
        return tuple(claim for one in self.said for claim in one.claims)


def pick(said: Iterable[Said], predicate: str, *, several: bool = False) -> Field:
    """Give the field of one predicate."""
    return Field(tuple(one for one in said if one.predicate == predicate), several)
