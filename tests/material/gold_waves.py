"""Reads the dated real emergences of the shared data as panels; a row says what is known of one."""

import csv
from collections import defaultdict

import numpy as np

from atalaya.model.periods import Period
from atalaya.series.panel import Panel
from tests.material.shared_data import shared


def rows(name):
    with shared(f"data/monthly-counts/{name}").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def gold_panels():
    """One panel a data set: its gold series, a zero where it examined and found none."""
    examined, cases = defaultdict(dict), defaultdict(dict)
    for row in rows("monthly_denominators.csv"):
        examined[row["dataset"]][Period.parse(row["month"])] = float(row["n_samples"])
    for row in rows("monthly_substance_counts.csv"):
        month = Period.parse(row["month"])
        cases[row["dataset"], row["substance"]][month] = float(row["n_positive"])
    for dataset in sorted({row["dataset"] for row in rows("emergence_gold.csv")}):
        gold = [row for row in rows("emergence_gold.csv") if row["dataset"] == dataset]
        months = list(min(examined[dataset]).until(max(examined[dataset])))
        population = np.array([examined[dataset].get(month, np.nan) for month in months])
        counts = np.array(
            [[cases[dataset, row["substance"]].get(month, 0) for month in months] for row in gold]
        )
        counts[:, np.isnan(population)] = np.nan
        names = tuple(row["substance"] for row in gold)
        everyone = np.tile(population, (len(gold), 1))
        yield gold, Panel(names, months[0], counts, everyone, (dataset,) * len(gold))


def is_wave(row):
    return int(row["months_silent_before_first"]) >= 6 and row["type"] != "reporting artefact"


def spans(gold, panel, until):
    """Give the periods of each wave's first and third or fifth case, -1 for other rows."""
    return np.array(
        [
            [Period.parse(row[name]) - panel.first for name in ("first_month", until)]
            if is_wave(row)
            else [-1, -1]
            for row in gold
        ]
    )
