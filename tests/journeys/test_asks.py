"""``atalaya asks``: a resolution in, its asks out; what asks for nothing is refused."""

import json

import pytest
from tests.material.commands import atalaya

TEXT = """1. Requests UNODC, within available resources, to report at its seventieth session;
2. Invites the Freedonia Academy to comment.
"""


def test_asks_are_written_with_their_places_and_no_status_is_made_up(tmp_path):
    (tmp_path / "in.md").write_text(TEXT)
    done = atalaya("asks", "in.md", "--output", "asks.json", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "nobody-known" in done.err
    content = json.loads((tmp_path / "asks.json").read_text())
    first, second = content["asks"]
    assert (first["strength"], first["who"][0]["id"]) == ("requests", "unodc")
    assert first["by"][0]["value"] == "session 70"
    assert first["money"][0]["kind"] == "within-available"
    assert {one["status"] for one in content["asks"]} == {"unknown"}
    assert second["who"] == [
        {"id": None, "name": "the Freedonia Academy", "span": second["who"][0]["span"]}
    ]
    for one in (first["verb"], first["action"], first["by"][0], second["who"][0]):
        span = one["span"]
        assert TEXT[span["start"] : span["end"]] == span["quote"]
    assert done.rows()[0]["by_strength"] == "requests 1, invites 1"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "the file is empty"), (b"Stir two eggs into the flour.", "no operative paragraph")],
)
def test_what_asks_for_nothing_is_refused_with_a_remedy(tmp_path, content, words):
    (tmp_path / "in.txt").write_bytes(content)
    done = atalaya("asks", "in.txt", "--output", "asks.json", cwd=tmp_path)
    assert done.code == 4
    assert words in done.err
    assert "What to do:" in done.err
    assert not (tmp_path / "asks.json").exists()
