"""Lines put together: what a sentence's lines say as one, and where each word of it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.promises.wrapping import unwrapped
from atalaya.reading.reports.spans import Span

PIECES = st.sampled_from(["ab", "co-\n", "\n", " ", "-\n  ", "Gen", "non-\n", ".", ": ", "12", "-"])


def _never(_text, _at):
    return False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("to work in coope-\nration with States", "to work in cooperation with States"),
        ("the Secretary-\nGeneral reports", "the Secretary-General reports"),
        ("non-\ngovernmental bodies", "non-governmental bodies"),
        ("at its seventy-\n  first session", "at its seventy-first session"),
        ("to report\nby 2030", "to report by 2030"),
        ("It ends.\nAnother begins", "It ends.\nAnother begins"),
        ("Invites:\nto act", "Invites:\nto act"),
        ("Peru\nOman", "Peru\nOman"),
    ],
)
def test_a_line_goes_on_where_its_sentence_does(text, words):
    found = unwrapped(text, _never).text
    assert len(found) == len(text)
    assert " ".join(found.split(" ")).split() == words.split()
    assert ("\n" in found) == ("\n" in words)


def test_a_word_put_together_stands_where_its_two_parts_do():
    text = "in coope-\nration, and in truth"
    lines = unwrapped(text, _never)
    start = lines.text.index("cooperation")
    assert lines.place(Span(start, start + len("cooperation"))).of(text) == "coope-\nration"
    assert lines.place(Span(0, len(text))).of(text) == text
    assert lines.place(Span(start + 5, start + 11)).of(text) == "ration"
    later = lines.text.index("truth")
    assert lines.place(Span(later, later + 5)).of(text) == "truth"


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_text_keeps_its_length_and_its_letters_in_order(text):
    lines = unwrapped(text, _never)
    assert len(lines.text) == len(text)
    assert [one for one in lines.text if one.isalnum()] == [one for one in text if one.isalnum()]
    for at, letter in enumerate(lines.text):
        if letter.isalnum():
            assert lines.place(Span(at, at + 1)).of(text).strip("-\n ") == letter


def test_what_begins_anew_keeps_its_line():
    assert unwrapped("of it\nb) to act", lambda text, at: text[at:].startswith("b)")).moved == ()
    assert "\n" in unwrapped("of it\nb) to act", lambda text, at: text[at] == "b").text
