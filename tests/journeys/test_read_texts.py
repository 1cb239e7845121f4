"""``atalaya read --input --output``: the whole contract, in another process."""

import json
from pathlib import Path

import pytest
from tests.material.commands import atalaya

TEXTS = [
    {
        "id": "es",
        "title": "Incautan 12,5 kg de cocaína en Salta",
        "text": "SALTA (EFE) - La Policía Federal incautó 12,5 kg de cocaína en Orán, Salta, "
        "Argentina, el lunes. Juan Carlos Pérez, de 34 años, fue detenido. "
        "No se encontró fentanilo.",
        "published": "2025-03-14",
    },
    {
        "id": "copy",
        "title": "Incautan 12,5 kg de cocaína en Salta",
        "text": "SALTA (EFE) - La Policía Federal incautó 12,5 kg de cocaína en Orán, Salta, "
        "Argentina, el lunes. Juan Carlos Pérez, de 34 años, fue detenido. "
        "No se encontró fentanilo.",
        "published": "2025-03-14",
        "url": "https://example.org/otro",
    },
    {
        "id": "en",
        "text": "Pills sold as oxycodone contained bromazolam, the laboratory in Oslo said.",
    },
    {"id": "off", "text": "The council discussed the budget for roads until late in the evening."},
    {"id": "empty", "text": ""},
]
FIELDS = (
    "id",
    "language",
    "redacted_title",
    "relevant",
    "mentions",
    "country",
    "story",
    "redacted",
    "issues",
)


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> list[dict]:
    folder = tmp_path_factory.mktemp("texts")
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in TEXTS)
    (folder / "texts.jsonl").write_text(lines, encoding="utf-8")
    done = atalaya("read", "--input", "texts.jsonl", "--output", "said.jsonl", cwd=folder)
    assert done.code == 0, done.err
    assert json.loads(done.out)["documents"] == len(TEXTS)
    written = (folder / "said.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in written]


def test_every_text_has_its_line_in_order(said):
    assert [one["id"] for one in said] == [one["id"] for one in TEXTS]
    assert all(tuple(one) == FIELDS for one in said)


def test_every_mention_is_where_it_says(said):
    for given, found in zip(TEXTS, said, strict=True):
        for one in found["mentions"]:
            words = given[one["field"]][one["start"] : one["end"]]
            assert one["text"] in (words, None)
            assert 0 <= one["confidence"] <= 1
            assert one["rule"]
            if one["label"] == "PERSON":
                assert (one["text"], one["id"], one["name"]) == (None, None, None)


def test_substances_places_and_amounts_resolve(said):
    found = {(one["label"], one["id"] or one["name"]) for one in said[0]["mentions"]}
    assert ("SUBSTANCE", "substance:cocaine") in found
    assert ("PLACE", "territory:ARG") in found
    assert ("QUANTITY", "12500 g") in found
    status = {one["id"]: one["status"] for one in (said[0]["mentions"] + said[2]["mentions"])}
    assert status["substance:fentanyl"] == "negated"
    assert status["substance:oxycodone"] == "expected"
    assert status["substance:bromazolam"] == "affirmed"


def test_where_it_happened_comes_with_its_reason(said):
    assert said[0]["country"]["iso3"] == "ARG"
    assert said[0]["country"]["because"]
    assert said[2]["country"]["iso3"] == "NOR"


def test_what_is_about_something_else_and_what_is_empty_is_told(said):
    assert [one["relevant"]["label"] for one in said] == [True, True, True, False, False]
    assert said[4]["issues"][0]["kind"] == "empty-text"
    assert said[4]["language"] == "und"


def test_copies_share_a_story_and_others_have_their_own(said):
    stories = [one["story"] for one in said]
    assert stories[0] == stories[1]
    assert len(set(stories)) == len(TEXTS) - 1


def test_no_private_name_and_age_is_left(said):
    for one in said[:2]:
        assert "Pérez" not in one["redacted"]
        assert "34" not in one["redacted"]
        assert "Policía Federal" in one["redacted"]
        assert "PERSON" in {mention["label"] for mention in one["mentions"]}


def test_one_or_several_processes_say_the_same(tmp_path, said):
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in TEXTS)
    (tmp_path / "texts.jsonl").write_text(lines, encoding="utf-8")
    done = atalaya(
        *("read", "--input", "texts.jsonl", "--output", "two.jsonl", "--workers", "2"),
        cwd=tmp_path,
    )
    assert done.code == 0, done.err
    written = (tmp_path / "two.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in written] == said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"id": "a", "text": "x"}\n{"id": "b"}\n', "line 2: the object has no text"),
        (b"id,text\na,b\n", "line 1, column 1: the line is not JSON"),
        (b'{"id": "a", "text": "caf\xe9"}\n', "not UTF-8"),
    ],
)
def test_a_bad_file_is_refused_with_its_place_and_nothing_is_written(tmp_path, content, says):
    (tmp_path / "texts.jsonl").write_bytes(content)
    done = atalaya("read", "--input", "texts.jsonl", "--output", "said.jsonl", cwd=tmp_path)
    assert done.code == 4
    assert says in done.err
    assert "What to do" in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["texts.jsonl"]


def test_the_input_is_never_written_over(tmp_path):
    (tmp_path / "texts.jsonl").write_text('{"id": "a", "text": "x"}\n')
    done = atalaya("read", "--input", "texts.jsonl", "--output", "texts.jsonl", cwd=tmp_path)
    assert done.code == 2
    assert Path(tmp_path / "texts.jsonl").read_text() == '{"id": "a", "text": "x"}\n'


def test_one_of_the_two_files_alone_is_wrong_use(tmp_path):
    done = atalaya("read", "--input", "texts.jsonl", cwd=tmp_path)
    assert done.code == 2
    assert "name both files" in done.err
