"""Private persons are removed from the project's own sentences, and officials stay (R2)."""

import json
from functools import cache
from pathlib import Path

import pytest
from tests.material.labelled_persons import labelled_names, named_in

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.persons import entries
from atalaya.reading.persons.finding import removals
from atalaya.reading.persons.redacting import redact

_SENTENCES = Path(__file__).parents[1] / "material" / "open_sources" / "sentences.jsonl"
_LEXICON = Lexicon(entries())
_CAUGHT = {"develop": 0.98, "held": 0.90}
_WRONG = 0.03


@cache
def _read(part):
    """Give each sentence of a part with its removals, read with the one it goes on from."""
    sentences = [json.loads(line) for line in _SENTENCES.read_text("utf-8").splitlines()]
    by_id = {one["id"]: one for one in sentences}
    read = []
    for one in sentences:
        if one["part"] == part:
            texts = [by_id[one["continues"]]["text"]] if "continues" in one else []
            pages = [Page.of(text, _LEXICON) for text in (*texts, one["text"])]
            read.append((one, removals(pages, one["language"])[-1]))
    return read


def _letters(text, spans):
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}


def _removed(one, found):
    return _letters(one["text"], [(removal.start, removal.end) for removal in found])


@pytest.mark.parametrize("part", _CAUGHT)
def test_names_of_private_persons_are_caught(part, record_property):
    caught = [
        _letters(one["text"], [span]) <= _removed(one, found)
        for one, found in _read(part)
        for span in one["persons"]
    ]
    share = sum(caught) / len(caught)
    record_property("residual", f"{part}: {1 - share:.3f} of {len(caught)} names")
    assert len(caught) > 70
    assert share >= _CAUGHT[part]


@pytest.mark.parametrize("part", _CAUGHT)
def test_what_points_at_a_person_is_caught_too(part):
    missed = [
        one["text"][slice(*span)]
        for one, found in _read(part)
        for span in one["particulars"]
        if not _letters(one["text"], [span]) <= _removed(one, found)
    ]
    assert missed == []


@pytest.mark.parametrize("part", _CAUGHT)
def test_little_else_is_removed_and_officials_stay(part, record_property):
    wrong, every, officials, touched = 0, 0, 0, 0
    for one, found in _read(part):
        private = _letters(one["text"], one["persons"] + one["particulars"])
        every += len(found)
        wrong += sum(not _removed(one, [removal]) & private for removal in found)
        officials += len(one["officials"])
        touched += sum(
            bool(_letters(one["text"], [span]) & _removed(one, found)) for span in one["officials"]
        )
    record_property("wrong", f"{part}: {wrong} of {every}, officials {touched} of {officials}")
    assert every > 80
    assert wrong / every <= _WRONG
    assert touched / officials <= _WRONG


def test_what_is_removed_is_not_in_what_is_kept():
    for one, found in _read("develop"):
        kept = redact(one["text"], found, one["language"])
        for removal in found:
            assert one["text"][removal.start : removal.end] not in kept.split()


def test_no_labelled_name_stands_in_what_is_written_after_redaction(tmp_path):
    kept = [redact(one["text"], found, one["language"]) for one, found in _read("develop")]
    (tmp_path / "kept.txt").write_text("\n".join(kept), "utf-8")
    (tmp_path / "original.txt").write_text(_SENTENCES.read_text("utf-8"), "utf-8")
    names = labelled_names()
    held = {(path.name, name) for path, name in named_in(tmp_path, names)}
    assert len({name for file, name in held if file == "original.txt"}) > 150
    leaked = {name for file, name in held if file == "kept.txt"}
    assert len(leaked) <= (1 - _CAUGHT["develop"]) * len(names), leaked
