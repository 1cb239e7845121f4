"""Quotes whose small counts are masked, column by column as the source declares its table.

What is kept is chosen by column, never by what a cell happens to hold: a mask that looked for the
number would also hide the month 3 beside the count 3, and so tell it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from atalaya.model.declarations import Column, SourceDeclaration, Table
from atalaya.publishing.disclosure import RANGE

WITHHELD = "…"
_ONE_DIGIT = re.compile(r"0*[1-9](\.0*)?")  # the forms of 1-9 that are all equally long
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """What is shown of one quoted row.

    Args:
        text: The row with its masks, or None where nothing of it can be shown.
        steady: Whether its length is the same whatever the hidden counts are.
    """

    text: str | None
    steady: bool


@dataclass(frozen=True, slots=True)
class QuoteMask:
    """How rows of one document are masked.

    Args:
        headings: Headings of the document's table, in order.
        delimiter: What separates its cells.
        kept: Headings whose cells are shown as they are.
        counts: Heading -> predicate it holds; None where the row itself says the predicate.
        population: Heading of the denominator, or None.
    """

    headings: tuple[str, ...]
    delimiter: str
    kept: frozenset[str]
    counts: dict[str, str | None]
    population: str | None

    @classmethod
    def of(cls, declaration: SourceDeclaration, address: str, text: str) -> QuoteMask | None:
        """Find the heading row of a document.

        Args:
            declaration: The source, which names the columns of its tables.
            address: Address of the document.
            text: Its text.

        Returns:
            The mask, or None where the document is no delimited table with the declared headings;
            nothing of its rows can then be shown.
        """
        tables = declaration.tables_of(address)
        if len(tables) != 1 or tables[0].quote is not None:
            return None  # two tables of one document may declare its columns differently
        table = tables[0]
        counts, population = _counted(table)
        kept = frozenset(_names(table.subject, table.predicate, table.period, table.territory))
        wanted = {*counts, *kept, *([population] if population else [])}
        for line in text.removeprefix("\ufeff").splitlines()[:50]:
            for delimiter in _DELIMITERS:
                headings = tuple(cell.strip() for cell in _cells(line, delimiter))
                if wanted <= set(headings) and len(set(headings)) == len(headings) > 1:
                    return cls(headings, delimiter, kept, counts, population)
        return None

    def row(
        self, quote: str, shown: Callable[[str | None], str | None], population: str | None
    ) -> Row:
        """Mask one row.

        Args:
            quote: The row as it stands in the document.
            shown: Predicate -> what is shown of that count in this row; None where withheld.
            population: What is shown of the denominator, or None where withheld.
        """
        cells = _cells(quote, self.delimiter)
        if len(cells) != len(self.headings) or "\n" in quote.strip("\r\n"):
            return Row(None, steady=False)
        out, steady = [], True
        for heading, cell in zip(self.headings, cells, strict=True):
            if heading in self.kept:
                out.append(cell)
                continue
            text = WITHHELD
            if heading in self.counts:
                text = shown(self.counts[heading]) or WITHHELD
            elif heading == self.population:
                text = population or WITHHELD
            if text == RANGE and not _ONE_DIGIT.fullmatch(cell.strip()):
                return Row(None, steady=False)
            steady = steady and text != WITHHELD
            out.append(cell if text not in (RANGE, WITHHELD) else text)
        return Row(self.delimiter.join(map(self._quoted, out)), steady)

    def _quoted(self, cell: str) -> str:
        awkward = any(sign in cell for sign in (self.delimiter, '"', "\r", "\n"))
        return '"' + cell.replace('"', '""') + '"' if awkward else cell


def _cells(line: str, delimiter: str) -> list[str]:
    """Give the cells of one row; none where it is no row, so that nothing of it is shown."""
    try:
        rows = list(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []


def _counted(table: Table) -> tuple[dict[str, str | None], str | None]:
    counts: dict[str, str | None] = {column: name for name, column in table.facts.items()}
    for name in _names(table.value):
        counts[name] = None
    return counts, table.population.column if table.population else None


def _names(*columns: Column | None) -> Iterable[str]:
    return (column.column for column in columns if column is not None and column.column)
