"""TOML files that people write, read into checked records, with the place of every mistake.

``read_toml`` finds mistakes of syntax, ``validated`` mistakes of content; both name the line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from atalaya.model.errors import BadInput, Place

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_\-.\"' ]+?)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"\s*(?:([A-Za-z0-9_\-]+)|\"([^\"]*)\"|'([^']*)')\s*[.=]")
_TEXT = re.compile(r"\"{3}|'{3}")
_LONGEST_LINE = 500  # of which a key or heading is looked for: their patterns take its square
_LARGEST = 1_000_000  # a declaration is a few kilobytes; more is a file of another kind

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file that could be parsed: where it lies, its text and its content."""

    path: Path
    text: str
    content: dict[str, Any]

    def place(self, keys: Sequence[str | int] = ()) -> Place:
        """Say where a key is written, or where its table begins when the key is not there."""
        return Place(str(self.path), line_of(self.text, keys))


def read_toml(path: Path) -> TomlFile:
    """Read and parse a TOML file.

    Args:
        path: The file.

    Returns:
        Its text and content.

    Raises:
        BadInput: It is absent, too large, not UTF-8, or not TOML; with line and column.

    Source: TOML v1.0.0.
    """
    try:
        raw = _read(path)
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        return TomlFile(path, text, tomllib.loads(text))
    except OSError as error:
        raise BadInput(
            f"the file cannot be read: {error.strerror or error}",
            do="give it that name and make it readable",
            where=Place(str(path)),
        ) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(
            f"the file is not UTF-8: byte 0x{raw[error.start]:02x} cannot be read",
            do="save the file as UTF-8; TOML allows no other encoding",
            where=Place(str(path), line),
        ) from error
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        raise _syntax_error(path, text, str(error)) from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise BadInput(
            f"the file is larger than {_LARGEST} bytes",
            do="check that it is the declaration and not data",
            where=Place(str(path)),
        )
    return raw


def _syntax_error(path: Path, text: str, message: str) -> BadInput:
    found = _AT.search(message)
    line: int | None = None
    column: int | None = None
    if found:
        line = int(found[1]) if found[1] else text.count("\n") + 1
        column = int(found[2]) if found[2] else None
    return BadInput(
        f"this is not TOML: {_AT.sub('', message)}",
        do='write key = "value", one a line; tables as [name], repeated ones as [[name]]',
        where=Place(str(path), line, column),
    )


def validated(model: type[Model], file: TomlFile) -> Model:
    """Check a file's content against a model.

    Args:
        model: The pydantic model of the whole file.
        file: The parsed file.

    Returns:
        The record.

    Raises:
        BadInput: With every mistake: key path, line, what was expected, the nearest right key.
    """
    try:
        return model.model_validate(file.content)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        said = [_says(model, file, fault, first=not n) for n, fault in enumerate(faults)]
        raise BadInput(
            "; ".join(said),
            why="a key that is not understood would be a silent default",
            do="mend " + ("this key" if len(said) == 1 else f"these {len(said)} keys"),
            where=file.place(faults[0]["loc"]),
        ) from error


def _says(model: type[BaseModel], file: TomlFile, fault: Any, *, first: bool) -> str:
    keys = fault["loc"]
    name = key_path(keys)
    line = line_of(file.text, keys)
    at = "" if first or line is None else f"line {line}: "  # the error's place names the first
    if fault["type"] == "missing":
        return f"{at}the key {name} is missing"
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(str(keys[-1]), _keys_at(model, keys[:-1]), n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return f"{at}{name} is not a key that is known here{hint}"
    shown = repr(fault["input"])
    return f"{at}{name} = {shown[:80]}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"


def key_path(keys: Sequence[str | int]) -> str:
    """Print where a value stands in a TOML file, repeated tables counted from 1.

    >>> key_path(("fetch", 0, "address"))
    'fetch[1].address'
    """
    path = ""
    for key in keys:
        path += f"[{key + 1}]" if isinstance(key, int) else f".{key}"
    return path.lstrip(".") or "the file"


def _keys_at(model: type[BaseModel], keys: Sequence[str | int]) -> list[str]:
    """Give the keys the model knows at a path; none where the path leaves the model."""
    here: type[BaseModel] | None = model
    for key in keys:
        if isinstance(key, int) or here is None:
            continue
        field = next((f for n, f in here.model_fields.items() if key in {n, f.alias}), None)
        here = _model_in(field.annotation) if field else None
    return [f.alias or n for n, f in here.model_fields.items()] if here else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def line_of(text: str, keys: Sequence[str | int]) -> int | None:
    r"""Find the line of a key in TOML text, or of the nearest table around it.

    Args:
        text: The file's text.
        keys: Path to the key; whole numbers count repeated tables from 0.

    Returns:
        Line counted from 1; None when not even the outermost key is written.

    >>> line_of("schema = 1\n[[fetch]]\naddress = 'x'\n", ("fetch", 0, "address"))
    3
    """
    best, depth = None, 0
    table: tuple[str | int, ...] = ()
    seen: dict[str, int] = {}
    for number, line in _lines_outside_texts(text):
        header = _HEADER.fullmatch(line)
        key = None if header else _KEY.match(line)
        if header:
            table = here = _table_path(header, seen)
        elif key:
            here = (*table, key[1] or key[2] or key[3] or "")
        else:
            continue
        if len(here) > depth and here == tuple(keys[: len(here)]):
            best, depth = number, len(here)
    return best


def _lines_outside_texts(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines, but not those inside a text of several lines, which may look like keys."""
    quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not quote:
            yield number, line[:_LONGEST_LINE]
        for mark in _TEXT.findall(line):
            quote = mark if not quote else "" if mark == quote else quote


def _table_path(header: re.Match[str], seen: dict[str, int]) -> tuple[str | int, ...]:
    path: list[str | int] = []
    parts = [part.strip(" \"'") for part in header[2].split(".")]
    for depth, part in enumerate(parts, start=1):
        name = ".".join(parts[:depth])
        path.append(part)
        if header[1] == "[[" and depth == len(parts):
            seen[name] = seen.get(name, -1) + 1
        if name in seen:
            path.append(seen[name])
    return tuple(path)
