"""In which encoding a person's CSV file is written.

Spreadsheet programs save CSV in the encoding of the machine, without saying which. So a file that
is not UTF-8 is read in the one of three candidates that makes words of Spanish or Portuguese, and
that is said aloud; where none does, the file is refused.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from atalaya.model.errors import BadInput, Place
from atalaya.reading.western import western

_MARKS = (  # longest first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, and how it was decoded.

    Args:
        text: The text, without byte order mark.
        encoding: Python's name of the encoding.
        guessed: Whether it was guessed.
        example: The first line with a letter outside ASCII, for a person to check; or None.
    """

    text: str
    encoding: str
    guessed: bool
    example: int | None


def decode(payload: bytes, name: str) -> Decoded:
    """Decode a CSV file.

    Args:
        payload: The file's bytes.
        name: Its name, for messages.

    Raises:
        BadInput: It is in none of the encodings known here.

    >>> decode("Málaga".encode("cp1252"), "a.csv").encoding
    'cp1252'
    """
    for mark, encoding in _MARKS:
        if payload.startswith(mark):
            return Decoded(_strictly(payload, encoding, name), encoding, False, None)
    try:
        return Decoded(payload.decode("utf-8"), "utf-8", False, None)
    except UnicodeDecodeError as error:
        line = payload.count(b"\n", 0, error.start) + 1
    found = western(payload)
    if found is None:
        raise BadInput(
            "the file is not UTF-8, and its encoding could not be told from its letters",
            why="names read in the wrong encoding become other names",
            do="save it as CSV UTF-8 in your spreadsheet program",
            where=Place(name, line=line),
        )
    return Decoded(payload.decode(found), found, True, line)


def _strictly(payload: bytes, encoding: str, name: str) -> str:
    try:
        return payload.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"the file begins like {encoding} and is broken at byte {error.start}",
            do="save it again as CSV UTF-8",
            where=Place(name, line=payload.count(b"\n", 0, error.start) + 1),
        ) from error
