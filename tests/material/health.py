"""Rows of source health, as a release holds them."""

from typing import Any

_ROW: dict[str, Any] = {
    "cadence": "daily",
    "asked_on": "2026-11-25",
    "answered_on": "2026-11-25",
    "newest_on": "2026-11-24",
    "days_since": 1,
    "days_allowed": 4,
    "documents": 120,
    "failing": 0,
    "volume": "usual",
    "last_week": 9,
    "usual": 8.0,
    "usual_low": 2,
    "usual_high": 17,
    "weeks": "8 7 - 9 10 8 0 9",
}
_UNTOLD = dict.fromkeys(("last_week", "usual", "usual_low", "usual_high", "weeks"))


def health_rows() -> list[dict[str, Any]]:
    """Give two sources: one in order, one that gives nothing and was never known to."""
    return [
        _ROW | {"source": "ct-deaths", "state": "fine"},
        _ROW
        | _UNTOLD
        | {"source": "cnd68", "state": "failing", "cadence": "once", "days_allowed": None}
        | {"failing": 2, "volume": "unknown", "newest_on": None, "days_since": None},
    ]
