"""Forecasts in a release: made of published counts alone, and found out when they are changed."""

from dataclasses import replace

import numpy as np
import pytest
from tests.material.publishing_house import TODAY, declaration, house, months, payload_of, sheet

from atalaya import __version__
from atalaya.detection.forecasting import forecast
from atalaya.model.periods import Period
from atalaya.publishing.composing import compose
from atalaya.publishing.expected_columns import GIVEN, SHORT, SPARSE, WITHHELD
from atalaya.publishing.forecast_rows import AHEAD, forecast_rows
from atalaya.publishing.releases import build
from atalaya.publishing.verifying import verify_release
from atalaya.publishing.why import explain
from atalaya.series.panel import Panel

STEADY = [20 + month * 7 % 5 for month in range(40)]


def _rows(counts, hidden=None, first="2019-01"):
    """Published rows of series: a number is shown, text stands as it is, None is a gap."""
    return [
        {
            "series": name,
            "source": "office",
            "period": month,
            "status": "gap" if value is None else "observed",
            "count": value if isinstance(value, str) or value is None else str(value),
            "population": None,
            "hidden": "small" if isinstance(value, str) else None,
        }
        for name, values in counts.items()
        for month, value in zip(months(first, len(values)), values, strict=True)
    ]


def _states(counts):
    made = forecast_rows(_rows(counts), set(counts))
    return {row["series"]: row["state"] for row in made.rows}, made


def test_a_series_without_hidden_counts_is_forecast_as_the_detector_forecasts_it():
    _, made = _states({"x": STEADY})
    said = forecast(Panel(("x",), Period.parse("2019-01"), np.array([STEADY], float)))
    assert [row["period"] for row in made.rows] == months("2022-05", AHEAD)
    assert [row["upper"] for row in made.rows] == said.upper[0, -1].tolist()
    assert {row["origin"] for row in made.rows} == {"2022-04"}
    assert {row["made_from"] for row in made.rows} == {"series.csv:1-40"}


def test_the_state_says_why_there_is_none():
    states, _ = _states(
        {
            "given": STEADY,
            "recently hidden": [*STEADY[:-3], "1-9", *STEADY[-2:]],
            "hidden long ago": ["1-9", *STEADY[1:]],
            "withheld altogether": [0] * 40,
            "short": [None] * 35 + [30] * 5,
            "sparse": [0] * 40,
        }
    )
    assert states == {
        "given": GIVEN,
        "recently hidden": WITHHELD,
        "hidden long ago": GIVEN,
        "withheld altogether": SPARSE,
        "short": SHORT,
        "sparse": SPARSE,
    }


def test_a_forecast_rests_on_what_came_after_the_last_hidden_count_alone():
    _, with_hidden = _states({"x": [90] * 10 + ["1-9"] + STEADY[:29]})
    _, without = _states({"x": [None] * 11 + STEADY[:29]})
    for one, other in zip(with_hidden.rows, without.rows, strict=True):
        assert (one["lower"], one["upper"]) == (other["lower"], other["upper"])
        assert one["made_from"] == "series.csv:12-40"


def test_a_hidden_outcome_is_counted_as_far_as_it_can_be_known():
    counts = {"x": [20] * 30 + ["1-9"] + [20] * 13, "y": [3, 4, 5] * 10 + ["1-9"]}
    _, made = _states(counts)
    score = {(row["series"], row["ahead"]): row for row in made.scores}
    high, low = score["x", 1], score["y", 1]
    assert high["hidden_outcomes"] == low["hidden_outcomes"] == 1
    assert high["covered_low"] == high["covered_high"] < 1  # 1-9 is below every interval round 20
    assert low["covered_low"] < low["covered_high"]
    whole = score[None, 1]
    assert whole["outcomes"] == high["outcomes"] + low["outcomes"]
    assert whole["made_from"] == "forecast_scores.csv:2-3"


def _small(tmp_path, **changes):
    rows = payload_of(sheet({"s": [0] * 3 + [4] + STEADY}))
    return house(tmp_path, rows=rows, source=declaration(**changes))


def test_worlds_that_differ_in_a_hidden_count_publish_the_same_forecasts(tmp_path):
    tables = []
    for small in (1, 9):
        rows = payload_of(sheet({"s": [*STEADY[:15], small, *STEADY], "t": STEADY}))
        composed = compose(house(tmp_path / str(small), rows=rows).inputs())
        tables.append([composed.tables[name].rows for name in ("forecasts", "forecast_scores")])
    assert tables[0] == tables[1]
    assert any(row[6] is not None for row in tables[0][0])


def test_only_series_that_a_detector_judges_are_forecast(tmp_path):
    inputs = _small(tmp_path).inputs()
    silent = replace(inputs, verdicts=inputs.verdicts.slice(0, 0), signals=())
    assert compose(silent).tables["forecasts"].rows == ()
    assert len(compose(inputs).tables["forecasts"].rows) == AHEAD


@pytest.mark.parametrize(
    ("table", "column"), [("forecasts", "upper"), ("forecast_scores", "error")]
)
def test_a_changed_forecast_is_found_out_and_why_tells_what_it_rests_on(
    tmp_path, table, column, monkeypatch
):
    made = _small(tmp_path)
    inputs = made.inputs(software=f"atalaya {__version__}")
    release = build(inputs, tmp_path / "releases", TODAY).release
    assert verify_release(release, made.vkey).holds
    tree = explain(f"{table}.csv:1:{column}", release)
    assert f"{column} is " in tree.text()
    below = [node.kind for node in tree.nodes()]
    assert "row" in below or "observation" in below
    changed = release.table(table)
    cells = changed[column].to_pylist()
    cells[0] += 1
    at = changed.schema.get_field_index(column)
    forged = changed.set_column(at, changed.schema.field(at), [cells])
    real = type(release).table
    monkeypatch.setattr(
        type(release),
        "table",
        lambda self, name, **more: forged if name == table else real(self, name, **more),
    )
    says = [str(problem) for problem in verify_release(release, made.vkey).problems]
    assert any(f"{table}.csv:1:{column}: shows" in one for one in says)
