"""Impossible claims are doubted with a reason; ordinary ones, and those of whole years, are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.happenings import lexicon

from atalaya.reading.mentions import money, quantities
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.stories.plausibility import RULE, doubts


def doubted(text):
    page = Page.of(text, lexicon())
    named = [
        Mention(
            hit.start,
            hit.end,
            Label.SUBSTANCE,
            id=f"substance:{hit.entry.value}",
            name=str(hit.entry.value),
        )
        for hit in page.found("substance")
    ]
    return doubts(page, [*quantities.mentions(page), *money.mentions(page), *named])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Police found 3,000 tonnes of heroin in a car.",
            ["more-than-fits", "more-than-the-world"],
        ),
        ("Incautaron 40.000 toneladas de cocaína.", ["more-than-the-world"]),
        ("The heroin had a purity of 140 %.", ["purity-above-100"]),
        ("La cocaína tenía 120% de pureza.", ["purity-above-100"]),
        ("They seized 300 kg (6,610 pounds) of cocaine.", ["broken-conversion"]),
        ("Officers seized 2 kg of cocaine worth $40 million.", ["street-value"]),
        ("Officers seized 2 tonnes of cocaine worth $400.", ["street-value"]),
    ],
)
def test_what_cannot_be_is_doubted(text, kinds):
    assert [one.kind for one in doubted(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Police found 3 kg of heroin in a car.",
        "Customs seized 13 tonnes of cocaine in a container.",
        "They seized 300 kg (661 pounds) of cocaine.",
        "They seized 300 kg (about 660 lb) of cocaine.",
        "The cocaine was 92 % pure.",
        "Officers seized 200 kg of cocaine worth $20 million.",
        "Colombia can produce 3,700 tonnes of cocaine worldwide each year.",
        "Officers seized 2 kg of cocaine worth 40 million pesos.",
        "",
    ],
)
def test_what_may_be_is_not_doubted(text):
    assert doubted(text) == []


def test_a_doubt_shows_the_conversion_and_its_rule():
    (one,) = doubted("Officers seized 2 kg of cocaine worth $40 million.")
    assert "20,000.00 USD a gram" in one.says
    assert one.rule == RULE
    (other,) = doubted("They seized 300 kg (6,610 pounds) of cocaine.")
    assert "300.0 kg" in other.says
    assert "2,998.2 kg" in other.says


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_text_is_doubted_only_where_it_stands(text):
    assert all(0 <= one.start < one.end <= len(text) for one in doubted(text))
