from itertools import combinations

import pytest
from tests.material.promised import event, said, session

from atalaya.promises.alliances import bodies, pairs, printed
from atalaya.promises.named import mentions

ONE = event("event:1", [said("House A")], [said("Peru", "PER"), said("Net B")])
TWO = event("event:2", [said("Net B")], [said("House A"), said("Perú", "PER"), said("NET B")])
THREE = event("event:3", [said("Solo")], [said("Peru", "PER")])


def _found(*events, same=printed):
    return bodies(mentions([session(*events)]), same)


def test_a_body_counts_once_an_event_however_it_is_printed():
    found = _found(ONE, TWO, THREE)
    net = next(one for one in found if one.id == "netb")
    assert net.events == ("event:1", "event:2")
    assert net.organised == ("event:2",)
    assert net.co_hosted == ("event:1",), "it organised the other, where it is named twice"
    assert net.names == ("Net B", "NET B")
    assert found[0].id == "territory:PER"


def test_a_state_is_one_body_under_its_names_in_two_languages():
    (peru,) = [one for one in _found(ONE, TWO) if one.territory]
    assert set(peru.names) == {"Peru", "Perú"}
    assert len(peru.events) == 2


def test_names_that_somebody_joins_are_one_body_and_nobody_is_left_out_as_nobody():
    joined = _found(ONE, TWO, THREE, same=lambda one: "x" if one.name != "Solo" else None)
    assert [one.id for one in joined] == ["x"]
    assert joined[0].events == ("event:1", "event:2", "event:3")


def test_pairs_have_the_events_of_either_as_their_denominator_and_the_claims_of_both():
    found = _found(ONE, TWO, THREE)
    every = {frozenset((one.one, one.other)): one for one in pairs(found)}
    pair = every[frozenset(("territory:PER", "housea"))]
    assert (pair.together, pair.of, pair.events) == (2, 3, ("event:1", "event:2"))
    named = {one.id: one for one in found}
    both = {*named["territory:PER"].claims(pair.events), *named["housea"].claims(pair.events)}
    assert set(pair.claims) == both
    assert len(pair.claims) == 4
    whole = {frozenset(two) for two in combinations(named, 2)}
    assert set(every) <= whole
    order = [one.together for one in pairs(found)]
    assert order == sorted(order, reverse=True)


def test_no_event_is_no_alliance():
    assert pairs(_found()) == ()


@pytest.mark.parametrize("events", [(ONE,), (ONE, TWO), (THREE, TWO, ONE)])
def test_every_two_hosts_of_an_event_are_a_pair(events):
    found = _found(*events)
    shared = {one.id: set(one.events) for one in found}
    expected = {
        frozenset(two): len(shared[two[0]] & shared[two[1]])
        for two in combinations(shared, 2)
        if shared[two[0]] & shared[two[1]]
    }
    assert {frozenset((one.one, one.other)): one.together for one in pairs(found)} == expected
