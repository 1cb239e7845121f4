"""Every kind of bad input by the front door: one source a fault, one run, one published issue each.

Beside the bad ones stands a sound source, which is published all the same.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.material.commands import Done, atalaya
from tests.material.declared import XLSX
from tests.material.laboratory import counts_of, laboratory, watched
from tests.material.loopback_server import Exchange, Route, replies, serving
from tests.material.workbooks import workbook

from atalaya.model.settings import Folder

HEADING = ["month", "substance", "count", "tested"]
ROWS = [[f"2024-{month:02d}", "fentanyl", 3, 40] for month in range(1, 13)]
FORBIDDEN = ("redistribute = true", "redistribute = false")
# Slug -> words that its issue must hold.
SAYS = {
    "broken-csv": "is not closed",
    "broken-workbook": "not a workbook that can be opened",
    "merged-cells": "the cells A2:A3 are merged",
    "two-headings": "there are two rows of headings",
    "unknown-substance": "'unobtainium' is not in the register",
    "wrong-period": "'2024-13' is not a period",
    "mixed-dates": "'03/04/2024'",
    "not-utf-8": "is not UTF-8",
    "web-page": "the answer is a web page (HTML)",
    "empty-body": "the body is empty",
    "huge-body": "the body has 200000000 bytes",
    "redirect-loop": "the redirects go round in a circle",
    "no-licence": "may not be passed on: it is linked only",
}


def _csv(*rows: list[Any]) -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode()


def _merged(book: Any) -> None:
    book.active.merge_cells("A2:A3")


def _huge(exchange: Exchange) -> None:
    exchange.begin(200, Content_Length="200000000", Content_Type="text/csv")
    exchange.close_connection = True


def _answers() -> dict[str, tuple[bytes, str] | Route]:
    """What each source's address answers: a body and its kind, or how it is sent."""
    kind = "text/csv"
    month, name = ["2024-13", *ROWS[0][1:]], ["2024-01", "unobtainium", 1, 40]
    swapped = [["03/04/2024", *ROWS[0][1:]], ["2024-05-02", *ROWS[0][1:]]]
    return {
        "sound": (_csv(HEADING, *ROWS), kind),
        "broken-csv": (_csv(HEADING, *ROWS) + b'2024-12,"fentanyl,3,40\n', kind),
        "broken-workbook": (workbook(Data=[HEADING, *ROWS])[:-200], XLSX),
        "merged-cells": (workbook(_merged, Data=[HEADING, *ROWS]), XLSX),
        "two-headings": (_csv(["", "", "2024", ""], HEADING, *ROWS), kind),
        "unknown-substance": (_csv(HEADING, *ROWS, name), kind),
        "wrong-period": (_csv(HEADING, *ROWS, month), kind),
        "mixed-dates": (_csv(HEADING, *ROWS, *swapped), kind),
        "not-utf-8": (_csv(HEADING, *ROWS).replace(b"fentanyl", b"fentan\xedlo"), kind),
        "web-page": (b"<!DOCTYPE html><title>Sign in</title>", kind),
        "empty-body": (b"", kind),
        "huge-body": _huge,
        "redirect-loop": lambda exchange: exchange.reply(302, Location=exchange.path),
        "no-licence": (_csv(HEADING, *ROWS), kind),
    }


def _route(answer: tuple[bytes, str] | Route) -> Route:
    return answer if isinstance(answer, Callable) else replies(answer[0], Content_Type=answer[1])


def _declare(folder: Folder, slug: str, home: str, media_type: str) -> None:
    file = laboratory(folder.sources, slug, table=counts_of("ARG"))
    text = file.read_text()
    for host in (slug, "lab"):
        text = text.replace(f'address = "https://{host}.example/counts.csv"', f'address = "{home}"')
    text = text.replace('media_type = "text/csv"', f'media_type = "{media_type}"')
    file.write_text(text.replace(*FORBIDDEN) if slug == "no-licence" else text)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """An observatory of all these sources after its one run: what was printed, and the release."""
    parent = tmp_path_factory.mktemp("bad")
    assert atalaya("init", "--empty", "observatory", cwd=parent).code == 0
    folder = Folder(parent / "observatory")
    answers = _answers()
    with serving({f"/{slug}": _route(answer) for slug, answer in answers.items()}) as server:
        for slug, answer in answers.items():
            kind = answer[1] if isinstance(answer, tuple) else "text/csv"
            _declare(folder, slug, f"{server.home}/{slug}", kind)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("ATALAYA_FETCHING_PAUSE_SECONDS", "0")
            done = atalaya("run", "--no-serve", cwd=parent)
    return done, folder.releases / "latest" / "data"


def _rows(data: Path, table: str) -> list[dict[str, str]]:
    with (data / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_run_is_complete_and_the_sound_source_is_published(ran):
    done, data = ran
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    counted = [row for row in _rows(data, "series") if row["source"] == "sound"]
    assert len(counted) == len(ROWS)


@pytest.mark.parametrize("slug", SAYS)
def test_a_bad_source_is_a_published_issue_with_its_place_and_a_remedy(ran, slug):
    _, data = ran
    mine = [row for row in _rows(data, "issues") if row["source"] == slug]
    said = [row for row in mine if SAYS[slug] in row["says"]]
    assert said, mine
    assert said[0]["do"]
    assert said[0]["file"]


@pytest.mark.parametrize("slug", sorted({*SAYS} - {"unknown-substance"}))
def test_nothing_of_a_source_that_was_refused_is_half_published(ran, slug):
    _, data = ran
    assert [row for row in _rows(data, "series") if row["source"] == slug] == []


@pytest.mark.parametrize(
    "file", ["observatory.toml", "sources/lab/source.toml", "monitors/arrivals.toml"]
)
def test_a_broken_toml_file_is_refused_with_its_place_and_only_the_failed_run_is_noted(
    tmp_path, file
):
    assert atalaya("init", "--empty", "observatory", cwd=tmp_path).code == 0
    folder = Folder(tmp_path / "observatory")
    laboratory(folder.sources, table=counts_of("ARG"))
    watched(folder.monitors)
    broken = folder.root / file
    broken.write_text(f"schema = [1\n{broken.read_text()}")
    before = {*folder.root.rglob("*")}
    done = atalaya("run", "--no-serve", cwd=tmp_path)
    assert done.code == 4, done.err
    assert f"{file}, line" in done.err
    assert "Traceback" not in done.err
    written = {path.name for path in {*folder.root.rglob("*")} - before}
    assert written <= {"tables", "heartbeat.json"}
