"""The steps that make tables, each done again only where what it is made from has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pyarrow as pa

from atalaya.findings.leaving_out import still_counting
from atalaya.model.records import Capture
from atalaya.model.settings import Folder
from atalaya.model.tables import ORDER
from atalaya.pipeline import store as tables
from atalaya.pipeline.collecting import logged_captures
from atalaya.pipeline.defects import doubts
from atalaya.pipeline.followed import RULES, STEP, known_changes, page_changes
from atalaya.pipeline.house import House
from atalaya.pipeline.late_alarms import with_late_periods
from atalaya.pipeline.monitoring import judge
from atalaya.pipeline.nowcasting import nowcasts
from atalaya.pipeline.progress import Progress
from atalaya.pipeline.signalling import captured
from atalaya.pipeline.steps import Steps, fingerprint
from atalaya.pipeline.tabulating import document_of, issue_table, newest, read
from atalaya.series.cutoff import Edition

_READ = ("documents", "claims", "page_changes", "texts", "mentions")
Work = Callable[[Progress], bool]
"""Does a step unless nothing has changed; says whether it was done."""


def table_steps(house: House) -> list[tuple[str, Work]]:
    """Give the steps that make tables, in order, each with what does it."""
    folder, declarations, monitors = house.folder, house.declarations, house.monitors
    logged = logged_captures(house.store.all())
    captures = newest(still_counting(logged, house.retracted))
    sources = [one.model_dump(mode="json", by_alias=True) for one in declarations]
    seen = [[one.source, one.address, one.sha256] for one in captures]
    sealed = [one.sha256 for one in logged if one.sealed]
    struck = [one.content() for one in house.retracted]
    every = [one.id for one in logged]
    reading = fingerprint(
        "read", sources, seen, every, RULES, *(one for one in (sealed, struck) if one)
    )
    moments = captured(captures)
    pooling = [
        [one.slug, one.series.model_dump(mode="json"), one.pool] for one in monitors if one.pool
    ]
    counting = fingerprint(
        "count",
        reading,
        {slug: at.isoformat() for slug, at in moments.items()},
        *([pooling] if pooling else []),
    )
    late = {one.slug for one in declarations if one.reporting.lag_days}
    versions = [one.id for one in logged if one.source in late]
    watched = [one.model_dump(mode="json", by_alias=True) for one in monitors]
    judging = fingerprint("judge", counting, watched, versions)

    def read_step(progress: Progress) -> None:
        said = read(declarations, logged, house.store, progress, house.retracted)
        tables.write_table(folder.tables, "documents", said.documents)
        tables.write_table(folder.tables, "claims", said.claims)
        tables.write_table(folder.tables, "texts", said.texts)
        tables.write_table(folder.tables, "mentions", said.mentions)
        tables.write_table(folder.tables, "issues", issue_table(said.issues))
        versions = still_counting(logged, house.retracted)
        changed = page_changes(declarations, versions, house.store, known_changes(folder.tables))
        tables.write_table(folder.tables, "page_changes", changed)
        Steps.load(folder.tables).remember(STEP, RULES)

    def count_step(progress: Progress) -> None:
        from atalaya.pipeline.watched import with_parents
        from atalaya.series.counting import count

        progress.begin("count")
        claims = tables.read_table(folder.tables, "claims")
        counted = count(claims, declarations, _editions(captures))
        found = with_parents(_with_mentions(counted.series, claims, captures), monitors)
        tables.write_table(folder.tables, "series", found)
        tables.replace_issues(folder.tables, "count", issue_table(counted.issues))
        series = len(found["series"].unique())
        progress.end(f"{series} series, {found.num_rows} observations")

    def judge_step(progress: Progress) -> None:
        progress.begin("judge")
        series = tables.read_table(folder.tables, "series")
        expected = nowcasts(series, declarations, logged, house.store)
        tables.write_table(folder.tables, "nowcasts", expected)
        doubt = doubts(declarations, series)
        verdicts = judge(series, monitors, doubt)
        verdicts = with_late_periods(verdicts, series, expected, monitors, doubt)
        tables.write_table(folder.tables, "verdicts", verdicts)
        alarms = sum(verdicts["alarm"].drop_null().to_pylist())
        progress.end(f"{verdicts.num_rows} verdicts, {alarms} alarms")

    return [
        ("read", _unless_same(folder, "read", reading, read_step, *_READ)),
        ("count", _unless_same(folder, "count", counting, count_step, "series")),
        ("judge", _unless_same(folder, "judge", judging, judge_step, "verdicts", "nowcasts")),
    ]


def _with_mentions(series: pa.Table, claims: pa.Table, captures: Sequence[Capture]) -> pa.Table:
    """Add how often open sources speak of a substance; the month of the last capture goes on."""
    from atalaya.series.mentions import mention_series

    until = max((one.fetched_at.date() for one in captures), default=date.min)
    both = pa.concat_tables([series, mention_series(claims, until)])
    return both.sort_by([(name, "ascending") for name in ORDER["series"]])


def _editions(captures: Sequence[Capture]) -> dict[str, Edition]:
    """Identifier of a document -> where and when it was captured."""
    return {document_of(one).id: Edition(one.address, one.known_at) for one in captures}


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
