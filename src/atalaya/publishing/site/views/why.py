"""Check this number: the tree from a published cell down to archived bytes and log entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.visits import Visit

Explain = Callable[[str], Any]
"""Reference of a cell -> its tree; raises ``WrongUse`` or ``BadInput`` when there is none."""


@dataclass(frozen=True, slots=True)
class WhyView:
    """The tree of one figure.

    Args:
        reference: The cell, such as ``signals.csv:1:observed``; empty when nothing was asked.
        tree: Its tree, or None when nothing was asked.
        examples: Cells to try.
    """

    reference: str
    tree: Any
    examples: tuple[str, ...]


def examples(edition: Edition) -> tuple[str, ...]:
    """Give cells to try: the first signals, and the first claim on record of a session."""
    cells = [f"signals.csv:{row['row']}:observed" for row in edition.rows("signals")[:3]]
    said = (one for session in edition.sessions for one in session.facts)
    return (*cells, *(one.claims[0] for one in islice(said, 1)))


def why(edition: Edition, visit: Visit, explain: Explain) -> WhyView:
    """Build the page of one figure.

    Args:
        edition: The release.
        visit: ``query["ref"]`` names the cell.
        explain: Makes the tree.
    """
    reference = visit.query.get("ref", "").strip()[:200]
    tree = explain(reference) if reference else None
    return WhyView(reference, tree, examples(edition))
