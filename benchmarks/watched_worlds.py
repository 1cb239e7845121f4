"""What `atalaya watch` says of simulated sheets in which it is known what is new.

Each sheet is written as CSV and given to the command in a process of its own; only what the command
prints is scored. Sheets of one laboratory hold waves among quiet and declining series over one
denominator; sheets of steps in volume and of starts of panels hold nothing new. Short sheets are
of quiet series alone, or end with the fifth case of a wave.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from atalaya.pipeline.watching import registers
from atalaya.series.panel import Panel
from atalaya.testing.simulation import NEVER, World, laboratory, worlds

SEED, SHEETS = 40_000, 12
MIXED = {"fast": 2, "slow": 1, "transient": 1, "quiet": 24, "decline": 4}
SHORT = (9, 12, 18, 24)  # months of the short sheets
SHORT_WAVES = SHORT[1:]  # ... and of those that end with the fifth case of a wave
_THIRD, _FIFTH = 3, 5
STEADY = 30  # series of a sheet without waves


def names(seed: int) -> list[str]:
    """Give the names of the register in an order of chance; families would say things twice."""
    entries = [entry.name for entry in registers().substances.entries if "," not in entry.name]
    random.Random(seed).shuffle(entries)
    return entries


def sheet(made: Iterable[World], called: list[str], months: slice) -> str:
    """Write a table of counts: period, substance, count, tested."""
    rows = ["period,substance,count,tested"]
    place = iter(called)
    for world in made:
        panel = world.panel
        for counts, tested in zip(panel.counts, panel.population, strict=True):
            name = next(place)
            rows += [
                f"{panel.first + column},{name},{counts[column]:.0f},{tested[column]:.0f}"
                for column in range(*months.indices(panel.n_periods))
            ]
    return "\n".join(rows)


def told(written: str) -> list[dict]:
    """Give the findings, standing and earlier, that the command prints of a sheet."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "counts.csv"
        file.write_text(written)
        command = [Path(sys.executable).parent / "atalaya", "watch", file, "--json",
                   "--page", Path(folder) / "page.html"]  # fmt: skip
        done = subprocess.run(command, check=True, capture_output=True)
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    return [row for row in printed if row["type"] in {"finding", "earlier"}]


def score(made: Iterable[World], called: list[str], months: slice) -> Counter[str]:
    """Count waves found by their fifth case, and false episodes, by kind of series."""
    made = tuple(made)
    rows = told(sheet(made, called, months))
    ids = {entry.name: entry.id for entry in registers().substances.entries}
    got, place = Counter[str](), iter(called)
    for world in made:
        for row in range(len(world.panel.series)):
            subject = ids[next(place)]
            own = [one for one in rows if one["what"] == subject]
            if world.onset[row] != NEVER:
                _wave(got, world, row, own)
            else:
                newly = world.began[row] != NEVER
                _false(got, "newly tested" if newly else world.name, own)
    wide = [one for one in rows if one["level"] != "substance"]
    got["episodes of families"] += len(wide)
    return got


def _wave(got: Counter[str], world: World, row: int, own: list[dict]) -> None:
    panel, onset = world.panel, world.onset[row]
    cases = np.cumsum(np.where(np.arange(panel.n_periods) >= onset, panel.counts[row], 0))
    if cases[-1] < _FIFTH:
        got["waves of fewer than five cases"] += 1
        return
    first, third, fifth = (
        str(panel.first + int(np.argmax(cases >= number))) for number in (1, _THIRD, _FIFTH)
    )
    hits = [one for one in own if one["since"] <= fifth and one["latest"] >= first]
    got["waves"] += 1
    got["waves found by the 3rd"] += any(one["since"] <= third for one in hits)
    got["waves found by the 5th"] += bool(hits)
    if hits:
        got[f"waves found: {hits[0]['confidence']}, {hits[0]['kind']}"] += 1
    before = [one for one in own if one["latest"] < first]
    got["before a wave: false"] += len(before)


def _false(got: Counter[str], name: str, own: list[dict]) -> None:
    got[f"{name}: series"] += 1
    got[f"{name}: alarmed"] += bool(own)
    for one in own:
        got[f"{name}: episodes"] += 1
        got[f"{name}: {one['confidence']}"] += 1
        got[f"{name}: a testing change, it says"] += "testing-change" in one["because"]


def _one_step(number: int) -> World:
    """Give series of steady shares over one denominator with a step in it."""
    (volume,) = laboratory(number, {"volume": 1})
    rng, examined = np.random.default_rng(number), volume.panel.population
    share = np.exp(rng.uniform(*np.log((0.03, 0.5)), (STEADY, 1))) / examined[0, :18].mean()
    counts = rng.binomial(examined.astype(int), np.minimum(share, 1)).astype(float)
    never = np.full(STEADY, NEVER)
    keys = tuple(map(str, range(STEADY)))
    panel = Panel(keys, volume.panel.first, counts, np.repeat(examined, STEADY, axis=0))
    return World("volume", panel, never, never)


def _ending(number: int, length: int) -> tuple[tuple[World, ...], slice]:
    """Give a wave among quiet series, and the months of a sheet that ends with its fifth case."""
    wave, quiet = laboratory(
        number, {("fast", "slow", "transient")[number % 3]: 1, "quiet": STEADY}
    )
    risen = np.where(np.arange(wave.panel.n_periods) >= wave.onset[0], wave.panel.counts[0], 0)
    end = int(np.argmax(np.cumsum(risen) >= min(_FIFTH, risen.sum()))) + 1
    return (wave, quiet), slice(end - length, end)


def main(seed: int, sheets: int) -> None:
    total: dict[str, Counter[str]] = {}
    for number in range(seed, seed + sheets):
        called, whole = names(number), slice(None)
        asked = {
            "mixed": (laboratory(number, MIXED), whole),
            "panel": (worlds(number, 4)[-1:], whole),
            "volume": ([_one_step(number)], whole),
            **{
                f"short {length}": (laboratory(number, {"quiet": STEADY}), slice(0, length))
                for length in SHORT
            },
            **{f"wave in {length}": _ending(number, length) for length in SHORT_WAVES},
        }
        for name, (made, months) in asked.items():
            total.setdefault(name, Counter()).update(score(made, called, months))
    for name, counted in total.items():
        print(f"{name}:")
        for what, number in sorted(counted.items()):
            print(f"  {what}: {number}")


if __name__ == "__main__":
    main(*([int(each) for each in sys.argv[1:]] or (SEED, SHEETS)))
