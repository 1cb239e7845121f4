"""``atalaya votes``: a record in, who voted how out; what is no record of a vote is refused."""

import csv
import json

import pytest
from tests.material.commands import atalaya

RECORD = """Draft E/CN.9/2031/L.3 was adopted by 2 votes to 1, with 2 abstentions.

In favour: Peru, Oman.
Against: Viet Nam.
Abstaining: Kenya, Kenya.

Peru explained its vote after the vote.
"""


def _votes(folder, content, *more):
    (folder / "in.txt").write_bytes(content if isinstance(content, bytes) else content.encode())
    return atalaya("votes", "in.txt", "--output", "votes.csv", *more, cwd=folder)


def test_names_totals_and_doubts_are_written_with_their_places(tmp_path):
    done = _votes(tmp_path, RECORD, "--record", "votes.json")
    assert done.code == 0, done.err
    assert "2 are declared as abstained, and 1 different ones are named" in done.err
    with (tmp_path / "votes.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [(row["iso3"], row["vote"]) for row in rows] == [
        ("PER", "in favour"), ("OMN", "in favour"), ("VNM", "against"),
        ("KEN", "abstained"), ("KEN", "abstained"),
    ]  # fmt: skip
    assert rows[-1]["issues"] == "listed-twice"
    assert all(RECORD[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)
    (ballot,) = json.loads((tmp_path / "votes.json").read_text())["ballots"]
    assert ballot["about"]["value"] == "E/CN.9/2031/L.3"
    assert [one["value"] for one in ballot["declared"]["abstained"]] == [2]
    assert ballot["named"]["abstained"] == 1
    assert ballot["explanations"][0]["iso3"] == "PER"
    assert done.rows()[0]["named"] == 5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("Stir two eggs into the flour.", "no vote was found"),
        ("Votación".encode("latin-1"), "not UTF-8"),
    ],
)
def test_what_holds_no_vote_is_refused_with_a_remedy_and_nothing_is_written(
    tmp_path, content, words
):
    done = _votes(tmp_path, content)
    assert done.code == 4
    assert words in done.err
    assert "What to do:" in done.err
    assert not (tmp_path / "votes.csv").exists()


def test_a_missing_file_ends_with_2(tmp_path):
    assert atalaya("votes", "none.txt", "--output", "v.csv", cwd=tmp_path).code == 2
