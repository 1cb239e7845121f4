"""Writes the tidy CSV files of the starter: whole or not at all, the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "src" / "atalaya" / "starter" / "sources"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a small UTF-8 table with one heading row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write heading and rows beside the place, then rename; give the number of rows.

    A row of another width is refused before anything is written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    count = 0
    for count, row in enumerate(rows, start=1):
        if len(row) != len(heading):
            raise SystemExit(f"{path}: row {count} has {len(row)} cells, {len(heading)} expected")
        writer.writerow(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(text.getvalue(), encoding="utf-8")
    draft.replace(path)
    return count


def plain_number(value: float | None) -> str:
    """Print a number without an idle decimal part; nothing for a missing one."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)
