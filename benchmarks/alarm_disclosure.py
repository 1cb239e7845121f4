"""What the alarms of the starter tell about its hidden counts: printed, and cited in the docs.

Run: ``python -m benchmarks.alarm_disclosure`` from the project's folder. For every hidden count the
series is judged again with each other value from 1 to 9. A value is still possible when every
answer of the series stays the same; the attacker is given all other counts.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from importlib.resources import files

import numpy as np

from atalaya.detection import DETECTORS, find
from atalaya.model.periods import Period
from atalaya.publishing.disclosure import SMALLEST_SHOWN, is_small
from atalaya.series.panel import Panel


def starter() -> Panel:
    """Give the starter's monthly counts."""
    text = (
        files("atalaya").joinpath("starter/sources/ct-deaths/data/monthly.csv").read_text("utf-8")
    )
    rows = list(csv.DictReader(text.splitlines()))
    names = sorted({row["substance"] for row in rows})
    first = Period.parse(min(row["month"] for row in rows))
    last = Period.parse(max(row["month"] for row in rows))
    counts = np.full((len(names), last - first + 1), np.nan)
    examined = np.full(counts.shape, np.nan)
    for row in rows:
        at = names.index(row["substance"]), Period.parse(row["month"]) - first
        counts[at], examined[at] = float(row["deaths"]), float(row["deaths_examined"])
    return Panel(tuple(names), first, counts, examined)


def values_left(panel: Panel, row: int, detectors=DETECTORS) -> list[int]:
    """Give, for every hidden count of a series, how many values its alarms leave."""
    counts = panel.counts[row]
    worlds = [
        (at, value) for at, own in enumerate(counts) if is_small(own) for value in range(1, 10)
    ]
    if not worlds:
        return []
    changed = np.tile(counts, (len(worlds) + 1, 1))
    for world, (at, value) in enumerate(worlds, start=1):
        changed[world, at] = value
    population = np.tile(panel.population[row], (len(changed), 1))
    keys = tuple(map(str, range(len(changed))))
    many = Panel(keys, panel.first, changed, np.maximum(population, changed))
    answers = np.hstack([detector.judge(many).alarm for detector in detectors])
    same = (answers[1:] == answers[0]).all(axis=1)
    left: dict[int, int] = defaultdict(int)
    for (at, _), kept in zip(worlds, same, strict=True):
        left[at] += int(kept)
    return list(left.values())


def main() -> None:
    panel = starter()
    for chosen in ((find("emergence"),), (find("emergence_plain"),), DETECTORS):
        left = [
            many for row in range(len(panel.series)) for many in values_left(panel, row, chosen)
        ]
        found = Counter(left)
        print(", ".join(detector.name for detector in chosen))
        print(
            f"  {len(left)} hidden counts; values 1-{SMALLEST_SHOWN - 1} left to one who knows the"
        )
        print(f"  rest: {dict(sorted(found.items()))}; pinned to one value: {found[1]}")


if __name__ == "__main__":
    main()
