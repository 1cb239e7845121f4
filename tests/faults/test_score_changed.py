"""A score that anybody changed anywhere is found out, and what was changed is named."""

import base64
import copy
import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.material.foresight import HORIZON, NOW, SERIES, bare_observatory, said_by, sealed

from atalaya.evidence.log import FolderReader, LogReader
from atalaya.findings.foresight.checking import check_score
from atalaya.findings.foresight.events import Event
from atalaya.findings.foresight.statements import Kind
from atalaya.model.errors import BadInput
from atalaya.model.settings import Folder
from atalaya.pipeline.foresight import scoring
from atalaya.pipeline.foresight.scoring import score_folder
from atalaya.pipeline.foresight.sealing import recovered, seal
from atalaya.pipeline.keys import rotate

EVENTS = (
    Event(SERIES, "new", "2025-12", "2026-05", "2026-06-01"),
    Event("lab/xylazine/USA/samples", "new", "2026-01", "2026-07", ""),
    Event("elsewhere", "new", "2026-04", "2026-05", ""),
)


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """A score over two sealings, with a change of key between them."""
    folder = bare_observatory(tmp_path_factory.mktemp("scored") / "house")
    first = (folder.log / "vkey").read_text().strip()
    sealed(folder)
    rotate(folder)
    sealed_again(folder)
    return folder, score_folder(folder, EVENTS, NOW + timedelta(days=150)), first


def sealed_again(folder):
    """Seal the same signal with another confidence: the only thing that is new."""
    later = NOW + timedelta(days=40)
    said = said_by(folder, later)
    (signal,) = [pair for pair in said.statements if pair[1].kind is Kind.SIGNAL]
    said.statements = [(signal[0], replace(signal[1], says="moderate"))]
    assert seal(folder, said, later, HORIZON).sealing == 2


def check(content, vkey=None, entries=None):
    return check_score(json.dumps(content).encode(), vkey, "score.json", entries)


def paths(content, at=()):
    """Give the path of every value that is no container."""
    steps = content.items() if isinstance(content, dict) else enumerate(content)
    for step, value in steps:
        if isinstance(value, dict | list) and value:
            yield from paths(value, (*at, step))
        else:
            yield (*at, step)


def others(value):
    """Give values that could stand in a value's place: close ones and wild ones."""
    if isinstance(value, bool) or value is None:
        return [not value, "x"]
    if isinstance(value, int | float):
        return [value + 1, -1, "x"]
    if isinstance(value, str):
        turned = re.sub(r"[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), value, count=1)
        close = [turned] if value else []
        if re.fullmatch(r"[A-Za-z0-9+/]{43}=", value):
            close.append(base64.b64encode(bytes(32)).decode())
        return [other for other in [*close, value + "x", None] if other != value]
    return [[1], "x"]


def changed(content, path, value):
    twin = copy.deepcopy(content)
    target = twin
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return twin


def test_as_it_was_written_it_holds_under_either_key_and_against_the_log(scored):
    folder, content, first = scored
    for vkey in (first, (folder.log / "vkey").read_text()):
        entries = LogReader(FolderReader(folder.log), first).entries()
        report = check(content, vkey, entries)
        assert report.problems == ()
        assert (report.trusted, report.log) == (True, content["score"]["log"])
    assert report.opened == 3  # two sealings of the signal, and what was not assessed
    assert report.closed == len(content["score"]["statements"]) - 3 > 0


def test_every_value_changed_is_found_out(scored):
    _, content, vkey = scored
    unseen, tried = [], 0
    for path in paths(content):
        old = content
        for step in path:
            old = old[step]
        for value in others(old):
            tried += 1
            if path[0] in ("type", "schema"):
                with pytest.raises(BadInput, match="not the file of a score"):
                    check(changed(content, path, value), vkey)
            elif not check(changed(content, path, value), vkey).problems:
                unseen.append((path, value))
    assert unseen == []
    assert tried > 300


def test_a_changed_statement_is_named_by_its_place_in_the_log(scored):
    _, content, vkey = scored
    opened = [one["opening"] is not None for one in content["score"]["statements"]]
    for number in (opened.index(True), opened.index(False)):
        shown = content["score"]["statements"][number]
        for path in paths(shown):
            if path == ("index",):
                continue
            value = others(_at(shown, path))[0]
            report = check(changed(content, ("score", "statements", number, *path), value), vkey)
            named = [one for one in report.problems if f"statement {shown['index']} " in one
                     or f"statement {shown['index']}:" in one]  # fmt: skip
            assert named, (path, value, report.problems)


def _at(content, path):
    for step in path:
        content = content[step]
    return content


@pytest.mark.parametrize("part", ["events", "counts", "says"])
def test_a_changed_result_is_named_by_its_field(scored, part):
    _, content, vkey = scored
    twin = copy.deepcopy(content)
    if part == "events":
        twin["score"]["result"]["events"][0]["days_ahead"] = 400
        where = r"result\.events\[0\]\.days_ahead"
    elif part == "counts":
        twin["score"]["result"]["counts"]["false"] = 3
        where = r"result\.counts\.false"
    else:
        twin["score"]["result"]["says"] = "warned of everything"
        where = r"result\.says"
    assert any(re.match(where, one) for one in check(twin, vkey).problems)


def test_a_miss_that_is_left_out_is_found_out(scored):
    folder, content, vkey = scored
    twin = copy.deepcopy(content)
    lost = twin["score"]["statements"].pop(0)
    problems = check(twin, vkey, LogReader(FolderReader(folder.log), vkey).entries()).problems
    assert any("sealing 1: statements [1] are missing" in one for one in problems)
    assert any(one.startswith(f"statement {lost['index']} ") for one in problems)


def test_a_whole_sealing_left_out_is_found_out(scored):
    _, content, vkey = scored
    for number in (1, 2):
        twin = copy.deepcopy(content)
        score = twin["score"]
        score["sealings"] = [one for one in score["sealings"] if one["sealing"] != number]
        score["statements"] = [
            one for one in score["statements"] if one["leaf"]["sealing"] != number
        ]
        assert check(twin, vkey).problems


def test_who_has_the_key_can_forget_a_sealing_and_a_copy_of_the_log_shows_it(
    scored, tmp_path, monkeypatch
):
    folder, _, vkey = scored
    shutil.copytree(folder.root, tmp_path / "house", symlinks=True)
    twin = Folder(tmp_path / "house")
    monkeypatch.setattr(scoring, "recovered", lambda openings, log: recovered(openings, log)[:1])
    content = score_folder(twin, EVENTS, NOW + timedelta(days=150))
    assert check(content, vkey).problems == ()
    (problem,) = check(content, vkey, LogReader(FolderReader(twin.log), vkey).entries()).problems
    assert "(sealing 2, number 1): it is in the log and not in this file" in problem


@pytest.mark.parametrize("number", [0, -1, 10**15])
def test_a_sealing_of_a_made_up_number_is_refused_and_not_counted_up_to(scored, number):
    _, content, vkey = scored
    twin = changed(content, ("score", "sealings", 0, "sealing"), number)
    assert any(f"sealing {number}: " in one for one in check(twin, vkey).problems)


def test_a_due_statement_that_stays_closed_is_named(scored):
    folder, _, vkey = scored
    content = score_folder(folder, EVENTS, NOW + timedelta(days=800))
    assert check(content, vkey).problems == ()
    index = content["score"]["statements"][2]["index"]
    content["score"]["statements"][2]["opening"] = None
    named = [one for one in check(content, vkey).problems if one.startswith(f"statement {index} ")]
    assert named
    assert "should have been opened on" in named[0]


def test_another_logs_key_is_refused(scored, tmp_path):
    other = bare_observatory(tmp_path / "other")
    report = check(scored[1], (other.log / "vkey").read_text())
    assert any("is none of this log's" in one for one in report.problems)


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"{}", b'{"type": 1}', b"[" * 100_000, b"\xff", b'{"type":"x"}']
)
def test_what_is_no_score_is_refused_with_the_files_name(payload):
    with pytest.raises(BadInput) as refused:
        check_score(payload, None, "other.json")
    assert str(refused.value).startswith("other.json: this is not the file of a score")
