import re

from tests.material.starter_files import rows

SESSION = "session:cnd69"
ABOUT = {
    "resolutions": "resol|draft resolution",
    "votes": "vote|vota",
    "coca leaf": "coca",
    "dates and place": "Viena|Vienna",
}


def _searched() -> list[str]:
    return [row["text"] for row in rows("cnd69", "searches.csv")]


def test_each_question_was_put_in_three_or_more_ways() -> None:
    words = _searched()
    assert len(set(words)) == len(words)
    for question, pattern in ABOUT.items():
        asked = [one for one in words if re.search(pattern, one, re.IGNORECASE)]
        assert len(asked) >= 3, question


def test_no_vote_number_or_final_title_is_given_where_no_page_gives_one() -> None:
    told = {row["predicate"] for row in rows("cnd69", "resolutions.csv")}
    assert told == {"draft", "draft-title", "topic", "sponsor", "reported"}


def test_what_compiled_files_alone_say_is_unverified() -> None:
    for file in ("session.csv", "resolutions.csv", "statements.csv"):
        for row in rows("cnd69", file):
            if row["source"].startswith(("https://github.com/", "https://documents.un.org/")):
                assert row["checked"] == "unverified", row


def test_the_session_has_a_first_day_and_a_place_that_two_pages_give() -> None:
    facts = {row["predicate"]: row for row in rows("cnd69", "session.csv")}
    for predicate, said in (("opened-on", "2026-03-09"), ("place", "Vienna")):
        assert facts[predicate]["text"] == said
        assert facts[predicate]["how_checked"].startswith("two files agree")
