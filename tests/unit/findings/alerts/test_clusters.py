"""Clusters, their rank and the budget: one thing is one thing, and nothing comes twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.findings.alerts.budget import A_WEEK, board, taken_up
from atalaya.findings.alerts.clusters import Firing, clusters, novelty
from atalaya.findings.alerts.ranking import WEIGHTS, ranked
from atalaya.findings.states import Action, Decision

TODAY = date(2026, 11, 24)
ONE = Firing(
    signal="signal:0000000000000001",
    what="substance:xylazine",
    territory="territory:ARG",
    source="lab",
    since="2026-03",
    period="2026-05",
    verdicts=frozenset({"verdict:0000000000000001"}),
    observed="12",
    expected=3.0,
    sources=1,
    predicate="samples with the substance",
    novelty="growing",
    recent=("1", "2", "3", "4", "5", "9"),
)


def _named(number: int, **more: object) -> Firing:
    return replace(
        ONE,
        signal=f"signal:{number:016x}",
        verdicts=frozenset({f"verdict:{number:016x}"}),
        **more,
    )


def _decision(firing: Firing, action: Action = Action.DISMISS, **more: object) -> Decision:
    if action is Action.SIGN:
        more |= {"advice": "check", "expires": date(2027, 1, 1)}
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    (verdict,) = firing.verdicts
    return Decision(firing.signal, action, "reviewer:ada", "because", at, verdict, **more)


def test_repeated_firings_of_detectors_and_sources_are_one_cluster():
    found = clusters([ONE, _named(2, source="other"), _named(3, since="2026-08", period="2026-09")])
    assert [len(one.firings) for one in found] == [3]


def test_another_place_another_substance_and_another_year_are_others():
    apart = [
        ONE,
        _named(2, territory="territory:BRA"),
        _named(3, what="substance:ketamine"),
        _named(4, since="2027-03", period="2027-03"),
    ]
    assert len(clusters(apart)) == 4


@given(st.permutations(range(5)))
def test_the_order_of_firings_does_not_matter(order):
    months = ("2026-03", "2026-05", "2026-09", "2027-02", "2028-01")
    firings = [_named(n, since=month, period=month) for n, month in enumerate(months)]
    assert clusters([firings[n] for n in order]) == clusters(firings)


def test_a_cluster_keeps_its_name_when_an_earlier_firing_turns_up():
    (first,) = clusters([ONE])
    (later,) = clusters([ONE, _named(2, since="2026-01")], known={ONE.signal: first.id})
    assert later.id == first.id
    (grown,) = clusters([ONE, _named(2, since="2026-07", period="2026-07")])
    assert grown.id == first.id


def test_a_rank_is_the_sum_of_contributions_that_are_shown():
    (one,) = ranked(clusters([ONE]))
    assert [part.name for part in one.contributions] == list(WEIGHTS)
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    points = {part.name: part.least for part in one.contributions}
    assert points["excess"] == pytest.approx(0.25 * (1 - 3 / 12))
    assert points["growth"] == pytest.approx(0.15 * (18 - 6) / 24)
    assert one.least == one.most == pytest.approx(sum(points.values()), abs=1e-4)


def test_a_withheld_count_makes_an_interval_and_is_never_read_as_a_number():
    hidden = replace(ONE, observed="1-9", recent=("1-9", None, "0", "1-9", "1-9", "1-9"))
    (one,) = ranked(clusters([hidden]))
    assert one.most - one.least == pytest.approx(WEIGHTS["excess"] + WEIGHTS["growth"])
    assert all("1-9" not in part.because for part in one.contributions)


def test_more_independent_sources_more_harm_and_what_is_new_come_first():
    better = [
        _named(2, territory="territory:BRA", sources=2),
        _named(3, territory="territory:CHL", predicate="deaths"),
        _named(4, territory="territory:COL", novelty="first-ever"),
    ]
    order = [one.cluster.territory for one in ranked(clusters([ONE, *better]))]
    assert order[-1] == "territory:ARG"


def test_the_week_shows_five_an_analyst_and_the_rest_waits_in_the_queue():
    many = [_named(n, territory=f"territory:{chr(65 + n) * 3}") for n in range(12)]
    found = ranked(clusters(many))
    shared = board(found, [], TODAY)
    assert (len(shared.now), len(shared.queue), len(shared.quiet)) == (A_WEEK, 7, 0)
    assert shared.now + shared.queue == tuple(found)
    assert len(board(found, [], TODAY, analysts=2).now) == 2 * A_WEEK


def test_alerts_signed_this_week_use_up_its_budget():
    many = [_named(n, territory=f"territory:{chr(65 + n) * 3}") for n in range(12)]
    signed = [_decision(one, Action.SIGN) for one in many[:4]]
    shared = board(ranked(clusters(many)), signed, TODAY)
    assert (shared.left, len(shared.now), len(shared.quiet)) == (1, 1, 4)
    assert taken_up(signed, date(2026, 12, 1)) == 0


def test_what_was_decided_on_is_not_shown_again_without_new_evidence():
    decided = [_decision(ONE)]
    again = _named(1, period="2026-05")
    for quiet in ([ONE], [again], [ONE, _named(2)]):  # a second detector on the same counts
        assert not board(ranked(clusters(quiet)), decided, TODAY).now
    newer = replace(ONE, period="2026-06", verdicts=frozenset({"verdict:00000000000000ff"}))
    elsewhere = [ONE, _named(2, source="another")]
    for fresh in ([newer], elsewhere):
        assert board(ranked(clusters(fresh)), decided, TODAY).now


def test_novelty_tells_first_ever_first_in_place_return_and_growth():
    def months(*seen: int) -> list[tuple[str, bool]]:
        return [(f"{2023 + m // 12}-{m % 12 + 1:02d}", m in seen) for m in range(48)]

    assert novelty("2026-06", months(), elsewhere=False) == "first-ever"
    assert novelty("2026-06", months(), elsewhere=True) == "first-in-place"
    assert novelty("2026-06", months(3), elsewhere=True) == "returned"
    assert novelty("2026-06", months(3, 33), elsewhere=True) == "growing"
    assert novelty("2026-06", [], elsewhere=True) is None
