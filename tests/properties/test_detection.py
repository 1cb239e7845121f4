"""Properties of every detector on counts nobody chose."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from atalaya.detection import DETECTORS, find
from atalaya.detection.windows import Observed
from atalaya.model.periods import Period
from atalaya.series.panel import Panel

SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 40))
COUNTS = SHAPES.flatmap(
    lambda shape: arrays(
        float, shape, elements=st.one_of(st.integers(0, 6).map(float), st.just(np.nan))
    )
)
DETECTOR = st.sampled_from(DETECTORS)


def _panel(counts):
    return Panel(tuple(map(str, range(len(counts)))), Period.parse("2019-01"), counts)


@given(DETECTOR, COUNTS, st.data())
def test_a_verdict_never_looks_at_later_periods(detector, counts, data):
    stop = data.draw(st.integers(1, counts.shape[1]))
    whole, known = detector.judge(_panel(counts)), detector.judge(_panel(counts[:, :stop]))
    np.testing.assert_array_equal(whole.alarm[:, :stop], known.alarm)
    np.testing.assert_array_equal(whole.reason[:, :stop], known.reason)
    np.testing.assert_array_equal(whole.threshold[:, :stop], known.threshold)


@given(DETECTOR, COUNTS)
def test_leaving_the_gaps_out_altogether_changes_no_window(detector, counts):
    whole = detector.judge(_panel(counts[:1]))
    seen = ~np.isnan(counts[0])
    squeezed = detector.judge(_panel(counts[:1, seen]))
    both = (whole.alarm[0, seen] >= 0) & (squeezed.alarm[0] >= 0)
    np.testing.assert_array_equal(whole.alarm[0, seen][both], squeezed.alarm[0][both])


@given(COUNTS)
def test_the_plain_rule_is_the_one_it_says(counts):
    judgement = find("emergence_plain").judge(_panel(counts))
    for row, y in enumerate(counts):
        places = np.flatnonzero(~np.isnan(y))
        for number, place in enumerate(places):
            recent = y[places[max(0, number - 5) : number + 1]].sum()
            before = y[places[max(0, number - 17) : max(0, number - 5)]]
            expected = -1 if len(before) < 6 else int(recent >= 3 and before.sum() <= 1)
            assert judgement.alarm[row, place] == expected


@given(COUNTS)
def test_an_alarm_stands_exactly_from_its_threshold_on(counts):
    judgement = find("emergence_plain").judge(_panel(counts))
    assessed = judgement.alarm >= 0
    stands = judgement.observed >= judgement.threshold
    np.testing.assert_array_equal(stands[assessed], (judgement.alarm == 1)[assessed])


@given(COUNTS)
def test_squeezing_and_spreading_give_the_observed_values_back(counts):
    squeezed = Observed.of(~np.isnan(counts))
    np.testing.assert_array_equal(squeezed.spread(squeezed.squeeze(counts)), counts)
