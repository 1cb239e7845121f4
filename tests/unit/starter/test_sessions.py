"""What holds for the record of every session that ships, whatever the body."""

import re
from collections import defaultdict

import pytest
from tests.material.starter_files import SOURCES, rows

SESSIONS = sorted(
    path.parents[1].name
    for path in SOURCES.glob("*/data/session.csv")
    if path.parents[1].name != "cnd68"  # the worked example has subjects of its own
)
FOUND = {"cnd63", "cnd67", "cnd69", "ga77", "ga78", "hrc60"}


def _files(slug: str) -> list[str]:
    return sorted(path.name for path in (SOURCES / slug / "data").glob("*.csv"))


def test_sessions_of_three_bodies_are_recorded() -> None:
    assert set(SESSIONS) == FOUND
    bodies = {
        row["text"]
        for slug in SESSIONS
        for row in rows(slug, "session.csv")
        if row["predicate"] == "body"
    }
    assert bodies == {"Commission on Narcotic Drugs", "General Assembly", "Human Rights Council"}


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
        assert all(row[name] for name in ("text", "where", "found", "found_es")), row
        assert row["since"] <= row["period"], row


def test_a_date_of_an_ask_that_two_pages_give_otherwise_stands_twice() -> None:
    by = defaultdict(set)
    for row in rows("hrc60", "asks.csv"):
        if row["disputed"]:
            by[row["position"]].add(row["by"])
    assert by == {"1": {"2026-09", "2027"}}
