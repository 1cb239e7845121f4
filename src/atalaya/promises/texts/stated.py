"""What a text states: a predicate of a subject, with its value and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from atalaya.reading.reports.spans import Span


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement.

    Args:
        subject: Identifier of what it is about.
        predicate: What is said of it; a note of another statement has ``@`` and stands at its span.
        value: The number or the words.
        span: Where it is said.
        unit: Unit of a number.
        territory: Register identifier of the State it is said of.
        period: When.
    """

    subject: str
    predicate: str
    value: float | str
    span: Span
    unit: str | None = None
    territory: str | None = None
    period: str | None = None


def place(leaf: dict[str, Any]) -> Span:
    """Give the place of a leaf as records hold it: ``{"value", "span": {"start", "end"}}``."""
    return Span(leaf["span"]["start"], leaf["span"]["end"])


def territory(iso3: str | None) -> str | None:
    """Give the register's identifier of a State, or None."""
    return None if iso3 is None else f"territory:{iso3}"
