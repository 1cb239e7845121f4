"""Writes tables that are no text by rows - JSON, JSON lines, SDMX-ML - as CSV, for one reader.

As with a workbook, the spans of their claims point into this CSV, which the same payload always
gives again. Numbers keep the digits they are written with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from atalaya.model.errors import BadInput, Place
from atalaya.model.sentences import sentence
from atalaya.reading.rows import join
from atalaya.reading.text import Passages

_JSON = frozenset({"application/json", "text/json"})
_LINES = frozenset({"application/jsonl", "application/x-ndjson", "application/x-jsonlines"})
_SDMX = ("application/vnd.sdmx.genericdata+xml", "application/vnd.sdmx.structurespecificdata+xml")
_DEEPEST = 6  # objects inside objects; a table is seldom more than two
Cells = Mapping[str, str]


def is_objects(media_type: str) -> bool:
    """Say whether a media type names a table of objects.

    >>> is_objects("application/vnd.sdmx.genericdata+xml;version=2.1"), is_objects("text/csv")
    (True, False)
    """
    return _bare(media_type) in {*_JSON, *_LINES, *_SDMX}


def objects_table(payload: bytes, media_type: str, address: str) -> Passages:
    """Write a table of objects as CSV.

    Args:
        payload: The bytes as received.
        media_type: As declared.
        address: Where it came from, for error messages.

    Returns:
        The table in UTF-8: a heading of all names in the order in which they first appear, then a
        row an object; a name inside another after a dot, what an object lacks empty.

    Raises:
        BadInput: It is not what is declared, or holds no table.

    Source: RFC 8259 (JSON); SDMX 2.1, section 3A, for generic and structure-specific data.
    """
    kind = _bare(media_type)
    try:
        if kind in _JSON:
            rows = [_flat(one) for one in _list_in(json.loads(payload, **_AS_WRITTEN), address)]
        elif kind in _LINES:
            rows = [_flat(one) for one in _lines(payload, address)]
        else:
            rows = list(_observations(payload, address))
    except (ValueError, RecursionError) as error:
        raise _no_table(address, str(error)[:200]) from error
    if not rows:
        raise _no_table(address, sentence("it holds no row"))
    return Passages(_as_csv(rows), "utf-8", address, by_row=True)


_AS_WRITTEN: dict[str, Any] = {"parse_float": str, "parse_int": str, "parse_constant": str}


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _as_csv(rows: list[Cells]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "".join(f"{join(cells)}\n" for cells in lines).encode("utf-8", "replace")


def _list_in(answer: Any, address: str) -> list[Any]:
    """Give the list of objects: the answer itself, or the only one among what it holds."""
    held = answer.values() if isinstance(answer, dict) else [answer]
    lists = [one for one in held if isinstance(one, list) and _objects(one)]
    if len(lists) != 1:
        raise _no_table(
            address, sentence("it holds {number} lists of objects, not one", number=len(lists))
        )
    return list(lists[0])


def _objects(rows: list[Any]) -> bool:
    return bool(rows) and all(isinstance(one, dict) for one in rows)


def _lines(payload: bytes, address: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(payload.decode("utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line, **_AS_WRITTEN)
        except ValueError as error:
            raise _no_table(address, str(error)[:200], number) from error
        if not isinstance(said, dict):
            raise _no_table(address, sentence("this line is no object"), number)
        yield said


def _flat(said: Mapping[str, Any], before: str = "", depth: int = 0) -> Cells:
    cells: dict[str, str] = {}
    for name, value in said.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            cells |= _flat(value, f"{before}{name}.", depth + 1)
        else:
            cells[_cell(f"{before}{name}")] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.splitlines())  # a row of the table is one line of the CSV
    return json.dumps(value, ensure_ascii=False)


def _observations(payload: bytes, address: str) -> Iterator[Cells]:
    """Give the observations of SDMX-ML, each with what its series and group of it say."""
    from lxml import etree

    options: dict[str, Any] = {"no_network": True, "load_dtd": False, "huge_tree": False}
    tree = etree.iterparse(
        BytesIO(payload), events=("start", "end"), resolve_entities=False, **options
    )
    series: dict[str, str] = {}
    try:
        for event, node in tree:
            name = _name(node)
            if event == "start" and name == "Series":
                series = {key: str(value) for key, value in node.attrib.items() if key[0] != "{"}
            elif event == "end" and name in {"SeriesKey", "Attributes"}:
                series |= _values(node) if _name(node.getparent()) == "Series" else {}
            elif event == "end" and name == "Obs":
                yield series | _observation(node)
                node.clear()
            elif event == "end" and name == "Series":
                series = {}
                node.clear()
    except etree.XMLSyntaxError as error:
        raise _no_table(address, str(error)[:200]) from error


def _observation(node: Any) -> dict[str, str]:
    cells = {key: str(value) for key, value in node.attrib.items() if key[0] != "{"}
    for one in node:
        name = _name(one)
        if name == "ObsDimension":
            cells[one.get("id") or "TIME_PERIOD"] = one.get("value") or ""
        elif name == "ObsValue":
            cells["OBS_VALUE"] = one.get("value") or ""
        elif name in {"ObsKey", "Attributes"}:
            cells |= _values(one)
    return cells


def _values(node: Iterable[Any]) -> dict[str, str]:
    return {one.get("id") or "": one.get("value") or "" for one in node if _name(one) == "Value"}


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if node is not None and isinstance(node.tag, str) else ""


def _no_table(address: str, fault: str, line: int | None = None) -> BadInput:
    return BadInput(
        sentence("this is no table of objects: {fault}", fault=fault),
        why="a file that is half understood would be rows nobody declared",
        do=sentence(
            "open the address; declare what it is, or an address that gives a list of objects"
        ),
        where=Place(address, line=line),
    )
