from itertools import combinations

from atalaya.model.records import Checked
from atalaya.promises.alliances import alliances
from atalaya.promises.fields import Field, Said
from atalaya.promises.sessions import Event, Session


def said(name, territory=None):
    place = f"territory:{territory}" if territory else None
    return Said("co-host", name, None, None, place, None, "https://a", Checked.VERIFIED, "read")


def event(name, organiser, *hosts):
    nobody = Field()
    return Event(name, nobody, Field((organiser,), True), Field(hosts, True), nobody)


def session(*events):
    return Session("session:x1", "x", (), (), events, ())


ONE = event("event:1", said("House A"), said("Peru", "PER"), said("Net B"))
TWO = event("event:2", said("Net B"), said("House A"), said("Perú", "PER"), said("NET B"))
THREE = event("event:3", said("Solo"), said("Peru", "PER"))


def test_a_body_counts_once_an_event_however_it_is_printed():
    found = alliances([session(ONE, TWO, THREE)])
    by = {one.name: one for one in found.bodies}
    assert len(by["Net B"].events) == 2
    assert by["Net B"].organised == 1
    assert by["Net B"].names == ("Net B",)
    assert found.bodies[0].name == "Peru"


def test_a_state_is_one_body_under_its_names_in_two_languages():
    (peru,) = [one for one in alliances([session(ONE, TWO)]).bodies if one.territory]
    assert set(peru.names) == {"Peru", "Perú"}
    assert len(peru.events) == 2


def test_pairs_have_the_events_of_either_as_their_denominator():
    found = alliances([session(ONE, TWO, THREE)])
    pairs = {frozenset((one.one, one.two)): one for one in found.pairs}
    pair = pairs[frozenset(("territory:PER", "housea"))]
    assert (pair.together, pair.either) == (2, 3)
    whole = {frozenset(two) for two in combinations([one.id for one in found.bodies], 2)}
    assert set(pairs) <= whole
    assert found.pairs[0].together >= found.pairs[-1].together


def test_no_event_is_no_alliance():
    assert alliances([session()]).pairs == ()
