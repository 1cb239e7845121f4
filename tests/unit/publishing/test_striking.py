"""Retracted evidence is struck through where it stood, and named where it is missing."""

from datetime import UTC, datetime, timedelta

from atalaya.findings.reinstatements import Reinstatement, Struck
from atalaya.findings.retractions import Retraction, Words
from atalaya.publishing.striking import missing_from, retraction_of, told

CELL = {
    "subject": "substance:xylazine",
    "predicate": "deaths",
    "territory": "territory:US-CT",
    "period": "2026-10",
}
CLAIM = {**CELL, "value": "1-9", "quote": "2026-10,xylazine,…"}
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DOCUMENT = {"source": "lab", "address": "https://lab.example/counts.csv", "sha256": "ab" * 32}


def _retraction(words: Words | None, sha256: str = "ab" * 32) -> Struck:
    place = (DOCUMENT["source"], DOCUMENT["address"], sha256)
    return Struck(Retraction(*place, words, "reviewer:ada-roe", "mixed up", AT))


def _back(gone: Struck) -> Struck:
    after = AT + timedelta(days=1)
    name = gone.retraction.id
    return Struck(gone.retraction, Reinstatement(name, "reviewer:ben-poe", "they were not", after))


def _words(quote: str | None = None, **other: str) -> Words:
    return Words(**(CELL | other), value=4.0, text=None, quote=quote)


def test_a_hidden_figure_is_found_by_its_cell_and_a_document_by_its_bytes():
    assert retraction_of(CLAIM, DOCUMENT, [_retraction(_words())])
    assert retraction_of(CLAIM, DOCUMENT, [_retraction(None)])
    assert retraction_of(CLAIM, DOCUMENT, [_retraction(None, "cd" * 32)]) is None
    assert retraction_of(CLAIM, DOCUMENT, [_retraction(_words(period="2026-09"))]) is None
    assert retraction_of(CLAIM, DOCUMENT, [_retraction(_words("another row"))]) is None


def test_an_observation_names_what_is_missing_and_a_list_never_the_period():
    observation = {**CELL, "source": "lab"}
    other = observation | {"period": "2026-09"}
    assert len(list(missing_from(observation, [_retraction(_words())]))) == 1
    assert list(missing_from(other, [_retraction(_words())])) == []
    assert len(list(missing_from(other, [_retraction(_words("a case"))]))) == 1


def test_what_is_said_names_who_when_and_why_and_no_figure():
    said = told(_retraction(_words()))
    assert said == "retracted on 2026-11-20 by ada-roe: mixed up"


def test_what_was_taken_back_says_both_and_is_missing_nowhere():
    gone = _retraction(_words())
    back = _back(gone)
    assert retraction_of(CLAIM, DOCUMENT, [back]) is back
    assert retraction_of(CLAIM, DOCUMENT, [gone, _back(_retraction(None))]) is gone
    assert list(missing_from({**CELL, "source": "lab"}, [back])) == []
    assert told(back) == (
        "retracted on 2026-11-20 by ada-roe: mixed up; "
        "reinstated on 2026-11-21 by ben-poe: they were not"
    )
