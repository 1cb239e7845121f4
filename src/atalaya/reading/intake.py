"""What may leave a file that may name private persons: its declared columns, and nothing else.

The file itself is sealed. Everything after intake sees only the text made here, so that no other
column, note or title line of it is ever stored outside the sealed original.
"""

from __future__ import annotations

from collections.abc import Sequence

from atalaya.model.declarations import SourceDeclaration
from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence
from atalaya.reading.layout import Layout, find_layout, needed_columns
from atalaya.reading.objects import is_objects
from atalaya.reading.prose import is_free_text
from atalaya.reading.rows import each_row, join
from atalaya.reading.sheets.headings import Role, meaning
from atalaya.reading.text import is_workbook, plain_text


def declared_part(declaration: SourceDeclaration, address: str, payload: bytes) -> bytes | None:
    """Give a table's declared columns as CSV, in the encoding it came in.

    A row that has not as many cells as the heading is left empty: in it a name may stand under any
    heading. It stays a broken row, which reading counts and says.

    Args:
        declaration: The source.
        address: One of its addresses.
        payload: What the address gave.

    Returns:
        The text, or None where no table is declared for it or it is not delimited text.

    Raises:
        BadInput: It is not what is declared, or a declared column is about persons or holds free
            text, in which they may be named.
    """
    tables = [table for table in declaration.table if table.address == address]
    media_type = next(one.media_type for one in declaration.addresses if one.address == address)
    if not tables or is_workbook(media_type) or is_objects(media_type):
        return None
    passages = plain_text(payload, media_type, address)
    layouts = [find_layout(passages, table) for table in tables]
    wanted = tuple(dict.fromkeys(name for table in tables for name in needed_columns(table)))
    for name in wanted:
        _refuse_persons(name, address)
    rows = _cells(layouts[0], wanted)
    for name, *cells in zip(*rows, strict=False):  # of a row with moved cells, one more is empty
        _refuse_free_text(name, cells, address)
    text = "".join(f"{join(list(cells))}\n" for cells in rows)
    return text.encode(passages.encoding)


def _cells(layout: Layout, wanted: tuple[str, ...]) -> list[list[str]]:
    places = [layout.heading.index(name) for name in wanted]
    width, uneven = len(layout.heading), [""] * (len(wanted) + 1)
    found = [list(wanted)]
    rows = (
        row for part in each_row(layout.passages, layout.rows, layout.delimiter) for row in part
    )
    next(rows)  # the heading
    found += [[row[place] for place in places] if len(row) == width else uneven for row in rows]
    return found


def _refuse_persons(name: str, address: str) -> None:
    said = meaning(name)
    if said is not None and said.role is Role.PRIVATE:
        raise BadInput(
            sentence("the declared column {name!r} is about private persons", name=name),
            why="what says who somebody is never leaves the sealed original (R2)",
            do=sentence("take the column out of [[table]]"),
            where=Place(address, column=name),
        )


def _refuse_free_text(name: str, cells: Sequence[str], address: str) -> None:
    filled = [cell for cell in cells if cell.strip()]
    if is_free_text(set(filled), len(filled)):
        raise BadInput(
            sentence(
                "the declared column {name!r} holds free text, in which private persons may be "
                "named",
                name=name,
            ),
            why="what says who somebody is never leaves the sealed original (R2)",
            do=sentence(
                "take the column out of [[table]]; declare columns of names, codes and numbers only"
            ),
            where=Place(address, column=name),
        )
