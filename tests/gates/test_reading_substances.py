"""Substances are read in texts: floors of quality on our own labels and on shared sets.

Own labels say what a text names; the flags of Connecticut say what a laboratory found (silver).
"""

import csv
import gzip
import json
import sys

import pytest
from tests.material.labelled_substances import Counted, death_texts, scored, sentences
from tests.material.reading_pages import read
from tests.material.shared_data import shared

FLAGS = {
    "Fentanyl": "fentanyl",
    "Cocaine": "cocaine",
    "Xylazine": "xylazine",
    "Heroin": "heroin",
    "Methadone": "methadone",
    "Oxycodone": "oxycodone",
    "Oxymorphone": "oxymorphone",
    "Ethanol": "ethanol",
    "Hydrocodone": "hydrocodone",
    "Hydromorphone": "hydromorphone",
    "Tramad": "tramadol",
    "Gabapentin": "gabapentin",
}
FLOORS = {"Fentanyl": 0.97, "Cocaine": 0.97, "Xylazine": 0.97}
# The others say less about reading: laboratories flag what certifiers do not write (morphine for
# heroin, oxymorphone beside oxycodone), and gabapentin was written before it was flagged.
OTHER_FLOOR = 0.7


def _statements(text, language=None):
    return [(m.start, m.end, m.id, m.status.value) for m in read(text, language)]


def _named(text):
    return {m.id for m in read(text) if m.id and m.status.value != "negated"}


@pytest.mark.parametrize("part", ["tune", "held"])
def test_own_sentences_are_read_with_sense_and_status(part):
    counted = scored(part, _statements)
    sys.stdout.write(f"{part}: {counted}\n")
    assert counted.precision >= 0.93, counted
    assert counted.recall >= 0.9, counted


def test_sentences_without_a_drug_hold_none():
    empty = [one for one in sentences() if not one.mentions]
    invented = [(one.text, told) for one in empty if (told := _statements(one.text, one.language))]
    assert len(empty) >= 40
    assert len(invented) <= 2, invented


def test_sentences_are_many_in_five_languages_and_a_third_is_held_back():
    every = sentences()
    held = [one for one in every if one.part == "held"]
    assert len(every) >= 120
    assert {one.language for one in held} == {"en", "es", "fr", "pt", "de"}
    assert 3 * len(held) >= len(every) - 2
    for one in every:
        assert all(0 <= start < end <= len(one.text) for start, end, *_ in one.mentions)


def test_own_death_texts_are_coded():
    counted = Counted()
    for text, substances in death_texts():
        counted.add(_named(text), substances)
    sys.stdout.write(f"death texts: {counted}\n")
    assert len(death_texts()) >= 150
    assert counted.precision >= 0.97, counted
    assert counted.f1 >= 0.98, counted


@pytest.mark.shared
def test_causes_of_death_agree_with_the_flags_of_laboratories():
    counted = {flag: Counted() for flag in FLAGS}
    with gzip.open(shared("data/ct-deaths/records.csv.gz"), "rt", encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            named = _named(f"{row['Cause of Death']}. {row['Other Significant Conditions']}")
            for flag, slug in FLAGS.items():
                flagged = row[flag].strip().upper().startswith("Y")
                told = f"substance:{slug}" in named
                counted[flag].add([number] * told, [number] * flagged)
    for flag, each in counted.items():
        sys.stdout.write(f"{flag:14} {each}\n")
        assert each.f1 >= FLOORS.get(flag, OTHER_FLOOR), (flag, each)


@pytest.mark.shared
def test_spans_of_forum_sentences_are_precise_where_a_name_is_known():
    counted = Counted()
    with shared("data/ner-drugs-reddit/drugs_training.jsonl").open(encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            spans = {(number, s["start"], s["end"]) for s in row.get("spans", [])}
            counted.add({(number, m.start, m.end) for m in read(row["text"])}, spans)
    sys.stdout.write(f"forum sentences, rules alone, exact spans: {counted}\n")
    assert counted.precision >= 0.85, counted
    assert counted.recall >= 0.45, counted
