"""Counts what agreement of two names weighs: the shares of ``reading/organisations/linking.py``.

Looks only at the lists of ``tests/material/organisations/tune``, at pairs that nothing rules out.
Half a pair is added to each level. Run it and copy what it prints: ``python
scripts/weigh_organisations.py``.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from atalaya.reading.organisations.linking import SHARES, links
from atalaya.reading.organisations.resolving import Names
from atalaya.registers.organisations import OrganisationRegister

LISTS = Path(__file__).parents[1] / "tests" / "material" / "organisations" / "tune"


def counts() -> tuple[list[Counter[int]], list[Counter[int]]]:
    """Count the levels met among pairs of one body and of two, point by point."""
    same: list[Counter[int]] = [Counter() for _ in SHARES]
    other: list[Counter[int]] = [Counter() for _ in SHARES]
    for path in sorted(LISTS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        names = Names([row["name"] for row in rows], {}, OrganisationRegister(()), {})
        for link in links(names.profiles, names.levels):
            if names.excluded(link.one, link.other):
                continue
            one = rows[link.one]["body"] == rows[link.other]["body"]
            for point, level in enumerate(names.levels(link.one, link.other)):
                (same if one else other)[point][level] += 1
    return same, other


def main() -> None:
    """Print the shares and the share of pairs of one body."""
    same, other = counts()
    pairs = same[0].total(), other[0].total()
    print(f"{pairs[0]} pairs of one body, {pairs[1]} of two: prior {pairs[0] / sum(pairs):.3f}")
    for (name, shares), one, two in zip(SHARES.items(), same, other, strict=True):
        levels = range(len(shares) - 1, -1, -1)
        total = [count.total() + len(shares) / 2 for count in (one, two)]
        made = [
            f"({(one[at] + 0.5) / total[0]:.3f}, {(two[at] + 0.5) / total[1]:.3f})" for at in levels
        ]
        print(f'    "{name}": ({", ".join(made)}),')
        print("       ", [(at, one[at], two[at]) for at in levels])


if __name__ == "__main__":
    main()
