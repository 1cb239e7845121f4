"""The review and release steps: signals with people's decisions, published as one release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

from atalaya.findings.alerts.screening import SOMEWHERE_SMALL, screen
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.signals import signals, standing_now, told_by
from atalaya.model.clock import Clock
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.periods import Period, PeriodKind
from atalaya.model.records import Signal
from atalaya.model.settings import Folder
from atalaya.pipeline import store as tables
from atalaya.pipeline.bodies import resolve_bodies
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.declared import declared
from atalaya.pipeline.doubting import find_doubts
from atalaya.pipeline.failures import failures_in
from atalaya.pipeline.house import House, open_log
from atalaya.pipeline.namings import log_namings, refuse_tampered_namings
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.proving import archive_with
from atalaya.pipeline.report import RunReport
from atalaya.pipeline.reviewing import decisions_of, log_pending, refuse_tampered, reviewed
from atalaya.pipeline.signalling import as_of, captured, standings
from atalaya.pipeline.steps import Steps, fingerprint
from atalaya.pipeline.visits import visits_in
from atalaya.publishing import withdrawing
from atalaya.publishing.withdrawing import Tombstone
from atalaya.series.parents import FAMILY, members

_TABLES = (
    "documents",
    "claims",
    "series",
    "verdicts",
    "nowcasts",
    "issues",
    "bodies",
    "page_changes",
)


def publish(house: House, clock: Clock, progress: Progress, done: Sequence[str]) -> RunReport:
    """Review what the tables say and publish it, unless the newest release already says it.

    Args:
        house: The observatory.
        clock: Tells the time.
        progress: Is told how far it is.
        done: Steps done before in this run.

    Returns:
        What the run came to.
    """
    now = clock.now()
    with decisions_of(house.folder, house.settings) as decisions:
        log_pending(decisions, house.log)
        refuse_tampered(decisions, house.log.reader().entries())
        refuse_tampered_namings(house.folder, house.settings)
        log_namings(house.folder, house.settings, house.log)
        progress.begin("review")
        found = _signals(house, decisions, now.date())
        progress.end(f"{len(found)} signals, {len(decisions.decisions())} decisions")
        digest = _digest(decisions)
        doubts = find_doubts(house, found, decisions, now)
    resolve_bodies(house, progress)
    progress.begin("release")
    inputs = fingerprint(
        "release",
        _table_digests(house.folder),
        digest,
        [[one.id, str(one.state)] for one in found],
        [failure.issue().id for failure in failures_in(house.log.reader().entries())],
        declared(house.settings, house.declarations, house.monitors),
        _truth_digest(house.folder),
        *([[one.row() for one in doubts]] if doubts else []),
        _visits_digest(house),
    )
    steps = Steps.load(house.folder.tables)
    latest = house.folder.releases / "latest"
    fresh = not steps.same("release", inputs, latest)
    if fresh:
        fresh = _build(house, found, digest, now)
        steps.remember("release", inputs)
    report = _report(house, _published(house, found), [*done, *(["release"] if fresh else [])])
    progress.end(f"{report.release}, {'new' if fresh else 'nothing new'}")
    return report


def withdraw(folder: Folder, name: str, reason: str, now: datetime) -> Tombstone:
    """Withdraw a release: the log says so and why, then its folder is deleted.

    The reason is read by anybody, so it is screened as the words of alerts are.

    Raises:
        WrongUse: There is no such release, or no reason.
        BadInput: The reason holds what may not be published.
    """
    screen(reason, SOMEWHERE_SMALL, "the reason")
    return withdrawing.withdraw(folder.releases, open_log(folder), name, reason, now)


def _published(house: House, found: Sequence[Signal]) -> tuple[Signal, ...]:
    """Leave out signals of sources that may only be linked: nobody finds them in the release."""
    free = {one.slug for one in house.declarations if one.licence.redistribute}
    return tuple(signal for signal in found if signal.source in free)


def _signals(house: House, decisions: DecisionStore, today: date) -> tuple[Signal, ...]:
    series = tables.read_table(house.folder.tables, "series")
    moments = captured(logged_captures(house.store.all()))
    found = signals(
        tables.read_table(house.folder.tables, "verdicts"),
        series,
        standings(house.declarations, series, moments),
    )
    return reviewed(found, decisions, today)


def _build(house: House, found: tuple[Signal, ...], decisions: str, now: datetime) -> bool:
    from atalaya.pipeline.composing import release_inputs
    from atalaya.pipeline.feeding import copied_feeds
    from atalaya.pipeline.own_scorecard import kept_back, own_scorecard
    from atalaya.publishing.opening import Release
    from atalaya.publishing.releases import build
    from atalaya.publishing.scorecards import published
    from atalaya.publishing.site.names import RegisterNames
    from atalaya.publishing.site.writing import write_pages
    from atalaya.publishing.why import explain

    def pages(unfinished: Path) -> None:
        release = Release.open(unfinished)
        write_pages(
            release,
            unfinished / "site",
            house.settings.name,
            RegisterNames(),
            lambda reference: explain(
                reference, release, archive_with(house.folder, house.settings)
            ),
            copied_feeds(house.folder, house.settings, release, now),
        )

    inputs = release_inputs(house, found, decisions, requirements())
    scores = own_scorecard(house.folder, house.monitors, kept_back(house.declarations))
    if scores is not None:
        inputs = replace(inputs, scorecard=published(scores.contents()))
    return build(inputs, house.folder.releases, now.date(), site=pages).fresh


def _report(house: House, found: Sequence[Signal], done: Sequence[str]) -> RunReport:
    from atalaya.publishing.releases import Release

    release = Release.open(house.folder.releases)
    end = as_of(house.folder)
    standing = standing_now(found, end) if end else ()
    told = told_by(standing, members(tables.read_table(house.folder.tables, "series")))
    standing = tuple(one for one in standing if one.id not in told)
    return RunReport(
        last="release",
        done=tuple(done),
        as_of="" if end is None else str(Period.containing(end, PeriodKind.MONTH)),
        signals=standing,
        release=release.name,
        fresh="release" in done,
        issues=release.table("issues").num_rows,
        names=_names(standing),
    )


def requirements() -> str:
    """Hash the versions of the packages that tables are computed with; hex.

    Equal evidence and decisions give equal tables under equal requirements: a release names them.
    """
    pinned: dict[str, str] = {}
    for line in requires("atalaya") or ():
        found = match(r"[A-Za-z0-9._-]+", line)
        if found and "extra ==" not in line:
            try:
                pinned[found[0]] = version(found[0])
            except PackageNotFoundError:
                pinned[found[0]] = "absent"
    return sha256_hex(canonical_json(pinned))


def _digest(decisions: DecisionStore) -> str:
    """Hash every decision with its signature; hex."""
    taken = [[one.decision.content(), one.signature] for one in decisions.decisions()]
    taken += [[one.retraction.content(), one.signature] for one in decisions.retractions()]
    taken += [[one.reinstatement.content(), one.signature] for one in decisions.reinstatements()]
    return sha256_hex(canonical_json(taken))


def _visits_digest(house: House) -> str:
    """Hash the days on which sources were asked: a source that answers nothing new is told too."""
    visits = visits_in(house.log.reader().entries())
    days = {slug: [repr(one) for one in said] for slug, said in sorted(visits.items())}
    return sha256_hex(canonical_json(days))


def _table_digests(folder: Folder) -> list[str]:
    return [sha256_hex(tables.path_of(folder.tables, name).read_bytes()) for name in _TABLES]


def _truth_digest(folder: Folder) -> str | None:
    """Hash the file that says what happened: it decides the scorecard.

    The hash stays in ``tables/``. Published, it would let one guess in which month hidden counts
    reached five.
    """
    from atalaya.pipeline.own_scorecard import truth_of

    truth = truth_of(folder)
    return sha256_hex(truth.read_bytes()) if truth.is_file() else None


def _names(found: Sequence[Signal]) -> Mapping[str, str]:
    from atalaya.registers import substances, territories

    known = {one.id: one.name for one in substances.load().entries}
    known |= {one.id: one.name for one in territories.load().entries}
    known |= {f"{FAMILY}{one.slug}": one.name for one in substances.load().families.values()}
    wanted = {one.what for one in found} | {one.territory for one in found}
    return {name: known.get(name, name.partition(":")[2]) for name in wanted}
