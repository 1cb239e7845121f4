"""Refuses packed workbooks that would fill the machine's memory, before anything unpacks them.

A workbook is small three times over: its parts are packed; a cell at the far corner of a sheet
makes a reader lay out every cell before it; and a text is kept once and shared by any number of
cells, each of which then gets its own copy. Each is measured here from the packed bytes.

Source: ECMA-376 part 1, 18.3.1.4 (cells and their references) and 18.4.8 (shared texts).
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import Sentence, sentence

UNPACKED_AT_MOST = 1_000_000_000  # bytes of all parts, and of all texts once they are in cells
CELLS_AT_MOST = 30_000_000  # a million rows of 30 columns; the reader needs about 50 bytes for each
_UNREADABLE = (  # what zipfile and the unpackers under it raise on broken parts
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)
_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""  # a ">" between quotation marks ends no tag
_TAG = re.compile(
    rb"<(?:\w+:)?(?:(row)|c)(?=[\s/>])"
    rb"""(?:%b?\sr\s*=\s*["']([A-Za-z]*)(\d{1,9})["'])?%b>""" % (_ATTRIBUTES, _ATTRIBUTES)
)
_TEXT = re.compile(rb"<(?:\w+:)?si[\s>]|\Z")
_VALUE = re.compile(rb"<(?:\w+:)?v>\s*(\d{1,9})\s*</")


@dataclass(frozen=True, slots=True)
class _Part:
    """What one part of a workbook asks of memory.

    Args:
        reach: Cells that a reader lays out, from A1 to the farthest one that holds anything.
        filled: Cells that hold anything.
        texts: Lengths in bytes of the shared texts in it.
    """

    reach: int
    filled: int
    texts: tuple[int, ...]


def check_packed(payload: bytes, where: Place) -> frozenset[str]:
    """Refuse a packed file that is broken, or larger than a machine should hold.

    Every part is unpacked once: that stops at the size it declares and checks its sum, so a part
    that says less than it holds is found too.

    Args:
        payload: The packed file.
        where: The file, for the error.

    Returns:
        The names of its parts.

    Raises:
        BadInput: It cannot be unpacked, or its parts, its cells or its texts are too many.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as packed:
            size = sum(item.file_size for item in packed.infolist())
            if size > UNPACKED_AT_MOST:
                unpacks = sentence("unpacks to {size} bytes", size=size)
                raise _too_large(unpacks, UNPACKED_AT_MOST, where)
            parts = {name: _measured(packed.read(name)) for name in packed.namelist()}
            _check_reach(parts.values(), where)
            _check_texts(packed, parts, where)
            return frozenset(parts)
    except _UNREADABLE as error:
        raise BadInput(
            sentence(
                "the file is not a workbook that can be opened: it is broken ({fault})",
                fault=str(error),
            ),
            why="a broken or renamed file must not pass for a table",
            do=sentence("open it in a spreadsheet program and save it again as XLSX"),
            where=where,
        ) from error


def _measured(xml: bytes) -> _Part:
    row = column = rows = columns = filled = 0
    for tag in _TAG.finditer(xml):
        if tag[1]:
            row, column = int(tag[3]) if tag[3] else row + 1, 0
            continue
        row, column = (int(tag[3]), _number(tag[2])) if tag[3] else (row, column + 1)
        if not tag[0].endswith(b"/>"):  # a cell with a style and nothing in it is not laid out
            rows, columns, filled = max(rows, row), max(columns, column), filled + 1
    starts = [found.start() for found in _TEXT.finditer(xml)]
    return _Part(rows * columns, filled, tuple(end - start for start, end in pairwise(starts)))


def _number(letters: bytes) -> int:
    """Give the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_reach(parts: Iterable[_Part], where: Place) -> None:
    reach = max((part.reach for part in parts), default=0)
    if reach > CELLS_AT_MOST:
        reaches = sentence("has a sheet that reaches over {reach} cells", reach=reach)
        raise _too_large(reaches, CELLS_AT_MOST, where)


def _check_texts(packed: zipfile.ZipFile, parts: Mapping[str, _Part], where: Place) -> None:
    """Add up the texts as every cell gets its own copy; exactly only where it may matter."""
    texts = [length for part in parts.values() for length in part.texts]
    longest = max(texts, default=0)
    if sum(part.filled for part in parts.values()) * longest <= UNPACKED_AT_MOST:
        return
    total = 0
    for name, part in parts.items():
        named = [int(found[1]) for found in _VALUE.finditer(packed.read(name))]
        total += sum(texts[number] for number in named if number < len(texts))
        total += max(0, part.filled - len(named)) * longest
    if total > UNPACKED_AT_MOST:
        repeats = sentence("repeats its texts to {total} bytes", total=total)
        raise _too_large(repeats, UNPACKED_AT_MOST, where)


def _too_large(how: Sentence, limit: int, where: Place) -> BadInput:
    return BadInput(
        sentence("the workbook {how}, more than {limit}", how=how, limit=limit),
        why="a small file that unpacks to a huge one can fill a machine's memory",
        do=sentence("do not open it if you do not know who made it; ask for CSV"),
        where=where,
    )
