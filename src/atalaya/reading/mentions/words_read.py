"""Reads the tables of words that ship beside the rules."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product

_CHOICE = re.compile(r"\(([^()]*)\)")


def table(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a table of ``mentions/data``, column -> text.

    Args:
        name: Its name without ``.csv``.
    """
    path = files("atalaya.reading.mentions") / "data" / f"{name}.csv"
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def spelt_out(pattern: str) -> Iterator[str]:
    """Give every wording of a pattern whose choices stand in brackets.

    >>> list(spelt_out("(was|were) not (found|)"))
    ['was not found', 'was not', 'were not found', 'were not']
    """
    parts = _CHOICE.split(pattern)
    ways = (part.split("|") if number % 2 else [part] for number, part in enumerate(parts))
    for choice in product(*ways):
        yield " ".join("".join(choice).split())


@cache
def words(name: str, kind: str) -> frozenset[str]:
    """Give the words of one kind of a table with the columns ``kind`` and ``words``."""
    rows = (row for row in table(name) if row["kind"] == kind)
    return frozenset(word for row in rows for word in row["words"].split())


@cache
def frequencies() -> Mapping[str, float]:
    """Give the ordinary words that are names of drugs too -> their Zipf frequency."""
    rows = table("ordinary_words")
    return {row["word"]: float(row["zipf"]) for row in rows if row["why"] == "name"}
