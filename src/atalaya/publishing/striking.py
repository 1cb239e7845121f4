"""Retracted evidence in an answer to "why?": struck through where it stood, never gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atalaya.findings.reinstatements import Struck
from atalaya.findings.retractions import Words
from atalaya.model.sentences import Sentence, sentence

_CELL = ("subject", "predicate", "territory", "period")


def retraction_of(
    claim: Mapping[str, Any], document: Mapping[str, Any], struck: Iterable[Struck]
) -> Struck | None:
    """Find the retraction of a published claim or of its document, or None.

    A hidden figure is compared by its cell: what is published of it says no more. One that stands
    comes before one that was taken back, and a later one before an earlier one.

    Args:
        claim: Row of the published claim.
        document: Row of the published document it quotes.
        struck: The retractions, in the order they were taken.
    """
    place = (document["source"], document["address"])
    found = [
        one
        for one in struck
        if (one.retraction.source, one.retraction.address) == place
        and (
            _says(claim, one.retraction.words)
            if one.retraction.words is not None
            else document["sha256"] == one.retraction.sha256
        )
    ]
    return max(found, key=lambda one: (one.back is None, one.retraction.decided_at), default=None)


def missing_from(observation: Mapping[str, Any], struck: Iterable[Struck]) -> Iterator[Struck]:
    """Give the retractions that stand of claims that an observation would rest on.

    Args:
        observation: Row of the published series.
        struck: The retractions.
    """
    for one in struck:
        words = one.retraction.words
        if one.back is not None or words is None:
            continue
        if one.retraction.source == observation["source"]:
            # Of a list of cases the period stays out: one row less would tell a small count.
            names = _CELL if words.quote is None else _CELL[:-1]
            if all(getattr(words, name) == observation[name] for name in names):
                yield one


def told(one: Struck) -> Sentence:
    """Say who retracted it, when and why, and who took that back."""
    gone, back = one.retraction, one.back
    said = sentence(
        "retracted on {day} by {who}: {reason}",
        day=f"{gone.decided_at:%Y-%m-%d}",
        who=gone.reviewer.partition(":")[2],
        reason=gone.reason,
    )
    if back is None:
        return said
    return sentence(
        "{retracted}; reinstated on {day} by {who}: {reason}",
        retracted=said,
        day=f"{back.decided_at:%Y-%m-%d}",
        who=back.reviewer.partition(":")[2],
        reason=back.reason,
    )


def _says(claim: Mapping[str, Any], words: Words) -> bool:
    if any(claim[name] != getattr(words, name) for name in _CELL):
        return False
    return words.quote is None or claim["quote"] == words.quote
