"""A folder of sheets: the next continues the last, rows count once, nothing is half kept."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from tests.material.sheets import as_csv, line_list

from atalaya.evidence.log import SigningKey
from atalaya.model.errors import (
    AtalayaError,
    BadInput,
    LookAtThis,
    StopEverything,
    TryLater,
    WrongUse,
)
from atalaya.pipeline.originals import erase_original, finish_erasures, listed, open_original
from atalaya.pipeline.watch_originals import Sheets
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.asking import NOTHING_ASKED, asked_of

NOW = datetime(2024, 1, 31, 9, tzinfo=UTC)
HEADING = ["Sample ID", "date", "found"]


def rows(first, last, found="MDMA"):
    """Two samples a month, from one month of 2022 to another."""
    return [
        [f"S{month}-{n}", f"{2022 + month // 12}-{month % 12 + 1:02d}-0{n + 1}", found]
        for month in range(first, last)
        for n in range(2)
    ]


def kept(folder, heading, sheet, months=0, asked=NOTHING_ASKED, name="sheet.csv"):
    when = NOW + timedelta(days=30 * months)
    return watch(as_csv(heading, sheet), name, asked, when, WatchStore(folder))


def test_the_first_sheet_is_kept_and_only_its_owner_may_read_it(tmp_path):
    report = kept(tmp_path / "mine", HEADING, rows(0, 14))
    assert report.since.when is None
    files = sorted(
        str(path.relative_to(tmp_path / "mine"))
        for path in (tmp_path / "mine").rglob("*")
        if path.is_file()
    )
    sealed = report.sha256
    kept_files = {file for file in files if not file.startswith("log/")}
    assert kept_files == {".lock", "keys/log.key", f"keys/{sealed}.key",
                          f"originals/{sealed}.sealed", "rows/0001.parquet",
                          "watch.json"}  # fmt: skip
    root = tmp_path / "mine"
    closed = root / "log"  # nobody else gets into that folder, whatever its files allow
    private = [
        path for path in root.rglob("*") if path.name != ".lock" and closed not in path.parents
    ]
    assert not any(path.stat().st_mode & 0o077 for path in private)


def test_a_longer_sheet_next_month_counts_every_row_once_and_says_what_changed(tmp_path):
    kept(tmp_path, HEADING, rows(0, 14))
    second = [*rows(0, 13), *rows(13, 15, "ketamine")]
    second.remove(["S2-0", "2022-03-01", "MDMA"])
    report = kept(tmp_path, HEADING, second, 1)
    since = report.since
    assert (since.when, since.added, since.same) == ("2024-01-31", 2, 25)
    assert [line for _, line in since.changed] == [27, 28]
    assert [line for _, line in since.removed] == [6]
    assert str(report.news.last) == "2023-03"


def test_a_sheet_of_the_new_month_alone_continues_the_others(tmp_path):
    kept(tmp_path, HEADING, rows(0, 14))
    report = kept(tmp_path, HEADING, rows(14, 15), 1)
    assert (report.since.added, report.since.removed, report.since.same) == (2, (), 0)
    assert (str(report.news.first), str(report.news.last)) == ("2022-01", "2023-03")


def test_the_same_sheet_again_adds_nothing(tmp_path):
    first = kept(tmp_path, HEADING, rows(0, 14))
    again = kept(tmp_path, HEADING, rows(0, 14), 1)
    assert again.since.same_sheet
    assert again.since.when == "2024-01-31"
    assert again.news == first.news
    assert len(json.loads((tmp_path / "watch.json").read_bytes())["sheets"]) == 1


def test_rows_without_a_number_are_recognised_by_what_they_say(tmp_path):
    heading, sheet = ["date", "found"], [row[1:] for row in rows(0, 14)]
    kept(tmp_path, heading, [*sheet, sheet[0]])
    report = kept(tmp_path, heading, [*sheet, sheet[0], ["2023-03-01", "MDMA"]], 1)
    assert (report.since.added, report.since.same) == (1, 29)


def test_a_finding_that_was_not_there_last_time_is_said_to_be_new(tmp_path):
    heading, sheet = line_list("en", rows=3000)
    before = [row for row in sheet if row[1][6:] + row[1][3:5] < "202304"]
    kept(tmp_path, heading, before)
    report = kept(tmp_path, heading, sheet, 1)
    assert "substance|substance:protonitazene" in report.since.new
    assert report.since.same == len(before)


def test_what_was_said_about_the_first_sheet_is_remembered_for_the_next(tmp_path):
    sheet = [[*row, "ketamine"] for row in rows(0, 14)]
    heading = ["Sample ID", "date", "noted", "second"]
    kept(tmp_path, heading, sheet, asked=asked_of(["found=second"]))
    report = kept(tmp_path, heading, [*sheet, ["S9", "2023-03-03", "MDMA", "ketamine"]], 1)
    assert [one.heading for one in report.sheet.proposal.columns if one.role == "found"] == [
        "second"
    ]


PERSONS = {
    "client name": "Roe, Jane",
    "nombre del paciente": "Perez Prieto",
    "date of birth": "1983-07-19",
    "telefono": "+34 600 123 987",
    "home address": "17 Elm Lane",
    "remarks": "brought by her brother Tomas",
}


def with_persons(first=0, last=14):
    heading = [*HEADING, *PERSONS]
    return heading, [[*row, *PERSONS.values()] for row in rows(first, last)]


def holding(folder, words):
    """Files under a folder that hold one of some words."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }


def test_no_person_and_no_sample_number_is_stored_outside_the_sealed_sheet(tmp_path):
    report = kept(tmp_path, *with_persons())
    sheets = Sheets(WatchStore(tmp_path))
    assert holding(tmp_path, [*PERSONS.values(), "S13-1", report.sha256 + "x"]) == set()
    assert "id" not in pq.read_schema(tmp_path / "rows" / "0001.parquet").names
    opened = open_original(sheets, report.sha256[:9], "a row was questioned", "ada", NOW)
    assert b"Perez Prieto" in opened
    assert report.sha256.encode() not in b"".join(sheets.entries())[:200]


def test_a_sheet_is_opened_only_for_a_reason_which_is_logged_first(tmp_path):
    report = kept(tmp_path, *with_persons())
    sheets = Sheets(WatchStore(tmp_path))
    with pytest.raises(BadInput, match="no reason"):
        open_original(sheets, report.sha256, " ", "ada", NOW)
    with pytest.raises(WrongUse, match="no sealed original"):
        open_original(sheets, "f" * 64, "why", "ada", NOW)
    key = tmp_path / "keys" / f"{report.sha256}.key"
    key.write_text(key.read_text().replace('"key": "', '"key": "00')[:-2] + '"}')
    with pytest.raises(AtalayaError):
        open_original(sheets, report.sha256, "asked by the laboratory", "ada", NOW)
    said = [json.loads(entry) for entry in sheets.entries()]
    assert [entry["type"] for entry in said] == ["sheet", "opening"]
    assert "laboratory" not in json.dumps(said)
    with sheets.decisions() as store:
        (act,) = store.acts()
    assert (act.act.reason, act.act.reviewer) == ("asked by the laboratory", "ada")
    assert sheets.verify().good


def test_an_erased_sheet_is_gone_for_good_and_verify_says_by_which_decision(tmp_path):
    report = kept(tmp_path, *with_persons())
    sheets = Sheets(WatchStore(tmp_path))
    key = tmp_path / "keys" / f"{report.sha256}.key"
    before = key.read_bytes()
    number = erase_original(sheets, report.sha256, "her wish", sheets.owner_key(NOW), NOW)
    assert not key.exists()
    with pytest.raises(LookAtThis, match=f"erased by decision {number}"):
        open_original(sheets, report.sha256, "again", "ada", NOW)
    checked = sheets.verify()
    assert checked.good
    assert (
        f"erased by decision {number}"
        in {part.what: part.says for part in checked.parts}["originals"]
    )
    assert next(listed(sheets))["state"] == f"erased by decision {number}"
    assert erase_original(sheets, report.sha256, "again", sheets.owner_key(NOW), NOW) == number
    key.write_bytes(before)  # as an older backup would
    assert "its key is here again" in str(sheets.verify().parts)
    assert finish_erasures(sheets) == 1
    assert sheets.verify().good
    again = kept(tmp_path, *with_persons(), 1)
    assert again.since.same_sheet
    assert not key.exists()
    assert kept(tmp_path, *with_persons(0, 15), 2).since.added == 2


def test_a_changed_sealed_sheet_and_a_forgotten_opening_are_named_without_any_key(tmp_path):
    report = kept(tmp_path, *with_persons())
    sheets = Sheets(WatchStore(tmp_path))
    open_original(sheets, report.sha256, "why", "ada", NOW)
    for path in (tmp_path / "keys").iterdir():
        path.unlink()
    assert sheets.verify().good
    (tmp_path / "decisions.db").unlink()
    sealed = tmp_path / "originals" / f"{report.sha256}.sealed"
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
    problems = {part.what: " ".join(part.problems) for part in sheets.verify().parts}
    assert "no entry of these sealed bytes" in problems["sheets"]
    assert "opening" in problems["decisions"]


def test_a_folder_kept_before_there_were_logs_goes_on_and_gets_one(tmp_path):
    kept(tmp_path, HEADING, rows(0, 14))
    shutil.rmtree(tmp_path / "log")
    (tmp_path / "keys" / "log.key").unlink()
    said = json.loads((tmp_path / "watch.json").read_bytes())
    said["schema"] = 1
    for sheet in said["sheets"]:
        del sheet["salt"], sheet["plain"]
    (tmp_path / "watch.json").write_text(json.dumps(said))
    old = tmp_path / "keys" / f"{said['sheets'][0]['sha256']}.key"
    old.write_bytes(bytes.fromhex(json.loads(old.read_bytes())["key"]))
    kept(tmp_path, HEADING, rows(0, 15), 1)
    sheets = Sheets(WatchStore(tmp_path))
    checked = sheets.verify()
    assert checked.good
    assert "1 kept before there was a log" in str(checked.parts)
    assert b"MDMA" in open_original(sheets, said["sheets"][0]["sha256"], "why", "ada", NOW)


def test_a_lost_log_of_sheets_is_never_begun_anew(tmp_path):
    kept(tmp_path, HEADING, rows(0, 14))
    shutil.rmtree(tmp_path / "log")
    before = (tmp_path / "watch.json").read_bytes()
    with pytest.raises(StopEverything, match="log cannot be read"):
        kept(tmp_path, HEADING, rows(0, 15), 1)
    assert not (tmp_path / "log").exists()
    assert (tmp_path / "watch.json").read_bytes() == before


@pytest.mark.parametrize("left", [[".first-log"], [".first-log", "keys"], ["keys"]])
def test_a_first_run_that_was_killed_while_it_made_the_log_is_begun_again(tmp_path, left):
    for name in left:
        (tmp_path / name).mkdir()
    if "keys" in left:
        SigningKey.generate("test.example/log").save(tmp_path / "keys" / "log.key")
    kept(tmp_path, HEADING, rows(0, 14))
    assert Sheets(WatchStore(tmp_path)).verify().good
    assert not (tmp_path / ".first-log").exists()


@pytest.mark.parametrize("file", ["rows/0001.parquet", "watch.json"])
def test_a_changed_file_is_named_and_nothing_is_counted_on_it(tmp_path, file):
    kept(tmp_path, HEADING, rows(0, 14))
    content = bytearray((tmp_path / file).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / file).write_bytes(content)
    with pytest.raises(LookAtThis) as caught:
        kept(tmp_path, HEADING, rows(0, 15), 1)
    assert file in str(caught.value)
    assert not (tmp_path / "rows" / "0002.parquet").exists()


def test_an_interrupted_keeping_counts_nothing_and_can_be_repeated(tmp_path, monkeypatch):
    kept(tmp_path, HEADING, rows(0, 14))
    before = (tmp_path / "watch.json").read_bytes()
    from atalaya.pipeline import watch_store

    real = watch_store.write_file

    def fails(path, content, mode):
        if path.name == "watch.json":
            raise TryLater("no space left", do="free some")
        real(path, content, mode)

    monkeypatch.setattr(watch_store, "write_file", fails)
    with pytest.raises(TryLater):
        kept(tmp_path, HEADING, rows(0, 15), 1)
    assert (tmp_path / "watch.json").read_bytes() == before
    monkeypatch.undo()
    assert kept(tmp_path, HEADING, rows(0, 15), 1).since.added == 2


def test_a_folder_of_other_things_or_of_another_layout_is_refused(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"x")
    with pytest.raises(WrongUse, match="holds other things"):
        WatchStore(tmp_path)
    kept(tmp_path / "a", HEADING, rows(0, 14))
    counts = [[f"2023-{month:02d}", "MDMA", "1", "9"] for month in range(1, 13)]
    with pytest.raises(WrongUse, match="the folder holds a line-list"):
        kept(tmp_path / "a", ["month", "substance", "count", "tested"], counts)
