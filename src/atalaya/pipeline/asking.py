"""``atalaya asks``: a resolution in, what it asks of whom out, each part with its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atalaya import __version__
from atalaya.evidence.durable import refuse_over, write_file
from atalaya.model.errors import BadInput, Place
from atalaya.model.identifiers import sha256_hex
from atalaya.pipeline.extracting import document_text
from atalaya.promises.asks import Ask, Unclear, asks
from atalaya.promises.asks.paragraphs import is_new
from atalaya.promises.asks.terms import Marked
from atalaya.promises.asks.words import load
from atalaya.promises.wrapping import unwrapped
from atalaya.reading.missing import no_file


@dataclass(frozen=True, slots=True)
class Split:
    """What splitting a resolution came to.

    Args:
        output: The file written.
        asks: How many asks, by strength, the strongest first.
        says: What could not be read, one line each.
    """

    output: Path
    asks: dict[str, int]
    says: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """Give it as one row."""
        return {
            "output": str(self.output),
            "asks": sum(self.asks.values()),
            "by_strength": ", ".join(f"{name} {count}" for name, count in self.asks.items()),
            "issues": len(self.says),
        }


def split(path: Path, output: Path, text: Path | None = None) -> Split:
    """Read the asks of a resolution and write them.

    Args:
        path: HTML, Markdown, PDF or text.
        output: Where the asks are written, JSON.
        text: Where the text is written to which the places refer, or None.

    Raises:
        WrongUse: There is no such file, or it would be written over.
        BadInput: The file cannot be read, or holds no operative paragraph.
    """
    if not path.is_file():
        raise no_file(path, "name a resolution: HTML, Markdown, PDF or text")
    refuse_over(path, output, text)
    words = document_text(path)
    found, unclear = asks(words)
    if not found:
        raise BadInput(
            "no operative paragraph was found in it",
            why="an empty list would say that the resolution asks for nothing",
            do='give the resolution\'s text in English, Spanish or French: "1. Requests ..."',
            where=Place(str(path)),
        )
    if text is not None:
        write_file(text, words.encode())
    content = _content(words, found, unclear, path.name)
    write_file(output, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    counted = Counter(one.strength for one in found)
    return Split(
        output,
        {name: counted[name] for name in load().verbs if counted[name]},
        tuple(f"{one.kind}: {one.says}: {one.span.of(words)[:80]!r}" for one in unclear),
    )


def _content(
    text: str, found: Sequence[Ask], unclear: Sequence[Unclear], name: str
) -> dict[str, Any]:
    return {
        "asks": [_ask(text, one) for one in found],
        "issues": [
            {"kind": one.kind, "says": str(one.says), "span": one.span.content(text)}
            for one in unclear
        ],
        "order_of_strength": list(load().verbs),
        "text": {"sha256": sha256_hex(text.encode()), "characters": len(text), "of": name},
        "read_by": f"atalaya {__version__}",
    }


def _ask(text: str, one: Ask) -> dict[str, Any]:
    """Give an ask; what became of it and whether money came the text cannot say: unknown."""
    return {
        "n": one.n,
        "part": one.part,
        "verb": {"value": " ".join(one.verb.of(text).split()), "span": one.verb.content(text)},
        "strength": one.strength,
        "rank": one.rank,
        "who": [
            {"id": each.id, "name": each.span.of(text), "span": each.span.content(text)}
            for each in one.who
        ],
        "action": {
            "value": " ".join(unwrapped(one.action.of(text), is_new).text.split()),
            "span": one.action.content(text),
        },
        "by": [_marked(text, each) for each in one.by],
        "money": [_marked(text, each) for each in one.money],
        "status": "unknown",
        "funded": "unknown",
        "span": one.span.content(text),
    }


def _marked(text: str, one: Marked) -> dict[str, Any]:
    return {"kind": one.kind, "value": one.value, "span": one.span.content(text)}
