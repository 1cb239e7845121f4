"""Firings from published rows: what clustering and ranking look at, and nothing that is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from atalaya.findings.alerts.clusters import Firing, novelty
from atalaya.model.periods import Period

_RECENT = 6  # counts that growth looks at
Row = Mapping[str, Any]


def bare(row: Row) -> Firing:
    """Make a firing for its name alone."""
    names = ("what", "territory", "source", "since", "period", "observed", "expected", "sources")
    said = {name: row[name] for name in names}
    verdicts = frozenset((row["verdict"],))
    return Firing(signal=row["id"], verdicts=verdicts, predicate="", novelty=None, **said)


def firings(
    signals: Iterable[Row], series: Iterable[Row], inside: Mapping[str, str]
) -> list[Firing]:
    """Make firings of published rows.

    Args:
        signals: Rows of a release's signals.
        series: Rows of its series, in order.
        inside: Signal -> the inner name of its verdict, where that is known: what a reviewer on
            the command line decides on.
    """
    observed: dict[str, list[Row]] = defaultdict(list)
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in series:
        if row["status"] == "observed":
            observed[row["subject"]].append(row)
            by_key[row["series"]].append(row)
    return [_firing(row, by_key[row["series"]], observed[row["what"]], inside) for row in signals]


def _firing(row: Row, own: list[Row], all_places: list[Row], inside: Mapping[str, str]) -> Firing:
    end = Period.parse(row["period"]).end
    known = [one for one in own if Period.parse(one["period"]).end <= end]
    start = Period.parse(row["since"]).start
    elsewhere = any(
        one["territory"] != row["territory"] and _seen(one)
        for one in all_places
        if Period.parse(one["period"]).end < start
    )
    here = [(one["period"], _seen(one)) for one in known]
    return replace(
        bare(row),
        verdicts=frozenset((row["verdict"], inside.get(row["id"], row["verdict"]))),
        predicate=known[-1]["predicate"] if known else "",
        novelty=novelty(row["since"], here, elsewhere),
        recent=tuple(one["count"] for one in known[-_RECENT:]),
    )


def _seen(row: Row) -> bool:
    """Whether anything was counted; a withheld count is one that was."""
    return str(row["count"]) != "0"
