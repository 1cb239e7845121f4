from collections import defaultdict

import pytest
from tests.material.shared_data import shared
from tests.material.starter_files import SOURCES, rows, tables

FACTS = [path for path in tables() if "how_checked" in path.read_text().splitlines()[0]]
EVERY = [
    row | {"file": path.name} for path in FACTS for row in rows(path.parents[1].name, path.name)
]
SESSIONS = tuple(sorted(path.parents[1].name for path in SOURCES.glob("*/data/session.csv")))
REPORT = "https://knowmadinstitut.org/"
OWN_WORDS = {"challenges.csv", "asks.csv", "followup.csv", "searches.csv", "statements.csv"}
TOLD = ("subject", "predicate", "value", "text", "territory", "period", "source")


def test_the_sources_of_facts_are_known() -> None:
    told = {path.parents[1].name for path in FACTS}
    assert told == {"access-medicines", "ct-deaths", *SESSIONS}


def test_each_fact_names_its_page_and_says_how_it_was_checked() -> None:
    for row in EVERY:
        assert row["source"].startswith("https://"), row
        assert row["checked"] in {"verified", "unverified"}, row
        assert row["how_checked"], row
        assert row["value"] or row["text"], row


def test_no_fact_is_dated_after_it_was_looked_up() -> None:
    """What is foretold is dated by who foretells it, or the record would seem to reach there."""
    assert [row for row in EVERY if row["period"] > "2026-11-25"] == []


def test_a_disputed_fact_is_verified_only_where_two_files_bear_it_out() -> None:
    disputed = [row for row in EVERY if row["disputed"]]
    assert len(disputed) > 20
    for row in disputed:
        if row["checked"] == "verified":
            one_page = row["predicate"].endswith("-named")  # a count of the names on it
            assert one_page or "two files agree" in row["how_checked"], row


def test_a_disputed_fact_never_stands_alone() -> None:
    told: dict[tuple[str, str], int] = defaultdict(int)
    for row in EVERY:
        told[row["subject"], row["predicate"]] += 1
    alone = {
        (row["subject"], row["predicate"])
        for row in EVERY
        if row["disputed"] and told[row["subject"], row["predicate"]] == 1
    }
    # What was declared and what was named are two predicates that dispute each other.
    assert alone == {
        ("draft:cnd65-brorphine", "votes-in-favour"),
        ("draft:cnd65-brorphine", "votes-in-favour-named"),
        ("draft:cnd68-l6", "abstentions"),
        ("draft:cnd68-l6", "abstentions-named"),
    }


def test_what_rests_on_one_unread_file_is_unverified() -> None:
    for row in EVERY:
        if "not read" in row["how_checked"] or row["how_checked"].startswith("only in one"):
            assert row["checked"] == "unverified", row


def test_sentences_of_ours_stand_in_both_languages() -> None:
    for row in EVERY:
        if row["file"] in OWN_WORDS:
            assert row["text_es"], row


def test_our_own_words_put_the_person_first() -> None:
    for row in (row for row in EVERY if row["file"] in OWN_WORDS):
        for words in (row["text"], row["text_es"]):
            assert "drug user" not in words.lower()
            assert "addict" not in words.lower()
            assert "drogadict" not in words.lower()


def test_every_quotation_is_short_and_one_of_the_report_stands_in_it() -> None:
    report = " ".join(shared("seed/cnd68-report.txt").read_text(encoding="utf-8").split())
    quoted = [row for row in EVERY if row["quote"]]
    assert len(quoted) > 100
    for row in quoted:
        assert len(row["quote"].split()) <= 25
        if row["source"].startswith(REPORT):
            assert " ".join(row["quote"].split()) in report, row["quote"]


def test_every_fact_from_the_report_quotes_it() -> None:
    for row in EVERY:
        if row["source"].startswith(REPORT):
            assert row["quote"], row


@pytest.mark.parametrize("slug", [*SESSIONS, "access-medicines"])
def test_the_same_fact_from_the_same_page_is_told_once(slug: str) -> None:
    for path in sorted((SOURCES / slug / "data").glob("*.csv")):
        told = [tuple(row[name] for name in TOLD) for row in rows(slug, path.name)]
        assert len(set(told)) == len(told), path.name
