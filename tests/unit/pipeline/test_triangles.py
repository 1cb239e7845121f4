"""The reporting triangle laid out from dated versions."""

from datetime import date

import numpy as np
import pyarrow as pa

from atalaya.model.periods import PeriodKind
from atalaya.pipeline.triangles import Version, triangle

HOLD = 50  # days until a month is complete: at age 1 it is not, at age 2 it is


def _version(day, *rows):
    names = ("series", "period", "count")
    return Version.of(
        date.fromisoformat(day),
        pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows]),
    )


def test_each_age_has_its_column_and_the_last_is_complete():
    said = [
        _version("2020-02-15", ("a", "2020-01", 4.0)),
        _version("2020-03-15", ("a", "2020-01", 6.0), ("b", "2020-02", 1.0)),
        _version("2020-04-15", ("a", "2020-01", 9.0), ("b", "2020-02", 2.0)),
    ]
    found = triangle(said, HOLD, PeriodKind.MONTH)
    np.testing.assert_array_equal(found[0], [[4, 6, 9], [np.nan] * 3])
    np.testing.assert_array_equal(found[1], [[np.nan] * 3, [1, 2, np.nan]])


def test_of_two_versions_at_one_age_the_later_counts_and_what_it_leaves_out_stays():
    said = [
        _version("2020-06-14", ("a", "2020-01", 4.0), ("b", "2020-01", 5.0)),
        _version("2020-06-15", ("a", "2020-01", 3.0)),
    ]
    found = triangle(said, HOLD, PeriodKind.MONTH)
    assert found[:, 0, -1].tolist() == [3, 5]


def test_other_kinds_of_period_months_that_run_and_missing_counts_are_left_out():
    rows = [("a", "2020-01", 4.0), ("w", "2020-W02", 5.0), ("n", "2020-02", 6.0)]
    said = [_version("2020-02-15", *rows, ("g", "2019-12", None))]
    found = triangle(said, HOLD, PeriodKind.MONTH)
    np.testing.assert_array_equal(found, [[[4, np.nan, np.nan]]])
    assert triangle(said, HOLD, PeriodKind.DAY).shape[:2] == (0, 0)
