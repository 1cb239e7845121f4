"""Who votes alike and who sponsors together: counted against a slow count, in any order."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.material.promised import draft, said, session
from tests.material.session_record import session_claims

from atalaya.promises import record
from atalaya.promises.networks import (
    TOOK_PART,
    Cast,
    Sponsored,
    agreement,
    blocs,
    casts,
    sponsors,
    sponsorship,
    ties,
)
from atalaya.promises.pairs import pair_table

votes = st.lists(
    st.builds(
        Cast,
        st.sampled_from("abcd"),
        st.just(2025),
        st.sampled_from(["ARG", "BOL", "CHL", "DEU"]),
        st.sampled_from([*TOOK_PART, "not voting"]),
    ),
    max_size=40,
)


@given(votes, st.randoms())
def test_pairs_are_those_of_a_slow_count_and_the_order_does_not_matter(cast, random):
    found = agreement(cast)
    mixed = [*cast]
    random.shuffle(mixed)
    assert agreement(mixed) == found
    slow = {}
    for one, other in combinations(["ARG", "BOL", "CHL", "DEU"], 2):
        both = alike = 0
        for ballot in "abcd":
            said = [
                {c.vote for c in cast if (c.ballot, c.state) == (ballot, state)} - {"not voting"}
                for state in (one, other)
            ]
            if all(len(each) == 1 for each in said):
                both += 1
                alike += said[0] == said[1]
        if both:
            slow[one, other] = (alike, both)
    assert {(p.one, p.other): (p.together, p.of) for p in found} == slow


def test_a_state_listed_two_ways_in_a_vote_is_left_out_of_that_vote():
    cast = [
        Cast("a", 2025, "PER", "in favour"),
        Cast("a", 2025, "PER", "against"),
        Cast("a", 2025, "OMN", "against"),
        Cast("a", 2025, "IND", "against"),
    ]
    assert [(p.one, p.other, p.together, p.of) for p in agreement(cast)] == [("IND", "OMN", 1, 1)]


def test_sponsors_of_a_draft_are_counted_with_what_either_sponsored_and_what_is_disputed():
    given_ = [
        Sponsored("l4", 2025, "DEU"),
        Sponsored("l4", 2025, "PER"),
        Sponsored("l3", 2024, "PER"),
        Sponsored("l3", 2024, "THA", disputed=True),
        Sponsored("l4", 2025, "DEU"),
    ]
    found = sponsorship(given_)
    said = [(p.one, p.other, p.together, p.of, p.disputed, p.years) for p in found]
    assert said == [("DEU", "PER", 1, 2, 0, (2024, 2025)), ("PER", "THA", 1, 2, 1, (2024, 2025))]
    assert [other for other, _ in ties(found, "PER")] == ["DEU", "THA"]
    assert found[0].share == 0.5


def test_the_starters_one_roll_call_gives_every_pair_a_denominator_of_one():
    sessions = record(session_claims())
    cast = casts(sessions)
    assert len({one.state for one in cast}) == 50
    found = agreement(cast)
    assert len(found) == 50 * 49 // 2
    assert {(one.of, one.years) for one in found} == {(1, (2025,))}
    assert sum(one.together for one in found) == (30 * 29 + 3 * 2 + 17 * 16) // 2
    assert all(one.claims for one in found)
    together = sponsorship(sponsors(sessions))
    assert ("territory:DEU", "territory:PER") in {(one.one, one.other) for one in together}
    assert sum(one.disputed for one in together) > 0, "a sponsor that a source contradicts is told"


def test_states_are_grouped_by_how_they_voted_in_every_vote():
    found = blocs(casts(record(session_claims())))
    assert [len(one.states) for one in found] == [30, 17, 2, 1], (
        "the United States voted elsewhere too"
    )
    assert found[0].alike(found[0]) == (1, 1)
    assert found[0].alike(found[1]) == (0, 1)
    apart = blocs([Cast("a", 2025, "PER", "against"), Cast("b", 2025, "OMN", "against")])
    assert apart[0].alike(apart[1]) == (0, 0), "they never met: no share can be told"


def test_pairs_become_rows_with_their_denominator_and_the_claims_they_rest_on():
    pairs = agreement(casts(record(session_claims())))
    made = pair_table(pairs, "agreement").to_pylist()
    assert len(made) == len(pairs) == len({row["id"] for row in made})
    assert {row["of"] for row in made} == {1}
    assert made[0]["id"].startswith("agreement:")
    assert all(row["claims"] and row["years"] == ["2025"] for row in made)


def test_a_body_that_gives_its_country_sponsors_for_no_state():
    both = said("Union of Cooks (Chile)", "CHL", "sponsor"), said("Peru", "PER", "sponsor")
    found = sponsors([session(drafts=[draft("draft:x1-l1", *both)])])
    assert [one.state for one in found] == ["territory:PER"]


def test_a_member_that_is_listed_twice_is_one_of_those_named():
    votes = [said("abstained", code, "vote") for code in ("PER", "OMN", "PER")]
    one = draft("draft:x1-l1", said("3", predicate="abstentions", number=3.0), *votes)
    (tally,) = [each for each in one.tallies if each.vote == "abstained"]
    assert (tally.distinct, tally.agrees, len(tally.named)) == (2, False, 3)
