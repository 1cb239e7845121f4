"""What rests on a claim: observations, sums of them, and signals whose alarms looked at them."""

import pyarrow as pa
from tests.material.pooled_series import FAMILY, rows

from atalaya.findings.resting import resting_on
from atalaya.findings.signals import SourceStanding, signals
from atalaya.model.tables import SERIES, VERDICTS

STANDINGS = {"lab": SourceStanding("lab", "lab", "live")}


def _verdict(series: str, period: str, made_from: list[str]) -> dict[str, object]:
    return {
        "id": f"verdict:{series}-{period}",
        "series": series,
        "period": period,
        "detector": "emergence",
        "observed": 3.0,
        "alarm": True,
        "reason": "first ever in this history",
        "made_from": made_from,
    }


def test_a_retracted_claim_reaches_the_sums_that_its_observation_is_part_of() -> None:
    child = rows("substance:metonitazene", [0, 3], made_from=["claim:of-the-child"])
    other = rows("substance:isotonitazene", [1, 2], made_from=["claim:of-another"])
    sums = [
        one
        | {
            "id": f"observation:sum-{at}",
            "series": FAMILY,
            "subject": "family:nitazenes",
            "made_from": [one["id"], other[at]["id"]],
        }
        for at, one in enumerate(child)
    ]
    series = pa.Table.from_pylist([*child, *other, *sums], SERIES)
    verdicts = pa.Table.from_pylist(
        [
            _verdict(child[0]["series"], "2020-02", [child[1]["id"]]),
            _verdict(other[0]["series"], "2020-02", [other[1]["id"]]),
            _verdict(FAMILY, "2020-02", ["observation:sum-1"]),
        ],
        VERDICTS,
    )
    found = signals(verdicts, series, STANDINGS)
    resting = resting_on(["claim:of-the-child"], series, verdicts, found)
    assert {one.what for one in resting.signals} == {"substance:metonitazene", "family:nitazenes"}
    assert "observation:sum-1" in resting.observations
    assert other[1]["id"] not in resting.observations
