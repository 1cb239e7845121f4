"""From a person's sheet to an answer: three languages, next month, offline, in a real browser."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from tests.material import programs
from tests.material.sheets import TONGUES, as_csv, as_xlsx, line_list

ROOT = Path(__file__).parents[2]
_CALL = (
    "import sys; from pathlib import Path; from atalaya.cli.watching import watch_sheet; "
    "file, into, page, language = sys.argv[1:]; "
    "watch_sheet(Path(file), Path(into) if into else None, Path(page), language, as_json=True)"
)


def call(file, page, into="", language="en", before=()):
    """Run the command's door in a process of its own."""
    done = subprocess.run(
        [*before, sys.executable, "-c", _CALL, str(file), str(into), str(page), language],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def sheet(folder, language, **more):
    heading, rows = line_list(language, **more)
    if language == "en":
        file, payload = folder / "samples.xlsx", as_xlsx(heading, rows)
    else:
        encoding = "cp1252" if language == "es" else "utf-8"
        file, payload = folder / "muestras.csv", as_csv(heading, rows, ";", encoding)
    file.write_bytes(payload)
    return file


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_five_thousand_rows_name_the_planted_emergence_and_the_unknown_name(language, tmp_path):
    told = call(sheet(tmp_path, language), tmp_path / "page.html", language=language)
    assert (told[0]["rows"], told[0]["read"]) == (5000, 5000)
    findings = [row for row in told if row["type"] == "finding"]
    assert findings[0]["what"] == "substance:protonitazene"
    assert findings[0]["confidence"] == "high"
    assert findings[0]["kind"] == "first-ever"
    assert all(row["confidence"] == "low" for row in findings[1:])
    assert [row["text"] for row in told if row["type"] == "unresolved-name"] == ["bretazolam"]
    assert "protonitazene" in (tmp_path / "page.html").read_text()


def test_the_sheet_of_next_month_continues_the_first(tmp_path):
    folder, page = tmp_path / "mine", tmp_path / "page.html"
    heading, rows = line_list("en")
    early = [row for row in rows if row[1][6:] + row[1][3:5] < "202304"]
    file = tmp_path / "samples.csv"
    file.write_bytes(as_csv(heading, early))
    first = call(file, page, folder)
    assert not any(row.get("what") == "substance:protonitazene" for row in first)
    file.write_bytes(as_csv(heading, rows))
    second = call(file, page, folder)
    (since,) = [row for row in second if row["type"] == "since-last-sheet"]
    assert since["added"] == len(rows) - len(early)
    assert since["same"] == len(early)
    assert since["new"][0] == "substance|substance:protonitazene"
    finding = next(row for row in second if row["type"] == "finding")
    assert finding["new_since_last_sheet"] is True


def test_without_any_network_it_answers_the_same(tmp_path):
    apart = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], check=False).returncode:
        pytest.skip("this machine allows no process without a network (unshare --net)")
    file = sheet(tmp_path, "pt", rows=800)
    page = tmp_path / "page.html"
    assert call(file, page, before=apart) == call(file, page)


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted(TONGUES))
def test_the_page_is_accessible_and_fits_a_phone_in_light_and_dark(language, tmp_path):
    chromium = programs.chromium()
    page = tmp_path / "page.html"
    call(sheet(tmp_path, language), page, language=language)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, scheme in ((390, "light"), (390, "dark"), (820, "dark"), (1440, "light")):
            tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            asked = []
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(page.as_uri())
            assert asked == [page.as_uri()]
            found = Axe().run(tab).response
            assert found["passes"]
            assert found["violations"] == []
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.close()
        browser.close()
