from collections import Counter

import pytest
from tests.material.session_record import session_claims

from atalaya.promises import record, table
from atalaya.promises.table import PROMISES


@pytest.fixture(scope="module")
def rows():
    return table(record(session_claims())).to_pylist()


def of(rows, resolution, name):
    return [row for row in rows if (row["resolution"], row["property"]) == (resolution, name)]


def test_the_table_has_its_schema_and_each_row_its_own_name():
    promises = table(record(session_claims()))
    assert promises.schema == PROMISES
    assert len(set(promises["id"].to_pylist())) == promises.num_rows


def test_what_nobody_says_is_a_row_that_says_unknown(rows):
    (row,) = of(rows, "draft:cnd68-l2", "number")
    assert (row["status"], row["value"], row["claims"]) == ("unknown", None, [])


def test_a_disputed_property_has_a_row_for_each_side(rows):
    sides = of(rows, "draft:cnd68-l6", "abstentions")
    assert {row["value"] for row in sides} == {"18", "17"}
    assert {row["status"] for row in sides} == {"disputed"}


def test_of_several_sponsors_only_the_contradicted_ones_are_disputed(rows):
    sponsors = {row["value"]: row["status"] for row in of(rows, "draft:cnd68-l7", "sponsor")}
    assert sponsors["Morocco"] == "known"
    assert sponsors["Albania"] == "disputed"


def test_every_known_value_names_its_source_check_and_claims(rows):
    for row in rows:
        if row["status"] != "unknown":
            assert row["source"].startswith("http")
            assert row["checked"] in {"verified", "unverified"}
            assert row["claims"]


def test_the_worked_example_says_what_it_asks_and_what_followed(rows):
    asks = of(rows, "draft:cnd68-l6", "asks")
    assert len(asks) == 13
    assert all(row["value_es"] for row in asks)
    followed = Counter(
        row["property"].removeprefix("follow-up: ")
        for row in rows
        if row["resolution"] == "draft:cnd68-l6" and row["property"].startswith("follow-up: ")
    )
    assert followed["appointed"] == 1
    assert len(of(rows, "draft:cnd68-l6", "looked-for")) == 20
    assert len(of(rows, "draft:cnd68-l6", "explained-vote")) == 1


def test_the_roll_call_names_fifty_members(rows):
    votes = of(rows, "draft:cnd68-l6", "vote")
    assert len({row["territory"] for row in votes}) == 50


def test_no_sessions_make_no_rows():
    assert table(()).num_rows == 0
