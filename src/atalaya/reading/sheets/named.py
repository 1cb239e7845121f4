"""The substances that each row of a table names, and the names that a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from atalaya.reading.sheets.columns import LONGEST_LABEL, SheetColumns
from atalaya.reading.sheets.finds import Answer, CellRead, How, Named, NameReader, unresolved_id
from atalaya.reading.sheets.headings import Role
from atalaya.reading.sheets.remarks import Remark
from atalaya.reading.sheets.rows import NameInSheet
from atalaya.registers.substances import SubstanceRegister

_EXAMPLES = 3


def finds_of(columns: SheetColumns, names: NameReader) -> list[CellRead]:
    """Read what was found, a row: of several columns everything that any of them names."""
    several = columns.several(Role.FOUND)
    if len(several) == 1:
        return [names.read(cell) for cell in several[0]]
    joined: dict[tuple[str, ...], CellRead] = {}
    found = []
    for cells in zip(*several, strict=True):
        if cells not in joined:
            joined[cells] = _join([names.read(cell) for cell in cells if cell] or [names.read("")])
        found.append(joined[cells])
    return found


def _join(reads: Sequence[CellRead]) -> CellRead:
    named: dict[str, Named] = {}
    for read in reads:
        for name in read.names:
            named.setdefault(name.id, name)
    answers = [read.answer for read in reads]
    answer = next((one for one in Answer if one in answers), Answer.NO_RESULT)
    return CellRead(
        answer,
        tuple(named.values()),
        tuple(text for read in reads for text in read.denied),
        tuple(text for read in reads for text in read.doubted),
    )


def note_uncounted(columns: SheetColumns, reads: Sequence[CellRead]) -> None:
    """Note which names were written and not counted, because the cell denies or doubts them."""
    for kind, texts in (
        ("denied", [read.denied for read in reads if read.denied]),
        ("doubted", [read.doubted for read in reads if read.doubted]),
    ):
        if texts:
            examples = list(dict.fromkeys(text for several in texts for text in several))
            values: dict[str, str | int] = {
                "rows": len(texts),
                "examples": ", ".join(text[:LONGEST_LABEL] for text in examples[:_EXAMPLES]),
            }
            columns.remarks.append(Remark(kind, columns.table.grid.name, values=values))


def sold_as_of(columns: SheetColumns, names: NameReader) -> list[str | None] | None:
    """Read what each row's sample was sold as, None where that is not said."""
    cells = columns.cells(Role.SOLD_AS)
    if cells is None:
        return None
    read: dict[str, str | None] = {cell: _sold(cell, names) for cell in set(cells)}
    return [read[cell] for cell in cells]


def _sold(cell: str, names: NameReader) -> str | None:
    """What something was sold as: a substance where the name says one, else the word itself."""
    if not any(letter.isalpha() for letter in cell) or len(cell) > LONGEST_LABEL:
        return None
    read = names.read(cell)
    if read.answer is not Answer.FOUND and not read.doubted:
        return None
    return read.names[0].id if len(read.names) == 1 else unresolved_id(cell)


def names_to_see(
    columns: SheetColumns,
    reads: Sequence[CellRead],
    kept: Sequence[int],
    register: SubstanceRegister,
) -> list[NameInSheet]:
    """Give the names that are not plainly in the register, each once.

    Args:
        columns: The table.
        reads: What each of its rows says.
        kept: The rows that are used.
        register: Offers the nearest names.
    """
    rows: Counter[tuple[str, How]] = Counter()
    first: dict[tuple[str, How], tuple[Named, int]] = {}
    for row in kept:
        for name in reads[row].names:
            if name.how is not How.KNOWN:
                key = (name.text, name.how)
                rows[key] += 1
                first.setdefault(key, (name, columns.lines[row]))
    return [
        NameInSheet(
            name.text,
            name.id,
            name.how,
            name.matched,
            name.score,
            rows[key],
            line,
            _nearest(name, register),
        )
        for key, (name, line) in first.items()
    ]


def _nearest(name: Named, register: SubstanceRegister) -> tuple[str, ...]:
    if name.how is not How.UNKNOWN:
        return ()
    return tuple(match.entry.name for match in register.nearest(name.text, 3))
