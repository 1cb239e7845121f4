"""Asks are read from short texts written for it: who, what, by when, with what money."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.labelled_asks import GOLD, read_asks

from atalaya.promises.asks import asks
from atalaya.promises.asks.words import load


@pytest.mark.parametrize("gold", GOLD, ids=lambda one: one.stem)
def test_every_text_is_split_whole_into_its_asks(gold):
    text = gold.with_suffix(".txt").read_text("utf-8")
    assert read_asks(text) == json.loads(gold.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("by 31 December 2030", "2030-12-31"),
        ("before June 30th, 2030", "2030-06-30"),
        ("by the end of May 2030", "2030-05"),
        ("by 2030", "2030"),
        ("by 31 June 2030", "2030"),
        ("a más tardar el 30 de junio de 2030", "2030-06-30"),
        ("d'ici au 1er mars 2030", "2030-03-01"),
    ],
)
def test_a_date_is_kept_as_exact_as_the_text_gives_it(words, value):
    (ask,), _ = asks(f"1. Requests UNODC to publish guidance {words}.")
    assert [each.value for each in ask.by] == [value]


def test_there_are_enough_texts_and_three_languages():
    assert len(GOLD) >= 8
    assert {one.stem.split("-")[1] for one in GOLD} == {"en", "es", "fr"}


def test_the_order_of_strength_is_the_one_documented():
    assert load().verbs == (
        "decides", "requests", "urges", "calls upon",
        "recommends", "invites", "encourages", "notes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "parts"),
    [
        ("(a) (b)", ["a", "b"]),
        ("(a) (i) (ii) (b)", ["a.i", "a.ii", "b"]),
        ("1) a) b) 2)", ["1.a", "1.b", "2"]),
        ("(a) (b) (c) (d) (e) (f) (g) (h) (i) (j)", list("abcdefghij")),
        ("(a) (b) (i) (ii) (iii) (c)", ["a", "b.i", "b.ii", "b.iii", "c"]),
        ("(a) (b) (d)", ["a", "b"]),
        ("(b) (c)", [None]),
        ("(a)", [None]),
    ],
)
def test_items_are_told_by_their_order_and_what_does_not_continue_it_is_words(marks, parts):
    listed = "".join(f"\n{mark} To act;" for mark in marks.split())
    found, _ = asks(f"1. Requests UNODC to act on this:{listed}")
    assert [one.part for one in found] == parts


WORDS = [
    "1. ",
    "2. ",
    "Requests ",
    "requests ",
    "UNODC ",
    "to ",
    "(a) ",
    "(b) ",
    "(i) ",
    "(ii) ",
    "1) ",
    ", ",
    ";",
    "\n",
]
WORDS += [
    "coope-\nration ",
    "Secretary-\nGeneral ",
    "and invites them to ",
    "the Office ",
    "e invitarlos a ",
]
WORDS += [
    "within available resources",
    "Pide a ",
    "que ",
    "at its seventieth session",
    "*",
    "Invite ",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=40).map("".join))
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_without_falling_and_every_place_is_in_it(text):
    found, unclear = asks(text)
    for one in found:
        assert 0 <= one.span.start <= one.action.start <= one.action.end <= len(text)
        assert all(each.span.of(text) for each in (*one.who, *one.by, *one.money))
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in unclear)


@pytest.mark.parametrize(
    "text",
    ["1. Requests UNODC, " + "within, " * 3000, "1. Requests " * 2000, "\n" * 30000, "1." * 20000,
     "(a) (i) " * 6000, "a-\nb" * 9000, "1. Requests the Office to act; " * 1500,
     "1. Invites States to act, and " * 1500, "1. Requests UNODC: " + "(a) to act; " * 3000]
)  # fmt: skip
def test_a_text_made_to_hold_the_reader_up_does_not(text):
    start = time.monotonic()
    asks(text)
    assert time.monotonic() - start < 20, "a pattern walks back and forth over this"
