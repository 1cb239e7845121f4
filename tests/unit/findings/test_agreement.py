"""Independent voices on one substance and place: copies count once, disagreement stays visible."""

import numpy as np
import pytest

from atalaya.findings.agreement import Voice, combined, independent, voice


def verdict(period: str, alarm: bool | None, p_value: float | None = 0.01) -> dict[str, object]:
    return {
        "series": "lab/x",
        "detector": "emergence",
        "period": period,
        "alarm": alarm,
        "reason": "as said",
        "p_value": p_value,
        "row": 7,
    }


def said(*verdicts: dict[str, object]) -> Voice | None:
    return voice("lab", "lab", verdicts, since="2023-05", until="2023-09")


def heard(source: str, says: str, evidence: float | None = 2.0, origin: str = "") -> Voice:
    return Voice(source, origin or source, source, "emergence", says, "2023-06", "", evidence, 1)


def test_an_alarm_half_a_year_before_or_after_speaks_for_the_signal() -> None:
    assert said(verdict("2022-11", True)).says == "alarm"
    assert said(verdict("2024-03", True)).says == "alarm"
    assert said(verdict("2022-10", True)) is None
    assert said(verdict("2024-04", True)) is None


def test_that_nothing_was_seen_counts_only_while_the_signal_stood() -> None:
    assert said(verdict("2023-04", False)) is None
    assert said(verdict("2023-05", False)).says == "no alarm"
    assert said(verdict("2023-04", False), verdict("2023-06", None)).says == "not assessed"


def test_the_strongest_statement_is_the_voice_and_the_latest_that_makes_it() -> None:
    one = said(
        verdict("2023-06", True, 0.5), verdict("2023-08", True, 0.02), verdict("2023-09", False)
    )
    assert (one.says, one.period, one.evidence) == ("alarm", "2023-08", pytest.approx(50))


def test_weeks_and_months_of_the_same_time_are_heard_together() -> None:
    assert said(verdict("2023-W20", False)).says == "no alarm"
    assert said(verdict("2023-W45", True)).says == "alarm"
    assert said(verdict("2023-W45", False)) is None


@pytest.mark.parametrize(
    ("detector", "p_value", "evidence"),
    [
        ("emergence", 0.01, 100),
        ("emergence", 1.0, 0),
        ("emergence", 0.0, 1e9),
        ("emergence", None, None),
        ("ears_c1", 0.01, 5),
        ("ears_c1", 1.0, 0),
    ],
)
def test_a_p_value_becomes_an_e_value(detector, p_value, evidence) -> None:
    row = verdict("2023-06", True, p_value) | {"detector": detector}
    assert said(row).evidence == (None if evidence is None else pytest.approx(evidence))


def test_copies_have_one_voice_and_alarms_come_first() -> None:
    found = independent(
        [
            heard("quiet", "no alarm"),
            heard("mirror", "no alarm", origin="first"),
            heard("first", "alarm"),
            heard("blind", "not assessed"),
        ]
    )
    assert [one.source for one in found] == ["first", "quiet", "blind"]


def test_two_that_agree_weigh_more_than_either_and_one_that_dissents_weighs_down() -> None:
    agree = combined([heard("a", "alarm", 30), heard("b", "alarm", 10)])
    dissent = combined([heard("a", "alarm", 30), heard("b", "no alarm", 0)])
    assert agree > 30 > dissent > 0


@pytest.mark.parametrize(
    "voices",
    [
        [],
        [heard("a", "alarm", 30)],
        [heard("a", "alarm", 30), heard("b", "alarm", None)],
        [heard("a", "alarm", 30), heard("b", "not assessed", 9)],
    ],
)
def test_nothing_is_combined_where_fewer_than_two_published_theirs(voices) -> None:
    assert combined(voices) is None


def test_the_combination_stays_one_on_average_while_nothing_changes() -> None:
    # e-values of Gaussian likelihood ratios: expectation 1 while nothing changes
    e_values = np.exp(np.random.default_rng(5).normal(-0.5, 1.0, (40_000, 3)))
    values = [
        combined([heard(str(at), "no alarm", float(e)) for at, e in enumerate(row)])
        for row in e_values
    ]
    assert np.mean(values) == pytest.approx(1, abs=0.06)
    assert np.mean(np.array(values) >= 20) <= 1 / 20
