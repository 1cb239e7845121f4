"""What a reading says aloud: a remark has a kind, a place in the sheet, and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was assumed, skipped or left out.

    The words belong to whoever shows it, in the reader's language; here are only the facts.

    Args:
        kind: Such as ``no-date``; the key of its sentence.
        sheet: Name of the sheet, empty for CSV.
        line: Line in the file or row of the sheet, counted from 1; None when the whole is meant.
        column: The heading, or None.
        values: What the sentence needs.
    """

    kind: str
    sheet: str = ""
    line: int | None = None
    column: str | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)
