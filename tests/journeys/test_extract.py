"""``atalaya extract``: a report in, its record out; what is no report says what it is."""

import json

import pytest
import typst
from tests.material.commands import atalaya

REPORT = """Report of the fifth session

The fifth session of the Example Forum (EXF 5) was held in Lima from 3 to 5 June 2025.

Side events

Care first
Organised by Example House, and co-hosted by:
1. Peru
2. Test Union
25 persons
"""


def _extract(folder, name, content, *more):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return atalaya("extract", name, "--output", "record.json", *more, cwd=folder)


def test_a_text_is_read_and_every_place_is_in_the_text_it_names(tmp_path):
    done = _extract(tmp_path, "report.txt", REPORT, "--text", "text.txt")
    assert done.code == 0, done.err
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["session"]["city"]["value"] == "Lima"
    (event,) = record["events"]
    assert event["attendance"]["value"] == 25
    assert [one["iso3"] for one in event["cohosts"]] == ["PER", None]
    text = (tmp_path / "text.txt").read_text()
    span = event["title"]["span"]
    assert text[span["start"] : span["end"]] == span["quote"] == "Care first"
    assert done.rows()[0]["events"] == 1


def test_a_pdf_is_read(tmp_path):
    (tmp_path / "in.typ").write_text(
        "The fifth session of the Example Forum (EXF 5) was held in Lima from 3 to 5 June 2025.\n\n"
        "The side event “Care first” was organised by Example House and co-hosted by Peru; "
        "25 people attended."
    )
    done = _extract(tmp_path, "report.pdf", typst.compile(str(tmp_path / "in.typ")))
    assert done.code == 0, done.err
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["events"][0]["title"]["value"] == "Care first"
    assert record["session"]["date_end"]["value"] == "2025-06-05"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b" \n\n", "the file is empty"),
        ("latin.txt", "Sesión de la Comisión".encode("latin-1"), "not UTF-8"),
        ("binary.txt", b"report\0\0\1", "NUL bytes"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj <<", "no PDF that can be read"),
        ("bare.html", b"<html><body><img src=x></body></html>", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(tmp_path, name, content, words):
    done = _extract(tmp_path, name, content)
    assert done.code == 4
    assert words in done.err
    assert "What to do:" in done.err
    assert not (tmp_path / "record.json").exists()


def test_a_scanned_pdf_is_told_from_one_with_text(tmp_path):
    (tmp_path / "in.typ").write_text("#rect(width: 5cm, height: 5cm)")
    done = _extract(tmp_path, "scan.pdf", typst.compile(str(tmp_path / "in.typ")))
    assert done.code == 4
    assert "images and no text" in done.err


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Bring two eggs, a cup of flour and some milk to the table and stir well.",
            "not-a-report",
        ),
        (
            "Шестьдесят восьмая сессия Комиссии по наркотическим средствам прошла в Вене. "
            "В ней приняли участие делегаты из многих стран и представители организаций.",
            "language-not-read",
        ),
    ],
)
def test_what_is_no_report_or_in_another_language_says_so_and_invents_nothing(tmp_path, text, kind):
    done = _extract(tmp_path, "text.txt", text)
    assert done.code == 0, done.err
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["issues"][0]["kind"] == kind
    assert done.rows()[0]["says"] == record["issues"][0]["says"]
    assert not any(record[name] for name in ("resolutions", "events", "meetings", "demands"))
    assert all(said is None for said in record["session"].values())


def test_a_wrong_kind_and_a_missing_file_end_with_2(tmp_path):
    done = _extract(tmp_path, "report.txt", REPORT, "--kind", "meeting-reprt")
    assert (done.code, "meeting-report" in done.err) == (2, True)
    done = atalaya("extract", "none.txt", "--output", "record.json", cwd=tmp_path)
    assert done.code == 2
