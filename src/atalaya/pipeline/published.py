"""What releases publish of signals: now, and on the day somebody signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from atalaya.findings.alerts.record import Said
from atalaya.findings.states import Decision
from atalaya.model.errors import BadInput
from atalaya.publishing.opening import Release
from atalaya.publishing.withdrawing import age


def published_signals(release: Release | None) -> dict[str, dict[str, Any]]:
    """Signal -> its row as published, with what its series counts; nothing before a release."""
    if release is None:
        return {}
    pairs = release.table("series").group_by(["series", "predicate"]).aggregate([]).to_pylist()
    counted = {row["series"]: row["predicate"] for row in pairs}
    rows = release.table("signals").to_pylist()
    return {row["id"]: row | {"counted": counted[row["series"]]} for row in rows}


def content_of(
    signed: Decision, releases: Path, rows: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Give what was signed with an alert: its figures and its form.

    A decision that holds none (older versions signed without a form so) takes the figures that were
    published on the day it was signed, or those of the latest release.

    Args:
        signed: The decision that signed it.
        releases: The folder of releases.
        rows: What the latest release publishes, as ``published_signals``.

    Raises:
        BadInput: No release holds its signal.
    """
    if signed.alert is not None:
        return signed.alert
    then = _on_the_day(signed.signal, signed.decided_at.date(), releases)
    row = then if then is not None else rows.get(signed.signal)
    if row is None:
        raise unpublished(signed.signal)
    return {"said": Said.of(row).content(), "form": {}}


def _on_the_day(signal: str, day: date, releases: Path) -> Mapping[str, Any] | None:
    """Find a signal in the newest release up to a day that holds it."""
    for path in _newest_first(releases, day):
        row = published_signals(Release.open(path)).get(signal)
        if row is not None:
            return row
    return None


def _newest_first(releases: Path, day: date) -> Iterator[Path]:
    names = (path for path in releases.glob("*-*") if path.is_dir() and not path.is_symlink())
    upto = [path for path in names if path.name[: len("2026-11-24")] <= day.isoformat()]
    yield from sorted(upto, key=lambda path: age(path.name), reverse=True)


def unpublished(signal: str) -> BadInput:
    """Say that a signal is in no release that an alert could take its figures from."""
    return BadInput(
        f"the latest release does not hold {signal}",
        why="an alert says only what is published, with small counts of people as 1-9",
        do="run `atalaya run`; a signal that is held back is named in its report",
    )
