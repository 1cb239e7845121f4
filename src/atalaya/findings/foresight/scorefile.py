"""The file of a score: what was sealed, what is opened, the proofs, and what it came to.

``score`` is what the log committed to when the score was made; ``shown`` leads from the log's
signed checkpoint to it and to every statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from atalaya.findings.foresight.events import Event, Outcome
from atalaya.findings.foresight.leaves import Leaf, Opening
from atalaya.findings.foresight.scoring import Sealed, Truth, score
from atalaya.model.identifiers import canonical_json, sha256_hex

FILE, SCORE = "sealed-foresight", "foresight-score"


@dataclass(frozen=True, slots=True)
class Shown:
    """One sealed statement as a score shows it.

    Args:
        index: Index of its leaf in the log.
        leaf: The leaf.
        hashes: Its inclusion proof for the size of its sealing, base64.
        opening: What opens it, or None while it stays closed.
    """

    index: int
    leaf: Leaf
    hashes: tuple[str, ...]
    opening: Opening | None

    def content(self) -> dict[str, Any]:
        """Give it as JSON values."""
        opened = self.opening
        return {
            "index": self.index,
            "leaf": self.leaf.content(),
            "hashes": list(self.hashes),
            "opening": opened
            and {"statement": opened.statement.content(), "salt": opened.salt.hex()},
        }


def body(
    origin: str,
    truth: Truth,
    sealings: Sequence[tuple[int, str]],
    shown: Sequence[Shown],
) -> dict[str, Any]:
    """Give what the log commits to when a score is made.

    Args:
        origin: The log's name.
        truth: What came to pass.
        sealings: Number and signed checkpoint of each sealing.
        shown: Every sealed statement, in the order of the log.
    """
    opened = [
        Sealed(one.index, one.leaf, one.opening.statement if one.opening else None) for one in shown
    ]
    return {
        "log": origin,
        "scored_on": truth.on.isoformat(),
        "truth": truth_content(truth.events, truth.outcomes),
        "sealings": [{"sealing": number, "checkpoint": note} for number, note in sealings],
        "statements": [one.content() for one in shown],
        "result": score(opened, truth),
    }


def truth_content(events: Sequence[Event], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Give events and outcomes with the hash by which two people see that they mean the same."""
    said = {
        "events": [one.content() for one in events],
        "outcomes": [one.content() for one in outcomes],
    }
    return {"sha256": sha256_hex(canonical_json(said)), **said}


def score_entry(scored: dict[str, Any]) -> bytes:
    """Give the log entry that commits to a score: every score that was ever made stands there."""
    return canonical_json(
        {
            "type": SCORE,
            "schema": 1,
            "scored_on": scored["scored_on"],
            "sha256": sha256_hex(canonical_json(scored)),
        }
    )
