"""The whole way, in order: fetch, read, count, judge, review, release.

Evidence (with the log) and decisions are the only state: every table is made from them, and a step
is skipped when what it is made from has not changed. What works on tables is imported once there is
such work: a run that finds nothing new ends before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.fetched import Fetched
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.sources import load_sources
from atalaya.model.clock import Clock
from atalaya.model.declarations import SourceDeclaration
from atalaya.model.settings import FetchingSettings, Folder, Settings
from atalaya.pipeline import unchanged
from atalaya.pipeline.collecting import Kept, collect
from atalaya.pipeline.holding import refuse_lost
from atalaya.pipeline.house import House, open_log
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.report import RunReport

if TYPE_CHECKING:  # monitors bring detectors, and those bring numpy
    from atalaya.findings.reinstatements import Struck
    from atalaya.model.monitors import MonitorDeclaration
    from atalaya.pipeline.intake import Named

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
        StopEverything: Evidence, log or release do not agree, or logged evidence is gone.
    """
    given = unchanged.given(folder, settings, clock.now().date())
    declarations = load_sources(folder.sources)
    monitors = _monitors(folder) if unchanged.anew(folder, given) else None
    store, log = CaptureStore(folder.evidence), open_log(folder)
    refuse_lost(store.all(), log.reader().entries())
    if folder.original_keys.is_dir():
        _finish_erasures(folder, settings)
    with Fetcher(_fetching(folder, settings), clock) as fetcher:
        new = collect(declarations, fetcher, Kept(store, log, _reads), progress, clock.now())
    if last == STEPS[-1] and (report := unchanged.last_report(folder, given)):
        return _nothing_new(report, progress)
    watched = monitors or _monitors(folder)
    house = House(folder, settings, declarations, watched, store, log, _struck(folder, settings))
    report = _rebuild(house, clock, progress, last, ["fetch"] if new else [])
    if last == STEPS[-1]:
        unchanged.note(folder, given, report)
    return report


def _reads(said: SourceDeclaration, named: Named, fetched: Fetched) -> bytes | None:
    """Read a listed document at intake; what that needs is loaded with the first one."""
    from atalaya.pipeline.open_intake import reads

    return reads(said, named, fetched)


def _monitors(folder: Folder) -> tuple[MonitorDeclaration, ...]:
    """A wrong monitor stops a run before anything is fetched; one that ran already is right."""
    from atalaya.pipeline.monitoring import load_monitors

    return load_monitors(folder.monitors)


def _struck(folder: Folder, settings: Settings) -> tuple[Struck, ...]:
    from atalaya.pipeline.reviewing import struck_evidence  # brings the database of decisions

    return struck_evidence(folder, settings)


def _finish_erasures(folder: Folder, settings: Settings) -> None:
    from atalaya.pipeline.originals import Observatory, finish_erasures

    finish_erasures(Observatory(folder, settings))


def _nothing_new(report: RunReport, progress: Progress) -> RunReport:
    for step in STEPS[1:]:
        progress.begin(step)
        progress.end(f"{report.release}, nothing new" if step == "release" else "nothing new")
    return report


def _rebuild(
    house: House, clock: Clock, progress: Progress, last: str, done: list[str]
) -> RunReport:
    from atalaya.pipeline.rebuilding import table_steps
    from atalaya.pipeline.releasing import publish

    for step, work in table_steps(house):
        if STEPS.index(step) <= STEPS.index(last) and work(progress):
            done.append(step)
    if last != STEPS[-1]:
        return RunReport(last=last, done=tuple(done))
    return publish(house, clock, progress, done)


def _fetching(folder: Folder, settings: Settings) -> FetchingSettings:
    """A mirror that is not an absolute path lies in the observatory's folder."""
    mirror = settings.fetching.mirror
    kept = str(folder.root.absolute() / mirror) if mirror else ""
    return settings.fetching.model_copy(update={"mirror": kept})
