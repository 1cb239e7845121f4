"""``atalaya resolve``: names in, bodies out; decisions of people undo what was joined."""

import csv

import pytest
from tests.material.commands import atalaya

NAMES = "Lumo Foundation\nFundación Lumo\n\nBrightwater Trust\n"


def _resolve(folder, content, *more):
    (folder / "names.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    asked = ("--input", "names.txt", "--output", "clusters.csv", *more)
    return atalaya("resolve", "organisations", *asked, cwd=folder)


def _rows(folder):
    with (folder / "clusters.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_a_line_in_the_same_order_each_with_its_reason(tmp_path):
    done = _resolve(tmp_path, NAMES)
    assert done.code == 0, done.err
    rows = _rows(tmp_path)
    assert list(rows[0]) == ["name", "entity", "canonical", "confidence", "because"]
    assert [row["name"] for row in rows] == NAMES.split("\n")[:-1]
    assert rows[0]["entity"] == rows[1]["entity"] != rows[3]["entity"]
    assert rows[2]["entity"] == ""
    assert all(row["because"] for row in rows)
    assert done.rows()[0]["bodies"] == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n\n", "the file is empty"),
        ("Asociación\n".encode("cp1252"), "not UTF-8"),
        (b"Lumo\n\0\n", "NUL byte"),
    ],
)
def test_a_bad_list_is_refused_and_nothing_is_written(tmp_path, content, says):
    done = _resolve(tmp_path, content)
    assert done.code == 4
    assert says in done.err
    assert not (tmp_path / "clusters.csv").exists()


def test_no_such_list_is_wrong_use(tmp_path):
    done = atalaya(
        "resolve", "organisations", "--input", "no.txt", "--output", "o.csv", cwd=tmp_path
    )
    assert done.code == 2
    assert "there is no file no.txt" in done.err


def test_a_signed_decision_parts_names_a_later_one_joins_them_and_a_forged_one_is_refused(tmp_path):
    assert atalaya("init", "house", "--empty", cwd=tmp_path).code == 0
    added = atalaya("reviewer", "add", "Ana", "--key", "ana.key", "--dir", "house", cwd=tmp_path)
    assert added.code == 0, added.err
    asked = ("Lumo Foundation", "Fundación Lumo", "--key", "ana.key", "--decisions", "d.jsonl")

    def decide(way):
        done = atalaya("resolve", "decide", *asked, way, "--reason", "I asked", cwd=tmp_path)
        assert done.code == 0, done.err
        assert _resolve(tmp_path, NAMES, "--decisions", "d.jsonl", "--dir", "house").code == 0
        return _rows(tmp_path)

    apart = decide("--apart")
    assert apart[0]["entity"] != apart[1]["entity"]
    again = decide("--same")
    assert again[0]["entity"] == again[1]["entity"]
    assert "a person decided" in again[0]["because"]
    kept = (tmp_path / "d.jsonl").read_text()
    (tmp_path / "d.jsonl").write_text(kept.replace("I asked", "I guess"))
    forged = _resolve(tmp_path, NAMES, "--decisions", "d.jsonl", "--dir", "house")
    assert forged.code == 4
    assert "the signature is not Ana's" in forged.err
