"""Rows of the published changes of pages: what rules keep out of every text is kept out of these.

No text of a source about people leaves, nor of one that may only be linked: that it changed, and
when, is all that is said. Sources about people do not name their captures either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atalaya.findings.alerts.screening import rule_against
from atalaya.publishing.masking import Masking

Row = Mapping[str, Any]
TEXTS = (
    "before",
    "after",
    "numbers",
    "where",
    "where_before",
    "row_name",
    "column_name",
    "words",
    "unit",
)
WITHHELD = "withheld"


def says(row: Row) -> bool:
    """Whether a row holds words of its page."""
    return any(row[name] for name in TEXTS)


def change_rows(rows: Iterable[Row], masks: Masking) -> Iterator[dict[str, Any]]:
    """Give the published rows, in the order of the table.

    Args:
        rows: Rows with the schema ``model.tables.PAGE_CHANGES``.
        masks: What may be shown, and of which source.
    """
    for row in rows:
        source = masks.sources.get(row["source"])
        if source is None:
            continue
        shown = {name: cell for name, cell in row.items() if name != "number"}
        if source.about_people or source.private_persons:
            shown |= {"from_capture": None, "to_capture": None}
            shown = _silent(shown, "about-people")
        elif rule := _kept_out(row):
            shown = _silent(shown, rule)
        yield shown


def _silent(row: dict[str, Any], because: str) -> dict[str, Any]:
    """Take the words out of a row; one that has none stays as it is."""
    if not says(row):
        return row
    return row | dict.fromkeys(TEXTS) | {"kind": WITHHELD, "because": because}


def _kept_out(row: Row) -> str | None:
    """Give the rule that keeps something in a row's words out of everything published, or None."""
    text = "\n".join(row[name] for name in TEXTS if row[name])
    return rule_against(text)
