"""Compiles street names, brands and class words: run it as ``python street.py``.

Reads ``street.csv``: one row for each source that uses a name for an entry, with the year in which
it was seen there, where known. Writes ``street_names.csv`` into the register's data folder. A name
is ``verified`` where two independent sources use it so; ``from`` and ``to`` are the first and the
last year in which a dated source did.
"""

from __future__ import annotations

import csv
from collections import defaultdict

from languages import DATA, HERE, Row, read, stated, write

_SAME_HANDS = {"dope-lookup": "dea-slang"}  # compiled from it
_OF_NAME = ("name", "entry", "kind", "country", "language", "needs")


def rows() -> list[Row]:
    """Give the rows of ``street_names.csv``, in the order in which names first stand."""
    said: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    with (HERE / "street.csv").open(encoding="utf-8", newline="") as told:
        for row in csv.DictReader(told):
            said[tuple(row[column] for column in _OF_NAME)].append(row)
    ids = {entry["name"]: entry["id"] for entry in read(DATA / "substances.csv")}
    return [_row(dict(zip(_OF_NAME, of, strict=True)), told, ids) for of, told in said.items()]


def _row(name: Row, told: list[Row], ids: dict[str, str]) -> Row:
    sources = {row["source"] for row in told} - {"curated"}
    years = sorted(row["year"] for row in told if row["year"])
    return {
        "name": name["name"],
        "substance": ids[name["entry"]],
        "kind": name["kind"],
        "country": name["country"],
        "language": name["language"],
        "from": years[0] if years else "",
        "to": years[-1] if years else "",
        "needs": name["needs"] or "free",
        "checked": stated({_SAME_HANDS.get(s, s) for s in sources}) or "unverified",
        "sources": " ".join(sorted(sources)) or "curated",
    }


if __name__ == "__main__":
    write(DATA / "street_names.csv", rows())
