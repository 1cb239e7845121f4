"""The starter's dated events are what its own figures say, counted again here."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from tests.material.shared_data import shared

import atalaya
from atalaya.reading.events import read_events
from atalaya.registers import substances

STARTER = Path(atalaya.__file__).parent / "starter"
EVENTS = read_events(STARTER / "monitors" / "events.csv").rows


def monthly():
    """Substance -> month -> deaths whose certificate names it, over all its names."""
    counts = defaultdict(lambda: defaultdict(int))
    for name in ("monthly.csv", "monthly_groups.csv"):
        path = STARTER / "sources" / "ct-deaths" / "data" / name
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found = substances.load().find(row["substance"])
                counts[found][row["month"]] += int(row["deaths"])
    return counts


def test_first_and_fifth_case_are_those_of_the_starters_own_figures():
    counts = monthly()
    assert len(EVENTS) == 14
    for event in EVENTS:
        months = sorted(counts[f"substance:{event.series}"].items())
        total, reached = 0, {}
        for month, deaths in months:
            total += deaths
            for cases in (1, 5):
                if total >= cases:
                    reached.setdefault(cases, month)
        assert (str(event.first), str(event.fifth)) == (reached[1], reached[5]), event.series


@pytest.mark.shared
def test_they_are_the_dated_emergences_of_connecticut():
    path = shared("data/monthly-counts/emergence_gold.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        gold = [row for row in csv.DictReader(lines) if row["dataset"] == "ct_deaths"]
    ours = {f"substance:{event.series}": event for event in EVENTS}
    assert {substances.load().find(row["substance"]) for row in gold} == set(ours)
    for row in gold:
        event = ours[substances.load().find(row["substance"])]
        assert event.type == row["type"]
        if row["substance"] not in {"bromazolam", "mitragynine"}:  # read off other expressions
            assert (str(event.first), str(event.fifth)) == (row["first_month"], row["month_cum5"])
