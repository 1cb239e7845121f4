import numpy as np
import pyarrow as pa

from atalaya.model.tables import SERIES
from atalaya.series.panel import Gap
from atalaya.series.panels import panels


def _row(source, key, period, count, population=None, status="observed"):
    return {
        "id": f"{key}{period}", "series": key, "source": source, "subject": "substance:x",
        "territory": "territory:US-CT", "predicate": "deaths", "unit": "deaths", "period": period,
        "count": count, "population": population, "status": status, "people": True,
        "made_from": [],
    }  # fmt: skip


def test_the_series_table_becomes_one_panel_a_source_and_kind_of_period():
    table = pa.Table.from_pylist(
        [
            _row("ct", "ct/b", "2019-03", 2.0, 90.0),
            _row("ct", "ct/a", "2019-01", 1.0, 80.0),
            _row("ct", "ct/a", "2019-02", None, None, "gap"),
            _row("ct", "ct/a", "2019-03", 4.0, 90.0, "incomplete"),
            _row("lab", "lab/a", "2019-W07", 3.0),
        ],
        schema=SERIES,
    )
    monthly, weekly = panels(table)
    assert monthly.series == ("ct/a", "ct/b")
    assert monthly.sources == ("ct", "ct")
    np.testing.assert_array_equal(monthly.counts, [[1, np.nan, 4], [np.nan, np.nan, 2]])
    assert monthly.gap_codes.tolist() == [
        [Gap.NONE, Gap.NO_ROW, Gap.INCOMPLETE],
        [Gap.NO_ROW, Gap.NO_ROW, Gap.NONE],
    ]
    assert str(weekly.first) == "2019-W07"
    assert weekly.population is None


def test_no_rows_make_no_panels():
    assert panels(SERIES.empty_table()) == ()
