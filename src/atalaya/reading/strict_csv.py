"""A strict CSV reader for files people give: named columns of text, or a refusal with the place.

Millions of rows are read by Arrow; the slow, exact reading that finds the line of a fault runs only
when there is one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from atalaya.model.errors import BadInput, Place
from atalaya.reading.western import likely

_BOM = b"\xef\xbb\xbf"
_BLOCK = 1 << 24  # bytes Arrow parses at once; a quoted field may be as long
_HEADING_REACH = 1 << 16
_BINARY: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "an Excel or zip file", "save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file", "save the sheet as CSV (UTF-8)"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"PAR1", "a Parquet file", "write it out as CSV"),
    (b"%PDF", "a PDF document", "give the table it shows as CSV"),
    (b"\xff\xfe", "UTF-16 text", "save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text", "save it as UTF-8"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of text, each distinct text once.

    Args:
        texts: The distinct texts, surrounding blanks removed, in order of first appearance.
        codes: Index into ``texts``, one a row.
    """

    texts: tuple[str, ...]
    codes: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StrictCsv:
    """The columns asked for, and the way back from a row to its line.

    Args:
        name: Path of the file as the person gave it.
        columns: Columns by name; an optional one that is absent is missing here.
        ignored: Headings that nobody asked for.
        n_rows: Number of rows under the heading, empty lines left out.
        payload: The bytes read.
    """

    name: str
    columns: dict[str, Column]
    ignored: tuple[str, ...]
    n_rows: int
    payload: bytes

    def line(self, row: int) -> int:
        """Give the line in the file, counted from 1, on which a row ends."""
        return next(islice(self.lines(), row, None))

    def lines(self) -> Iterator[int]:
        """Give the line on which each row ends, in order: for those who need every one."""
        return (line for line, _ in islice(_records(self.payload, strict=False), 1, None))

    def refuse(self, row: int, column: str | None, what: str, **words: str) -> BadInput:
        """Give the error for a row, with its place."""
        return BadInput(what, where=Place(self.name, self.line(row), column), **words)


def read_strict(
    payload: bytes, name: str, required: Sequence[str], optional: Sequence[str]
) -> StrictCsv:
    """Read the columns asked for from a comma-separated file in UTF-8.

    Args:
        payload: The bytes of the file; a byte order mark is allowed.
        name: Path to name in errors.
        required: Headings that must be there, in any order.
        optional: Headings that may be there. Others are ignored and reported, but one that is
            nearly an optional heading is refused.

    Raises:
        BadInput: It is no such file; the error names line and column and says what to do.
    """
    _refuse_other_formats(payload, name)
    heading, at = _heading(payload, name, required, optional)
    table = _body(payload, name, heading, at)
    if table.num_rows == 0:
        raise BadInput(
            "there is a heading and no row under it",
            why="an empty answer would look like an answer",
            do="give at least one row",
            where=Place(name, 1),
        )
    columns = {each: _column(table.column(str(index))) for each, index in at.items()}
    ignored = tuple(text for index, text in enumerate(heading) if index not in at.values())
    return StrictCsv(name, columns, ignored, table.num_rows, payload)


def _refuse_other_formats(payload: bytes, name: str) -> None:
    if not payload.removeprefix(_BOM).strip():
        raise BadInput("the file is empty", do="give a heading and rows", where=Place(name))
    for start, what, do in _BINARY:
        if payload.startswith(start):
            raise BadInput(f"this is {what}, not CSV", do=do, where=Place(name))
    if payload.removeprefix(_BOM).lstrip()[:1] == b"<":
        raise BadInput(
            "this is HTML or XML, not CSV",
            why="a server's error page saved as data would be read as data",
            do="download the data file itself; open this one in a browser to see what it says",
            where=Place(name, 1),
        )
    nul = payload.find(b"\0")
    if nul >= 0:
        raise BadInput(
            "the file holds a NUL byte, so it is damaged or no text",
            do="save it again as CSV in UTF-8",
            where=_place_of(payload, nul, name),
        )
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"byte 0x{payload[error.start]:02x} is not UTF-8{_guess(payload, error.start)}",
            why="a wrong guess would silently change names",
            do="save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')",
            where=_place_of(payload, error.start, name),
        ) from error


def _guess(payload: bytes, at: int) -> str:
    found = likely(payload, at)
    return "" if found is None else f"; it looks like {found}"


def _place_of(payload: bytes, position: int, name: str) -> Place:
    start = payload.rfind(b"\n", 0, position) + 1
    return Place(name, payload.count(b"\n", 0, position) + 1, position - start + 1)


def _heading(
    payload: bytes, name: str, required: Sequence[str], optional: Sequence[str]
) -> tuple[list[str], dict[str, int]]:
    """Give the headings, and the position of each one asked for."""
    line = payload[:_HEADING_REACH].removeprefix(_BOM).splitlines()[0].decode("utf-8", "replace")
    heading = [text.strip() for text in next(csv.reader([line]), [])]
    where = Place(name, 1)
    for mark, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if len(heading) == 1 and line.count(mark) >= len(required) - 1:
            raise BadInput(
                f"the columns are separated by {called}, not by commas",
                do=f"save the file with commas; the heading is {','.join(required)}",
                where=where,
            )
    known = [*required, *optional]
    for each in required:
        if each not in heading:
            near = get_close_matches(each, [text.casefold() for text in heading], n=1, cutoff=0.7)
            raise BadInput(
                f"there is no column {each!r} among {', '.join(map(repr, heading))}",
                do=f"name the columns {','.join(required)}"
                + (f" (did you mean {each!r} by {near[0]!r}?)" if near else ""),
                where=where,
            )
    for index, text in enumerate(heading):
        if text in known and text in heading[:index]:
            raise BadInput(
                f"two columns are called {text!r}",
                do="keep one of them",
                where=Place(name, 1, index + 1),
            )
        near = get_close_matches(text.casefold(), known, n=1, cutoff=0.8)
        if text not in known and near and near[0] not in heading:
            raise BadInput(
                f"there is a column {text!r}: did you mean {near[0]!r}?",
                why="a misspelt column would be left out of every verdict",
                do=f"rename it to {near[0]!r}, or to something less like it",
                where=Place(name, 1, index + 1),
            )
    return heading, {each: heading.index(each) for each in known if each in heading}


def _body(payload: bytes, name: str, heading: list[str], at: dict[str, int]) -> pa.Table:
    wanted = [str(index) for index in at.values()]
    if payload.count(b'"') % 2:  # Arrow would take the rest of the file as one text
        raise _broken_row(payload, name, len(heading), "a quotation mark is left open")
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(payload),
            arrow_csv.ReadOptions(
                column_names=[str(index) for index in range(len(heading))],
                skip_rows=1,
                block_size=_BLOCK,
            ),
            arrow_csv.ParseOptions(newlines_in_values=b'"' in payload),
            arrow_csv.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.dictionary(pa.int32(), pa.string())),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise _broken_row(payload, name, len(heading), str(error)) from error


def _broken_row(payload: bytes, name: str, width: int, otherwise: str) -> BadInput:
    """Find the row that Arrow could not read."""
    line = 0
    try:
        for line, record in _records(payload, strict=True):
            if len(record) != width:
                return BadInput(
                    f"{len(record)} columns where the heading has {width}",
                    do="quote texts that hold a comma, or correct the row",
                    where=Place(name, line),
                )
    except csv.Error as error:
        return BadInput(
            f"a quotation mark is not closed or not doubled after this line ({error})",
            do='close it, or write "" for a quotation mark inside a text',
            where=Place(name, line + 1),
        )
    return BadInput(
        f"the rows cannot be read: {otherwise.splitlines()[0]}",
        do="save the file again as CSV in UTF-8",
        where=Place(name),
    )


def _records(payload: bytes, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the line it ends on, empty lines left out."""
    csv.field_size_limit(_BLOCK)  # as long as Arrow takes: the place of a fault must be found
    text = io.StringIO(payload.removeprefix(_BOM).decode("utf-8"), newline="")
    reader = csv.reader(text, strict=strict)
    return ((reader.line_num, record) for record in reader if record)


def _column(values: pa.ChunkedArray) -> Column:
    encoded = values.unify_dictionaries()
    given = encoded.chunk(0).dictionary.to_pylist()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in encoded.chunks])
    texts = dict.fromkeys(text.strip() for text in given)
    place = {text: code for code, text in enumerate(texts)}
    trimmed = np.array([place[text.strip()] for text in given], np.int64)
    return Column(tuple(texts), trimmed[codes])


def first_where(rows: NDArray[np.bool_]) -> int | None:
    """Give the first row for which something holds, or None."""
    return int(rows.argmax()) if rows.any() else None


def translated(
    table: StrictCsv, column: str, translate: Callable[[str], float], do: str
) -> NDArray[np.float64]:
    """Give a column's numbers, translating each distinct text once.

    Args:
        table: The file.
        column: Name of the column.
        translate: Turns one text into a number; raises ``ValueError`` with what is wrong with it.
        do: The remedy that the error names.

    Raises:
        BadInput: A text cannot be translated; the first such row is named.
    """
    given = table.columns[column]
    numbers = np.empty(len(given.texts))
    for code, text in enumerate(given.texts):  # distinct texts stand in order of appearance
        try:
            numbers[code] = translate(text)
        except ValueError as error:
            row = int((given.codes == code).argmax())
            raise table.refuse(row, column, str(error), do=do) from error
    return numbers[given.codes]
