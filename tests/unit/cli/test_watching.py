"""The command: what it prints, where it writes, and that it opens no connection."""

import json
import socket
from pathlib import Path

import pytest
from tests.material.sheets import as_csv, as_xlsx, line_list

from atalaya.cli.watching import watch_sheet
from atalaya.model.errors import AtalayaError, BadInput, WrongUse


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "samples.xlsx"
    file.write_bytes(as_xlsx(*line_list("en", rows=1500)))
    return file


@pytest.fixture(autouse=True)
def no_socket(monkeypatch, tmp_path):
    """No test here may open a socket; temporary files go to a folder of the test."""

    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()


def run(file, into=None, page=None, language="en", **more):
    watch_sheet(file, into, page, language, **{"as_json": True, **more})


def test_piped_it_prints_json_lines_and_the_place_of_a_page_only_the_owner_reads(
    sheet, tmp_path, capsys
):
    run(sheet)
    out, err = capsys.readouterr()
    listed = [json.loads(line) for line in out.splitlines()]
    assert listed[0]["type"] == "answer"
    assert any(row.get("what") == "substance:protonitazene" for row in listed)
    (folder,) = (tmp_path / "temporary").iterdir()
    (page,) = folder.iterdir()
    assert str(page) in err
    assert (folder.stat().st_mode & 0o777, page.stat().st_mode & 0o777) == (0o700, 0o600)
    assert "Nothing of the sheet was kept" in err


def test_nothing_else_is_written_anywhere(sheet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(sheet)
    written = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")}
    assert written == {"samples.xlsx", "temporary"}


@pytest.mark.parametrize(
    ("language", "says"), [("en", "thing is new"), ("es", "cosa es nueva"), ("pt", "coisa é nova")]
)
def test_on_a_terminal_it_prints_a_summary_in_the_language_asked_for(
    sheet, capsys, monkeypatch, language, says
):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    run(sheet, language=language, as_json=False)
    out = capsys.readouterr().out
    assert says in out
    assert "protonitazene" in out
    assert "bretazolam" in out
    assert not out.lstrip().startswith("{")


def test_with_into_the_page_and_the_sheet_are_kept_there(sheet, tmp_path, capsys):
    run(sheet, into=tmp_path / "mine")
    assert (tmp_path / "mine" / "what-is-new.html").is_file()
    assert (tmp_path / "mine" / "watch.json").is_file()
    assert "Kept in" in capsys.readouterr().err
    run(sheet, into=tmp_path / "mine")
    out = capsys.readouterr().out
    assert '"same_sheet": true' in out


def test_a_bad_file_leaves_nothing_behind(tmp_path):
    file = tmp_path / "bad.csv"
    file.write_bytes(b"<html>")
    with pytest.raises(BadInput):
        run(file, into=tmp_path / "mine", page=tmp_path / "page.html")
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left <= {"bad.csv", ".lock"}


def test_a_file_that_is_not_there_is_answered_with_the_nearest_name(sheet, tmp_path):
    with pytest.raises(WrongUse, match="there is no file") as caught:
        run(tmp_path / "sample.xlsx")
    assert caught.value.near == str(sheet)


@pytest.mark.parametrize("where", [".", "samples.xlsx/x"])
def test_a_folder_or_a_path_through_a_file_is_an_error_of_ours(sheet, where):
    with pytest.raises(AtalayaError):
        run(sheet.parent / where)


def test_map_corrects_a_column(tmp_path, capsys):
    file = tmp_path / "x.csv"
    rows = [[f"2023-{month:02d}-02", "red", "MDMA"] for month in range(1, 13)]
    file.write_bytes(as_csv(["date", "found", "colour"], rows))
    run(file, mapping=["found=colour"])
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["heading"]: row["holds"] for row in listed if row["type"] == "column"} == {
        "date": "date",
        "found": None,
        "colour": "found",
    }
    assert Path(file).read_bytes()


def test_the_page_is_never_written_over_the_sheet(sheet):
    before = sheet.read_bytes()
    with pytest.raises(WrongUse, match="the sheet itself"):
        run(sheet, page=sheet)
    assert sheet.read_bytes() == before


def test_the_names_of_a_spanish_sheet_are_read_without_doubt(tmp_path, capsys):
    names = ["ketamina", "heroína", "cocaína", "MDMA", "fentanilo", "metanfetamina", "xilacina"]
    written = [*names, "HEROINA", "Cocaina", "Ketamina"]
    rows = [
        [f"{1 + n % 28:02}/{1 + n // 28 % 12:02}/{2023 + n // 336}", written[n % len(written)]]
        for n in range(672)
    ]
    file = tmp_path / "muestras.csv"
    file.write_bytes(as_csv(["fecha", "sustancia"], rows, ";", "cp1252"))
    run(file, language="es")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told[0]["rows"], told[0]["read"]) == (672, 672)
    assert [row for row in told if row["type"] in {"doubtful-name", "unresolved-name"}] == []
