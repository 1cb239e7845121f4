"""Our own sentences with labelled spans, read by the rules and scored span by span."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
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

SENTENCES = Path(__file__).parent / "open_sources" / "spans.jsonl"
HELD_OUT = 10  # of a hundred sentences of a shared set, by their hash
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence: its spans, and the values that their names must have."""

    id: str
    language: str
    published: date
    part: str
    text: str
    spans: frozenset[Span]
    names: dict[Span, str | None]


def sentences() -> list[Sentence]:
    read = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        names = {(s["start"], s["end"], s["label"]): s["name"] for s in one["spans"]}
        published = date.fromisoformat(one["published"])
        head = (one["id"], one["language"], published, one["part"], one["text"])
        read.append(Sentence(*head, frozenset(names), names))
    return read


def held_out(path: Path) -> list[tuple[str, set[Span]]]:
    """Give the sentences of a shared set that ``scripts/train_tagger.py`` keeps for measuring."""
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if int(hashlib.sha256(row["text"].encode()).hexdigest()[:8], 16) % 100 < HELD_OUT:
            spans = row.get("spans", [])
            kept.append((row["text"], {(s["start"], s["end"], s["label"]) for s in spans}))
    return kept


def lexicon() -> Lexicon:
    parts = (quantities, money, dates, organisations, facilities, concealment)
    return Lexicon(entry for part in parts for entry in part.entries())


def read(page: Page, language: str, published: date) -> list[Mention]:
    return [
        *quantities.mentions(page, language),
        *money.mentions(page, language),
        *dates.mentions(page, language, published),
        *documents.mentions(page),
        *organisations.mentions(page),
        *facilities.mentions(page),
        *concealment.mentions(page),
    ]


@dataclass
class Tally:
    """Right, invented and missed spans of a label."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        all_of_it = 2 * self.right + self.invented + self.missed
        return 2 * self.right / all_of_it if all_of_it else 1.0


def tallies(pairs: Iterable[tuple[set[Span] | frozenset[Span], set[Span]]]) -> dict[str, Tally]:
    """Count, for every label, what was found of pairs of wanted and found spans."""
    counts: dict[str, Counter[str]] = {}
    for wanted, found in pairs:
        for kind, spans in (
            ("right", wanted & found),
            ("invented", found - wanted),
            ("missed", wanted - found),
        ):
            for span in spans:
                counts.setdefault(span[2], Counter())[kind] += 1
    return {label: Tally(**counts[label]) for label in sorted(counts)}
