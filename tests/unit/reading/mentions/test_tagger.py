"""The tagger: its weights are those of its card, and it answers the same every time."""

import hashlib
import re
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from atalaya.reading.mentions.folding import Folded
from atalaya.reading.mentions.mention import Label, Mention, Status
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.tagger import decoding, reconciling
from atalaya.reading.mentions.tagger.genre import genre
from atalaya.reading.mentions.tagger.model import GENRES, Span, load
from atalaya.reading.mentions.tagger.tokens import tokens

CARD = Path(__file__).parents[4] / "docs" / "models.md"
SEIZURE = "Police in Salta, Argentina, seized 3.5 kg of cocaine and 200 ecstasy pills on Monday."


def page(text: str) -> Page:
    return Page(text, Folded(f" {text.lower()} ", np.arange(len(text) + 3)), {})


@pytest.mark.parametrize("name", ["tables", *GENRES])
def test_the_weights_are_those_of_the_card(name: str) -> None:
    folder = resources.files("atalaya.reading.mentions.tagger").joinpath("data")
    held = hashlib.sha256(folder.joinpath(f"{name}.npz").read_bytes()).hexdigest()
    said = re.search(rf"`{name}\.npz` \| `([0-9a-f]{{64}})`", CARD.read_text(encoding="utf-8"))
    assert said is not None
    assert said[1] == held


def test_a_seizure_is_cut_into_its_spans() -> None:
    found = {(SEIZURE[one.start : one.end], one.label) for one in load("news").spans(SEIZURE)}
    wanted = {("3.5 kg", "QUANTITY"), ("cocaine", "DRUG"), ("200", "QUANTITY")}
    assert wanted <= found


def test_offsets_are_those_of_the_whole_text_and_answers_do_not_change() -> None:
    tagger = load("news")
    before = "Nothing here. "
    alone = tagger.spans(SEIZURE)
    inside = tagger.spans(before + SEIZURE, len(before), len(before) + len(SEIZURE))
    shift = len(before)
    assert [(one.start + shift, one.end + shift, one.label, one.sure) for one in alone] == [
        (one.start, one.end, one.label, one.sure) for one in inside
    ]
    assert all(0 < one.sure <= 1 for one in alone)


@pytest.mark.parametrize("text", ["", "   ", "\ud800 12 \x00", "🙂" * 400, "a " * 2000, "१२ किलो"])
def test_noise_breaks_nothing(text: str) -> None:
    for kind in GENRES:
        for one in load(kind).spans(text):
            assert 0 <= one.start < one.end <= len(text)


def test_the_best_row_and_how_sure_it_is_are_those_of_every_row_tried() -> None:
    random = np.random.default_rng(4)
    scores = random.normal(size=(4, 3)).astype(np.float32)
    moves = random.normal(size=(4, 3)).astype(np.float32)
    rows = np.array(np.meshgrid(*[range(3)] * 4, indexing="ij")).reshape(4, -1).T
    worth = np.array(
        [
            moves[3, row[0]]
            + sum(scores[at, label] for at, label in enumerate(row))
            + sum(moves[one, other] for one, other in pairwise(row))
            for row in rows
        ]
    )
    chances = np.exp(worth - worth.max())
    chances /= chances.sum()
    assert decoding.best(scores, moves).tolist() == rows[worth.argmax()].tolist()
    sure = decoding.sureness(scores, moves)
    for at in range(4):
        for label in range(3):
            expected = chances[rows[:, at] == label].sum()
            assert sure[at, label] == pytest.approx(expected, abs=1e-6)


def test_tokens_hold_every_letter_and_their_places() -> None:
    text = "It's 3,5 kg - «x»"
    cut = tokens(text)
    assert [text[a:b] for a, b in zip(cut.starts, cut.ends, strict=True)] == cut.words
    assert "".join(cut.words) == text.replace(" ", "")


def test_people_who_talk_and_news_are_told_apart() -> None:
    assert genre(SEIZURE) == "news"
    assert genre("hey guys, i took my dose and you know how i felt lol") == "forum"


def test_a_span_of_both_has_the_models_bounds_and_the_rules_value() -> None:
    ruled = [
        Mention(2, 6, Label.QUANTITY, Status.NEGATED, name="5 g", confidence=0.9, rule="q 1"),
        Mention(9, 12, Label.MONEY, name="5 EUR", rule="m 1"),
    ]
    spans = [Span(0, 6, "QUANTITY", 0.95), Span(20, 25, "DRUG", 0.5)]
    both, sum_, alone = reconciling.reconciled(ruled, spans, "news")
    assert (both.start, both.end, both.name, both.status) == (0, 6, "5 g", Status.NEGATED)
    assert both.confidence == 0.95
    assert both.rule == "tagger news 1 + q 1"
    assert sum_ == ruled[1]
    assert (alone.label, alone.confidence, alone.id) == (Label.SUBSTANCE, 0.5, None)


def test_other_languages_keep_what_rules_found() -> None:
    ruled = [Mention(0, 4, Label.QUANTITY, name="5 g", rule="q 1")]
    assert reconciling.mentions(page("5 kg de cocaína"), ruled, "es") == ruled


def test_letters_at_random_name_nothing() -> None:
    random = np.random.default_rng(7)
    letters = list("abcdefghijklmnopqrstuvwxyz")
    for _ in range(50):
        words = ["".join(random.choice(letters, size=random.integers(3, 9))) for _ in range(20)]
        for kind in GENRES:
            assert load(kind).spans(" ".join(words)) == []


def test_in_news_a_place_inside_a_facility_is_doubted_and_one_that_stands_alone_is_not() -> None:
    text = "Police seized 3 kg of cocaine at Perth International Airport, officers in Peru said."
    ruled = [
        Mention(text.index(name), text.index(name) + len(name), Label.PLACE, rule="places-1")
        for name in ("Perth", "Peru")
    ]
    found = reconciling.mentions(page(text), ruled, "en")
    places = {text[one.start : one.end] for one in found if one.label is Label.PLACE}
    assert places == {"Peru"}
