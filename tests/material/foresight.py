"""Folders that say something now: kept sheets, and a bare observatory with a live source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from atalaya.cli import configuration
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.settings import Folder
from atalaya.pipeline.flow import run
from atalaya.pipeline.foresight import observatory, sheets
from atalaya.pipeline.foresight.saying import Said
from atalaya.pipeline.foresight.sealing import SealReport, seal
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.starting import start
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED
from tests.material.clocks import StillClock
from tests.material.laboratory import counts_of, laboratory, mirrored, publish, watched

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
HORIZON = 365
SHEET = "substance|substance:protonitazene"  # the series of the sheet's signal
SERIES = "lab/protonitazene/USA/samples"  # that of the observatory
_LAST = Period.parse("2026-02")


def kept_sheets(
    root: Path, place: str = "US-CT", now: datetime = NOW, last: Period = _LAST
) -> Folder:
    """A folder of ``watch --into``: protonitazene arrived in one place in three months.

    Another place is in the sheet too: of a sheet of one region alone nothing is sealed.
    """
    lines = ["date;result;place"]
    for back in range(23, -1, -1):
        month = str(last + -back)
        lines += [f"{month}-15;cocaine;{place}"] * 5 + [f"{month}-15;cocaine;Canada"]
        lines += [f"{month}-20;protonitazene;{place}"] * (back < 3)
    store = WatchStore(root)
    watch("\n".join(lines).encode(), "samples.csv", NOTHING_ASKED, now, store)
    return Folder(root)


def last_month() -> Period:
    """The last month that is over."""
    return Period.containing(datetime.now(UTC).date(), PeriodKind.MONTH) + -1


def new_in_one_region(
    root: Path, cases: Sequence[int], now: datetime = NOW, last: Period = _LAST
) -> Folder:
    """A folder of sheets: protonitazene is old in New York; in Connecticut it has these cases.

    Args:
        root: The folder.
        cases: Cases of the last months in Connecticut, newest last.
        now: When the sheet is received.
        last: Its last month.
    """
    lines = ["date;result;place"]
    for back in range(35, -1, -1):
        month = str(last + -back)
        for place in ("US-CT", "US-NY"):
            lines += [f"{month}-15;cocaine;{place}"] * 6
        lines += [f"{month}-18;protonitazene;US-NY"] * 4
        arrived = cases[-back - 1] if back < len(cases) else 0
        lines += [f"{month}-20;protonitazene;US-CT"] * arrived
    watch("\n".join(lines).encode(), "samples.csv", NOTHING_ASKED, now, WatchStore(root))
    return Folder(root)


def bare_observatory(root: Path, now: datetime = NOW, last: Period = _LAST) -> Folder:
    """An observatory with one live source, judged and never released."""
    folder = start(root, empty=True)
    laboratory(folder.sources, as_of="2026-02-28", table=counts_of("USA"))
    watched(folder.monitors)
    mirrored(folder.settings, "mirror")
    lines = ["month,substance,count,tested"]
    for back in range(29, -1, -1):
        month = str(last + -back)
        lines += [
            f"{month},cocaine,{40 + back % 3},97",
            f"{month},protonitazene,{int(back < 3)},97",
        ]
        lines += [f"{month},xylazine,1,97"] * (back < 2)
    publish(root / "mirror", lines)
    run(folder, configuration.load(folder, {}), StillClock(now), Silent(), "judge")
    return folder


def said_by(folder: Folder, now: datetime = NOW) -> Said:
    if folder.settings.is_file():
        settings = configuration.load(folder, {})
        return observatory.say(folder, settings, now.date(), HORIZON)
    return sheets.say(folder, now.date(), HORIZON)


def sealed(folder: Folder, now: datetime = NOW) -> SealReport:
    return seal(folder, said_by(folder, now), now, HORIZON)
