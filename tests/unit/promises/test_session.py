from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from tests.material.session_record import session_claims

from atalaya.model.tables import CLAIMS
from atalaya.promises import record
from atalaya.promises.fields import Status


@pytest.fixture(scope="module")
def session():
    (found,) = record(session_claims())
    return found


@pytest.fixture
def resolution(session):
    return {one.id: one for one in session.resolutions}["draft:cnd68-l6"]


def test_the_session_has_six_resolutions_and_seven_events(session):
    assert session.id == "session:cnd68"
    assert [one.id[-2:] for one in session.resolutions] == ["l2", "l3", "l4", "l5", "l6", "l7"]
    assert len(session.events) == 7
    assert session.fact("resolutions-adopted").number == 6


def test_nothing_that_is_said_is_lost(session):
    kept = {claim for one in session.facts for claim in one.claims}
    for resolution in session.resolutions:
        for _, field in (*resolution.properties(), ("topic", resolution.topic)):
            kept |= set(field.claims)
    for event in session.events:
        for field in (event.title, event.organiser, event.co_hosts, event.attendance):
            kept |= set(field.claims)
    kept |= {claim for about in session.others for one in about.said for claim in one.claims}
    assert kept == set(session_claims()["id"].to_pylist())


def test_resolution_68_6_is_called_by_its_number_and_keeps_its_draft(resolution):
    assert resolution.symbol == "68/6"
    assert str(resolution.draft_symbol) == "E/CN.7/2025/L.6/Rev.1"
    assert resolution.draft_symbol.is_draft
    assert resolution.amended_by.value == "E/CN.7/2025/L.10"
    assert resolution.adopted_on.value == "2025-03-14"
    assert resolution.topic.said[0].words("es").startswith("un panel de expertos")


def test_the_title_as_adopted_is_unknown_and_the_drafts_is_not_put_in_its_place(resolution):
    assert resolution.title.status is Status.UNKNOWN
    assert resolution.title.value is None
    assert resolution.draft_title.value.startswith("Strengthening the global drug control")


def test_the_vote_keeps_declared_and_named_abstentions_apart(resolution):
    tallies = {tally.vote: tally for tally in resolution.tallies}
    assert {vote: len(tally.named) for vote, tally in tallies.items()} == {
        "in favour": 30,
        "against": 3,
        "abstained": 17,
    }
    assert tallies["in favour"].agrees is True
    assert tallies["abstained"].agrees is False
    assert [one.number for one in tallies["abstained"].declared.said] == [18.0, 17.0]
    assert resolution.vote_status is Status.DISPUTED
    against = {one.territory for one in tallies["against"].named}
    assert against == {"territory:ARG", "territory:RUS", "territory:USA"}


def test_what_followed_is_in_the_order_of_its_dates(resolution):
    dates = [one.period for one in resolution.follow_up.said]
    assert dates == sorted(dates)
    kinds = Counter(one.predicate for one in resolution.follow_up.said)
    assert kinds["urged"] == 2
    assert kinds["appointed"] == 1


def test_the_sponsor_of_the_stimulant_text_is_disputed_with_all_sides(session):
    stimulants = session.resolutions[1]
    assert stimulants.sponsors.status is Status.DISPUTED
    assert {one.value for one in stimulants.sponsors.said} == {"USA", "Norway", "Thailand"}
    assert stimulants.sponsors.value is None


def test_a_resolution_without_a_number_is_called_a_draft(session):
    assert session.resolutions[0].symbol == "E/CN.7/2025/L.2/Rev.1 (draft)"
    assert session.resolutions[0].number.status is Status.UNKNOWN


def test_a_vote_known_of_one_member_alone_has_no_tally(session):
    prevention = session.resolutions[0]
    assert prevention.vote_status is Status.UNKNOWN
    against = next(tally for tally in prevention.tallies if tally.vote == "against")
    assert [one.territory for one in against.named] == ["territory:USA"]
    assert against.agrees is None


def test_an_event_keeps_its_co_hosts_in_order_and_an_unknown_attendance_unknown(session):
    first, last = session.events[0], session.events[-1]
    assert first.attendance.number == 40
    assert first.co_hosts.said[0].value == "República Portuguesa"
    assert first.co_hosts.said[0].territory == "territory:PRT"
    assert [len(event.co_hosts.said) for event in session.events] == [13, 13, 18, 5, 10, 15, 18]
    assert last.attendance.status is Status.UNKNOWN


def test_every_thing_said_rests_on_a_claim_that_quotes_it(session):
    quotes = {row["id"]: row["quote"] for row in session_claims().to_pylist()}
    for resolution in session.resolutions:
        for _, field in resolution.properties():
            for said in field.said:
                assert said.claims
                if said.number is None:
                    assert said.value in quotes[said.claims[0]].replace('""', '"')


def test_claims_of_other_sources_make_no_session():
    assert record(session_claims().slice(0, 0)) == ()


def test_what_is_missing_was_looked_for_and_the_record_says_where_and_when(session):
    for resolution in session.resolutions:
        if resolution.number.status is Status.UNKNOWN:
            (search,) = resolution.searched.said
            assert search.period == "2026-11-24"
            assert "nothing found" in search.value
            assert search.words("es").split(":")[1].strip().startswith("nada en copias")
        else:
            assert resolution.searched.said == ()


def test_a_title_as_adopted_stands_beside_the_drafts(session):
    prevention = session.resolutions[0]
    assert prevention.title.value.endswith("for children and adolescents")
    assert prevention.draft_title.value.endswith("for children")


def test_a_number_of_seven_digits_is_printed_whole():
    claims = session_claims()
    said = pc.equal(claims["predicate"], "resolutions-adopted")
    values = pc.if_else(said, pa.scalar(1_234_567.0), claims["value"])
    at = claims.schema.get_field_index("value")
    (found,) = record(claims.set_column(at, claims.schema.field("value"), values))
    assert found.fact("resolutions-adopted").value == "1234567"


def _claim(source, subject, predicate, text, start):
    empty = dict.fromkeys(CLAIMS.names)
    given = {"id": f"{source}{start}", "document": source, "source": source, "subject": subject}
    said = {"predicate": predicate, "text": text, "start": start, "end": start + 1, "line": 1}
    return empty | given | said | {"quote": text, "checked": "verified", "how_checked": "read"}


def test_what_another_source_says_of_a_draft_belongs_to_the_session_it_is_called_after():
    claims = pa.Table.from_pylist(
        [
            _claim("one", "session:x1", "name", "One", 0),
            _claim("one", "draft:x1-l2", "topic", "health", 1),
            _claim("two", "draft:x1-l2", "asks", "publish", 2),
            _claim("two", "draft:x12-l2", "asks", "something else", 3),
            _claim("three", "session:x12", "name", "Twelve", 4),
            _claim("three", "substance:z", "placed-under-control", "Schedule I", 5),
            _claim("four", "session:x1", "closed-on", "2031-03-14", 6),
        ],
        schema=CLAIMS,
    )
    first, twelfth = record(claims)
    assert (first.id, first.sources) == ("session:x1", ("four", "one"))
    (draft,) = first.resolutions
    assert (draft.topic.value, [one.value for one in draft.asks.said]) == ("health", ["publish"])
    assert [one.id for one in twelfth.resolutions] == ["draft:x12-l2"]
    assert [one.id for one in twelfth.others] == ["substance:z"]
    assert first.fact("closed-on").value == "2031-03-14"
