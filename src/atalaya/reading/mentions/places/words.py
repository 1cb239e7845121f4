"""The words around the names of places, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


@cache
def words(kind: str) -> frozenset[str]:
    """Give the words of a kind, in lower case.

    >>> "desde" in words("whence")
    True
    """
    return frozenset(_table()[kind].split())
