"""Mention series: documents that speak of a substance, beside the documents that were read."""

from datetime import date

import pyarrow as pa
import pytest

from atalaya.model.tables import CLAIMS, SERIES
from atalaya.series.mentions import PREDICATE, READ, mention_series


def claims(*rows: tuple[str, str, str, str | None, str | None]) -> pa.Table:
    """Make claims of predicate, document, subject, territory and day."""
    return pa.Table.from_pylist(
        [
            {
                "id": f"claim:{number}",
                "document": document,
                "source": "gazette",
                "subject": subject,
                "predicate": predicate,
                "value": 1.0,
                "unit": "documents",
                "territory": territory,
                "period": day,
                "quote": "…",
                "start": 0,
                "end": 1,
                "line": 1,
                "checked": "unverified",
                "how_checked": "",
            }
            for number, (predicate, document, subject, territory, day) in enumerate(rows)
        ],
        schema=CLAIMS,
    )


READ_TWICE = [
    (READ, "a", "document:a", None, "2025-01-03"),
    (READ, "b", "document:b", None, "2025-01-20"),
    (PREDICATE, "b", "substance:xylazine", "territory:USA", "2025-01-20"),
    (READ, "c", "document:c", None, "2025-03-01"),
]


def by_period(table: pa.Table) -> dict[str, dict]:
    return {row["period"]: row for row in table.to_pylist()}


def test_counts_stand_beside_what_was_read():
    table = mention_series(claims(*READ_TWICE), date(2025, 6, 1))
    assert table.schema == SERIES
    found = by_period(table)
    assert found["2025-01"]["count"] == 1
    assert found["2025-01"]["population"] == 2
    assert found["2025-01"]["series"] == "gazette/xylazine/USA/mentions"
    assert found["2025-01"]["made_from"] == ["claim:2"]


def test_a_month_of_which_nothing_was_read_is_a_gap_and_one_without_a_mention_a_zero():
    found = by_period(mention_series(claims(*READ_TWICE), date(2025, 6, 1)))
    assert (found["2025-02"]["status"], found["2025-02"]["count"]) == ("gap", None)
    assert (found["2025-03"]["status"], found["2025-03"]["count"]) == ("observed", 0)
    assert found["2025-03"]["made_from"] == ["claim:3"]


def test_the_month_that_is_not_over_is_incomplete():
    found = by_period(mention_series(claims(*READ_TWICE), date(2025, 3, 20)))
    assert found["2025-03"]["status"] == "incomplete"
    assert found["2025-03"]["population"] is None


@pytest.mark.parametrize("missing", ["territory", "day"])
def test_a_mention_without_place_or_day_counts_nowhere(missing):
    row = (
        PREDICATE,
        "a",
        "substance:xylazine",
        None if missing == "territory" else "territory:USA",
        None if missing == "day" else "2025-01-03",
    )
    table = mention_series(claims(READ_TWICE[0], row), date(2025, 6, 1))
    assert table.num_rows == 0


def test_nothing_read_gives_no_series():
    assert mention_series(CLAIMS.empty_table(), date(2025, 6, 1)).num_rows == 0
