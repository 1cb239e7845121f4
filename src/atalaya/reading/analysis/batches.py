"""Lines of texts to lines of what they say, a batch at a time, as a process of several does it."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from atalaya.model.errors import Place
from atalaya.reading.analysis.analyst import Analysis, Analyst
from atalaya.reading.analysis.given import document
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.stories.features import StoryFeatures

_TO_THE_STORY = ("id", "language", "redacted_title", "relevant", "mentions", "country")


@dataclass(frozen=True, slots=True)
class Line:
    """What one text says, as a line with room for its story's key.

    Args:
        before: The line up to the key.
        after: The line after it, without a line's end.
        features: What tells its story apart.
        relevant: Whether it is about drugs or drug policy.
        placed: Whether a country is said.
        mentions: How many mentions it has.
        persons: How many of them are private persons.
        issues: How many issues it has.
    """

    before: bytes
    after: bytes
    features: StoryFeatures
    relevant: bool
    placed: bool
    mentions: int
    persons: int
    issues: int


def analyse_lines(lines: Sequence[tuple[int, bytes]], name: str) -> list[Line]:
    """Read a batch of lines.

    Args:
        lines: Number from 1 and content of each.
        name: The file, for errors.

    Returns:
        One line each, in the same order.

    Raises:
        BadInput: A line is no document.
    """
    analyst = _analyst()
    return [_line(analyst.analyse(document(line, Place(name, at)))) for at, line in lines]


@cache
def _analyst() -> Analyst:
    made = Analyst()
    gc.freeze()  # the lexicon is never garbage, and looking at it again takes longer than a batch
    return made


def _line(found: Analysis) -> Line:
    said = record(found)
    before = orjson.dumps({name: said[name] for name in _TO_THE_STORY})
    after = orjson.dumps({"redacted": said["redacted"], "issues": said["issues"]})
    mentions = said["mentions"]
    return Line(
        before=before[:-1] + b',"story":"',
        after=b'",' + after[1:],
        features=found.features,
        relevant=found.relevance.label,
        placed=found.country is not None,
        mentions=len(mentions),
        persons=sum(one["label"] == Label.PERSON for one in mentions),
        issues=len(said["issues"]),
    )


def record(found: Analysis) -> dict[str, Any]:
    """Give what a text says as ``atalaya read`` writes it, but for its story."""
    given, placed = found.given, found.country
    mentions = [_mention("title", given.title, one) for one in found.title_mentions]
    mentions += [_mention("text", given.text, one) for one in found.text_mentions]
    doubts = [("implausible", says) for says in found.implausible]
    return {
        "id": given.id,
        "language": found.language,
        "redacted_title": found.redacted_title,
        "relevant": {"label": found.relevance.label, "score": found.relevance.score},
        "mentions": mentions,
        "country": placed
        and {"iso3": placed.iso3, "confidence": placed.confidence, "because": placed.because},
        "redacted": found.redacted_text,
        "issues": [{"kind": kind, "says": says} for kind, says in (*found.issues, *doubts)],
    }


def _mention(field: str, words: str, one: Mention) -> dict[str, Any]:
    silent = one.label is Label.PERSON
    return {
        "start": one.start,
        "end": one.end,
        "text": None if silent else words[one.start : one.end],
        "label": one.label,
        "field": field,
        "status": one.status,
        "id": None if silent else one.id,
        "name": None if silent else one.name,
        "confidence": one.confidence,
        "rule": one.rule,
    }
