"""A folder of sheets: the next continues the last, rows count once, nothing is half kept."""

import json
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from tests.sheet_makers import as_csv, line_list

from atalaya.model.errors import LookAtThis, TryLater, WrongUse
from atalaya.pipeline.sealing import destroy_key, open_sealed
from atalaya.pipeline.watch_store import WatchStore
from atalaya.pipeline.watching import watch
from atalaya.reading.sheets.mapping import NOTHING_ASKED, asked_of

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
    assert files == [".lock", f"keys/{sealed}.key", f"originals/{sealed}.sealed",
                     "rows/0001.parquet", "watch.json"]  # fmt: skip
    private = [path for path in (tmp_path / "mine").rglob("*") if path.name != ".lock"]
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


def test_no_sample_number_is_kept_and_the_original_only_sealed(tmp_path):
    report = kept(tmp_path, [*HEADING, "client name"], [[*row, "Roe"] for row in rows(0, 14)])
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"Roe" not in path.read_bytes()
            assert b"S13-1" not in path.read_bytes()
    assert "id" not in pq.read_schema(tmp_path / "rows" / "0001.parquet").names
    with pytest.raises(WrongUse, match="needs a reason"):
        open_sealed(tmp_path, report.sha256, " ", NOW)
    opened = open_sealed(tmp_path, report.sha256, "a row was questioned", NOW)
    assert b"Roe" in opened
    destroy_key(tmp_path, report.sha256, "no longer needed", NOW)
    with pytest.raises(LookAtThis, match="cannot be opened"):
        open_sealed(tmp_path, report.sha256, "again", NOW)
    noted = (tmp_path / "openings.jsonl").read_text().splitlines()
    assert ["opened" in noted[0], "destroyed" in noted[1]] == [True, True]


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
