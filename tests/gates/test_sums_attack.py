"""An attacker reads the sums of an observatory beside their parts and solves for what is hidden."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.material.pooled_house import (
    CHILDREN,
    FAMILY,
    REGION,
    made_house,
    pooled_inputs,
    signed,
)
from tests.material.publishing_house import TODAY, declaration

from atalaya.publishing.composing import compose
from atalaya.publishing.holding_back import OF_A_SUM
from atalaya.publishing.lineage import referenced
from atalaya.publishing.manifest import Identity, made_from
from atalaya.publishing.releases import release_files

SUMS = (FAMILY, REGION)
MANY = 34  # longer than a detector looks back, so that what is hidden also lies outside a window
SHOWN = st.one_of(st.just(0), st.just(0), st.integers(10, 40))
PATTERN = st.lists(
    st.one_of(SHOWN, SHOWN, st.just(True), st.none()), min_size=MANY, max_size=MANY
)  # True: hidden; None: a gap
EXAMINED = st.sampled_from([None, 50, 7])
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def _filled(patterns, draw, most=9):
    return {
        name: [draw(st.integers(1, most)) if cell is True else cell for cell in pattern]
        for name, pattern in zip(CHILDREN, patterns, strict=True)
    }


def _within(world, examined):
    """A count is at most its denominator."""
    if examined is None:
        return world
    return {name: [cell and min(cell, examined) for cell in cells] for name, cells in world.items()}


def _files(folder, counts, examined):
    inputs = pooled_inputs(made_house(folder, counts, examined))
    composed = compose(inputs)
    identity = Identity("2025-01-02-1", TODAY, made_from(inputs, composed.tables))
    return release_files(identity, inputs, composed)


@QUICK
@given(st.tuples(PATTERN, PATTERN, PATTERN), EXAMINED, st.data())
def test_worlds_that_differ_in_hidden_counts_publish_the_same_sums(
    tmp_path_factory, patterns, examined, data
):
    """Counts of sums, denominators, alarms, reasons and who carries them: byte for byte."""
    most = min(9, examined or 9)
    worlds = [_within(_filled(patterns, data.draw, most), examined) for _ in range(2)]
    files = [_files(tmp_path_factory.mktemp("world"), world, examined) for world in worlds]
    assert files[0] == files[1]


def _ranges(rows):
    """Solve the attacker's system for each hidden cell: the least and largest it can be."""
    hidden = [place for place, row in enumerate(rows) if row["count"] == "1-9"]
    column = {place: at for at, place in enumerate(hidden)}
    sums = [
        (row, [place - 1 for _, place in referenced(row["made_from"])])
        for row in rows
        if str(row["made_from"]).startswith("series.csv") and row["count"] is not None
    ]
    matrix, totals = np.zeros((len(sums), len(hidden))), np.zeros(len(sums))
    for at, (row, parts) in enumerate(sums):
        totals[at] = float(row["count"])
        for place in parts:
            if place in column:
                matrix[at, column[place]] = 1
            else:
                totals[at] -= float(rows[place]["count"] or 0)
    rule = [LinearConstraint(matrix, totals, totals)] if sums else []
    found = []
    for at in range(len(hidden)):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(hidden))
            aim[at] = sign
            solved = milp(
                aim, constraints=rule, bounds=Bounds(1, 9), integrality=np.ones(len(hidden))
            )
            assert solved.success, solved.message
            ends.append(round(float(solved.x[at])))
        found.append(tuple(ends))
    return found


@QUICK
@given(st.tuples(PATTERN, PATTERN, PATTERN), st.data())
def test_no_sum_narrows_what_a_hidden_count_can_be(tmp_path_factory, patterns, data):
    made = made_house(tmp_path_factory.mktemp("world"), _filled(patterns, data.draw), 50)
    rows = list(compose(pooled_inputs(made)).tables["series"].dicts())
    assert set(_ranges(rows)) <= {(1, 9)}
    shown = [row for row in rows if row["series"] in SUMS and row["count"]]
    assert all(row["count"] != "1-9" for row in shown), "a sum of hidden counts is withheld"


def test_the_attack_works_where_every_sum_is_shown(tmp_path):
    """One hidden count beside a shown one is read off; two beside each other bound each other."""
    counts = dict(zip(CHILDREN, ([7, 3, 0], [12, 2, 0], [0, 0, 0]), strict=True))
    inputs = pooled_inputs(made_house(tmp_path, counts, 50))
    true = {(row["series"], row["period"]): row["count"] for row in inputs.series.to_pylist()}
    rows = list(compose(inputs).tables["series"].dicts())
    leaking = [
        row | {"count": str(int(true[row["series"], row["period"]]))}
        if row["series"] == FAMILY
        else row
        for row in rows
    ]
    assert set(_ranges(rows)) == {(1, 9)}
    assert _ranges(leaking) == [(7, 7), (1, 4), (1, 4)]


def test_a_sum_is_shown_where_all_its_parts_are_and_its_denominator_with_it(tmp_path):
    quiet, small = [0, 0, 0], [0, 0, 4]
    made = made_house(tmp_path, dict(zip(CHILDREN, (quiet, [0, 12, 0], small), strict=True)), 50)
    rows = list(compose(pooled_inputs(made)).tables["series"].dicts())
    own = [
        (row["count"], row["population"], row["hidden"]) for row in rows if row["series"] == FAMILY
    ]
    assert own == [("0", "100", None), ("12", "100", None), ("0", "100", None)]
    other = [
        (row["count"], row["population"], row["hidden"]) for row in rows if row["series"] == REGION
    ]
    assert other == [("0", "100", None), ("0", "100", None), (None, None, "total")]


def test_a_small_denominator_of_a_part_withholds_the_sum_of_denominators(tmp_path):
    made = made_house(tmp_path, {name: [0, 0, 0] for name in CHILDREN}, 5)
    rows = list(compose(pooled_inputs(made)).tables["series"].dicts())
    sums = [row for row in rows if row["series"] in SUMS]
    assert {(row["count"], row["population"]) for row in sums} == {(None, None)}


def test_no_unsigned_signal_on_a_sum_of_hidden_counts_is_published(tmp_path):
    rise = [0] * 14 + [1, 2, 1]
    inputs = pooled_inputs(made_house(tmp_path, dict.fromkeys(CHILDREN, rise)))
    assert {one.series for one in inputs.signals} >= {FAMILY, REGION}
    tables = compose(inputs).tables
    assert tables["signals"].rows == ()
    closed = [row for row in tables["verdicts"].dicts() if row["series"] in SUMS]
    assert {row["alarm"] for row in closed[-3:]} == {None}
    assert not any("carried by" in row["reason"] for row in closed)


@pytest.mark.parametrize("tail", [[0], [12, 0]])
def test_signing_a_signal_on_a_sum_of_hidden_counts_publishes_nothing_of_it(tmp_path, tail):
    """What is published of the parts' signals is what would be without any sum."""
    counts = {
        name: [0] * 14 + [cell, *tail] for name, cell in zip(CHILDREN, (4, 2, 9), strict=True)
    }
    inputs = signed(pooled_inputs(made_house(tmp_path, counts)))
    composed = compose(inputs)
    kept = {one.id for one in inputs.signals if one.series not in SUMS}
    sums = {one.id for one in inputs.signals} - kept
    assert sums
    assert {composed.held_back[one] for one in sums} == {OF_A_SUM}
    published = list(composed.tables["signals"].dicts())
    assert published
    assert {row["id"] for row in published} <= kept
    bare = compose(_without_sums(inputs))
    names = [(row["series"], row["since"], row["reason"]) for row in published]
    assert names == [
        (row["series"], row["since"], row["reason"]) for row in bare.tables["signals"].dicts()
    ]


def _without_sums(inputs):
    def kept(table):
        return table.filter(pc.invert(pc.is_in(table["series"], value_set=pa.array(SUMS))))

    return replace(
        inputs,
        series=kept(inputs.series),
        verdicts=kept(inputs.verdicts),
        signals=tuple(one for one in inputs.signals if one.series not in SUMS),
    )


def test_where_every_record_is_public_the_alarm_of_a_sum_names_who_carries_it(tmp_path):
    rise = [0] * 14 + [1, 2, 1]
    source = declaration(published_records="https://example.org/records")
    counts = dict(zip(CHILDREN, ([0] * 17, rise, [0] * 17), strict=True))
    tables = compose(pooled_inputs(made_house(tmp_path, counts, source=source))).tables
    (signal,) = [row for row in tables["signals"].dicts() if row["series"] == FAMILY]
    assert signal["reason"] == "first ever in this history; carried by metonitazene"
    assert (signal["observed"], signal["expected"], signal["hidden"]) == (None, None, "window")
