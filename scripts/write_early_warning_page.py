"""Write docs/early-warning.md and its chart from the tables that were measured.

Run as ``python -m scripts.write_early_warning_page`` after ``python -m
scripts.measure_early_warning`` and ``python -m scripts.measure_outbreaks``.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from atalaya.testing.scoring import Rate, Share

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "scripts" / "early-warning"
PAGE = ROOT / "docs" / "early-warning.md"
CHART = ROOT / "docs" / "images" / "early-warning.svg"
WAVES = ("fast", "slow", "transient")
_COLUMNS = ("third", "third_of", "fifth", "fifth_of", "others", "months", "alarmed", "series")

HEAD = """# Early warning: what finds what, at what price

This page is written from tables that were measured (`scripts/early-warning`); a test keeps it
current. Every figure has its 95 % interval in brackets: Wilson's for shares, Garwood's exact one
for rates.

**Terms.** A rise is found by an alarm from its first to its third (or fifth) case. Alarms of one
series at most six months apart are one episode; an episode that finds no rise is a false one,
counted per 100 series-months that were assessed.

![Recall against false episodes, one line a detector](images/early-warning.svg)

"""
SIMULATED = """## Simulated months

`atalaya.testing.simulation`, seed {seed}: 400 series of 96 months of each kind. Waves are fast,
slow or transient and reach 0.6 to 12 cases a month; quiet series have about one detection a year in
the middle; denominators grow, shrink and have a season. In the panel world each of 100 laboratories
begins to test for eight substances at once: alarms on those are testing, not supply. A setting in
**bold** is the default (`farrington_flexible` runs with `b=2`, for eight years hold few periods
with five before them).

"""
REAL = """## Dated real emergences

26 waves and three other rows (two that begin too early, one reporting artefact) of Connecticut's
deaths, EcstasyData and DrugCheckingBC, read off the series by hand. The defaults of `emergence` and
`emergence_plain` were chosen with these rows in sight; the other detectors' were not.

"""
OUTBREAKS = """## Simulated weekly outbreaks

Found is an outbreak of the last 49 of 624 weeks with any alarm in it; a false alarm is an alarmed
week outside, a week that is not assessed is none. Each detector's threshold is set so that its
false alarms come to the share in the head of the column.

### Drawn anew

`atalaya.testing.outbreaks`, seed {seed}: {series} series a table, levels of 0.1 to 300 cases a
week, half of them with a trend, with no, one or two waves a year and a variance of 1 to 5 times the
mean; four past outbreaks and a current one of 2 to 10 standard deviations. How the windows of
`season_scan` are weighed was chosen on other seeds. `truth` is its own evidence with mean and
dispersion known, nothing fitted: the difference is what fitting costs. `season_scan` pays for its
window of two weeks where outbreaks last one: there it finds about as many as Farrington's algorithm
with the settings of its paper, somewhat fewer at the fewest false alarms.

"""
NOUFAILY = """### The scenarios of Noufaily et al. (2013)

28 scenarios, the even replicates only; the fit of `season_scan` was chosen by the odd ones. `truth`
is what one week alone can tell at best. The outbreaks that are missed are of a few cases and hide
in the noise.

"""
CALIBRATED = """### What is asked, what comes

`season_scan` at an `alpha`, with nothing set afterwards.

"""
BOUNDS = """## What is bounded

While the share of a series does not change, `emergence` reaches its threshold on average at most
once in that many months, whatever the share and however often one looks: tested by simulation
(`tests/properties/test_emergence_bounds.py`). With `falseDiscovery=q`, among the alarms of one
period at most the share q is expected to be false, however the series depend on each other (e-BH).
Measured false episodes are far rarer than the bound, for it holds at the worst share there is.

What `atalaya watch` says with `emergence` of whole simulated sheets, beside what it said with the
plain rule, stands in [its own page](watch.md#how-good-that-is).
"""


def read(name: str) -> list[dict[str, str]]:
    """Read one of the measured tables."""
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def share(one: Share, digits: int = 1) -> str:
    """Say a share in per cent with its interval."""
    if not one.among:
        return "-"
    low, high = (100 * each for each in one.interval)
    return f"{100 * one.hits / one.among:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def rate(one: Rate) -> str:
    """Say a rate per hundred with its interval."""
    low, high = one.interval
    return f"{one.per_hundred:.2f} [{low:.2f}, {high:.2f}]" if one.months else "-"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Lay out a table of Markdown."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def settings(rows: list[dict[str, str]]) -> dict[tuple[str, str], dict[str, dict[str, int]]]:
    """Give detector and setting -> world -> numbers; the waves are added up as ``waves``."""
    result: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    for row in rows:
        worlds = result.setdefault((row["detector"], row["setting"]), {})
        worlds[row["world"]] = {name: int(row[name]) for name in _COLUMNS}
    for worlds in result.values():
        worlds["waves"] = {name: sum(worlds[wave][name] for wave in WAVES) for name in _COLUMNS}
    return result


def is_default(detector: str, setting: str) -> bool:
    """Say whether a setting of a sweep is the detector's own."""
    from atalaya.detection import find
    from atalaya.detection.parameters import describe_parameters

    key, value = setting.split("=")
    own = next(
        row.value for row in describe_parameters(find(detector).parameters) if row.name == key
    )
    fixed = {"ears_c1": "0.001", "ears_c2": "0.001", "ears_c3": "0.025"}  # what `none` stands for
    return float(fixed.get(detector, own)) == float(value)


def page() -> str:
    """Write the page."""
    from scripts.measure_early_warning import SEED
    from scripts.measure_outbreaks import SEED as WEEKLY_SEED
    from scripts.measure_outbreaks import SERIES

    measured = settings(read("sparse.csv"))
    return "\n".join(
        [
            HEAD + SIMULATED.format(seed=SEED) + _simulated(measured),
            REAL + _real(measured),
            OUTBREAKS.format(seed=WEEKLY_SEED, series=f"{SERIES:,}") + _weekly(read("weekly.csv")),
            CALIBRATED + _calibrated(read("weekly.csv")),
            NOUFAILY + _outbreaks(read("dense.csv")),
            BOUNDS,
        ]
    )


def _name(detector: str, setting: str) -> list[str]:
    return [f"`{detector}`", f"**{setting}**" if is_default(detector, setting) else setting]


def _recalls(numbers: Mapping[str, int]) -> list[str]:
    return [share(Share(numbers[case], numbers[f"{case}_of"])) for case in ("third", "fifth")]


def _episodes(numbers: Mapping[str, int]) -> str:
    return rate(Rate(numbers["others"], numbers["months"]))


def _simulated(measured: dict[tuple[str, str], dict[str, dict[str, int]]]) -> str:
    head = ("detector", "setting", "found by 3rd case, %", "by 5th, %", "false, quiet",
            "false, declines", "false, volume steps", "panel starts alarmed, %")  # fmt: skip
    return table(
        head,
        (
            [
                *_name(*key),
                *_recalls(worlds["waves"]),
                *(_episodes(worlds[name]) for name in ("quiet", "decline", "volume")),
                share(Share(worlds["panel"]["alarmed"], worlds["panel"]["series"])),
            ]
            for key, worlds in measured.items()
        ),
    )


def _real(measured: dict[tuple[str, str], dict[str, dict[str, int]]]) -> str:
    head = ("detector", "setting", "found by 3rd case, %", "by 5th, %", "other episodes")
    return table(
        head,
        (
            [*_name(*key), *_recalls(worlds["real"]), _episodes(worlds["real"])]
            for key, worlds in measured.items()
        ),
    )


def _outbreaks(rows: list[dict[str, str]]) -> str:
    rates = list(dict.fromkeys(row["asked"] for row in rows))
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        one = Share(int(row["found"]), int(row["outbreaks"]))
        found.setdefault((row["detector"], row["setting"]), []).append(share(one))
    head = ["detector", "settings", *(f"found, %, at {100 * float(each):.2f} %" for each in rates)]
    return table(head, ([f"`{name}`", said, *cells] for (name, said), cells in found.items()))


def _weekly(rows: list[dict[str, str]]) -> str:
    """Lay out a table for each length of outbreaks, and how far the scan is ahead in it."""
    parts = []
    for length in dict.fromkeys(row["outbreaks last"] for row in rows):
        own = [row for row in rows if row["outbreaks last"] == length and row["ahead"]]
        scan = [row for row in own if row["detector"] == "season_scan"]
        ahead = ["`season_scan` ahead of the first row", "percentage points", *map(_ahead, scan)]
        parts.append(f"Outbreaks of {length}:\n\n{_outbreaks(own)}| {' | '.join(ahead)} |\n")
    return "\n".join(parts)


def _ahead(row: Mapping[str, str]) -> str:
    """Say how many more outbreaks are found than by the rival, with a paired interval (Wald's)."""
    more, fewer, among = (int(row[name]) for name in ("ahead", "behind", "outbreaks"))
    middle = (more - fewer) / among
    half = 1.96 * math.sqrt(more + fewer - (more - fewer) ** 2 / among) / among
    return f"{100 * middle:+.1f} [{100 * (middle - half):+.1f}, {100 * (middle + half):+.1f}]"


def _calibrated(rows: list[dict[str, str]]) -> str:
    asked = [row for row in rows if row["setting"] == "alpha"]
    return table(
        ["outbreaks last", "alpha", "false alarms, %", "found, %"],
        (
            [
                row["outbreaks last"],
                row["asked"],
                share(Share(int(row["false"]), int(row["weeks"])), 2),
                share(Share(int(row["found"]), int(row["outbreaks"]))),
            ]
            for row in asked
        ),
    )


def chart() -> dict[str, Any]:
    """Give the chart as a Vega-Lite specification, its data inside."""
    values = [
        {
            "detector": detector, "case": f"by the {case} case", "where": where,
            "recall": 100 * worlds[found][case] / worlds[found][f"{case}_of"],
            "false": 100 * worlds[quiet]["others"] / worlds[quiet]["months"],
            "step": step,
        }
        for step, ((detector, _), worlds) in enumerate(settings(read("sparse.csv")).items())
        for where, found, quiet in (("simulated", "waves", "quiet"), ("real", "real", "real"))
        for case in ("third", "fifth")
        if worlds[quiet]["others"]  # a scale of logarithms has no place for none
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "facet": {
            "column": {"field": "case", "sort": "descending", "title": None},
            "row": {"field": "where", "sort": "descending", "title": None},
        },
        "spec": {
            "width": 300, "height": 200,
            "mark": {"type": "line", "point": True, "clip": True},
            "encoding": {
                "x": {"field": "false", "type": "quantitative",
                      "scale": {"type": "log", "domain": [0.01, 20]},
                      "title": "false episodes per 100 series-months"},
                "y": {"field": "recall", "type": "quantitative", "scale": {"domain": [0, 100]},
                      "title": "rises found, %"},
                "color": {"field": "detector", "type": "nominal", "title": "detector"},
                "shape": {"field": "detector", "type": "nominal", "title": "detector"},
                "order": {"field": "step", "type": "quantitative"},
            },
        },
    }  # fmt: skip


def main() -> None:
    """Write the page and draw the chart."""
    import vl_convert

    PAGE.write_text(page(), encoding="utf-8")
    CHART.write_text(vl_convert.vegalite_to_svg(chart()), encoding="utf-8")
    print(f"wrote {PAGE.name} and {CHART.name}")


if __name__ == "__main__":
    main()
