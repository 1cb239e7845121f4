"""Retracted evidence in an answer to "why?": struck through where it stood, never gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atalaya.findings.retractions import Retraction, Words
from atalaya.model.sentences import Sentence, sentence

_CELL = ("subject", "predicate", "territory", "period")


def retraction_of(
    claim: Mapping[str, Any], document: Mapping[str, Any], retracted: Iterable[Retraction]
) -> Retraction | None:
    """Find the retraction of a published claim or of its document, or None.

    A hidden figure is compared by its cell: what is published of it says no more.

    Args:
        claim: Row of the published claim.
        document: Row of the published document it quotes.
        retracted: The retractions.
    """
    place = (document["source"], document["address"])
    for one in retracted:
        if (one.source, one.address) != place:
            continue
        if one.words is None:
            if document["sha256"] == one.sha256:
                return one
        elif _says(claim, one.words):
            return one
    return None


def missing_from(
    observation: Mapping[str, Any], retracted: Iterable[Retraction]
) -> Iterator[Retraction]:
    """Give the retractions of claims that an observation would rest on.

    Args:
        observation: Row of the published series.
        retracted: The retractions.
    """
    for one in retracted:
        if one.words is not None and one.source == observation["source"]:
            # Of a list of cases the period stays out: one row less would tell a small count.
            names = _CELL if one.words.quote is None else _CELL[:-1]
            if all(getattr(one.words, name) == observation[name] for name in names):
                yield one


def told(one: Retraction) -> Sentence:
    """Say who retracted it, when and why."""
    return sentence(
        "retracted on {day} by {who}: {reason}",
        day=f"{one.decided_at:%Y-%m-%d}",
        who=one.reviewer.partition(":")[2],
        reason=one.reason,
    )


def _says(claim: Mapping[str, Any], words: Words) -> bool:
    if any(claim[name] != getattr(words, name) for name in _CELL):
        return False
    return words.quote is None or claim["quote"] == words.quote
