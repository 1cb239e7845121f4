"""Names of organisations are joined to bodies: floors of quality over pairs of names."""

import sys
from pathlib import Path

import pytest
from tests.material.organisation_scoring import Pairs, labelled, same, simple

from atalaya.reading.organisations.resolving import resolve
from atalaya.reading.reports import read_report
from atalaya.registers import organisations

SEED = Path(__file__).parents[3] / "shared" / "seed" / "cnd68-report.txt"
# Names of the report that stand for one body, by what each of them holds; the others stand alone.
SEED_BODIES = (
    ("Macau",),
    ("Villa Maraini",),
    ("Proyecto Hombre",),
    ("Misión Sacerdotal",),
    ("World Federation of T",),
    ("olice, ", "PTACC"),
    ("TASC", "Treatment Alternatives"),
    ("Rede Brasileira", "REDUC"),
    ("Universidad del Rosario",),
)


def _bodies(names: list[str]) -> list[str]:
    return [one.entity for one in resolve(names, organisations.load())]


@pytest.mark.parametrize("part", ["tune", "held"])
def test_pairs_of_labelled_lists_reach_the_floors(part):
    whole, baseline = Pairs(), Pairs()
    lists = labelled(part)
    for names, bodies in lists.values():
        each = Pairs()
        each.add(same(_bodies(names)), same(bodies))
        assert each.precision >= 0.95, each
        assert each.recall >= 0.85, each
        whole.add(same(_bodies(names)), same(bodies))
        baseline.add(simple(names), same(bodies))
    sys.stdout.write(f"{part}: {whole}; simple matching {baseline}\n")
    assert whole.precision >= 0.97, whole
    assert whole.recall >= 0.92, whole
    assert baseline.recall < 0.5, "the lists hold what simple matching cannot see"


def test_the_lists_are_many_and_hold_hard_negatives():
    held, tuned = labelled("held"), labelled("tune")
    assert len(held) >= 2
    assert sum(len(names) for names, _ in [*held.values(), *tuned.values()]) >= 400
    assert not {n for names, _ in held.values() for n in names} >= {
        n for names, _ in tuned.values() for n in names
    }


@pytest.mark.shared
def test_names_of_the_report_reach_the_floors():
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not there")
    events = read_report(SEED.read_text("utf-8")).content()["events"]
    said = [one for event in events for one in (event["organiser"], *_names(event))]
    names = list(dict.fromkeys(one["value"] for one in said if one))
    assert len(names) > 70
    gold = [
        next((number for number, held in enumerate(SEED_BODIES) if _holds(name, held)), name)
        for name in names
    ]
    found, baseline = Pairs(), Pairs()
    found.add(same(_bodies(names)), same(gold))
    baseline.add(simple(names), same(gold))
    sys.stdout.write(f"report: {found}; simple matching {baseline}\n")
    assert found.precision >= 0.95, found
    assert found.recall >= 0.85, found


def _names(event):
    return [one["name"] for one in event["cohosts"]]


def _holds(name, held):
    return any(part in name for part in held)
