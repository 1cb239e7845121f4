"""What holds for the record of every session that ships, whatever the body."""

import re
from collections import Counter, defaultdict

import pytest
from tests.material.starter_files import SOURCES, rows

SESSIONS = sorted(
    path.parents[1].name
    for path in SOURCES.glob("*/data/session.csv")
    if path.parents[1].name != "cnd68"  # the worked example has subjects of its own
)
FOUND = {"ccpcj34", "cnd63", "cnd64", "cnd65", "cnd67", "cnd69", "ga77", "ga78", "hrc60"}


def _files(slug: str) -> list[str]:
    return sorted(path.name for path in (SOURCES / slug / "data").glob("*.csv"))


def test_sessions_of_four_bodies_are_recorded() -> None:
    assert set(SESSIONS) == FOUND
    bodies = {
        row["text"]
        for slug in SESSIONS
        for row in rows(slug, "session.csv")
        if row["predicate"] == "body"
    }
    assert bodies == {
        "Commission on Crime Prevention and Criminal Justice",
        "Commission on Narcotic Drugs",
        "General Assembly",
        "Human Rights Council",
    }


@pytest.mark.parametrize("slug", SESSIONS)
def test_a_session_speaks_of_itself_and_of_its_own_drafts(slug: str) -> None:
    for file in _files(slug):
        for row in rows(slug, file):
            own = row["subject"] == f"session:{slug}"
            assert own or row["subject"].startswith(f"draft:{slug}-"), row


@pytest.mark.parametrize("slug", SESSIONS)
def test_a_session_says_its_name_its_body_and_its_number(slug: str) -> None:
    facts = {row["predicate"]: row for row in rows(slug, "session.csv")}
    assert {"name", "body", "number"} <= set(facts)
    assert re.search(rf"{facts['number']['value']}$", slug)
    assert facts["name"]["text"].startswith(facts["number"]["value"])


@pytest.mark.parametrize("slug", SESSIONS)
def test_every_draft_says_what_it_is_about_in_both_languages(slug: str) -> None:
    about = {
        row["subject"]: row["text_es"]
        for row in rows(slug, "resolutions.csv")
        if row["predicate"] == "topic"
    }
    drafts = {
        row["subject"]
        for file in _files(slug)
        for row in rows(slug, file)
        if row["subject"].startswith("draft:")
    }
    assert drafts == set(about)
    assert all(about.values())


@pytest.mark.parametrize("slug", SESSIONS)
def test_each_search_says_where_it_was_made_since_when_and_what_came_of_it(slug: str) -> None:
    for row in rows(slug, "searches.csv"):
        assert row["predicate"] == "looked-for"
        assert all(row[name] for name in ("text", "where", "where_es", "found", "found_es")), row
        assert row["since"] <= row["period"], row


def _declared(slug: str) -> dict[str, list[int]]:
    told = defaultdict(list)
    for row in rows(slug, "resolutions.csv"):
        if row["value"]:
            told[row["predicate"]].append(int(row["value"]))
    return dict(told)


def _named(slug: str) -> Counter[str]:
    return Counter(row["text"] for row in rows(slug, "votes.csv"))


def test_a_roll_call_that_agrees_with_its_tally_is_whole() -> None:
    assert _named("ccpcj34") == {"in favour": 2, "against": 26}
    assert _declared("ccpcj34") == {
        "votes-in-favour": [2],
        "votes-against": [26],
        "abstentions": [0],
    }


def test_a_roll_call_with_one_name_more_than_declared_is_not_repaired() -> None:
    assert _named("cnd65") == {"in favour": 50}
    assert len({row["territory"] for row in rows("cnd65", "votes.csv")}) == 50
    declared = _declared("cnd65")
    assert declared["votes-in-favour"] == [49]
    assert declared["votes-in-favour-named"] == [50]


def test_a_date_of_an_ask_that_two_pages_give_otherwise_stands_twice() -> None:
    by = defaultdict(set)
    for row in rows("hrc60", "asks.csv"):
        if row["disputed"]:
            by[row["position"]].add(row["by"])
    assert by == {"1": {"2026-09", "2027"}}
