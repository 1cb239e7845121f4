"""Pages in a real browser: accessible, whole on a phone, readable without JavaScript."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser
from tests.material.page_faults import faults_of
from tests.material.small_release import edition

from atalaya.publishing.site.languages import LANGUAGES
from atalaya.publishing.site.pages import PAGES, keys_of

pytestmark = pytest.mark.browser

EDITION = edition()
PATHS = [page.at(keys[0]) for page in PAGES if (keys := keys_of(page, EDITION))]
PATHS += ["organisations/unodc", "organisations/territory-PRT", "events/cnd68-7"]
PATHS += ["series/made-up~hard-case~US-CT~deaths", "promises/cnd68-l6", "review", "nowhere"]
ASKED = ["?as_of=2019-08", "why?ref=signals.csv:1:observed", "countries?q=per", "?as_of=1999"]
ASKED += ["organisations?q=villa", "organisations?q=nobody-of-that-name"]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_fault_that_axe_finds_or_scrolls_sideways(
    chromium: Browser, address: str, language: str, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    faults: list[object] = []
    for path in (*PATHS, *ASKED):
        page.goto(f"{address}/{language}/{path}")
        faults += faults_of(page, path, scheme)
    assert faults == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_every_issue_shows_its_remedy_without_scrolling_sideways(
    chromium: Browser, address: str, language: str
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{address}/{language}/issues/")
    cells = page.locator("table.stacked td:last-child")
    assert cells.count() > 0
    for number in range(cells.count()):
        box = cells.nth(number).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
    assert cells.first.evaluate("one => getComputedStyle(one).display") == "table-cell"
    page.close()


def test_no_page_loads_anything_from_elsewhere(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    loaded: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda asked: loaded.append(asked.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for path in PATHS[:-1]:
        page.goto(f"{address}/en/{path}")
    assert [url for url in loaded if not url.startswith((address, "data:"))] == []
    assert complaints == []
    context.close()


def test_everything_can_be_read_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{address}/en/")
    page.get_by_label("Month").fill("2019-08")
    page.get_by_role("button", name="Show").click()
    assert page.url.endswith("/en/?as_of=2019-08")
    page.get_by_role("link", name="xylazine").first.click()
    assert page.locator("h1").inner_text().startswith("xylazine")
    assert page.locator(".plot svg").count() == 1
    assert page.locator("#table tbody tr").count() == 92
    page.get_by_role("link", name="Español").click()
    assert page.url.endswith("as_of=2019-08")
    assert "Desde" in page.inner_text("main")
    context.close()


def test_the_chart_can_be_explored_under_the_strict_policy(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}/en/signals/f87f7db7ef9877e2")
    page.get_by_role("button", name="Explore the chart").click()
    page.locator("canvas").wait_for()
    assert page.locator(".plot").is_hidden()
    assert page.get_by_role("button", name="Explore the chart").count() == 0
    assert complaints == []
    context.close()


def test_the_keyboard_reaches_the_content_first(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside
    context.close()
