"""Votes are read from records written for it: totals, names, doubts and explanations."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.labelled_votes import GOLD, read_votes

from atalaya.promises.votes import ballots, distinct, doubts
from atalaya.promises.votes.rolls import code
from atalaya.promises.votes.words import VOTES

SHARED = Path(__file__).parents[3] / "shared" / "data" / "cnd-facts" / "cnd68_L6_rollcall.csv"


@pytest.mark.parametrize("gold", GOLD, ids=lambda one: one.stem)
def test_every_record_is_read_whole_and_each_name_stands_where_it_says(gold):
    text = gold.with_suffix(".txt").read_text("utf-8")
    wanted = json.loads(gold.read_text("utf-8"))
    assert read_votes(text) == [{"part": None, "notes": []} | one for one in wanted]
    for one in ballots(text):
        for each in one.lists:
            assert all(" ".join(n.span.of(text).split()) == n.name for n in each.names)


def test_there_are_enough_records_and_three_languages():
    assert len(GOLD) >= 10
    assert {one.stem.split("-")[1] for one in GOLD} >= {"en", "es", "fr"}


@pytest.mark.shared
def test_the_roll_call_that_declares_18_and_lists_17_is_shown_and_not_repaired():
    if not SHARED.is_file():
        pytest.skip(f"{SHARED} is not there")
    import csv

    listed: dict[str, list[str]] = {"yes": [], "no": [], "abstain": []}
    with SHARED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["member_as_noted"].startswith("("):
                times = 2 if "twice" in row["note"] else 1
                listed[row["vote"]] += [row["member_as_noted"]] * times
    text = (
        "L.6 was adopted by 30 votes to 3, with 18 abstentions.\n\n"
        f"In favour: {', '.join(listed['yes'])}.\nAgainst: {', '.join(listed['no'])}.\n"
        f"Abstaining: {', '.join(listed['abstain'])}.\n"
    )
    (one,) = ballots(text)
    assert [distinct(one, vote) for vote in VOTES[:3]] == [30, 3, 17]
    assert [str(each.says) for each in doubts(one) if each.kind != "unknown-name"] == [
        "18 are declared as abstained, and 17 different ones are named",
        "Indonesia is listed twice",
    ]
    assert sum(len(each.names) for each in one.lists) == 51, "nothing is taken out"


WORDS = ["In favour: ", "Against:", "Abstaining (3):", "Peru", "Korea", ", ", " and ", ". ", "\n"]
WORDS += [
    "30 votes to 3",
    "with 18 abstentions",
    "(",
    ")",
    "| Oman | yes |\n",
    "E/CN.7/2025/L.6",
    "\0",
]
WORDS += [
    "Yes No Abstain\n",
    "| Yes | No |\n",
    "In favour\tAgainst\n",
    "Kenya X\n",
    "| Oman | x | |\n",
]
WORDS += [
    "Peru\nYes\n",
    "Y OMAN\n",
    "Peru +\n",
    "China -\n",
    "30-3-18",
    "Herze-\ngovina",
    "se abstuvo ",
]
WORDS += [
    "[Subsequently, the delegation of Togo informed the Secretariat ",
    "had intended to abstain.]",
]
WORDS += [
    "The President: explanation of vote before the vote\n",
    "Ms. Ruiz (Peru): We\n",
    "paragraph 7 ",
]
WORDS += ["| State | L.2 | L.3 |\n", "| Peru | Yes | No |\n", "The draft was adopted. "]
WORDS += ["The representative of ", "explanation of vote ", "**", "3 voix contre 2", "none", "vote"]


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Bolivia (Plurinational State of)", "BOL"), ("the Plurinational State of Bolivia", "BOL"),
        ("iran (islamic republic of)", "IRN"), ("Irán (República Islámica del)", "IRN"),
        ("Irão", "IRN"), ("the Republic of Korea", "KOR"), ("República de Corea", "KOR"),
        ("Costa de Marfil", "CIV"), ("St. Kitts & Nevis", "KNA"), ("EE.UU.", "USA"),
        ("U.S.", "USA"),
        ("DPRK", "PRK"), ("RDC", "COD"), ("Netherlands (Kingdom of the)", "NLD"),
        ("TÜRKIYE", "TUR"),
        ("Bosnia and Herze-\ngovina", "BIH"), ("Timor-\nLeste", "TLS"), ("Viet Nam", "VNM"),
        ("Korea", None), ("Republic of Iran", "IRN"), ("Macedonia", None), ("European Union", None),
    ],
)  # fmt: skip
def test_official_forms_of_a_state_name_it_and_what_two_could_mean_names_none(name, iso3):
    assert code(name) == iso3


@pytest.mark.parametrize(
    "text",
    [
        "The resolution was adopted on 14-03-25 in Vienna.", "Adopted 14-3-25.",
        "Draft L.4 was adopted without a vote on 3/4/25.", "For: 30 days. Against: nobody knows.",
        "Norway voted in favour because the text is balanced.", "Peru abstained.",
        "Present: Peru, Chile\nAbsent: Oman, Kenya", "In favour of peace: Peru and Chile spoke.",
        "A total of 30 members, 3 observers and 18 NGOs attended.",
    ],
)  # fmt: skip
def test_what_is_no_vote_is_none(text):
    assert ballots(text) == ()


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=40).map("".join))
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_without_falling_and_every_place_is_in_it(text):
    for one in ballots(text):
        assert 0 <= one.span.start <= one.span.end <= len(text)
        for each in one.lists:
            assert all(" ".join(n.span.of(text).split()) == n.name for n in each.names)
        assert all(text[d.span.start : d.span.end] for d in doubts(one) if d.kind != "no-names")


@pytest.mark.parametrize(
    "text", ["In favour: " * 3000, "(" * 20000, "Peru, " * 5000, "in favour to 3 votes " * 3000,
             "a-" * 20000, " \n" * 20000, "A/" * 20000, "vote of 3 to " * 4000,
             "In favour: " + "Iran (" * 3000, "Yes No Abstain\n" * 3000, "Peru\nYes\n" * 4000,
     "Peru | x |\n" * 5000, "Peru Chile " * 4000, "se abstuvo Peru, " * 3000, "1/2 " * 20000,
     "12-12345\n" * 6000]
)  # fmt: skip
def test_a_text_made_to_hold_the_reader_up_does_not(text):
    start = time.monotonic()
    ballots(text)
    assert time.monotonic() - start < 20, "a pattern walks back and forth over this"
