"""What a command prints: a table on a terminal, JSON lines when piped or with ``--json``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from atalaya.model.errors import AtalayaError

if TYPE_CHECKING:
    from rich.console import Console


def show(rows: Iterable[Mapping[str, Any]], *, as_json: bool, title: str = "") -> None:
    """Print rows to standard output.

    Args:
        rows: Rows with the same keys.
        as_json: Print JSON lines even on a terminal.
        title: Heading of the table on a terminal.
    """
    listed = list(rows)
    if as_json or not sys.stdout.isatty():
        for row in listed:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
        return
    _table(listed, title)


def say(*lines: str) -> None:
    """Write lines for people to standard error."""
    for line in lines:
        sys.stderr.write(line + "\n")


def tell(error: AtalayaError) -> None:
    """Write an error for people to standard error."""
    say(f"atalaya: {error}")


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | set | frozenset) else str(value)


def _table(rows: Sequence[Mapping[str, Any]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    letters = sum(len(_cell(value)) for row in rows for value in row.values())
    if letters > console.width * len(rows):  # most rows would fold, into columns a word wide
        _entries(rows, console)
        return
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for heading in rows[0] if rows else ():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    console.print(table if rows else "nothing to show")


def _entries(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print one entry a row, its cells one below the other."""
    from rich.table import Table
    from rich.text import Text

    for row in rows:
        (_, name), *others = row.items()
        entry = Table.grid(padding=(0, 2, 0, 0))
        for heading, value in others:
            if value is not None:
                entry.add_row(Text(f"  {heading}"), Text(_cell(value)))
        console.print(Text(_cell(name), style="bold"))
        console.print(entry)
        console.print()


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
