from datetime import UTC, date, datetime

import pytest
from tests.material.declared import COUNTS, source

from atalaya.model.periods import Period
from atalaya.series.cutoff import Edition, has_stopped, is_complete, known_on

CAPTURED = datetime(2025, 6, 1, 12, tzinfo=UTC)


def test_a_feed_knows_up_to_its_capture_and_a_packaged_file_up_to_its_own_date():
    declared = source(COUNTS, as_of="2024-12-31")
    assert known_on(declared, Edition("https://lab.example/x.csv", CAPTURED)) == date(2025, 6, 1)
    assert known_on(declared, Edition("package:lab/x.csv", CAPTURED)) == date(2024, 12, 31)


@pytest.mark.parametrize(("lag", "complete"), [(0, True), (31, True), (32, False)])
def test_a_period_is_complete_when_its_lag_has_passed(lag, complete):
    declared = source(COUNTS, reporting={"lag_days": lag})
    assert is_complete(Period.parse("2025-03"), declared, date(2025, 5, 1)) is complete


@pytest.mark.parametrize(
    ("cadence", "stopped"), [("monthly", True), ("quarterly", False), ("once", False)]
)
def test_silence_is_measured_by_the_cadence(cadence, stopped):
    declared = source(COUNTS, cadence=cadence)
    assert has_stopped(Period.parse("2025-01"), declared, date(2025, 6, 1)) is stopped
