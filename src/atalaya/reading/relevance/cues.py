"""Words that speak for or against a text being about drugs, for the one scan of a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from atalaya.reading.mentions.lexicon import Entry

KIND = "relevance-cue"
_FILE = "cues.toml"


@cache
def concepts() -> tuple[str, ...]:
    """Give what the cues tell, in the order of the model's weights."""
    return tuple(_lists())


def entries() -> Iterator[Entry]:
    """Give the cues; the value of each is the number of its concept."""
    for number, names in enumerate(_lists().values()):
        for name in dict.fromkeys(names):
            yield Entry(name, KIND, number)


@cache
def _lists() -> dict[str, list[str]]:
    text = (files("atalaya.reading.relevance") / _FILE).read_text(encoding="utf-8")
    return {concept: held["names"] for concept, held in tomllib.loads(text).items()}
