"""Symbols of United Nations documents, as far as drafts of a commission need them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atalaya.model.errors import BadInput

_SYMBOL = re.compile(
    r"(?P<body>[A-Z]+(?:/[A-Z][A-Za-z]*\.\d+)+)/(?P<year>\d{4})/(?:(?P<series>[A-Z]+)\.)?"
    r"(?P<number>[1-9]\d*)(?:/Rev\.(?P<revision>[1-9]\d*))?",
    re.ASCII,
)
LIMITED = "L"  # limited distribution: drafts, not what was adopted


@dataclass(frozen=True, slots=True)
class Symbol:
    """The symbol of a document of a subsidiary body in a year.

    Args:
        body: Organ and subsidiary body, such as ``E/CN.7``.
        year: The year of the session.
        series: ``L`` for limited distribution (drafts), ``CRP`` for a conference room paper ...,
            or None for a report of the general series.
        number: Its number in the series.
        revision: Number of the revision, or None for the text as first issued.

    Source: Dag Hammarskjöld Library, United Nations document symbols,
        https://research.un.org/en/docs/symbols

    >>> Symbol.parse("E/CN.7/2025/L.6/Rev.1")
    Symbol(body='E/CN.7', year=2025, series='L', number=6, revision=1)
    """

    body: str
    year: int
    series: str | None
    number: int
    revision: int | None = None

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """Read a symbol.

        Raises:
            BadInput: The text is not of the form this module knows; nothing is guessed.
        """
        found = _SYMBOL.fullmatch(text)
        if found is None:
            raise BadInput(
                f"{text!r} is not a document symbol that can be read",
                why="a wrong symbol leads to another text",
                do="write it as on the document, such as E/CN.7/2025/L.6/Rev.1",
            )
        revision = found["revision"]
        return cls(
            body=found["body"],
            year=int(found["year"]),
            series=found["series"],
            number=int(found["number"]),
            revision=None if revision is None else int(revision),
        )

    @property
    def is_draft(self) -> bool:
        """Whether the document is a draft: what was adopted may read otherwise."""
        return self.series == LIMITED

    def __str__(self) -> str:
        number = f"{self.series}.{self.number}" if self.series else str(self.number)
        revision = "" if self.revision is None else f"/Rev.{self.revision}"
        return f"{self.body}/{self.year:04d}/{number}{revision}"
