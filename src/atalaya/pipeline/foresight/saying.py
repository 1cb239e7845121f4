"""What a folder says now, ready to be sealed, and what it refuses to seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atalaya import __version__
from atalaya.findings.foresight.leaves import Basis
from atalaya.findings.foresight.statements import Statement
from atalaya.findings.foresight.tokens import Sighting
from atalaya.model.identifiers import canonical_json, sha256_hex

REPLAYED = "history, replayed and not sealed"
ENDED = "an episode that ended before the newest data"
HIDDEN = "rests on counts of people that may not be published"
DECIDED = "dismissed, withdrawn or expired by decision"
PLACES = "about one place of a private sheet, where a few cases are an alarm; in tokens alone"
ONE_REGION = "of a sheet that lies in one region, whose whole is one place; in tokens alone"
ELSEWHERE = "about a place too small to name, or a laboratory"


@dataclass(slots=True)
class Said:
    """What is said now.

    Args:
        statements: Each statement with what it rests on.
        refused: Reason -> how many statements were not taken.
        rests_on: Names and hashes of the tables it rests on.
        release: SHA-256 of the newest release's manifest, hex, or None.
        seen: What standing signals saw where and when.
        live: Whether any of it rests on data of the last year; all else is history.
        placed: Whether a sheet names any place; an observatory's series all have one.
    """

    rests_on: Mapping[str, Any]
    release: str | None = None
    statements: list[tuple[Basis, Statement]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    seen: set[Sighting] = field(default_factory=set)
    live: bool = True
    placed: bool = True


def parameters_hash(parameters: object) -> str:
    """Hash a detector's parameters, or those of each monitor that uses it; hex."""
    return sha256_hex(canonical_json(parameters))


def version() -> str:
    """Give the version a statement names."""
    return f"atalaya {__version__}"
