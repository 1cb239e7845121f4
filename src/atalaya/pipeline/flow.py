"""The whole way, in order: fetch, read, count, judge, review, release.

Evidence (with the log) and decisions are the only state: every table is made from them, and a step
is skipped when what it is made from has not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.sources import load_sources
from atalaya.model.clock import Clock
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.records import Capture
from atalaya.model.settings import FetchingSettings, Folder, Settings
from atalaya.pipeline import store as tables
from atalaya.pipeline.collecting import collect, logged_captures
from atalaya.pipeline.house import House
from atalaya.pipeline.monitoring import judge, load_monitors
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.releasing import publish
from atalaya.pipeline.report import RunReport
from atalaya.pipeline.reviewing import open_log
from atalaya.pipeline.signalling import captured
from atalaya.pipeline.steps import Steps, fingerprint
from atalaya.pipeline.tabulating import document_of, issue_table, newest, read
from atalaya.series.cutoff import Edition

STEPS = ("fetch", "read", "count", "judge", "release")


def run(
    folder: Folder,
    settings: Settings,
    clock: Clock,
    progress: Progress,
    last: str = "release",
) -> RunReport:
    """Do every step up to and including ``last``; skip what has not changed.

    Args:
        folder: The observatory.
        settings: Its settings.
        clock: Tells the time.
        progress: Is told how far each step is.
        last: One of ``STEPS``.

    Returns:
        What was done and found.

    Raises:
        LookAtThis: A declaration or a rule needs somebody; the release before stays.
        TryLater: The disk refuses, or another run is at work.
        StopEverything: Evidence, log or release do not agree.
    """
    declarations, monitors = load_sources(folder.sources), load_monitors(folder.monitors)
    store, log = CaptureStore(folder.evidence), open_log(folder)
    with Fetcher(_fetching(folder, settings), clock) as fetcher:
        new = collect(declarations, fetcher, store, log, progress, clock.now())
    done = ["fetch"] if new else []
    captures = newest(logged_captures(store.all()))
    for step, work in _table_steps(folder, declarations, monitors, captures, store):
        if STEPS.index(step) <= STEPS.index(last) and work(progress):
            done.append(step)
    if last != "release":
        return RunReport(last=last, done=tuple(done))
    house = House(folder, settings, declarations, monitors, store, log)
    return publish(house, clock, progress, done)


def _fetching(folder: Folder, settings: Settings) -> FetchingSettings:
    """A mirror that is not an absolute path lies in the observatory's folder."""
    mirror = settings.fetching.mirror
    kept = str(folder.root.absolute() / mirror) if mirror else ""
    return settings.fetching.model_copy(update={"mirror": kept})


Work = Callable[[Progress], bool]
"""Does a step unless nothing has changed; says whether it was done."""


def _table_steps(
    folder: Folder,
    declarations: Sequence[SourceDeclaration],
    monitors: Sequence[MonitorDeclaration],
    captures: Sequence[Capture],
    store: CaptureStore,
) -> list[tuple[str, Work]]:
    """The steps that make tables, each with what it is made from."""
    sources = [one.model_dump(mode="json", by_alias=True) for one in declarations]
    seen = [[one.source, one.address, one.sha256] for one in captures]
    reading = fingerprint("read", sources, seen)
    moments = captured(captures)
    counting = fingerprint("count", reading, {slug: at.isoformat() for slug, at in moments.items()})
    judging = fingerprint(
        "judge", counting, [one.model_dump(mode="json", by_alias=True) for one in monitors]
    )

    def read_step(progress: Progress) -> None:
        said = read(declarations, captures, store, progress)
        tables.write_table(folder.tables, "documents", said.documents)
        tables.write_table(folder.tables, "claims", said.claims)
        tables.write_table(folder.tables, "issues", issue_table(said.issues))

    def count_step(progress: Progress) -> None:
        from atalaya.series.counting import count

        progress.begin("count")
        claims = tables.read_table(folder.tables, "claims")
        counted = count(claims, declarations, _editions(captures))
        tables.write_table(folder.tables, "series", counted.series)
        tables.replace_issues(folder.tables, "count", issue_table(counted.issues))
        series = len(counted.series["series"].unique())
        progress.end(f"{series} series, {counted.series.num_rows} observations")

    def judge_step(progress: Progress) -> None:
        progress.begin("judge")
        verdicts = judge(tables.read_table(folder.tables, "series"), monitors)
        tables.write_table(folder.tables, "verdicts", verdicts)
        alarms = sum(verdicts["alarm"].drop_null().to_pylist())
        progress.end(f"{verdicts.num_rows} verdicts, {alarms} alarms")

    return [
        ("read", _unless_same(folder, "read", reading, read_step, "documents", "claims")),
        ("count", _unless_same(folder, "count", counting, count_step, "series")),
        ("judge", _unless_same(folder, "judge", judging, judge_step, "verdicts")),
    ]


def _editions(captures: Sequence[Capture]) -> dict[str, Edition]:
    """Identifier of a document -> where and when it was captured."""
    return {document_of(one).id: Edition(one.address, one.fetched_at) for one in captures}


def _unless_same(
    folder: Folder, step: str, inputs: str, work: Callable[[Progress], None], *outputs: str
) -> Work:
    def maybe(progress: Progress) -> bool:
        steps = Steps.load(folder.tables)
        if steps.same(step, inputs, *(tables.path_of(folder.tables, one) for one in outputs)):
            progress.begin(step)
            progress.end("nothing new")
            return False
        work(progress)
        steps.remember(step, inputs)
        return True

    return maybe
