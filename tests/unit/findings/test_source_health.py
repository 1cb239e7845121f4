"""How sources fare: late by their cadence, failing by their last visit, unusual by their weeks."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.material.declared import source
from tests.material.listings import listing

from atalaya.findings.source_health import SOURCE_HEALTH, Kept, Visited, judged, source_health
from atalaya.model.declarations import SourceDeclaration

LAST = date(2026, 11, 25)


def ago(days: int) -> date:
    return LAST - timedelta(days=days)


def visits(days: int, *, missing: tuple[int, ...] = (), failed: int = 0) -> list[Visited]:
    """Make a visit a day, some weeks left out (0 is the last one)."""
    asked = [day for day in range(days, -1, -1) if day // 7 not in missing]
    return [Visited(ago(day), 3, failed if day == 0 else 0) for day in asked]


def documents(per_week: list[int]) -> list[Kept]:
    """Make documents of weeks, the last whole one first."""
    return [
        Kept(ago(7 * week + 2), ago(7 * week + 1), listed=True)
        for week, number in enumerate(per_week)
        for _ in range(number)
    ]


def declared(cadence: str = "weekly") -> SourceDeclaration:
    return source(listing=[listing("feed").model_dump()], fetch=[], cadence=cadence)


def row(
    kept: list[Kept], asked: list[Visited], cadence: str = "weekly", failing: int = 0
) -> dict[str, Any]:
    table = source_health([declared(cadence)], {"lab": kept}, {"lab": asked}, {"lab": failing})
    assert table.schema == SOURCE_HEALTH
    (found,) = table.to_pylist()
    return found


def test_a_source_is_late_after_twice_its_cadence_and_not_before() -> None:
    day = lambda days: [Kept(ago(days), ago(days), listed=True)]  # noqa: E731
    assert row(day(14), visits(30))["state"] == "fine"
    late = row(day(15), visits(30))
    assert (late["state"], late["days_since"], late["days_allowed"]) == ("late", 15, 14)
    assert row(day(400), visits(30), "once")["state"] == "fine"


def test_a_source_fails_when_all_of_its_last_visit_did_and_keeps_when_it_last_answered() -> None:
    said = row(documents([1]), visits(10, failed=3), failing=3)
    assert (said["state"], said["failing"]) == ("failing", 3)
    assert (said["asked_on"], said["answered_on"]) == (LAST.isoformat(), ago(1).isoformat())
    assert row(documents([1]), visits(10, failed=2))["state"] == "fine"


def test_a_source_that_never_gave_anything_is_silent_and_one_never_asked_is_shipped() -> None:
    assert row([], visits(3))["state"] == "silent"
    assert row([], visits(3))["days_since"] is None
    assert row(documents([1]), [])["state"] == "shipped"


@pytest.mark.parametrize(
    ("last", "word"), [(10, "usual"), (7, "usual"), (1, "few"), (0, "few"), (40, "many")]
)
def test_volume_is_judged_by_the_weeks_before(last: int, word: str) -> None:
    found = judged(documents([last, *[9, 11, 10, 12, 8, 10, 9, 11, 10, 10]]), visits(80))
    assert (found.word, found.weeks[-1]) == (word, last)
    assert found.usual is not None
    assert found.usual[0] == 10


def test_few_of_little_is_nothing_unusual() -> None:
    assert judged(documents([0, *[1, 0, 2, 0, 1, 0, 0, 1, 0, 1]]), visits(80)).word == "usual"


def test_a_week_in_which_nobody_asked_is_neither_quiet_nor_history() -> None:
    kept = judged(documents([10, 0, *[10] * 10]), visits(84, missing=(1,)))
    assert kept.weeks[-2] is None
    assert kept.word == "usual"


def test_too_short_a_history_is_no_history() -> None:
    assert judged(documents([0, *[10] * 7]), visits(56)).word == "unknown"
    assert judged([], []).word == "unknown"


def test_what_was_put_out_before_the_first_visit_is_no_history() -> None:
    found = judged(documents([10, *[10] * 9, *[0] * 20]), visits(70))
    assert len(found.weeks) == 10
    assert found.word == "usual"
