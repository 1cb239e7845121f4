"""What is wrong with a page in a browser: faults that axe finds, and scrolling sideways."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    ]
}  # fmt: skip
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
WIDTHS = (390, 820, 1440)

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
FAULTS = """async (rules) => (await axe.run(document, rules)).violations
    .map(one => [one.id, one.nodes.slice(0, 2).map(node => node.html.slice(0, 160))])"""
OVER = "document.documentElement.scrollWidth - window.innerWidth"


def faults_of(page: Page, label: str, scheme: str = "light") -> list[object]:
    """Look at the page shown, as wide as a phone, a tablet and a desk: what is wrong with it.

    In the dark a page is the same but for its colours, so only they are looked at again.
    """
    rules = COLOURS if scheme == "dark" else RULES
    page.evaluate(AXE)
    found: list[object] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [(label, width, *fault) for fault in page.evaluate(FAULTS, rules)]
        if page.evaluate(OVER) > 0:
            found.append((label, width, "scrolls sideways"))
    return found
