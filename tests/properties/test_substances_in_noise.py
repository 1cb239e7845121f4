"""No text breaks the reading of substances, and noise names none."""

import itertools
import random
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.material.reading_pages import page_of, read

from atalaya.reading.mentions import substances
from atalaya.reading.mentions.mention import Status
from atalaya.reading.mentions.substances_names import forms
from atalaya.reading.mentions.substances_slips import inside
from atalaya.reading.mentions.words_read import frequencies, spelt_out, table

NOISE = st.text(
    st.one_of(
        st.characters(categories=["S", "P", "M", "C", "Z"]),
        st.characters(min_codepoint=0x590, max_codepoint=0x8FF),  # written from right to left
        st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF),
    ),
    max_size=400,
)
MIXED = st.lists(
    st.one_of(NOISE, st.sampled_from(["fentanyl", "no ", "sold as ", "ICE", "4-F-", "-MDMB", "N-"]))
).map("".join)


@given(NOISE)
@example("\ud800\udfff")
@example("\u202e\u0627\u200f")
def test_noise_names_nothing(text):
    assert read(text) == []


@given(st.integers())
@settings(max_examples=30)
def test_random_letters_name_nothing(seed):
    draw = random.Random(seed)
    words = ("".join(draw.choices(string.ascii_letters, k=draw.randint(7, 14))) for _ in range(40))
    assert read("Overdose: " + " ".join(words)) == []


@given(MIXED)
def test_every_mention_is_a_span_of_the_text(text):
    found = read(text)
    assert all(text[m.start : m.end].strip() for m in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert found == read(text)


def test_a_line_of_a_million_characters_is_read():
    line = "word " * 100_000 + "fentanyl " + "x" * 500_000
    (found,) = substances.mentions(page_of(line))
    assert (found.id, found.start) == ("substance:fentanyl", 500_000)


def test_a_line_of_many_denials_is_read():
    found = read("no fentanyl nor ice, not only " * 20_000)
    assert len(found) >= 20_000
    assert {m.status for m in found if m.id == "substance:fentanyl"} == {Status.NEGATED}


def test_no_name_of_one_substance_is_a_slip_of_another():
    names = [form.strip() for form in forms() if form.strip().isalpha()]
    wrong = [
        (name, part.naming.id)
        for name in names
        for part in inside(name)
        if part.naming.id != forms()[f" {name} "].id
    ]
    assert wrong == []


def test_no_ordinary_word_that_looks_like_a_name_is_read_as_one():
    alike = [row["word"] for row in table("ordinary_words") if row["why"] == "alike"]
    assert len(alike) > 50
    assert [word for word in alike if inside(word)] == []


@pytest.mark.parametrize("lead", ["They saw the", "La", "Der", "Une"])
def test_an_everyday_word_alone_names_no_drug(lead):
    everyday = [word for word, zipf in frequencies().items() if zipf >= 4.5 and word.isalpha()]
    assert len(everyday) > 100
    read_as_drugs = {word for word in everyday if read(f"{lead} {word} there.")}
    assert read_as_drugs <= {"cocaina", "alcohol", "alcool"}


def test_a_pattern_without_choices_is_one_wording():
    assert list(spelt_out("not found")) == ["not found"]
