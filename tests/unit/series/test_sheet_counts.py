"""Counts of a sheet: samples once, gaps as gaps, denominators of their own place."""

import numpy as np
import pytest
from tests.material.sheet_reading import read
from tests.material.sheets import as_csv

from atalaya.series.sheet_counts import Level, panels

FAMILIES = {"substance:mdma": "entactogens", "substance:mda": "entactogens"}
HEADING = ["date", "place", "laboratory", "found"]


def counted(rows, heading=HEADING, zeros=None):
    sheet = read(as_csv(heading, rows))
    return {one.level: one for one in panels(sheet.rows, FAMILIES.get, zeros)}


def test_a_sample_counts_once_in_its_family_and_a_month_without_samples_is_a_gap():
    rows = [
        ["2023-01-05", "", "", "MDMA; MDA"],
        ["2023-01-09", "", "", "nothing"],
        ["2023-03-02", "", "", "MDMA"],
    ]
    found = counted(rows)
    family = found[Level.FAMILY].panel
    np.testing.assert_array_equal(family.counts, [[1, np.nan, 1]])
    np.testing.assert_array_equal(family.population, [[2, 0, 1]])
    np.testing.assert_array_equal(family.observed, [[True, False, True]])


def test_a_place_has_the_samples_examined_there_as_its_denominator():
    rows = [
        ["2023-01-05", "Peru", "", "MDMA"],
        ["2023-01-06", "Peru", "", "nothing"],
        ["2023-01-07", "Chile", "", "nothing"],
        ["2023-01-08", "", "", "MDMA"],
    ]
    place = counted(rows)[Level.PLACE]
    assert [str(key) for key in place.keys] == ["place|substance:mdma|territory:PER"]
    assert place.panel.population.tolist() == [[2]]


def test_one_laboratory_makes_no_series_of_its_own_and_two_do():
    one = [["2023-01-05", "", "A", "MDMA"], ["2023-02-05", "", "A", "MDMA"]]
    assert Level.SOURCE not in counted(one)
    two = [*one, ["2023-02-05", "", "B", "MDMA"]]
    assert counted(two)[Level.SOURCE].panel.sources == ("A", "B")


@pytest.mark.parametrize(("zeros", "second"), [("zero", 0.0), ("gap", np.nan)])
def test_an_absent_row_of_a_table_of_counts_is_what_the_table_means(zeros, second):
    rows = [
        ["2023-01", "MDMA", "3", "40"],
        ["2023-02", "MDA", "1", "50"],
        ["2023-03", "MDMA", "2", "60"],
    ]
    heading = ["month", "substance", "count", "tested"]
    panel = counted(rows, heading, zeros)[Level.SUBSTANCE].panel
    mdma = panel.counts[panel.series.index("substance|substance:mdma")]
    np.testing.assert_array_equal(mdma, [3, second, 2])
    np.testing.assert_array_equal(panel.population[0], [40, 50, 60])


def test_the_tested_of_two_places_are_added_up_once_each():
    rows = [
        ["2023-01", "Peru", "MDMA", "3", "40"],
        ["2023-01", "Peru", "MDA", "1", "40"],
        ["2023-01", "Chile", "MDMA", "2", "10"],
    ]
    panel = counted(rows, ["month", "place", "substance", "count", "tested"], "zero")
    assert panel[Level.SUBSTANCE].panel.population.tolist() == [[50], [50]]
    assert panel[Level.PLACE].panel.population.max() == 40
