"""What to look at first: the published signals as clusters, ranked and within a budget."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from atalaya.findings.alerts.budget import Board, board
from atalaya.findings.alerts.clusters import Firing, clusters
from atalaya.findings.alerts.firings import bare, firings
from atalaya.findings.alerts.ranking import ranked
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.signals import standing_now, told_by
from atalaya.model.errors import WrongUse
from atalaya.model.settings import Folder
from atalaya.pipeline.signalling import known_signals
from atalaya.pipeline.store import read_table
from atalaya.publishing.opening import Release, latest_release
from atalaya.publishing.withdrawing import age
from atalaya.series.parents import members


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
    standing = standing_now(known_signals(folder), release.as_of)
    published = release.table("signals").to_pylist()
    shown = {row["id"] for row in published}
    told = told_by(
        [one for one in standing if one.id in shown], members(read_table(folder.tables, "series"))
    )
    verdicts = {one.id: one.verdict for one in standing if one.id not in told}
    rows = [row for row in published if row["id"] in verdicts]
    made = firings(rows, release.table("series").to_pylist(), verdicts)
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
    for path in sorted(releases.glob("*-*"), key=lambda path: age(path.name)):
        if path.is_dir() and not path.is_symlink():
            for one in clusters(_bare_firings(path), known):
                known |= {firing.signal: one.id for firing in one.firings}
    return known


@lru_cache(maxsize=2048)
def _bare_firings(path: Path) -> tuple[Firing, ...]:
    """Read a release's signals once a process: a release never changes, and a desk asks often."""
    return tuple(map(bare, Release.open(path).table("signals").to_pylist()))
