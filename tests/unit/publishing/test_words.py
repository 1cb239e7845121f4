"""Our own words are person-first; quotations and official names stay exact."""

from pathlib import Path

import pytest

from atalaya.publishing import words
from atalaya.publishing.words import wordings

PUBLISHING = Path(words.__file__).parent


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Advice for drug users", "people who use drugs"),
        ("heroin addicts were", "people with drug dependence"),
        ("Former addicts", "people in recovery"),
        ("injecting drug users", "people who inject drugs"),
        ("to curb Drug Abuse", "drug use, or drug use disorder"),
        ("los drogadictos", "personas que usan drogas"),
        ("las adictas", "personas con dependencia"),
    ],
)
def test_a_wording_that_is_not_ours_is_found_once_with_what_to_write(text, instead):
    assert [found.instead for found in wordings(text)] == [instead]


@pytest.mark.parametrize(
    "text",
    [
        "people who use drugs",
        "personas que usan drogas",
        "He said “drug users”.",
        "dijo «drogadictos»",
        "users of the API and an additive, a dictated text",
        'the words "substance abuse" in the report',
    ],
)
def test_our_words_and_quotations_pass(text):
    assert list(wordings(text)) == []


def test_an_official_name_passes_and_the_same_word_in_our_text_does_not():
    text = "The National Institute on Drug Abuse\nwrites about drug abuse."
    found = list(wordings(text, ["National Institute on Drug Abuse"]))
    assert [(one.line, one.column, one.words) for one in found] == [(2, 14, "drug abuse")]


def test_what_this_room_prints_keeps_to_its_own_words():
    found = {
        path.name: [str(one) for one in wordings(path.read_text("utf-8").replace('"', " "))]
        for path in PUBLISHING.glob("*.py")
        if path.name != "words.py"
    }
    assert {name: said for name, said in found.items() if said} == {}
