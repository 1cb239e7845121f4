"""The page, the sentences and the draft: complete in three languages, and needing nothing else."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from string import Formatter

import pytest
from tests.material.sheets import TONGUES, as_csv, line_list

from atalaya.model.errors import WrongUse
from atalaya.pipeline.watching import registers, watch
from atalaya.publishing.watch.draft import fields
from atalaya.publishing.watch.lines import lines
from atalaya.publishing.watch.page import page
from atalaya.publishing.watch.sentences import lead, not_assessed
from atalaya.publishing.watch.voices import LANGUAGES, Voice, words
from atalaya.reading.sheets.asking import NOTHING_ASKED, asked_of

NOW = datetime(2024, 6, 30, tzinfo=UTC)


def voice(language):
    known = registers()
    return Voice(language, known.substances, known.territories)


@pytest.fixture(scope="module")
def report():
    heading, rows = line_list("es")
    rows[7][1] = "pronto"
    return watch(as_csv(heading, rows, ";"), "muestras <b>.csv", NOTHING_ASKED, NOW, None)


class Pieces(HTMLParser):
    """Every tag and attribute of a page, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.text.append(data)


def test_every_sentence_is_there_in_three_languages_with_the_same_values():
    for key, said in words().items():
        assert set(said) == set(LANGUAGES), key
        assert all(said.values()), key
        names = {code: {name for _, name, _, _ in Formatter().parse(text) if name}
                 for code, text in said.items()}  # fmt: skip
        assert names["en"] == names["es"] == names["pt"], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_plain_rule_finds_in_a_short_sheet_says_so(language):
    rows = [[f"2023-{m:02d}", "cocaine", "9", "90", ""] for m in range(1, 13)]
    rows += [[f"2024-{m:02d}", "cocaine", "9", "90", ""] for m in range(1, 6)]
    rows += [["2024-05", "protonitazene", "3", "90", ""]]
    found = watch(as_csv(_HEADING, rows), "c.csv", asked_of(["zeros=zero"]), NOW, None)
    (row,) = [one for one in lines(found, voice(language)) if one["type"] == "finding"]
    assert (row["detector"], row["confidence"]) == ("emergence_plain", "low")
    text = " ".join(Pieces(page(found, voice(language))).text)
    assert words()["because.short-history"][language] in text


def test_every_family_of_the_register_is_named_in_three_languages():
    assert {f"family.{slug}" for slug in registers().substances.families} <= set(words())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_beside_itself_and_escapes_the_sheet(report, language):
    written = page(report, voice(language))
    pieces = Pieces(written)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(pieces.tags)
    addresses = [value for _, name, value in pieces.attributes if name in {"href", "src", "action"}]
    assert all(value.startswith("#") for value in addresses)
    assert not re.search(r"url\(|@import|https?:", written)
    assert "<b>" not in written
    assert ("html", "lang", language) in pieces.attributes
    assert "default-src 'none'" in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_it_is_private_and_what_is_new_and_which_rows(report, language):
    text = " ".join(Pieces(page(report, voice(language))).text)
    assert words()["private"][language] in text
    assert "protonitazene" in text
    assert words()["kind.first-ever"][language] in text
    assert "4925" in text
    assert "Jane" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_has_the_ten_fields_of_the_law_and_guesses_none(report, language):
    said = dict(fields(report.news.findings[0], voice(language)))
    assert len(said) == 10
    unknown = [name for name, text in said.items() if text == words()["draft.unknown"][language]]
    assert [name for name in said if name[:2] in {"f)", "g)", "h)", "i)"} or name[1] in "fghi"] == (
        unknown
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_lines_say_the_answer_first_and_account_for_every_row(report, language):
    listed = list(lines(report, voice(language)))
    assert listed[0]["type"] == "answer"
    assert listed[0]["read"] + listed[0]["left_out"] == listed[0]["rows"] == 5000
    kinds = {row["type"] for row in listed}
    assert {"column", "finding", "not-assessed", "unresolved-name", "left-out", "assumed",
            "sold-as", "draft"} <= kinds  # fmt: skip
    (unknown,) = [row for row in listed if row["type"] == "unresolved-name"]
    assert (unknown["text"], unknown["built_like"]) == ("bretazolam", "benzodiazepines")
    (out,) = [row for row in listed if row["type"] == "left-out"]
    assert (out["line"], out["why"]) == (9, "bad-date")


_STEADY = [[f"2023-{m:02d}", "cocaine", "9", "90", ""] for m in range(1, 13)]
_HEADING = ["date", "substance", "count", "tested", "notes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sentence_names_an_unknown_name_that_is_built_like_a_familys(language):
    rows = [*_STEADY, ["2023-12", "bretazolam", "23", "90", ""]]
    found = watch(as_csv(_HEADING, rows), "c.csv", asked_of(["zeros=gap"]), NOW, None)
    said = lead(found, voice(language))
    assert said.index("bretazolam") < said.index(words()["lead.none_else"][language])
    assert voice(language).family("benzodiazepines") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_and_went_stands_among_earlier_things(language):
    rows = [[f"{2020 + m // 12}-{m % 12 + 1:02d}", "cocaine", "9", "90", ""] for m in range(48)]
    rows += [[f"2022-{m:02d}", "protonitazene", "2", "90", ""] for m in (4, 5, 6)]
    found = watch(as_csv(_HEADING, rows), "c.csv", asked_of(["zeros=zero"]), NOW, None)
    (row,) = [one for one in lines(found, voice(language)) if one["type"] == "earlier"]
    assert (row["kind"], row["detector"], row["since"]) == ("first-ever", "emergence", "2022-04")
    assert (row["cases"], row["tested"], row["window"], row["before"]) == (6, 270, 3, 0)
    text = " ".join(Pieces(page(found, voice(language))).text)
    assert words()["head.earlier"][language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_that_begin_together_are_said_to_be_probably_a_change_in_testing(language):
    rows = [[f"{2021 + m // 12}-{m % 12 + 1:02d}", "cocaine", "9", "90", ""] for m in range(36)]
    names = ("protonitazene", "xylazine", "levamisole", "gabapentin", "phenacetin")
    rows += [[f"2023-{month}", name, "2", "90", ""] for month in (11, 12) for name in names]
    found = watch(as_csv(_HEADING, rows), "c.csv", asked_of(["zeros=zero"]), NOW, None)
    assert not found.news.findings
    probably = {"en": "probably a testing change", "es": "probablemente un cambio en los análisis",
                "pt": "provavelmente uma mudança nas análises"}  # fmt: skip
    assert probably[language] in " ".join(not_assessed(found, voice(language)))


def test_a_made_up_name_is_given_no_neighbour_and_a_misspelt_one_its_own():
    rows = [*_STEADY, ["2023-12", "blarghamine", "2", "90", ""],
            ["2023-12", "protonitazn", "2", "90", ""]]  # fmt: skip
    found = watch(as_csv(_HEADING, rows), "c.csv", asked_of(["zeros=gap"]), NOW, None)
    near = {one.text: one.nearest for one in found.sheet.names if one.how == "unknown"}
    assert near["blarghamine"] == ()
    assert near["protonitazn"][0] == "protonitazene"


def test_a_language_that_is_not_written_is_wrong_use_with_the_nearest():
    with pytest.raises(WrongUse, match="not written in 'spanish'") as caught:
        voice("spanish")
    assert caught.value.near == "es"


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_every_remark_and_reason_a_sheet_can_give_has_its_sentence(language):
    heading = ["date", "substance", "count", "tested", "notes"]
    rows = [[f"2023-{m:02d}", "xylazine", "2", "9", ""] for m in range(1, 13)]
    rows += [["2023-05", "xylazine", "?", "9", ""], ["x", "xylazine", "1", "9", ""],
             ["2023-06", "not ketamine", "1", "9", ""]]  # fmt: skip
    found = watch(as_csv(heading, rows), "c.csv", asked_of(["zeros=gap"]), NOW, None)
    written = page(found, voice(language))
    assert words()["lead.none"][language] in written
    short = watch(as_csv(heading, rows[:3]), "c.csv", NOTHING_ASKED, NOW, None)
    assert words()["lead.unjudged"][language] in page(short, voice(language))
