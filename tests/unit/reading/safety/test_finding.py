"""Sentences that may not be shown are found with what they hold; the rest of the text stays."""

import pytest

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.safety.finding import RULE, unsafe, withhold
from atalaya.reading.safety.screening import unsafe_words
from atalaya.reading.safety.signs import entries, signs

LEXICON = Lexicon(entries())


def test_only_the_sentence_that_sells_is_withheld():
    text = "Police warned of new pills. DM me to buy, stealth shipping. Carry naloxone."
    found = unsafe(Page.of(text, LEXICON))
    assert [(one.kept.value, one.rule) for one in found] == [("market", RULE)]
    assert withhold(text, found, "[withheld] ") == (
        "Police warned of new pills. [withheld] Carry naloxone."
    )


def test_a_markets_address_is_enough_alone():
    assert unsafe_words("See abcdefghij234567.onion for news by the police.")


def test_a_long_list_of_charges_is_no_offer():
    listed = "Held were: " + ", ".join(f"person {at} for delivery of pills" for at in range(40))
    assert unsafe_words(listed) == []


def test_every_sign_can_be_found():
    found = {
        sort: [word for word in words if not Page.of(word, LEXICON).hits]
        for sort, words in signs().items()
    }
    assert {sort: words for sort, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "." * 5000, "a" * 5000, "$" * 500, "1" * 200_000]
)
def test_noise_is_safe(text):
    assert unsafe_words(text) == []
