"""What Farrington flexible says where R has no answer."""

import numpy as np
import pytest

from atalaya.detection import NOT_ASSESSED, find
from atalaya.model.periods import Period
from atalaya.series.panel import Panel


@pytest.mark.parametrize("first", ["2001", "2001-Q1"])
def test_quarters_and_years_are_not_assessed_with_the_reason_and_a_gap_stays_a_gap(first):
    counts = np.array([[*range(11), np.nan]], float)
    judgement = find("farrington_flexible").judge(Panel(("x",), Period.parse(first), counts))
    assert (judgement.alarm == NOT_ASSESSED).all()
    assert "too long for a window" in judgement.sentence(0, 5)
    assert judgement.sentence(0, 11) == "not assessed: no count was given for this period"
