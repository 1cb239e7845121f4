from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from tests.material.pooled_series import FAMILY, rows, table

from atalaya.findings.signals import SourceStanding, signals, told_by
from atalaya.model.errors import BadInput
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.periods import Period
from atalaya.pipeline.defects import Doubts
from atalaya.pipeline.monitoring import judge
from atalaya.pipeline.watched import with_parents
from atalaya.series.parents import members

ISO, METO = "lab/isotonitazene/US-CT/cases", "lab/metonitazene/US-CT/cases"


def monitor(slug="arrivals", **changes):
    said = {
        "schema": 1,
        "slug": slug,
        "title": {"en": "Arrivals", "es": "Llegadas"},
        "series": {"sources": ["lab"]},
        "detector": "emergence_plain",
        "dated": date(2026, 11, 25),
        "because": "near-empty series",
        "cites": "docs/detectors.md",
        "pool": ["family"],
    }
    return MonitorDeclaration.model_validate(said | changes)


def long(subject, counts):
    """The last counts after a year and more of zeros."""
    made = rows(subject, [0.0] * (20 - len(counts)) + list(counts))
    for place, row in enumerate(made):
        row["period"] = str(Period.parse("2020-01") + place)
    return made


def scattered():
    """A wave that is below notice in each substance and plain in both together."""
    return table(
        long("substance:isotonitazene", [1.0, 0.0, 1.0]),
        long("substance:metonitazene", [0.0, 1.0, 0.0]),
    )


def alarms(verdicts, series):
    return [
        (row["period"], row["reason"])
        for row in verdicts.to_pylist()
        if row["series"] == series and row["alarm"]
    ]


def test_a_wave_below_notice_in_each_alarms_in_the_family_and_names_who_carries_it():
    series = with_parents(scattered(), [monitor()])
    verdicts = judge(series, [monitor()])
    assert alarms(verdicts, ISO) == alarms(verdicts, METO) == []
    ((period, reason),) = alarms(verdicts, FAMILY)
    assert period == "2021-08"
    assert reason.endswith("; carried by isotonitazene")
    own = next(
        row for row in verdicts.to_pylist() if (row["series"], row["period"]) == (FAMILY, "2021-08")
    )
    sums = {row["id"]: row["series"] for row in series.to_pylist() if row["series"] == FAMILY}
    assert {sums.get(one) for one in own["made_from"]} == {FAMILY}


def test_pooling_changes_no_verdict_on_the_children():
    bare, pooled = monitor(pool=()), monitor()
    series = with_parents(scattered(), [pooled])
    before = {row["id"] for row in judge(scattered(), [bare]).to_pylist()}
    after = {row["id"] for row in judge(series, [pooled]).to_pylist() if row["series"] != FAMILY}
    assert before == after


def test_who_does_not_pool_does_not_judge_the_sums():
    series = with_parents(scattered(), [monitor()])
    bare = monitor("bare", pool=(), detector="ears_c1")
    judged = judge(series, [monitor(), bare]).to_pylist()
    assert {row["detector"] for row in judged if row["series"] == FAMILY} == {"emergence_plain"}


def test_a_source_that_counts_the_larger_place_itself_is_believed():
    counted = table(
        rows("substance:isotonitazene", [1.0], "territory:US-CT"),
        rows("substance:isotonitazene", [2.0], "territory:US-NY"),
        rows("substance:isotonitazene", [8.0], "territory:USA"),
    )
    assert with_parents(counted, [monitor(pool=["region"])]).num_rows == 3


def test_one_name_never_stands_for_two_sums():
    narrow = monitor(
        "narrow",
        detector="ears_c1",
        series={"subjects": ["substance:isotonitazene", "substance:metonitazene"]},
    )
    wide = pa.concat_tables([scattered(), table(long("substance:protonitazene", [0.0]))])
    with pytest.raises(BadInput, match=r"arrivals and narrow would add lab/family\.nitazenes"):
        with_parents(wide, [monitor(), narrow])
    assert with_parents(scattered(), [monitor(), narrow]).num_rows == 60


def test_a_sum_shares_the_doubt_about_the_child_that_carries_it():
    span = (Period.parse("2021-01"), Period.parse("2021-12"))
    known_before = long("substance:isotonitazene", [1.0, *[0.0] * 16, 1.0, 0.0, 1.0])
    other = long("substance:metonitazene", [0.0, 1.0, 0.0])
    series = with_parents(table(known_before, other), [monitor()])
    verdicts = judge(series, [monitor()], Doubts({ISO: (span,)}))
    ((_, reason),) = alarms(verdicts, FAMILY)
    assert reason.startswith("possibly a testing change (the source is known for it): ")
    assert reason.endswith("; carried by isotonitazene")
    verdicts = judge(series, [monitor()], Doubts({METO: (span,)}))
    ((_, reason),) = alarms(verdicts, FAMILY)
    assert not reason.startswith("possibly")


def _signals(series):
    standing = {"lab": SourceStanding("lab", "lab", "live")}
    return signals(judge(series, [monitor()]), series, standing)


def test_a_signal_on_a_sum_is_told_by_a_child_only_where_the_child_has_one():
    quiet = with_parents(scattered(), [monitor()])
    found = _signals(quiet)
    assert [one.what for one in found] == ["family:nitazenes"]
    assert told_by(found, members(quiet)) == {}
    loud = with_parents(
        table(
            long("substance:isotonitazene", [1.0, 1.0, 2.0]),
            long("substance:metonitazene", [0.0, 1.0, 0.0]),
        ),
        [monitor()],
    )
    found = {one.series: one for one in _signals(loud)}
    assert set(found) == {FAMILY, ISO}
    assert told_by(found.values(), members(loud)) == {found[FAMILY].id: found[ISO]}


def test_a_signal_long_after_the_childs_is_told_by_nobody():
    series = with_parents(scattered(), [monitor()])
    (parent,) = _signals(series)
    child = replace(parent, series=ISO, since="2020-01", period="2020-06")
    assert told_by([parent, child], members(series)) == {}
    near = replace(child, period="2021-02")
    assert told_by([parent, near], members(series)) == {parent.id: near}


def test_how_often_sources_speak_of_a_thing_is_judged_where_a_monitor_asks_for_it_alone():
    spoken = long("substance:isotonitazene", [1.0])
    for row in spoken:
        row |= {"predicate": "mentions", "series": "lab/isotonitazene/US-CT/mentions"}
    both = table(long("substance:isotonitazene", [1.0]), spoken)
    asked = {"sources": ["lab"], "mentions": True}
    counts = judge(both, [monitor(pool=[])])
    mentions = judge(both, [monitor(pool=[], series=asked)])
    assert set(counts["series"].to_pylist()) == {ISO}
    assert set(mentions["series"].to_pylist()) == {"lab/isotonitazene/US-CT/mentions"}
