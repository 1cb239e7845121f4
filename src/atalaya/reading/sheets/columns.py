"""The cells of a table by what they hold, and the rows left out so far."""

from __future__ import annotations

from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.mapping import Proposal
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.tables import SheetTable

LONGEST_LABEL = 60  # characters of a laboratory, method or bad cell; longer is prose


class SheetColumns:
    """The cells of a table by role, and the rows left out so far."""

    def __init__(self, table: SheetTable, proposal: Proposal) -> None:
        self.table, self.proposal = table, proposal
        self.lines = [table.grid.lines[row] for row in table.rows]
        self.out: dict[int, Remark] = {}
        self.remarks: list[Remark] = []

    def cells(self, role: Role) -> list[str] | None:
        """The cells of the one column of a role, or None where there is none."""
        numbers = self.proposal.numbers(role)
        return self.table.column(numbers[0]) if numbers else None

    def several(self, role: Role) -> list[list[str]]:
        """The columns of a role, each as its cells."""
        return [self.table.column(number) for number in self.proposal.numbers(role)]

    def heading(self, role: Role) -> str:
        """The heading of the first column of a role."""
        return self.table.heading[self.proposal.numbers(role)[0]]

    def leave_out(self, row: int, kind: str, role: Role | None = None, text: str = "") -> None:
        """Leave a row out, for the first reason found."""
        column = None if role is None else self.heading(role)
        values: dict[str, str | int] = {"text": text[:LONGEST_LABEL]} if text else {}
        name = self.table.grid.name
        self.out.setdefault(row, Remark(kind, name, self.lines[row], column, values))
