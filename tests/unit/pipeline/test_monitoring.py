from datetime import date

import pyarrow as pa
import pytest

from atalaya.model.errors import BadInput, WrongUse
from atalaya.model.identifiers import record_id
from atalaya.model.monitors import MonitorDeclaration
from atalaya.model.tables import SERIES
from atalaya.pipeline.monitoring import judge, load_monitors, rejudger

MONITOR = MonitorDeclaration.model_validate(
    {
        "schema": 1,
        "slug": "arrivals",
        "title": {"en": "Arrivals", "es": "Llegadas"},
        "series": {"sources": ["lab"]},
        "detector": "emergence_plain",
        "dated": date(2026, 11, 23),
        "because": "near-empty series",
        "cites": "docs/detectors.md",
    }
)
COUNTS = [0.0] * 14 + [1, 0, 2, 0, None, 1]


def _series(source: str = "lab") -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": f"observation:{place:016x}",
                "series": f"{source}/x/ARG/cases",
                "source": source,
                "subject": "substance:x",
                "territory": "territory:ARG",
                "predicate": "cases",
                "unit": "cases",
                "period": f"{2019 + place // 12}-{place % 12 + 1:02d}",
                "count": count,
                "population": None,
                "status": "gap" if count is None else "observed",
                "people": False,
                "made_from": [],
            }
            for place, count in enumerate(COUNTS)
        ],
        schema=SERIES,
    )


def test_every_verdict_is_named_by_its_content_and_rests_on_observed_periods():
    rows = judge(_series(), [MONITOR]).to_pylist()
    assert len(rows) == len(COUNTS)
    for row in rows:
        name = row.pop("id")
        assert name == record_id("verdict", row)
    gap = "observation:0000000000000012"
    assert [row["alarm"] for row in rows][16:] == [True, True, None, True]
    assert rows[18]["made_from"][0] == gap
    assert gap not in rows[19]["made_from"]
    assert rows[19]["made_from"][0] == "observation:0000000000000013"
    assert len(rows[19]["made_from"]) == 18


def test_a_monitor_judges_only_what_it_watches():
    assert judge(_series("elsewhere"), [MONITOR]).num_rows == 0


def test_one_detector_judges_a_series_for_one_monitor_only():
    again = MONITOR.model_copy(update={"slug": "again", "parameters": {"window": "12"}})
    with pytest.raises(BadInput, match="arrivals and again both let emergence_plain judge lab/x"):
        judge(_series(), [MONITOR, again])
    other = again.model_copy(update={"detector": "ears_c1", "parameters": {}})
    assert judge(_series(), [MONITOR, other]).num_rows == 2 * len(COUNTS)


def test_judging_again_with_another_count_tells_what_an_alarm_gives_away():
    rejudge = rejudger(_series(), [MONITOR])
    truth, same, none = rejudge(
        "lab/x/ARG/cases", "emergence_plain", [{}, {"2020-05": 5.0}, {"2020-05": 0.0}]
    )
    assert truth == same == {"2020-05", "2020-06", "2020-08"}
    assert none == frozenset()


def test_a_monitor_with_a_wrong_name_detector_or_key_is_refused_with_its_place(tmp_path):
    text = (
        'schema = 1\nslug = "arrivals"\ndetector = "emergence_plan"\ndated = 2026-11-23\n'
        'because = "x"\ncites = "y"\n[title]\nen = "A"\nes = "A"\n[series]\n'
    )
    path = tmp_path / "arrivals.toml"
    path.write_text(text)
    with pytest.raises(WrongUse, match="emergence_plain"):
        load_monitors(tmp_path)
    path.write_text(text.replace("plan", "plain").replace("because", "becuase"))
    with pytest.raises(BadInput, match="did you mean 'because'"):
        load_monitors(tmp_path)
    path.write_text(text.replace("plan", "plain").replace('"arrivals"', '"others"'))
    with pytest.raises(BadInput, match=r"name the file others\.toml"):
        load_monitors(tmp_path)
    path.write_text(text.replace("plan", "plain"))
    assert load_monitors(tmp_path)[0].slug == "arrivals"
