"""Tokens for a partner by command: nothing is lost, overwritten or left unsaid."""

import json
from datetime import UTC, datetime

import pytest
from tests.material.commands import atalaya
from tests.material.foresight import kept_sheets, last_month, new_in_one_region

from atalaya.evidence.log import FolderReader, LogReader

EVENTS = "series,type,first_period,period_cum5,official_notice\nelsewhere,new,2020-01,2020-02,\n"


@pytest.mark.parametrize("content", ["{", "[1]", '{"00": 5}', '{"00": ["a"]}'])
def test_names_of_tokens_that_were_cut_are_said_with_their_file(tmp_path, content):
    key = tmp_path / "shared.key"
    key.write_text("5e" * 32)
    folder = kept_sheets(tmp_path / "mine", now=datetime.now(UTC), last=last_month())
    assert atalaya("seal", "mine", "--shared-key", key, cwd=tmp_path).code == 0
    (named,) = folder.sealed.glob("tokens-*.json")
    named.write_text(content)
    both = ("compare", "tokens.json", "tokens.json", "--openings", "mine")
    done = atalaya(*both, cwd=tmp_path)
    assert done.code == 4
    assert named.name in done.err
    named.unlink()
    done = atalaya(*both, cwd=tmp_path)
    assert (done.code, {row["what"] for row in done.rows()}) == (0, {""})
    assert "was not made in mine" in done.err


def test_another_key_is_told_from_nothing_in_common(tmp_path):
    for name, byte in (("a", "5e"), ("b", "5f")):
        key = tmp_path / f"{name}.key"
        key.write_text(byte * 32)
        folder = kept_sheets(tmp_path / name, now=datetime.now(UTC), last=last_month())
        tokens = ("--shared-key", key, "--tokens", f"{name}.json")
        done = atalaya("seal", folder.root, *tokens, cwd=tmp_path)
        assert done.code == 0, done.err
    done = atalaya("compare", "a.json", "b.json", cwd=tmp_path)
    assert done.code == 4
    assert "different keys" in done.err


def test_tokens_are_never_written_over_earlier_ones_and_then_nothing_is_sealed(tmp_path):
    key = tmp_path / "shared.key"
    key.write_text("5e" * 32)
    folder = kept_sheets(tmp_path / "mine", now=datetime.now(UTC), last=last_month())
    (tmp_path / "tokens.json").write_text("given to a partner")
    size = LogReader(FolderReader(folder.log)).checkpoint().size
    done = atalaya("seal", "mine", "--shared-key", key, cwd=tmp_path)
    assert done.code == 2
    assert "tokens.json is there already" in done.err
    assert "--tokens" in done.err
    assert (tmp_path / "tokens.json").read_text() == "given to a partner"
    assert LogReader(FolderReader(folder.log)).checkpoint().size == size
    assert not folder.sealed.exists()


def test_tokens_without_a_key_are_refused_and_nothing_is_sealed(tmp_path):
    folder = kept_sheets(tmp_path / "mine", now=datetime.now(UTC), last=last_month())
    done = atalaya("seal", "mine", "--tokens", "mine.json", cwd=tmp_path)
    assert done.code == 2
    assert "--shared-key FILE" in done.err
    assert not folder.sealed.exists()


def test_tokens_and_a_score_that_could_not_be_written_are_not_logged_either(tmp_path):
    key, at = tmp_path / "shared.key", tmp_path / "file"
    key.write_text("5e" * 32)
    at.write_text("no folder")
    folder = kept_sheets(tmp_path / "mine", now=datetime.now(UTC), last=last_month())
    done = atalaya("seal", "mine", "--shared-key", key, "--tokens", "file/t.json", cwd=tmp_path)
    assert done.code == 3
    assert "file/t.json" in done.err
    assert not folder.sealed.exists()
    done = atalaya("seal", "mine", cwd=tmp_path)
    assert done.code == 0
    size = LogReader(FolderReader(folder.log)).checkpoint().size
    (tmp_path / "events.csv").write_text(EVENTS)
    asked = ("score", "mine", "--truth", "events.csv", "--output")
    assert [atalaya(*asked, name, cwd=tmp_path).code for name in ("file/s.json", "mine")] == [3, 2]
    assert LogReader(FolderReader(folder.log)).checkpoint().size == size
    with (tmp_path / "events.csv").open("a") as file:
        file.write("source|substance:xylazine|City Hospital,new,2020-01,2020-02,\n")
    done = atalaya(*asked, "new/s.json", cwd=tmp_path)
    assert done.code == 0
    assert "events left out: 1 (" in done.err
    assert "events that no sheet can be about: 1, as 'elsewhere'" in done.err
    assert "City Hospital" not in (tmp_path / "new" / "s.json").read_text()
    assert json.loads((tmp_path / "new" / "s.json").read_text())["score"]["truth"]["events"]


def test_a_region_s_alarm_alone_gives_tokens_and_seals_nothing(tmp_path):
    new_in_one_region(tmp_path / "mine", (1, 1, 1), datetime.now(UTC), last_month())
    key = tmp_path / "shared.key"
    key.write_text("5e" * 32)
    alone = atalaya("seal", "mine", cwd=tmp_path)
    assert alone.code == 4
    assert "about one place of a private sheet" in alone.err
    assert "--shared-key" in alone.err
    done = atalaya("seal", "mine", "--shared-key", key, cwd=tmp_path)
    assert done.code == 0, done.err
    (row,) = done.rows()
    assert (row["sealing"], row["signal"]) == (None, 0)
    assert "names no place" not in done.err
    both = ("compare", "tokens.json", "tokens.json", "--openings", "mine")
    seen = {one["territory"] for one in atalaya(*both, cwd=tmp_path).rows()}
    assert seen == {"territory:US-CT", "territory:USA"}
    (tmp_path / "events.csv").write_text(EVENTS)
    scored = atalaya("score", "mine", "--truth", "events.csv", cwd=tmp_path)
    assert scored.code == 4
    assert "nothing was sealed" in scored.err


def test_where_nothing_stands_there_are_tokens_of_nothing_and_a_partner_finds_nothing(tmp_path):
    key = tmp_path / "shared.key"
    key.write_text("5e" * 32)
    folder = new_in_one_region(tmp_path / "mine", (), datetime.now(UTC), last_month())
    new_in_one_region(tmp_path / "theirs", (1, 1, 1), datetime.now(UTC), last_month())
    for name, words in (("mine", "a token of nothing"), ("theirs", "the tokens of 2 sightings")):
        asked = ("seal", name, "--shared-key", key, "--tokens", f"{name}.json")
        done = atalaya(*asked, cwd=tmp_path)
        assert done.code == 0, done.err
        assert words in done.err
    done = atalaya("compare", "mine.json", "theirs.json", "--openings", "mine", cwd=tmp_path)
    assert (done.code, done.rows()) == (0, [])
    assert list(folder.sealed.glob("0*.json")) == []
