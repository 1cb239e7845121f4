"""Reports of one happening share a key, look-alikes stay apart, copies of a wire are one origin."""

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.material.happenings import lexicon, made, pairwise, report, written

from atalaya.reading.mentions.page import Page
from atalaya.reading.stories.agencies import credited
from atalaya.reading.stories.facts import Kind, amount, kept
from atalaya.reading.stories.features import Known, of
from atalaya.reading.stories.grouping import Grouping, origins
from atalaya.reading.stories.sketches import overlap, sketch

TEXT = (
    "Customs officers in the port opened the container on Tuesday after a scan had shown bundles "
    "behind a false wall, and the prosecutor said that two drivers were held while the firm that "
    "had sent the fruit denied any knowledge of what travelled with it to the northern terminal"
)


def grouped(features):
    grouping = Grouping()
    for one in features:
        grouping.add(one)
    return grouping.keys()


def plain(text, **known):
    return of(Page.of(text, lexicon()), None, ([], []), Known(**known))


def edited(text, share, seed=3):
    chance = random.Random(seed)
    words = text.split()
    return " ".join("other" if chance.random() < share else word for word in words)


def test_no_look_alike_is_joined_and_most_reports_meet():
    reports = written()
    precision, recall = pairwise(grouped(one.features for one in reports), reports)
    assert precision == 1.0
    assert recall >= 0.85


@pytest.mark.parametrize("seed", range(3, 7))
def test_happenings_made_by_templates_are_told_apart(seed):
    reports = list(made(seed))
    precision, recall = pairwise(grouped(one.features for one in reports), reports)
    assert precision >= 0.99
    assert recall >= 0.95


def test_keys_do_not_depend_on_the_order_of_adding():
    reports = [*written(), *made(8, 20)]
    keys = grouped(one.features for one in reports)
    order = list(range(len(reports)))
    random.Random(1).shuffle(order)
    shuffled = grouped(reports[at].features for at in order)
    assert [shuffled[order.index(at)] for at in range(len(reports))] == keys


def test_a_younger_report_does_not_change_a_key():
    reports = sorted(written(), key=lambda one: one.features.day)
    grouping = Grouping()
    for one in reports[:-1]:
        grouping.add(one.features)
    before = grouping.keys()
    grouping.add(reports[-1].features)
    assert grouping.keys()[:-1] == before


@pytest.mark.parametrize(("share", "together"), [(0.0, True), (0.04, True), (0.9, False)])
def test_copies_meet_and_other_texts_do_not(share, together):
    first = plain(TEXT, published=date(2024, 3, 1))
    other = plain(edited(TEXT, share), published=date(2024, 3, 2))
    one, two = grouped([first, other])
    assert (one == two) is together


def test_the_same_words_about_two_places_stay_apart():
    told = ("en", "Cocaine found", "Officers seized 300 kg of cocaine hidden in a truck of fruit.")
    one = report("x", ("PER", "callao"), 1, told)
    other = report("y", ("PER", "paita"), 1, told)
    keys = grouped([one.features, other.features])
    assert keys[0] != keys[1]


def test_amounts_meet_within_rounding_and_not_beyond():
    told = [amount(Kind.AMOUNT, grams, "g") for grams in (1_200_000, 1_190_000, 1_300_000)]
    assert abs(told[0] - told[1]) <= 2
    assert abs(told[0] - told[2]) > 2


def test_an_overlap_is_told_within_its_error():
    chance = random.Random(5)
    words = [str(chance.random()) for _ in range(600)]
    other = words[:300] + [str(chance.random()) for _ in range(300)]
    first, second = (sketch(f" {' '.join(one)} ") for one in (words, other))
    assert overlap(first, first) == 1.0
    assert abs(overlap(first, second) - 298 / 898) < 4 * 0.044
    assert sketch(" two words ") is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("QUITO (AP) — Police seized cocaine.", "ap"),
        ("Lima, 5 mar (EFE).- La policía incautó droga.", "efe"),
        ("Officers found heroin.\nReuters", "reuters"),
        ("Die Polizei fand Kokain. Quelle: dpa", "dpa"),
        ("We walked up an ap of the valley", None),
        ("A spokesman told a crowd that Lusa Smith had left", None),
    ],
)
def test_an_agency_is_known_where_it_is_credited(text, agency):
    assert credited(Page.of(text, lexicon())) == agency


def test_copies_of_a_wire_are_one_origin():
    wire = [plain(f"QUITO (AP) {TEXT} {word}", url=f"https://{word}.example/a") for word in "abc"]
    own = plain(edited(TEXT, 0.9), url="https://own.example/a")
    again = plain("Another text of the same house.", url="https://www.own.example/b")
    assert origins([(one, number) for number, one in enumerate(wire)]) == 1
    assert origins([(wire[0], 0), (own, 1), (again, 2)]) == 2
    assert origins([(own, 5), (plain(TEXT), 5)]) == 1


def test_what_is_forgotten_is_joined_no_more():
    grouping = Grouping()
    for day in (date(2024, 1, 1), date(2024, 1, 6)):
        grouping.add(plain(TEXT, published=day))
    kept_key = grouping.keys()[0]
    grouping.forget(date(2024, 1, 4))
    assert len(grouping) == 1
    assert grouping.keys() == [kept_key]
    grouping.forget(date(2025, 1, 1))
    assert grouping.keys() == []


def test_documents_of_nothing_are_not_one_story():
    keys = grouped([plain("", url="https://a.example/1"), plain("🙂", url="https://a.example/2")])
    assert keys[0] != keys[1]
    assert np.all(np.diff(kept({3, 1, 2})) > 0)


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_texts_have_a_key_each_and_equal_ones_the_same(texts):
    keys = grouped(plain(one) for one in [*texts, *texts])
    assert len(keys) == 2 * len(texts)
    assert keys[: len(texts)] == keys[len(texts) :]
