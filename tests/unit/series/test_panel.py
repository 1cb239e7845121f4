import numpy as np
import pytest

from atalaya.model.errors import BadInput
from atalaya.model.periods import Period
from atalaya.series.panel import Gap, Panel

MONTH = Period.parse("2019-01")


def test_a_gap_says_why_it_is_one():
    panel = Panel(
        ("x",),
        MONTH,
        np.array([[1, np.nan, 0, 2, 3]]),
        np.array([[9, 9, 0, np.nan, 9.0]]),
        gaps=np.array([[0, 0, 0, 0, Gap.INCOMPLETE]], np.int8),
    )
    assert panel.gap_codes.tolist() == [
        [Gap.NONE, Gap.NO_ROW, Gap.NOTHING_EXAMINED, Gap.NONE, Gap.INCOMPLETE]
    ]
    assert panel.observed.tolist() == [[True, False, False, True, False]]
    assert str(panel.last) == "2019-05"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"counts": np.array([[1.0, -2.0]])}, "series 'x', period 2019-02"),
        ({"counts": np.array([[1.0, np.inf]])}, "negative or infinite"),
        ({"population": np.array([[1.0, 1.0]])}, "above its denominator"),
        ({"population": np.array([[9.0]])}, "population has shape"),
        ({"sources": ("a", "b")}, "2 sources for 1 series"),
        ({"series": ("x", "x"), "counts": np.ones((2, 2))}, "same key"),
    ],
)
def test_impossible_panels_are_refused(arguments, says):
    fine = {"series": ("x",), "first": MONTH, "counts": np.array([[1.0, 2.0]])}
    with pytest.raises(BadInput, match=says):
        Panel(**{**fine, **arguments})


def test_some_series_and_some_periods_can_be_taken():
    counts = np.arange(6.0).reshape(2, 3)
    panel = Panel(("a", "b"), MONTH, counts, counts + 1, ("s", None), np.zeros((2, 3), np.int8))
    taken = panel.take([1]).until(2)
    assert taken.series == ("b",)
    assert taken.sources == (None,)
    assert taken.counts.tolist() == [[3, 4]]
