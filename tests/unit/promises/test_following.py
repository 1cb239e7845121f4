"""What became of asks: only checked, dated rows of the record move a status."""

from datetime import date

import pytest

from atalaya.model.records import Checked
from atalaya.promises.asks.standing import Status
from atalaya.promises.fields import Said
from atalaya.promises.following import Kind, matters, positions
from atalaya.promises.matters import FOLLOW_UP, matter_table
from atalaya.promises.resolutions import resolution
from atalaya.promises.sessions import Session


def said(predicate, value="x", period=None, checked=Checked.VERIFIED, **notes):
    noted = {name.replace("_", "-"): text for name, text in notes.items()}
    cites = "https://example.org/page"
    return Said(predicate, value, None, None, None, period, cites, checked, "read", noted, (value,))


FIRST = said("asks", "set up a panel", position="1", of_whom="panel", by="2026-03")
SECOND = said("asks", "deliver", position="2", money="extrabudgetary")
APPOINTED = said("appointed", "19 named", "2026-03-12", ask="1;2", bears="under way")


def session(*rows, facts=()):
    one = resolution("draft:x-l1", (said("draft", "E/CN.7/2031/L.1"), *rows))
    return Session("session:x", "x", tuple(facts), (one,), (), ())


def by_key(*rows, as_of=None, facts=()):
    return {one.key: one for one in matters([session(*rows, facts=facts)], as_of)}


def test_every_ask_resolution_and_session_is_followed():
    found = by_key(FIRST, SECOND)
    assert [(key, one.kind) for key, one in found.items()] == [
        ("x", Kind.SESSION),
        ("x-l1", Kind.RESOLUTION),
        ("x-l1-1", Kind.ASK),
        ("x-l1-2", Kind.ASK),
    ]
    assert {one.standing.status for one in found.values()} == {Status.UNKNOWN}
    assert (found["x-l1-1"].of_whom, found["x-l1-2"].money) == ("panel", "extrabudgetary")


def test_evidence_moves_the_asks_it_names_and_no_other():
    found = by_key(FIRST, SECOND, APPOINTED, said("urged", "an appeal", "2025-10", ask="1"))
    assert found["x-l1-1"].standing.status is Status.UNDER_WAY
    assert found["x-l1-2"].standing.status is Status.UNDER_WAY
    assert found["x-l1"].bearing == ()
    assert [one.value for one in found["x-l1-1"].bearing] == ["19 named"]


DONE = said("made", "a", "2026-03-12", ask="1", bears="done")
NOTHING = said("looked-for", "words", "2026-11-25", ask="2", since="2025-03-14", where="w")
NOT_DONE = said("refused", "b", "2026-04", ask="1", bears="not done")


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], Status.UNKNOWN),
        ([DONE], Status.UNDER_WAY),
        ([DONE, said("made", "b", "2026-03", ask="2", bears="done")], Status.DONE),
        ([NOTHING], Status.NOTHING_FOUND),
        ([DONE, NOTHING], Status.UNDER_WAY),
        ([DONE, NOT_DONE], Status.CONTRADICTED),
        ([DONE, said("dropped", "c", "2026-05", bears="done")], Status.DONE),
    ],
    ids=["none", "one done", "all done", "searched", "mixed", "contradicted", "of the whole"],
)
def test_a_text_stands_as_its_asks_do_where_nothing_is_said_of_the_whole(rows, status):
    assert by_key(FIRST, SECOND, *rows)["x-l1"].standing.status is status


@pytest.mark.parametrize(
    "row",
    [
        said("appointed", "a", "2026-03-12", Checked.UNVERIFIED, ask="1", bears="done"),
        said("appointed", "a", None, ask="1", bears="done"),
        said("appointed", "a", "some day", ask="1", bears="done"),
        said("appointed", "a", "2026-03-12", ask="1", bears="surely"),
    ],
    ids=["unchecked", "undated", "no-date", "no-such-word"],
)
def test_what_is_not_checked_dated_and_understood_moves_nothing(row):
    assert by_key(FIRST, row)["x-l1-1"].standing.status is Status.UNKNOWN


def test_what_was_known_later_is_not_known_before():
    assert by_key(FIRST, APPOINTED, as_of="2026-02")["x-l1-1"].standing.status is Status.UNKNOWN


def test_a_search_that_found_nothing_is_a_finding_and_one_that_found_something_is_not():
    empty = said("looked-for", "panel report", "2026-11-25", ask="1", since="2025-03-14", where="w")
    found = by_key(FIRST, empty)["x-l1-1"]
    assert found.standing.status is Status.NOTHING_FOUND
    assert str(found.standing.searches[0].says()) == (
        "nothing published since 2025-03-14 was found: w was searched on 2026-11-25 for "
        "'panel report'"
    )
    some = said("looked-for", "p", "2026-11-25", ask="1", since="2025", where="w", found="a page")
    assert by_key(FIRST, some)["x-l1-1"].standing.status is Status.UNKNOWN


def test_a_session_that_opened_is_under_way_and_one_that_closed_took_place():
    opened = said("opened-on", "2031-03-10", "2031-03")
    assert by_key(facts=[opened])["x"].standing.status is Status.UNDER_WAY
    closed = said("closed-on", "2031-03-14", "2031-03")
    assert by_key(facts=[closed])["x"].standing.status is Status.DONE


def test_an_ask_is_overdue_after_its_last_day_unless_it_is_known_to_be_done():
    open_one = by_key(FIRST)["x-l1-1"]
    assert not open_one.overdue(date(2026, 3, 31))
    assert open_one.overdue(date(2026, 4, 1))
    done = by_key(FIRST, said("made", "a", "2026-03-12", ask="1", bears="done"))["x-l1-1"]
    assert not done.overdue(date(2026, 4, 1))
    assert not by_key(SECOND)["x-l1-2"].overdue(date(2099, 1, 1))


def test_a_date_beside_a_session_is_still_a_date_and_neither_is_lost():
    both = by_key(said("asks", "report", position="1", by="session 70; 2030-06-30"))["x-l1-1"]
    assert (str(both.by), both.terms) == ("2030-06-30", ("session 70",))
    assert both.overdue(date(2030, 7, 1))
    only = by_key(said("asks", "report", position="1", by="annually"))["x-l1-1"]
    assert (only.by, only.terms) == (None, ("annually",))


def test_positions_are_read_with_blanks_and_empty_parts():
    assert positions(said("x", ask=" 1; 2;;")) == {"1", "2"}
    assert positions(said("x")) == frozenset()


def test_the_table_names_status_money_and_the_claims_it_rests_on():
    money = said("paid", "a grant", "2026-05", ask="2", bears="funded")
    table = matter_table(matters([session(FIRST, SECOND, APPOINTED, money)]))
    assert table.schema == FOLLOW_UP
    rows = {row["key"]: row for row in table.to_pylist()}
    second = rows["x-l1-2"]
    assert (second["status"], second["funded"], second["dated"]) == ("under way", "yes", "2026-05")
    assert second["claims"] == ["deliver", "19 named", "a grant"]
    assert rows["x-l1-1"]["funded"] == "unknown"
    assert rows["x-l1-1"]["by"] == "2026-03"


def test_an_ask_on_whose_date_pages_differ_is_one_ask_with_both_sides():
    first = said("asks", "report", position="1", by="2026-09", of_whom="the Office", disputed="yes")
    other = said("asks", "report", position="1", by="2027; session 63", disputed="yes")
    found = by_key(first, other, SECOND)
    assert [*found] == ["x", "x-l1", "x-l1-1", "x-l1-2"]
    one = found["x-l1-1"]
    assert (one.n, found["x-l1-2"].n) == (1, 2)
    assert (one.asks, one.sides) == (first, (other,))
    assert one.by is None, "neither is chosen"
    assert [str(date) for date in one.dates] == ["2026-09", "2027"]
    assert (one.terms, one.of_whom) == (("session 63",), "the Office")
    assert not one.overdue(date(2027, 6, 1)), "the later date has not passed"
    assert one.overdue(date(2028, 1, 1))
    rows = matter_table(found.values()).to_pylist()
    (row,) = [row for row in rows if row["key"] == "x-l1-1"]
    assert (row["asks"], row["by"]) == ("report", "2026-09 / 2027")


def test_one_date_on_two_pages_is_one_date():
    rows = [said("asks", value, position="1", by="2026-09") for value in ("report", "report back")]
    one = by_key(*rows)["x-l1-1"]
    assert str(one.by) == "2026-09"
    row = matter_table([one]).to_pylist()[0]
    assert (row["asks"], row["by"]) == ("report / report back", "2026-09")
