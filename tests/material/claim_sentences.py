"""Sentences with the verdicts they ought to get, in three languages."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "claims"


@dataclass(frozen=True)
class Case:
    """A text of its own, and each verdict it ought to get once; none where it claims nothing."""

    text: str
    language: str
    expects: frozenset[str]


def cases(name: str = "sentences") -> tuple[Case, ...]:
    """Read the cases of a file."""
    told = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))["sentence"]
    return tuple(Case(one["text"], one["language"], frozenset(one["expects"])) for one in told)
