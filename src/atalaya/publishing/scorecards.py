"""The scorecard as a release shows it: shares, rates and medians, and which waves were found.

Of what happened in one series only the year of the first case is published: the months in which
one, three and five cases had been counted, and those of alarms on hidden counts, would give the
counts away; so would a hash of the file of events, against which months can be tried one by one. A
lead is a median over at least five events, in whole months; of fewer it would be the lead of one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PLACE = "site/scorecard.json"
_FIGURES = (
    "detector", "waves", "found", "recall", "found_by_third", "recall_by_third", "noticed",
    "before_notice", "share_before", "left_censored", "precision",
)  # fmt: skip
_EVENT = ("series", "type", "outcome", "notice")
_DATA = ("series", "first", "last", "editions", "lag_days")
_FEWEST_LEADS = 5
_WITHHELD = {"value": None, "low": None, "high": None}


def published(card: Mapping[str, Any]) -> dict[str, Any]:
    """Give what may be shown of a scorecard.

    Args:
        card: From `findings.backtesting.Scorecard.contents`.
    """
    kept = {name: card[name] for name in ("schema", "mode", "software", "rules", "parameters")}
    return kept | {
        "truth": {"events": card["truth"]["events"]},
        "data": {name: card["data"][name] for name in _DATA},
        "detectors": [_detector(one) for one in card["detectors"]],
    }


def read_published(folder: Path) -> dict[str, Any] | None:
    """Read the scorecard of a release, or None where it has none.

    Args:
        folder: The release.
    """
    file = folder / PLACE
    return dict(json.loads(file.read_bytes())) if file.is_file() else None


def _detector(score: Mapping[str, Any]) -> dict[str, Any]:
    enough = score["noticed"] >= _FEWEST_LEADS
    return {name: score[name] for name in _FIGURES} | {
        "lead_months": _whole(score["lead_months"]) if enough else _WITHHELD,
        "false_episodes": score["quiet"]["episodes"],
        "series_months": score["quiet"]["series_months"],
        "per_100_months": score["quiet"]["per_100_months"],
        "events": [_event(event) for event in score["events"]],
    }


def _event(event: Mapping[str, Any]) -> dict[str, Any]:
    year = event["first"][:4] if event["first"] else None
    return {name: event[name] for name in _EVENT} | {"first_year": year}


def _whole(figure: Mapping[str, float | None]) -> dict[str, int | None]:
    return {name: None if value is None else round(value) for name, value in figure.items()}
