"""Who is named in the record, and in which part."""

import pytest
from tests.material.promised import draft, event, said, session
from tests.material.session_record import session_claims

from atalaya.promises import record
from atalaya.promises.named import Part, mentions, met_body
from atalaya.promises.sessions import About


def _met(predicate, value, quote="", code=None):
    return said(value, code, predicate, quote=quote)


def test_hosts_sponsors_and_those_met_are_named_in_their_part():
    meeting = About("meetings:x1", (_met("met-government-of", "Peru", code="PER"),))
    record_ = session(
        event("event:1", [said("House A", predicate="organiser")], [said("Net B")]),
        drafts=[draft("draft:x1-l1", said("Union C", predicate="sponsor"))],
        others=[meeting],
    )
    assert [(one.name, one.part, one.of) for one in mentions([record_])] == [
        ("House A", Part.ORGANISER, "event:1"),
        ("Net B", Part.CO_HOST, "event:1"),
        ("Union C", Part.SPONSOR, "draft:x1-l1"),
        ("Peru", Part.MET, "meetings:x1"),
    ]


@pytest.mark.parametrize(
    ("predicate", "value", "quote", "name"),
    [
        ("met-government-of", "Peru", "Peru, Chile", "Peru"),
        ("met-with", "Lumo Foundation", "", "Lumo Foundation"),
        ("met-unit-of-lumo", "Desk Two", "with LUMO (Desk One & Desk Two)", "LUMO"),
        ("meetings-with-red-cross", "2", "2 meetings with the Red Cross of the town", "Red Cross"),
        ("meetings-with-lumo", "1", "1 meeting with a body of Lumora", None),
        ("met-unit-of-lumo", "Desk Two", "", None),
        ("meetings-with-lumo", "1", "x,meetings-with-lumo,1,https://lumo.org/lumo", None),
        ("topic-with-lumo", "weaving", "weaving with LUMO", None),
        ("challenge", "Lumo", "Lumo", None),
    ],
)
def test_whom_a_row_says_was_met_is_written_as_its_quotation_has_it(predicate, value, quote, name):
    assert met_body(_met(predicate, value, quote)) == name


def test_a_state_is_one_however_it_is_given_and_a_code_makes_none_of_a_foundation():
    hosts = [said("Kenya", "KEN"), said("Lumo Foundation", "KEN"), said("Government of Kenya")]
    one = session(event("event:1", [said("Kenya")], hosts))
    kenya = "territory:KEN"
    assert [one.territory for one in mentions([one])] == [kenya, kenya, None, kenya]


def test_every_host_and_sponsor_of_the_starters_record_is_a_mention():
    claims = session_claims().to_pylist()
    wanted = {
        row["id"] for row in claims if row["predicate"] in {"organiser", "co-host", "sponsor"}
    }
    found = mentions(record(session_claims()))
    kept = {one.said.claims[0] for one in found if one.part is not Part.MET}
    assert kept == wanted
    met = {one.name for one in found if one.part is Part.MET and one.territory is None}
    assert met == {"UNODC", "INTERPOL"}
