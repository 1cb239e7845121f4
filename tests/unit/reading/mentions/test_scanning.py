"""Folding, the scan and sentences: every find lies on word boundaries and on the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.reading.mentions.folding import fold, fold_name
from atalaya.reading.mentions.lexicon import Entry, Lexicon, longest
from atalaya.reading.mentions.page import Page

LEXICON = Lexicon(
    [
        Entry("cocaína", "substance"),
        Entry("coca", "substance"),
        Entry("Buenos Aires", "place"),
        Entry("Aires", "place"),
        Entry("4-F-MDMB", "substance"),
        Entry("ice", "substance"),
    ]
)


def found(text: str, kind: str) -> list[str]:
    page = Page.of(text, LEXICON)
    return [page.text[hit.start : hit.end] for hit in page.found(kind)]


def test_names_are_found_whatever_their_case_accents_and_gaps():
    assert found("COCAINA, Cocaína; cocai\u0301na", "substance") == [
        "COCAINA",
        "Cocaína",
        "cocai\u0301na",
    ]
    assert found("en Buenos \n Aires", "place") == ["Buenos \n Aires", "Aires"]
    assert found("“4 F-MDMB”", "substance") == ["4 F-MDMB"]


def test_a_name_inside_a_word_is_not_found():
    assert found("police officers, notice, cocaínas", "substance") == []


def test_of_overlapping_finds_the_longest_is_kept():
    page = Page.of("Buenos Aires y otros Aires", LEXICON)
    kept = longest(page.found("place"))
    assert [page.text[hit.start : hit.end] for hit in kept] == ["Buenos Aires", "Aires"]


def test_a_name_without_letters_is_refused():
    with pytest.raises(ValueError, match="no letter or digit"):
        Lexicon([Entry("--", "substance")])


def test_sentences_end_at_marks_and_empty_lines_but_not_after_titles():
    text = "Dr. Ruiz spoke. J. Pérez left!\n\nIt held 12.5 kg of COCAÍNA. El fin"
    page = Page.of(text, LEXICON)
    parts = [text[slice(*page.sentence_of(start))].strip() for start in page.sentences]
    assert parts == ["Dr. Ruiz spoke.", "J. Pérez left!", "It held 12.5 kg of COCAÍNA.", "El fin"]


@given(st.text())
def test_folding_keeps_its_shape_and_points_into_the_original(text):
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.text[0] == folded.text[-1] == " "
    assert "  " not in folded.text
    assert (folded.offsets[1:] >= folded.offsets[:-1]).all()
    assert folded.offsets[-1] == len(text)
    again = fold(folded.text)
    assert again.text == folded.text


@given(st.text(), st.text())
def test_a_name_put_into_any_text_is_found_where_it_stands(before, after):
    text = f"{before} Cocaína {after}"
    page = Page.of(text, LEXICON)
    spans = [(hit.start, hit.end) for hit in page.found("substance")]
    start = len(before) + 1
    assert (start, start + len("Cocaína")) in spans


@given(st.text())
def test_every_offset_lies_in_one_sentence(text):
    page = Page.of(text, LEXICON)
    assert list(page.sentences) == sorted(set(page.sentences))
    for offset in range(len(text)):
        start, end = page.sentence_of(offset)
        assert start <= offset < end


@given(st.text(st.characters(max_codepoint=127)))
def test_a_name_is_folded_as_a_text_is(name):
    assert fold_name(name) == fold(name).text
