from datetime import UTC, date, datetime

import pytest

from atalaya.findings.foresight.events import Event, Outcome
from atalaya.findings.foresight.leaves import Basis, Opening, Sealing, committed
from atalaya.findings.foresight.scoring import Sealed, Truth, score, settled
from atalaya.findings.foresight.statements import Interval, Kind, Statement

UNTIL = date(2027, 3, 20)
BASIS = Basis(date(2026, 2, 28), "emergence", "atalaya 0.1.0", "0" * 64)


def said(kind=Kind.SIGNAL, series="a", period="2026-02", until=UNTIL, **more):
    return Statement(
        kind, series, "substance:x", None, more.pop("since", period), period, until, **more
    )


def sealed(*statements, on=date(2026, 3, 20), number=1, first=0):
    moment = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    sealing = Sealing(number, moment, "hmac-sha256:" + "0" * 64, None)
    opened = [(BASIS, Opening(one, bytes(32))) for one in statements]
    leaves = committed(sealing, opened, date(on.year + 1, on.month, on.day))
    return [
        Sealed(first + n, leaf, one)
        for n, (leaf, one) in enumerate(zip(leaves, statements, strict=True))
    ]


def event(series="a", notice="2026-06-01", first="2025-12", kind="new", fifth=""):
    return Event(series, kind, first, fifth, notice)


def result(statements, *events, on=date(2026, 12, 1), outcomes=()):
    return score(statements, Truth(events, tuple(outcomes), on))


def test_a_signal_sealed_before_the_notice_warned_by_as_many_days():
    found = result(sealed(said()), event())
    assert found["events"][0]["status"] == "warned"
    assert found["events"][0]["days_ahead"] == 73  # 20 March to 1 June
    assert found["statements"] == [{"index": 0, "turned_out": "hit"}]
    assert found["says"].startswith("warned 73 days ahead (median), 1 of 1, 0 false")


def test_the_earliest_of_several_sealings_counts_for_the_lead():
    later = sealed(said(period="2026-04"), on=date(2026, 5, 20), number=2, first=1)
    found = result([*sealed(said()), *later], event())
    assert (found["events"][0]["index"], found["events"][0]["days_ahead"]) == (0, 73)
    assert [one["turned_out"] for one in found["statements"]] == ["hit", "hit"]


def test_a_notice_on_the_day_of_sealing_is_no_foresight():
    found = result(sealed(said("signal", "b"), said()), event(notice="2026-03-20"))
    assert found["events"][0]["status"] == "before sealing"
    assert found["counts"]["events"] == 0


def test_of_a_notice_dated_by_its_month_the_first_day_counts():
    assert (
        result(sealed(said()), event(notice="2026-03"))["events"][0]["status"] == "before sealing"
    )
    assert result(sealed(said()), event(notice="2026-04"))["events"][0]["days_ahead"] == 12


def test_a_signal_first_sealed_after_the_notice_is_late_and_not_false():
    both = [*sealed(said(series="b")), *sealed(said(), on=date(2026, 7, 1), number=2, first=1)]
    found = result(both, event(), on=date(2027, 12, 1))
    assert found["events"][0]["status"] == "late"
    assert found["statements"][1]["turned_out"] == "late"
    assert found["counts"]["warned"] == 0


def test_an_event_of_a_series_not_assessed_is_neither_found_nor_plainly_missed():
    found = result(sealed(said(Kind.NOT_ASSESSED, says="short history")), event(), event("c"))
    assert [one["status"] for one in found["events"]] == ["not assessed", "missed"]
    assert found["events"][0]["because"] == "short history"
    assert found["counts"]["events"] == 2


def test_a_signal_about_an_episode_that_ended_before_the_first_case_is_not_a_warning():
    found = result(sealed(said(period="2025-06")), event(first="2026-02"), on=date(2027, 4, 1))
    assert found["events"][0]["status"] == "missed"
    assert found["counts"]["false"] == 1


def test_an_old_event_excuses_no_new_false_signal():
    found = result(sealed(said()), event(notice="2020-01-01", first="2019-11"), on=date(2027, 4, 1))
    assert found["events"][0]["status"] == "before sealing"
    assert found["counts"]["false"] == 1


def test_a_signal_is_false_only_when_its_time_has_run_out_and_once_an_episode():
    again = sealed(said(period="2026-04", since="2026-02"), on=date(2026, 5, 20), number=2, first=1)
    both = [*sealed(said()), *again]
    assert result(both)["counts"]["false"] == 0
    assert result(both)["counts"]["pending"] == 2
    assert result(both, on=date(2027, 12, 1))["counts"]["false"] == 1


def test_a_signal_about_a_reporting_artefact_is_a_false_one():
    found = result(
        sealed(said()), event(kind="reporting artefact", notice=""), on=date(2027, 12, 1)
    )
    assert found["events"][0]["status"] == "no arrival"
    assert (found["counts"]["false"], found["counts"]["events"]) == (1, 0)


@pytest.mark.parametrize("kind", ["panel start", "volume step", "quiet"])
def test_what_a_backtest_calls_no_wave_is_no_arrival_here_either(kind):
    found = result(sealed(said()), event(kind=kind), on=date(2027, 12, 1))
    assert found["events"][0]["status"] == "no arrival"
    assert found["counts"]["false"] == 1


def test_an_arrival_without_a_fifth_case_or_notice_counts_for_and_against_nobody():
    found = result(sealed(said()), event(notice=""), on=date(2027, 12, 1))
    assert found["events"][0]["status"] == "no outcome"
    assert found["statements"] == [{"index": 0, "turned_out": "arrived"}]
    assert (found["counts"]["events"], found["counts"]["false"]) == (0, 0)


def test_without_a_notice_the_fifth_case_is_the_outcome():
    assert (
        result(sealed(said()), event(notice="", fifth="2026-05"))["events"][0]["days_ahead"] == 42
    )


def test_forecasts_and_deadlines_are_scored_by_what_came():
    within, beyond = Interval(3, 8, 0.8), Interval(9, 12, 0.8)
    statements = sealed(
        said(Kind.FORECAST, period="2026-04", interval=within),
        said(Kind.FORECAST, period="2026-05", interval=beyond),
        said(Kind.FORECAST, period="2026-06", interval=beyond),
        said(Kind.DEADLINE, series="promise/r/report", period="2026-09", until=date(2026, 9, 30)),
        said(Kind.DEADLINE, series="promise/r/money", period="2026-09", until=date(2026, 9, 30)),
    )
    outcomes = Outcome("a", "2026-04", 8), Outcome("a", "2026-05", 8)
    kept = event("promise/r/report", "2026-09-12", first="")
    found = result(statements, kept, outcomes=outcomes)
    assert [one["turned_out"] for one in found["statements"]] == [
        "inside", "outside", "pending", "kept", "not shown kept",
    ]  # fmt: skip


def test_what_is_settled_or_due_must_be_opened_and_nothing_else():
    statements = sealed(said(), said(series="b"), said(Kind.NOT_ASSESSED, series="c"))
    events = (event(), event("c"))
    assert settled(statements, Truth(events, (), date(2026, 12, 1))) == {0, 2}
    assert settled(statements, Truth(events, (), date(2027, 3, 20))) == {0, 1, 2}


def test_what_stays_closed_changes_nothing_but_how_many_are_open():
    statements = sealed(said(), said(series="b"), said(Kind.NOT_ASSESSED, series="c"))
    truth = Truth((event(), event("c"), event("d")), (), date(2026, 12, 1))
    opened = settled(statements, truth)
    closed = [
        one if one.index in opened else Sealed(one.index, one.leaf, None) for one in statements
    ]
    assert score(closed, truth)["events"] == score(statements, truth)["events"]


@pytest.mark.parametrize("status", ["missed", "warned", "late", "not_assessed"])
def test_with_nothing_sealed_no_event_counts(status):
    assert result([], event())["counts"][status] == 0
