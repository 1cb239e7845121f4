"""Rows of a table in a page, as its cells are read: cells that span rows are said in each."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Table:
    """A table that is being read.

    Args:
        number: Its place among the tables of the page, from 1.
    """

    number: int
    open: bool = False
    rows: int = 0
    _cells: list[str] = field(default_factory=list)
    _kinds: list[str] = field(default_factory=list)
    _below: dict[int, tuple[int, str]] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin a row."""
        self.open, self._cells, self._kinds = True, [], []

    def cell(self, words: str, name: str, spans: tuple[int, int]) -> None:
        """Take a cell.

        Args:
            words: Its words.
            name: ``td`` or ``th``.
            spans: How many columns and rows it spans.
        """
        self._fill()
        columns, rows = spans
        for at in range(columns):
            if rows > 1:
                self._below[len(self._cells)] = (rows - 1, words)
            self._cells.append(words if at == 0 else "")
            self._kinds.append(name)

    def end(self) -> tuple[tuple[str, ...], bool]:
        """Give the row's cells, and whether they are headings of columns."""
        self._fill()
        self.open = False
        self.rows += 1
        heads = self._kinds.count("th") * 2 > len(self._kinds) or reads_as_headings(self._cells)
        return tuple(self._cells), self.rows == 1 and heads

    def _fill(self) -> None:
        """Put in what cells of rows above say of this one."""
        while (at := len(self._cells)) in self._below:
            left, words = self._below.pop(at)
            if left > 1:
                self._below[at] = (left - 1, words)
            self._cells.append(words)


def reads_as_headings(cells: list[str] | tuple[str, ...]) -> bool:
    """Whether a first row reads like headings: words in every cell, and no number.

    >>> reads_as_headings(["Country", "Deaths"]), reads_as_headings(["Peru", "44"])
    (True, False)
    """
    return len(cells) > 1 and all(cell and not any(map(str.isdigit, cell)) for cell in cells)
