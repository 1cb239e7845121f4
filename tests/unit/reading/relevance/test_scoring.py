"""Texts about drugs or drug policy are told from those about medicines, films, shares and crime."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.relevance.cues import concepts, entries
from atalaya.reading.relevance.scoring import RULE, score

ALERTS = Path(__file__).parents[3] / "material" / "open_sources" / "alerts.tsv"
CLEAR = 0.85  # from this score on, at least nine of ten must be right


@cache
def lexicon():
    return Lexicon(entries())


def judged(text, title=None):
    page = None if title is None else Page.of(title, lexicon())
    return score(Page.of(text, lexicon()), page)


def alerts():
    for line in ALERTS.read_text(encoding="utf-8").splitlines():
        about, language, title, text = line.split("|")
        yield about == "1", language, judged(text, title)


def test_alerts_are_told_apart():
    found = list(alerts())
    shown = [about for about, _, one in found if one.label]
    about = [one.label for is_about, _, one in found if is_about]
    assert len(found) >= 150
    assert sum(shown) / len(shown) >= 0.93
    assert sum(about) / len(about) >= 0.93


def test_a_high_score_can_be_believed():
    sure = [about for about, _, one in alerts() if one.score >= CLEAR]
    unlikely = [about for about, _, one in alerts() if one.score <= 1 - CLEAR]
    assert sum(sure) / len(sure) >= 0.9
    assert sum(unlikely) / len(unlikely) <= 0.1


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Fentanyl test strips handed out at needle exchange", True),
        ("Drugmaker's shares rise on results of obesity trial", False),
        ("Incautan 2 toneladas de cocaína en un barco pesquero", True),
        ("Abre una droguería en el centro comercial", False),
        ("Drogenkonsumraum öffnet nach langem Streit", True),
        ("Pénurie de médicaments dans les pharmacies", False),
        ("Apreendidos 80 kg de haxixe no aeroporto", True),
    ],
)
def test_titles_alone_are_enough(title, about):
    assert judged("", title).label is about


def test_nothing_is_about_nothing():
    for text in ("", "   ", "\n"):
        assert judged(text).score == 0.0
        assert judged(text, "").label is False


@pytest.mark.parametrize("text", ["1204 3991 77", "😀 😀 😀", "qzxv wkjh plmn"])
def test_noise_is_not_about_drugs(text):
    assert judged(text).label is False


def test_the_model_names_its_version():
    assert judged("Heroin").rule == RULE
    assert len(set(concepts())) == len(concepts())


@settings(max_examples=50)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_has_a_score_and_always_the_same(text, title):
    once = judged(text, title)
    assert 0.0 <= once.score <= 1.0
    assert judged(text, title) == once
