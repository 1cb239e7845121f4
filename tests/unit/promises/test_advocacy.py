"""Meetings with States beside their votes: which came first is said only where both have days."""

import pytest

from atalaya.model.records import Checked
from atalaya.promises.advocacy import ADVOCACY, Order, advocacy_table, contacts
from atalaya.promises.fields import Said
from atalaya.promises.resolutions import resolution
from atalaya.promises.sessions import About, Session


def said(predicate, value, state=None, period=None):
    place = f"territory:{state}" if state else None
    name = f"{predicate} {value} {state}"
    checked = Checked.VERIFIED
    return Said(predicate, value, None, None, place, period, None, checked, "read", {}, (name,))


def session(met, *votes):
    one = resolution("draft:x-l1", (said("draft", "E/CN.7/2031/L.1"), *votes))
    topics = said("topic-with-governments", "health"), said("topic-with-unodc", "data")
    return Session("session:x", "x", (), (one,), (), (About("meetings:x", (*met, *topics)),))


MET = said("met-government-of", "Peru", "PER")
VOTED = said("vote", "against", "PER", "2031-03-14")


def test_a_meeting_stands_beside_the_vote_of_that_state_alone():
    (one,) = contacts([session([MET], VOTED, said("vote", "abstained", "OMN", "2031-03-14"))])
    assert (one.meeting.territory, one.vote.value) == ("territory:PER", "against")
    assert [each.value for each in one.purpose] == ["health"]
    assert one.resolution.id == "draft:x-l1"


def test_a_state_that_was_met_and_whose_vote_nobody_recorded_stays():
    (one,) = contacts([session([MET])])
    assert (one.resolution, one.vote, one.order) == (None, None, None)


@pytest.mark.parametrize(
    ("met", "voted", "order"),
    [
        ("2031-03-10", "2031-03-14", Order.BEFORE),
        ("2031-04", "2031-03-14", Order.AFTER),
        ("2031-03", "2031-03-14", Order.NOT_SAID),
        (None, "2031-03-14", Order.NOT_SAID),
        ("2031-03-10", None, Order.NOT_SAID),
        ("in spring", "2031-03-14", Order.NOT_SAID),
    ],
)
def test_which_came_first_is_said_only_where_the_days_tell(met, voted, order):
    meeting = said("met-government-of", "Peru", "PER", met)
    (one,) = contacts([session([meeting], said("vote", "against", "PER", voted))])
    assert one.order is order


def test_the_table_rests_on_the_meeting_its_purpose_and_the_vote():
    table = advocacy_table(contacts([session([MET], VOTED)]))
    assert table.schema == ADVOCACY
    (row,) = table.to_pylist()
    assert row["claims"] == [*MET.claims, "topic-with-governments health None", *VOTED.claims]
    assert (row["vote"], row["order"], row["met"]) == ("against", "not said", None)
