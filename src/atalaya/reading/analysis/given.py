"""A text to read: one JSON object a line, as ``atalaya read`` takes it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from atalaya.model.errors import BadInput, Place

# A novel has 600,000 characters. What is longer is no report, and reading it would hold up others.
MOST_CHARACTERS = 1_000_000
_LONE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text of an open source.

    Args:
        id: What its publisher or reader calls it.
        text: The words, without markup.
        title: Its title, or empty.
        language: Code of two or three letters where it is said, or None.
        published: The day it was published, or None.
        url: Its address, or None.
        faults: What was wrong with it: kind and one sentence.
    """

    id: str
    text: str
    title: str = ""
    language: str | None = None
    published: date | None = None
    url: str | None = None
    faults: tuple[tuple[str, str], ...] = ()


def document(line: bytes, where: Place) -> GivenText:
    """Read a line.

    Args:
        line: One JSON object with ``id`` and ``text``, and perhaps ``title``, ``language``,
            ``published`` and ``url``; other keys are left alone.
        where: File and line, for errors.

    Returns:
        The document. A day or language that is none is left out and said among its faults, as is
        the end of a text that is too long.

    Raises:
        BadInput: It is no such object.
    """
    said = _object(line, where)
    identifier = said.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier:
        raise _wrong("id", said.get("id"), where)
    words = {name: _words(said, name, where) for name in ("text", "title", "url")}
    if "text" not in said:
        raise BadInput("the object has no text", do='add "text": "..."', where=where)
    return _checked(
        GivenText(identifier, words["text"], words["title"], url=words["url"] or None), said
    )


def _object(line: bytes, where: Place) -> dict[str, Any]:
    try:
        said = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        said = _loosely(line, where, error)
    if not isinstance(said, dict):
        raise BadInput(
            f"the line holds {_kind(said)}, not an object",
            why="each line is one document",
            do='write {"id": "...", "text": "..."}',
            where=where,
        )
    return said


def _loosely(line: bytes, where: Place, error: orjson.JSONDecodeError) -> Any:
    """Take what only strictness refuses: half a pair of surrogates, as cut texts have."""
    try:
        return json.loads(line)
    except UnicodeDecodeError as coding:
        column = coding.start + 1
        raise BadInput(
            f"the line is not UTF-8: byte 0x{line[coding.start]:02x} at {column}",
            do="save the file as UTF-8",
            where=Place(where.name, where.line, column),
        ) from coding
    except (ValueError, RecursionError):
        raise BadInput(
            f"the line is not JSON: {error.msg}",
            why="each line is one document",
            do="write one JSON object a line, without a comma after it",
            where=Place(where.name, where.line, error.colno),
        ) from error


def _words(said: dict[str, Any], name: str, where: Place) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(name, value, where)
    return value if value.isascii() else _LONE.sub("\ufffd", value)


def _wrong(name: str, value: object, where: Place) -> BadInput:
    return BadInput(
        f"{name} is {_kind(value)}, not text" if value != "" else f"{name} is empty",
        do=f'write "{name}": "..."',
        where=Place(where.name, where.line, name),
    )


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "nothing" if value is None else kinds.get(type(value), "a number")


def _checked(found: GivenText, said: dict[str, Any]) -> GivenText:
    faults: list[tuple[str, str]] = []
    published, language = said.get("published"), said.get("language")
    day = _day(published)
    if published not in (None, "") and day is None:
        faults.append(("published-unread", f"{published!r} is no day; write 2025-03-14"))
    code = _LANGUAGE.match(language) if isinstance(language, str) else None
    if language not in (None, "") and code is None:
        faults.append(("language-unread", f"{language!r} is no language; write en"))
    text = found.text
    if len(text) > MOST_CHARACTERS:
        faults.append(
            (
                "text-too-long",
                f"the text has {len(text):,} characters; the first {MOST_CHARACTERS:,} are read: "
                "split it into its parts",
            )
        )
        text = text[:MOST_CHARACTERS]
    return replace(
        found,
        text=text,
        published=day,
        language=code[0].lower() if code else None,
        faults=tuple(faults),
    )


def _day(published: object) -> date | None:
    found = _DAY.match(published) if isinstance(published, str) else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
