"""Votes and asks are read from PDFs as from text: lines end anywhere and words are broken."""

import json

import pytest
from tests.material import labelled_asks, labelled_votes
from tests.material.paper import paper

from atalaya.reading.reports.pages import pdf_text

# On paper their columns, or a broken word in a line of counts, cannot be told: they say so.
UNTOLD = ("23-en-library", "28-en-tabs", "38-es-cuadro")


def _set(folder, gold, *, tables=False):
    text = gold.with_suffix(".txt").read_text("utf-8")
    return pdf_text(paper(folder, text, gold.stem.split("-")[1]), gold.name, tables=tables)


def _evened(words):
    """Give words without what breaking lines does to them."""
    return None if words is None else "".join(words.split()).replace("-", "").replace("\u00ad", "")


@pytest.mark.parametrize("gold", labelled_asks.GOLD, ids=lambda one: one.stem)
def test_asks_are_read_from_paper(gold, tmp_path):
    found = labelled_asks.read_asks(_set(tmp_path, gold))
    wanted = json.loads(gold.read_text("utf-8"))
    for each in (*found["asks"], *wanted["asks"]):
        each["action"] = _evened(each["action"])
    assert found == wanted


@pytest.mark.parametrize("gold", labelled_votes.GOLD, ids=lambda one: one.stem)
def test_votes_are_read_from_paper(gold, tmp_path):
    found = labelled_votes.read_votes(_set(tmp_path, gold, tables=True))
    wanted = [{"part": None, "notes": []} | one for one in json.loads(gold.read_text("utf-8"))]
    for each in (*found, *wanted):
        each["about"], each["part"] = _evened(each["about"]), _evened(each["part"])
    if gold.stem not in UNTOLD:
        assert found == wanted
        return
    (one,), (other,) = found, wanted
    assert one["issues"], "what cannot be told is said"
    for vote, names in one["votes"].items():
        assert {*names} - {None} <= {*other["votes"].get(vote, [])}, "and nobody's vote is guessed"
