"""The review desk in a real browser, whose own headers decide whether a form is let in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.material.page_faults import faults_of
from tests.material.served import served
from tests.material.web_house import House, StoreDesk, reviewer

from atalaya.findings import sessions as sign_ins
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import ReviewerKey
from atalaya.publishing.site.languages import LANGUAGES

pytestmark = pytest.mark.browser

KEY = "f87f7db7ef9877e2"
HOSTILE = '=1+1 <img src=x onerror="document.title=1">'
DECIDE, ALERT = "section[aria-labelledby=decide]", "section[aria-labelledby=alert-heading]"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DecisionStore]:
    with DecisionStore.at(tmp_path / "decisions.db", two_persons=True) as opened:
        yield opened


@pytest.fixture
def desk(store: DecisionStore) -> Iterator[str]:
    """Serve a desk under the two-person rule; give its address."""
    with served(House(desk=StoreDesk(store))) as place:
        yield place


def _signed_in(page: Page, address: str, key: ReviewerKey) -> Page:
    page.goto(f"{address}/en/review")
    shown = re.search(r'"(.+?)"', page.locator("code.command").inner_text())
    assert shown
    page.fill("#answer", sign_ins.answer(shown[1], key))
    page.get_by_role("button", name="Sign in").press("Enter")
    return page


def _decide(page: Page, address: str, action: str) -> None:
    page.goto(f"{address}/en/review/{KEY}")
    page.locator(f"{DECIDE} [name=reason]").fill("looked at it")
    page.locator(f"{DECIDE} button[value={action}]").press("Enter")
    assert page.url == f"{address}/en/review/{KEY}", page.locator("main").inner_text()


def _sign(page: Page, address: str, advice: str) -> None:
    page.goto(f"{address}/en/review/{KEY}")
    form = page.locator(ALERT)
    for name, text in (("reason", "sure"), ("advice", advice), ("expires", "2026-12-31")):
        form.locator(f"[name={name}]").fill(text)
    form.locator("[name=evidence][value=biological-sample]").check()
    form.locator("button[value=sign]").press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_reviewers_sign_an_alert_by_the_forms_alone(
    chromium: Browser, store: DecisionStore, desk: str, *, scripts: bool
) -> None:
    ada, ben = reviewer(store, "Ada <b>Reviewer</b>"), reviewer(store, "Ben Second")
    first, second = (chromium.new_context(java_script_enabled=scripts).new_page() for _ in range(2))
    _signed_in(first, desk, ada)
    assert "Signed in as Ada <b>Reviewer</b>" in first.locator("main").inner_text()
    for action in ("triage", "monitor", "confirm"):
        _decide(first, desk, action)
    _sign(first, desk, "Three people died.")
    assert "was not accepted" in first.locator("[role=alert]").inner_text()
    assert first.locator("#advice").input_value() == "Three people died."
    assert first.locator("[name=evidence][value=biological-sample]").is_checked()
    _sign(first, desk, HOSTILE)
    assert first.locator("button[value=countersign]").count() == 0

    _signed_in(second, desk, ben)
    _decide(second, desk, "countersign")
    second.goto(f"{desk}/en/signals/{KEY}")
    alert = second.locator("div.alert")
    assert HOSTILE in alert.inner_text()
    assert "Signed by Ada <b>Reviewer</b>, Ben Second." in alert.inner_text()
    assert alert.locator("img, b").count() == 0
    first.context.close()
    second.context.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_desk_has_a_fault_that_axe_finds_or_scrolls_sideways(
    chromium: Browser, store: DecisionStore, desk: str, scheme: str
) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = _signed_in(context.new_page(), desk, reviewer(store))
    faults: list[object] = []
    for action in (None, "triage", "confirm"):
        if action:
            _decide(page, desk, action)
        for path in [f"{code}/review{end}" for code in LANGUAGES for end in ("", f"/{KEY}")]:
            page.goto(f"{desk}/{path}")
            faults += faults_of(page, f"{action} {path}", scheme)
    _sign(page, desk, "Three people died.")
    faults += faults_of(page, "refused", scheme)
    _sign(page, desk, "Carry naloxone.")
    faults += faults_of(page, "waiting", scheme)
    page.goto(f"{desk}/es/review")
    faults += faults_of(page, "board with decisions", scheme)
    assert faults == []
    context.close()


def test_keys_take_a_reviewer_along_and_can_be_switched_off(
    chromium: Browser, store: DecisionStore, desk: str
) -> None:
    page = _signed_in(chromium.new_context().new_page(), desk, reviewer(store))
    assert "A key takes you there" in page.locator("[data-keys]").inner_text()
    focused = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "xylazine"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "carfentanil"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "xylazine"
    page.keyboard.press("1")
    page.wait_for_url(f"{desk}/en/review/{KEY}")
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "decide"
    page.keyboard.press("Tab")
    page.keyboard.type("jb")  # typed into the reason, it goes nowhere
    assert page.locator(f"{DECIDE} [name=reason]").input_value() == "jb"
    page.locator("[data-keys-on]").uncheck()
    page.locator("h1").click()
    page.keyboard.press("b")
    page.reload()
    page.keyboard.press("b")
    assert page.url == f"{desk}/en/review/{KEY}"
    assert store.decisions() == ()
    page.context.close()


def test_without_scripts_no_key_is_promised_and_everything_is_reached_by_tab(
    chromium: Browser, store: DecisionStore, desk: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = _signed_in(context.new_page(), desk, reviewer(store))
    assert page.locator("[data-keys]").is_hidden()
    page.goto(f"{desk}/en/review/{KEY}")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "skip"
    page.keyboard.press("Enter")
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        seen.append(here.get_attribute("name") or here.get_attribute("value") or "")
        if here.get_attribute("value") == "dismiss":
            break
    assert seen.index("reason") < seen.index("action")
    context.close()
