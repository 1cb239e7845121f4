"""How fast spans are read: the rules of spans and the trained tagger, on news of 600 words.

The news is made of our own labelled sentences and of what surrounds them in a page: of ten
sentences three name an amount or a substance. Medians of five runs on one core.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from atalaya.reading.mentions import (
    concealment,
    dates,
    documents,
    facilities,
    money,
    organisations,
    quantities,
)
from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.mention import Mention
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.tagger import reconciling

SENTENCES = Path(__file__).parents[1] / "tests" / "material" / "open_sources" / "spans.jsonl"
WORDS, DOCUMENTS, RUNS = 600, 300, 5
PUBLISHED = date(2024, 5, 8)
_AROUND = (
    "The mayor said the road through the valley would stay closed until the bridge was repaired.",
    "Residents had complained for years about noise at night, and a hearing is planned in autumn.",
)


def texts() -> list[str]:
    """Give pages of English news, about 600 words each."""
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    ours = [row["text"] for row in rows if row["language"] == "en"]
    return [" ".join(_page(ours, number)) for number in range(DOCUMENTS)]


def _page(ours: list[str], number: int) -> Iterator[str]:
    count, place = 0, number
    while count < WORDS:
        sentence = ours[place % len(ours)] if place % 10 < 3 else _AROUND[place % 2]
        place += 1
        count += len(sentence.split())
        yield sentence


def ruled(page: Page) -> list[Mention]:
    """Read a page by every rule of spans."""
    return [
        *quantities.mentions(page, "en"),
        *money.mentions(page, "en"),
        *dates.mentions(page, "en", PUBLISHED),
        *documents.mentions(page),
        *organisations.mentions(page),
        *facilities.mentions(page),
        *concealment.mentions(page),
    ]


def _timed(work: Callable[[], object]) -> float:
    work()
    took = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return statistics.median(took) / DOCUMENTS * 1000


def main() -> None:
    """Print milliseconds a document for each part."""
    parts = (quantities, money, dates, organisations, facilities, concealment)
    lexicon = Lexicon(entry for part in parts for entry in part.entries())
    found = texts()
    pages = [Page.of(text, lexicon) for text in found]
    rules = [ruled(page) for page in pages]
    rows = {
        "fold and scan": _timed(lambda: [Page.of(text, lexicon) for text in found]),
        "rules of spans": _timed(lambda: [ruled(page) for page in pages]),
        "tagger, with sentences cut": _timed(
            lambda: [
                reconciling.mentions(Page(page.text, page.folded, page.hits), each, "en")
                for page, each in zip(pages, rules, strict=True)
            ]
        ),
    }
    print("| part | ms a document of 600 words, one core |\n|---|---|")
    for name, took in rows.items():
        print(f"| {name} | {took:.3f} |")


if __name__ == "__main__":
    main()
