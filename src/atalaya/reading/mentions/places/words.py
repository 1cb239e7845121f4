"""The words around the names of places, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from atalaya.reading.mentions.folding import fold_name


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


@cache
def words(kind: str) -> frozenset[str]:
    """Give the words of a kind, folded as pages are.

    >>> "desde" in words("whence")
    True
    """
    return frozenset(fold_name(_table()[kind]).split())
