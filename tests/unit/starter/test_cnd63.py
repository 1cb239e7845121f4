from collections import Counter

from tests.material.starter_files import rows

VOTE = "draft:cnd63-d17"


def _of(file: str, predicate: str) -> list[dict[str, str]]:
    return [row for row in rows("cnd63", file) if row["predicate"] == predicate]


def _undisputed() -> list[dict[str, str]]:
    return [row for row in _of("votes.csv", "vote") if not row["disputed"]]


def test_the_lists_of_names_agree_on_all_but_four_members() -> None:
    assert Counter(row["text"] for row in _undisputed()) == {"in favour": 27, "against": 24}
    disputed = {row["territory"] for row in _of("votes.csv", "vote") if row["disputed"]}
    assert disputed == {"CIV", "SVN", "UKR", "UZB"}


def test_what_two_lists_say_makes_the_tally_that_was_declared() -> None:
    borne_out = Counter(
        row["text"] for row in _of("votes.csv", "vote") if row["checked"] == "verified"
    )
    declared = {
        row["predicate"]: int(row["value"])
        for row in rows("cnd63", "resolutions.csv")
        if row["subject"] == VOTE and row["value"] and row["checked"] == "verified"
    }
    assert declared == {"votes-in-favour": 27, "votes-against": 25, "abstentions": 1}
    assert borne_out == {"in favour": 27, "against": 25, "abstained": 1}


def test_no_member_votes_twice_where_nothing_is_disputed() -> None:
    members = [row["territory"] for row in _undisputed()]
    assert len(set(members)) == len(members) == 51


def test_only_the_numbers_that_a_page_gives_are_given() -> None:
    numbers = {row["text"] for row in _of("resolutions.csv", "number")}
    assert numbers == {"63/1", "63/2", "63/3", "63/6", "63/14", "63/16", "63/17"}


def test_recommendations_without_a_tally_were_looked_for() -> None:
    told = {row["subject"] for row in _of("resolutions.csv", "votes-in-favour")}
    looked = {row["subject"] for row in _of("searches.csv", "looked-for")}
    assert told == {VOTE, "draft:cnd63-who-5-2"}
    assert {"draft:cnd63-who-5-4", "draft:cnd63-who-5-5"} <= looked


def test_those_who_explained_their_vote_had_one() -> None:
    voted = {row["territory"] for row in _of("votes.csv", "vote")}
    explained = {row["territory"] for row in _of("statements.csv", "explained-vote")}
    assert explained <= voted
    assert len(explained) == 17
