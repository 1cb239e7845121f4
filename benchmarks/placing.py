"""How long it takes to read the places of documents of about 600 words, and what the names weigh.

The documents are our own labelled alerts, parted by sentences without places, until each is long
enough; their places are about as many as in news. Scanning is shared with the other rules and
measured beside it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from atalaya.reading.mentions.lexicon import Lexicon
from atalaya.reading.mentions.page import Page
from atalaya.reading.mentions.places import gazetteer
from atalaya.reading.mentions.places.reading import read

ALERTS = Path(__file__).parents[1] / "tests/material/open_sources/places.jsonl"
WORDS = 600
DOCUMENTS = 200
ROUNDS = 3
TONGUES = {"en", "es", "fr", "pt", "de"}


def documents() -> list[str]:
    """Give texts of at least WORDS words."""
    read = [json.loads(line) for line in ALERTS.read_text("utf-8").splitlines()]
    parts = [f"{one['title']}. {one['text']}" for one in read if one["language"] in TONGUES]
    found = []
    for number in range(DOCUMENTS):
        words: list[str] = []
        step = number
        while len(words) < WORDS:
            words += parts[step % len(parts)].split()
            words += FILLING.split()
            step += 7
        found.append(" ".join(words[:WORDS]))
    return found


FILLING = (
    "The findings were put before a committee that will decide later this year what has to change, "
    "and several speakers asked for more treatment, better data and less punishment for people who "
    "use drugs. None of them had been asked before, they said, and nobody could tell what it would "
    "cost to do so now."
)


def best(work: Callable[[], object]) -> float:
    """Give the processor seconds of the fastest of a few rounds."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def peak() -> float:
    """Give the most memory used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the table."""
    before, began = peak(), time.perf_counter()
    lexicon = Lexicon(gazetteer.entries())
    print(f"{len(lexicon):,} names ready in {time.perf_counter() - began:.1f} s, ", end="")
    print(f"{peak() - before:.0f} MB")
    texts = documents()
    pages = [Page.of(text, lexicon) for text in texts]
    found = [read(None, page, "en") for page in pages]
    rows = (
        ("fold and scan", lambda: [Page.of(text, lexicon) for text in texts]),
        ("places and country", lambda: [read(None, page, "en") for page in pages]),
    )
    print(f"{sum(len(one.text) for one in found) / len(texts):.1f} places a document")
    for name, work in rows:
        print(f"{name}: {1000 * best(work) / len(texts):.3f} ms a document of {WORDS} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
