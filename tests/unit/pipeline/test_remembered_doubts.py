"""Doubts from run to run: none is told twice, and none ends untold."""

from dataclasses import replace
from datetime import timedelta

from tests.material.alerts import ALERT, SIGNED

from atalaya.findings.alerts.doubts import Doubt
from atalaya.pipeline.remembered_doubts import Back, remembered

NEWEST = SIGNED + timedelta(hours=9)
OPEN = Doubt(ALERT.signal, ALERT.decision, SIGNED + timedelta(hours=1), "contaminated", False)
LIFTED = replace(OPEN, lifted_at=SIGNED + timedelta(hours=2), lifted="it was not")


def _back(_doubt: Doubt) -> Back:
    return Back(SIGNED + timedelta(hours=5), "it came back")


def test_a_doubt_that_is_found_again_is_the_same_one():
    assert remembered([], [OPEN], NEWEST, _back) == (OPEN,)
    assert remembered([OPEN], [OPEN], NEWEST, _back) == (OPEN,)
    gone = replace(OPEN, gone=True)
    assert remembered([OPEN], [gone], NEWEST, _back) == (gone,)


def test_a_doubt_that_is_found_no_more_is_lifted_and_stays():
    (ended,) = remembered([OPEN], [], NEWEST, _back)
    assert (ended.lifted_at, ended.lifted) == (SIGNED + timedelta(hours=5), "it came back")
    assert remembered([ended], [], NEWEST, _back) == (ended,)
    assert remembered([OPEN], [LIFTED], NEWEST, _back) == (LIFTED,)
    assert remembered([LIFTED], [LIFTED], NEWEST, _back) == (LIFTED,)


def test_a_doubt_is_not_lifted_before_it_began():
    early = Back(SIGNED, "")
    (ended,) = remembered([OPEN], [], NEWEST, lambda _doubt: early)
    assert ended.lifted_at == OPEN.at


def test_a_ground_that_goes_again_is_a_new_doubt_once():
    first = remembered([LIFTED], [OPEN], NEWEST, _back)
    assert first == (LIFTED, replace(OPEN, at=NEWEST))
    later = NEWEST + timedelta(hours=1)
    assert remembered(first, [OPEN], later, _back) == first
    ended = remembered(first, [], later, lambda _doubt: Back(later, ""))
    assert [one.lifted_at for one in ended] == [LIFTED.lifted_at, later]
