"""What is said of an alert between its issue and its end, doubt by doubt."""

from dataclasses import replace
from datetime import timedelta

from tests.material.alerts import ALERT, SIGNED

from atalaya.findings.alerts.doubts import Doubt
from atalaya.findings.alerts.timeline import between


def _doubt(hour: int, because: str, until: int | None = None, why: str = "") -> Doubt:
    at = SIGNED + timedelta(hours=hour)
    end = None if until is None else SIGNED + timedelta(hours=until)
    return Doubt(ALERT.signal, ALERT.decision, at, because, False, end, why)


def _told(*doubts: Doubt, until: int | None = None) -> list[tuple[str, int, str]]:
    end = None if until is None else SIGNED + timedelta(hours=until)
    said = between(ALERT, doubts, end)
    assert len({one.id for one in said}) == len(said)
    return [(one.kind, (one.at - SIGNED).seconds // 3600, one.because) for one in said]


def test_an_alert_without_a_doubt_has_nothing_between():
    assert _told() == []


def test_a_doubt_and_its_end_are_told_with_their_reasons():
    doubt = _doubt(1, "contaminated", 3, "it was not")
    told = [("evidence-retracted", 1, "contaminated"), ("doubt-lifted", 3, "it was not")]
    assert _told(doubt) == told
    assert _told(doubt, until=2) == told[:1]
    (_, end) = between(ALERT, [doubt], None)
    assert end.retracted_at == doubt.at


def test_an_alert_is_out_of_doubt_when_none_is_left_and_until_then_the_one_left_is_told():
    first, second = _doubt(1, "contaminated"), _doubt(2, "mixed up", 3, "they were not")
    assert _told(first, second)[2:] == [("evidence-retracted", 3, "contaminated")]
    left = between(ALERT, [first, second], None)[-1]
    assert left.retracted_at == first.at
    ended = replace(first, lifted_at=SIGNED + timedelta(hours=4), lifted="it was not")
    assert _told(ended, second)[-1] == ("doubt-lifted", 4, "it was not")


def test_doubts_that_are_lifted_at_once_are_told_as_one_end():
    both = (_doubt(1, "contaminated", 3, "sorry"), _doubt(2, "mixed up", 3, "sorry"))
    assert [kind for kind, _, _ in _told(*both)] == [
        "evidence-retracted",
        "evidence-retracted",
        "doubt-lifted",
    ]


def test_what_is_retracted_and_taken_back_in_one_second_is_told_in_that_order():
    assert [kind for kind, _, _ in _told(_doubt(1, "oops", 1, "sorry"))] == [
        "evidence-retracted",
        "doubt-lifted",
    ]
