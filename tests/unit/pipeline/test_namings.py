"""Decisions on names are in the log, and whatever is done to their file is named."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from atalaya.evidence.log import FolderReader, Log, LogReader, SigningKey
from atalaya.findings.reviewers import ReviewerKey
from atalaya.model.errors import BadInput, StopEverything
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.house import open_log
from atalaya.pipeline.namings import (
    Choice,
    check_namings,
    decide,
    decide_here,
    log_namings,
    read_namings,
)
from atalaya.pipeline.reviewing import add_reviewer

NOW = datetime(2026, 11, 25, tzinfo=UTC)
NAMES = ("Lumo Foundation", "Fundación Lumo")


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "house")
    made.keys.mkdir(parents=True)
    key = SigningKey.generate("atalaya.example/test")
    key.save(made.keys / "log.key")
    Log.create(made.log, key.name, key)
    return made


@pytest.fixture
def key(folder, tmp_path):
    path = tmp_path / "ada.key"
    add_reviewer(folder, Settings(), "Ada", path, NOW)
    return ReviewerKey.parse(path.read_text().strip())


def _decide(folder, key, *, same, after=0, reason="I asked"):
    at = NOW + timedelta(seconds=after)
    return decide_here(folder, Settings(), Choice(*NAMES, same, reason), key, at)


def _entries(folder):
    every = LogReader(FolderReader(folder.log)).entries()
    return [said for said in map(json.loads, every) if said["type"] == "naming"]


def _problems(folder):
    return check_namings(folder, Settings())[1]


def _stands(folder):
    return read_namings(folder.namings, folder, Settings())[frozenset(NAMES)]


def test_the_log_tells_who_decided_and_when_but_neither_names_nor_reason(folder, key):
    _decide(folder, key, same=False)
    (entry,) = _entries(folder)
    assert entry["reviewer"] == "reviewer:ada"
    assert entry["decided_at"] == "2026-11-25T00:00:00Z"
    assert not any(word in json.dumps(entry) for word in (*NAMES, "asked"))
    assert _problems(folder) == ()


def test_a_later_decision_undoes_an_earlier_one_and_both_are_in_the_log(folder, key):
    _decide(folder, key, same=False)
    assert _stands(folder) is False
    _decide(folder, key, same=True, after=1)
    assert _stands(folder) is True
    assert len(_entries(folder)) == 2
    assert _problems(folder) == ()


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (lambda lines: lines[:1], "removed or altered"),
        (lambda lines: lines[1:], "removed or altered"),
        (lambda lines: [lines[0].replace("I asked", "I guess"), lines[1]], "signature is not Ada"),
        (lambda lines: [lines[0].replace('"same": false', '"same": true'), lines[1]], "removed"),
        (lambda lines: [*lines, lines[0]], "line 3: it is there twice"),
        (lambda lines: lines[::-1], "line 2: it stands behind a line that was logged later"),
        (lambda lines: ["{}\n", *lines], "line 1: this line is no signed decision"),
    ],
)
def test_a_decision_that_is_removed_altered_moved_or_copied_is_named(folder, key, tamper, says):
    _decide(folder, key, same=False)
    _decide(folder, key, same=True, after=1)
    lines = folder.namings.read_text("utf-8").splitlines(keepends=True)
    folder.namings.write_text("".join(tamper(lines)), "utf-8")
    assert any(says in problem for problem in _problems(folder)), _problems(folder)
    before = folder.namings.read_bytes()
    with pytest.raises((StopEverything, BadInput)):
        _decide(folder, key, same=False, after=2)
    assert folder.namings.read_bytes() == before


def test_a_file_that_is_gone_is_named_and_a_copied_line_undoes_nothing(folder, key):
    _decide(folder, key, same=False)
    _decide(folder, key, same=True, after=1)
    lines = folder.namings.read_text("utf-8").splitlines(keepends=True)
    folder.namings.write_text("".join([*lines, lines[0]]), "utf-8")
    assert _stands(folder) is True
    folder.namings.unlink()
    assert len(_problems(folder)) == 2


def test_what_a_crash_kept_out_of_the_log_is_logged_later_and_once(folder, key):
    decide(folder.namings, Choice(*NAMES, True, "before the crash"), key, NOW)
    assert _entries(folder) == []
    assert _problems(folder) == ()
    log = open_log(folder)
    assert log_namings(folder, Settings(), log) == 1
    assert log_namings(folder, Settings(), log) == 0
    assert len(_entries(folder)) == 1


def test_a_decision_that_is_said_twice_within_a_second_is_kept_once(folder, key):
    _decide(folder, key, same=True)
    _decide(folder, key, same=True)
    assert len(folder.namings.read_text("utf-8").splitlines()) == len(_entries(folder)) == 1


def test_who_is_no_reviewer_here_decides_nothing(folder, key):
    other = ReviewerKey.create("reviewer:nobody")
    with pytest.raises(BadInput, match="no reviewer"):
        _decide(folder, other, same=True)
    assert not folder.namings.exists()
