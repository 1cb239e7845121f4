"""Signs of how-to and market content, for the scan; each counts for a shape of sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from atalaya.reading.mentions.lexicon import Entry

SIGN = "safety-sign"
"""The kind of the entries; an entry's value names the list of ``data/signs.toml`` it stands in."""


def entries() -> Iterator[Entry]:
    """Give the signs as entries of the shared lexicon."""
    for sort, words in signs().items():
        for word in dict.fromkeys(words):
            yield Entry(word, SIGN, sort)


@cache
def signs() -> dict[str, list[str]]:
    """Give the lists of signs by what they are signs of."""
    file = resources.files("atalaya.reading.safety.data").joinpath("signs.toml")
    read: dict[str, list[str]] = tomllib.loads(file.read_text("utf-8"))
    return read
