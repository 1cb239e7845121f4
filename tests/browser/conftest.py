"""The served site on a free port of this machine, and the system's Chromium to read it with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.material import programs
from tests.material.served import served
from tests.material.web_house import House

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the small release; give its address."""
    with served(House()) as place:
        yield place


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Open the system's Chromium, or skip where there is none (in CI fail)."""
    path = programs.chromium()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
