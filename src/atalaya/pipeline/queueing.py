"""What to look at first: the published signals as clusters, ranked and within a budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from atalaya.findings.alerts.budget import Board, board
from atalaya.findings.alerts.clusters import Firing, clusters, novelty
from atalaya.findings.alerts.ranking import ranked
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.signals import standing_at
from atalaya.model.errors import WrongUse
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Signal
from atalaya.model.settings import Folder
from atalaya.pipeline.signalling import known_signals
from atalaya.publishing.opening import Release, latest_release

_RECENT = 6  # counts that growth looks at
Row = Mapping[str, Any]


def queue(folder: Folder, store: DecisionStore, today: date, analysts: int) -> Board:
    """Share the standing signals of the latest release out between this week and the queue.

    Args:
        folder: The observatory.
        store: Its decisions: what was decided on is not shown again without new evidence.
        today: The day.
        analysts: How many people review.

    Raises:
        WrongUse: Nothing has been released yet.
    """
    release = latest_release(folder.releases)
    if release is None:
        raise WrongUse("nothing has been released yet", do="`atalaya run` makes a release")
    end = Period.containing(release.as_of, PeriodKind.DAY)
    inside = {one.id: one for one in standing_at(known_signals(folder), end)}
    rows = [row for row in release.table("signals").to_pylist() if row["id"] in inside]
    made = firings(rows, release.table("series").to_pylist(), inside)
    found = clusters(made, names_so_far(folder.releases))
    decisions = [one.decision for one in store.decisions()]
    return board(ranked(found), decisions, today, analysts)


def names_so_far(releases: Path) -> dict[str, str]:
    """Walk through the releases, oldest first, and give each signal the name of its cluster.

    A cluster keeps the name under which it was first published, whatever turns up later.

    Args:
        releases: The folder of releases.

    Returns:
        Signal -> cluster.
    """
    known: dict[str, str] = {}
    for path in sorted(releases.glob("*-*"), key=_age):
        if path.is_dir() and not path.is_symlink():
            rows = Release.open(path).table("signals").to_pylist()
            for one in clusters(map(_bare, rows), known):
                known |= {firing.signal: one.id for firing in one.firings}
    return known


def _age(path: Path) -> tuple[str, int]:
    day, _, number = path.name.rpartition("-")
    return day, int(number) if number.isdigit() else 0


def _bare(row: Row) -> Firing:
    """Make a firing for its name alone."""
    names = ("what", "territory", "source", "since", "period", "observed", "expected", "sources")
    said = {name: row[name] for name in names}
    verdicts = frozenset((row["verdict"],))
    return Firing(signal=row["id"], verdicts=verdicts, predicate="", novelty=None, **said)


def firings(
    signals: Iterable[Row], series: Iterable[Row], inside: Mapping[str, Signal]
) -> list[Firing]:
    """Make firings of published rows.

    Args:
        signals: Rows of a release's signals.
        series: Rows of its series, in order.
        inside: Signal -> as the house knows it, for the inner name of its verdict.
    """
    observed: dict[str, list[Row]] = defaultdict(list)
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in series:
        if row["status"] == "observed":
            observed[row["subject"]].append(row)
            by_key[row["series"]].append(row)
    return [_firing(row, by_key[row["series"]], observed[row["what"]], inside) for row in signals]


def _firing(
    row: Row, own: list[Row], all_places: list[Row], inside: Mapping[str, Signal]
) -> Firing:
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
        _bare(row),
        verdicts=frozenset((row["verdict"], inside[row["id"]].verdict)),
        predicate=known[-1]["predicate"] if known else "",
        novelty=novelty(row["since"], here, elsewhere),
        recent=tuple(one["count"] for one in known[-_RECENT:]),
    )


def _seen(row: Row) -> bool:
    """Whether anything was counted; a withheld count is one that was."""
    return str(row["count"]) != "0"
