"""What a row rests on that names no rows itself: what was fetched, or where one looked in vain.

That nothing is known is a statement too, and it rests on what was read. A monitor is a choice of
ours: it names its reasons and rests on no document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from atalaya.publishing.lineage import referenced
from atalaya.publishing.references import Rows

Cells = Mapping[str, Any]
Named = tuple[str, int]


def grounds(rows: Rows, table: str, cells: Cells) -> tuple[Named, ...]:
    """Give the rows, as table and number from 1, that a row of a table rests on.

    Args:
        rows: The rows of the release.
        table: The table of the row.
        cells: The row.
    """
    if cells.get("made_from"):
        return referenced(cells["made_from"])
    look = _LOOKS.get(table)
    return () if look is None else tuple(look(rows, cells))


def _matching(rows: Rows, table: str, **wanted: Any) -> Iterator[Named]:
    columns = {name: rows.table(table)[name].to_pylist() for name in wanted}
    for number, cells in enumerate(zip(*columns.values(), strict=True), start=1):
        if cells == tuple(wanted.values()):
            yield table, number


def _source(rows: Rows, cells: Cells) -> Iterator[Named]:
    return _matching(rows, "captures", source=cells["source"])


def _issue(rows: Rows, cells: Cells) -> Iterator[Named]:
    of_file = tuple(_matching(rows, "captures", address=cells["file"])) if cells["file"] else ()
    return iter(of_file) if of_file else _source(rows, cells)


def _blind_spot(rows: Rows, cells: Cells) -> Iterator[Named]:
    """The last figure there was; where there never was one, the documents without it."""
    place = {"source": cells["source"], "territory": cells["territory"]}
    found: tuple[Named, ...] = ()
    if cells["newest"] is not None:
        found = tuple(_matching(rows, "claims", **place, period=cells["newest"]))
    return iter(found) if found else _matching(rows, "documents", source=cells["source"])


def _promise(rows: Rows, cells: Cells) -> Iterator[Named]:
    """Nobody says it: the documents in which the rest of that session's record stands."""
    said = _matching(rows, "promises", session=cells["session"])
    claims = {
        claim
        for _, number in said
        for claim in referenced(rows.row("promises", number)["made_from"])
    }
    documents = {rows.row(*claim)["document"] for claim in claims}
    numbers = (rows.find("documents", document) for document in documents)
    return (("documents", number) for number in sorted(filter(None, numbers)))


def _text(rows: Rows, cells: Cells) -> Iterator[Named]:
    """Nothing of it may be quoted: that its address was asked."""
    return _matching(rows, "captures", source=cells["source"], address=cells["address"])


def _story(rows: Rows, cells: Cells) -> Iterator[Named]:
    """The texts that tell it."""
    return _matching(rows, "texts", story=cells["id"])


_LOOKS: Mapping[str, Callable[[Rows, Cells], Iterator[Named]]] = {
    "sources": _source,
    "issues": _issue,
    "page_changes": _source,
    "source_health": _source,
    "blind_spots": _blind_spot,
    "promises": _promise,
    "texts": _text,
    "stories": _story,
}
