"""A run ends early only where every byte it would look at is as the last one left it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from atalaya.model.records import Signal, SignalState
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.report import RunReport
from atalaya.pipeline.unchanged import anew, given, last_report, note

TODAY = date(2026, 3, 1)
SIGNAL = Signal(
    series="deaths",
    what="substance:xylazine",
    territory="territory:US-CT",
    source="ct",
    detector="emergence",
    since="2019-03",
    period="2019-05",
    verdict="verdict:0123456789abcdef",
    observed=12.0,
    expected=None,
    threshold=3.5,
    statistic=4.0,
    p_value=None,
    confidence="moderate",
    sources=1,
    unknown="who supplies it",
    reason="above the threshold",
    mode="live",
    state=SignalState.ALERT,
    signed_by="Ana",
    advice="carry naloxone",
    expires=date(2026, 4, 1),
)
REPORT = RunReport(
    last="release",
    done=("read", "release"),
    as_of="2019-05",
    signals=(SIGNAL,),
    release="2026-03-01-1",
    fresh=True,
    issues=2,
    names={"substance:xylazine": "xylazine"},
)
FILES = (
    "sources/ct/source.toml",
    "monitors/deaths.toml",
    "decisions.db",
    "evidence/000001.warc",
    "log/checkpoint",
    "tables/series.parquet",
    "tables/steps.json",
    "releases/2026-03-01-1/manifest.json",
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "releases/latest").symlink_to("2026-03-01-1")
    made = Folder(tmp_path)
    note(made, given(made, Settings(), TODAY), REPORT)
    return made


def _now(folder: Folder, settings: Settings | None = None, today: date = TODAY) -> RunReport | None:
    return last_report(folder, given(folder, settings or Settings(), today))


def test_where_nothing_changed_the_last_report_is_given_with_nothing_done(folder: Folder):
    report = _now(folder)
    assert report is not None
    assert (report.done, report.fresh) == ((), False)
    assert report.signals == REPORT.signals
    assert next(report.lines()) == "nothing has changed since the last run"
    assert [*report.lines()][3:] == [*REPORT.lines()][2:]


@pytest.mark.parametrize("name", FILES)
def test_a_byte_changed_in_any_file_is_seen(folder: Folder, name: str):
    (folder.root / name).write_text("something else")
    assert _now(folder) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "sources/new").mkdir() or (root / "sources/new/a.toml").write_text(""),
        lambda root: (root / "monitors/deaths.toml").unlink(),
        lambda root: (root / "decisions.db-wal").write_text("a decision not yet moved over"),
        lambda root: (root / "evidence/000002.warc").write_text("more"),
        lambda root: (root / "tables/series.parquet").unlink(),
        lambda root: (root / "releases/latest").unlink(),
        lambda root: (root / "tables/last-run.json").write_text("{broken"),
        lambda root: (root / "tables/last-run.json").write_text('{"schema": 99}'),
    ],
)
def test_what_comes_or_goes_is_seen(folder: Folder, change: Callable[[Path], object]):
    change(folder.root)
    assert _now(folder) is None


def test_another_day_or_another_setting_is_something_new(folder: Folder):
    assert _now(folder, today=date(2026, 3, 2)) is None
    assert _now(folder, Settings(name="Another name")) is None
    assert not anew(folder, given(folder, Settings(), TODAY))


def test_where_decisions_are_kept_elsewhere_each_step_looks_for_itself(folder: Folder):
    elsewhere = Settings.model_validate({"decisions": {"url": "postgresql://host/db"}})
    assert given(folder, elsewhere, TODAY) is None
    note(folder, None, REPORT)
    assert anew(folder, None)
    assert _now(folder, elsewhere) is None
