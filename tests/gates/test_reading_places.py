"""How well our own alerts are placed, and how well the spans of places match annotators'."""

import json
from functools import cache
from pathlib import Path

from tests.material.shared_data import shared

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places import gazetteer
from atalaya.reading.mentions.places.country import country
from atalaya.reading.mentions.places.mentions import mentions

_ALERTS = Path(__file__).parents[1] / "material" / "open_sources" / "places.jsonl"
_MOST_WRONG = 0.03
_LEAST_PLACED = 0.84
_LEAST_F1 = 0.6  # annotators take whole phrases ("Big Yelan usolsky district") and leave many out


@cache
def lexicon() -> Lexicon:
    return Lexicon(gazetteer.entries())


def alerts() -> list[dict[str, str]]:
    return [json.loads(line) for line in _ALERTS.read_text("utf-8").splitlines()]


def said(alert: dict[str, str]) -> str | None:
    pages = (Page.of(alert[part], lexicon()) for part in ("title", "text"))
    found = country(*pages, alert["language"], alert.get("url"))
    return None if found is None else found.iso3


def test_own_alerts_are_placed_in_the_country_where_they_happen():
    answers = [(alert, said(alert)) for alert in alerts()]
    placed = [(alert, answer) for alert, answer in answers if answer is not None]
    wrong = [alert["id"] for alert, answer in placed if answer != alert["country"]]
    share = len(placed) / len(answers)
    print(f"own alerts: {share:.3f} placed, {len(wrong) / len(placed):.4f} of them wrong {wrong}")
    assert share >= _LEAST_PLACED
    assert len(wrong) / len(placed) <= _MOST_WRONG


def test_the_alerts_speak_many_languages_of_many_countries():
    read = alerts()
    assert len(read) >= 500
    assert len({alert["language"] for alert in read}) >= 8
    assert len({alert["country"] for alert in read}) >= 60
    assert sum(alert["country"] is None for alert in read) >= 10


def test_spans_of_places_match_those_of_annotators():
    path = shared("data/ner-unodc-seizures/train.jsonl")
    right = ours = theirs = 0
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = {(s["start"], s["end"]) for s in row["spans"] if s["label"] == "GPE"}
        found = {(m.start, m.end) for m in mentions(Page.of(row["text"], lexicon()))}
        right += len(wanted & found)
        ours += len(found)
        theirs += len(wanted)
    score = 2 * right / (ours + theirs)
    print(
        f"ner-unodc-seizures, GPE by rules: F1 {score:.3f}, "
        f"P {right / ours:.3f}, R {right / theirs:.3f}"
    )
    assert score >= _LEAST_F1
