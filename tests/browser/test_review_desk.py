"""The review desk in a real browser, whose own headers decide whether a form is let in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.material.served import served
from tests.material.web_house import House, StoreDesk, reviewer

from atalaya.findings import sessions as sign_ins
from atalaya.findings.decisions import DecisionStore

pytestmark = pytest.mark.browser

KEY = "f87f7db7ef9877e2"
HOSTILE = '=1+1 <img src=x onerror="document.title=1">'


def test_a_reviewer_signs_in_and_signs_an_alert_by_the_forms_alone(
    chromium: Browser, tmp_path: Path
) -> None:
    with (
        DecisionStore.at(tmp_path / "decisions.db") as store,
        served(House(desk=StoreDesk(store))) as address,
    ):
        key = reviewer(store, "Ada <b>Reviewer</b>")
        page = chromium.new_context().new_page()
        page.goto(f"{address}/en/review")
        shown = re.search(r'"(.+?)"', page.locator("code.command").inner_text())
        assert shown
        page.fill("#answer", sign_ins.answer(shown[1], key))
        page.get_by_role("button", name="Sign in").press("Enter")
        assert "Signed in as Ada <b>Reviewer</b>" in page.locator("main").inner_text()

        for action in ("triage", "confirm", "sign"):
            page.goto(f"{address}/en/review/{KEY}")
            form = page.locator(f"section[aria-labelledby={action}]")
            form.locator("[name=reason]").fill("looked at it")
            if action == "sign":
                form.locator("[name=advice]").fill(HOSTILE)
                form.locator("[name=expires]").fill("2026-12-31")
            form.get_by_role("button").click()
            assert page.url == f"{address}/en/signals/{KEY}", page.locator("main").inner_text()

        alert = page.locator("div.alert")
        assert HOSTILE in alert.inner_text()
        assert "Signed by Ada <b>Reviewer</b>. Holds until December 31, 2026." in alert.inner_text()
        assert alert.locator("img, b").count() == 0
        page.context.close()
