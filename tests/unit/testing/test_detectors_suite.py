"""The shipped suite catches detectors that break their promises, one promise at a time."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from atalaya.detection import find
from atalaya.testing import detectors as suite


@dataclass(frozen=True)
class Broken:
    """Passes everything on to a sound detector, and breaks one thing in what comes back."""

    spoil: object
    inner: object = field(default_factory=lambda: find("emergence_plain"))

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def judge(self, panel, since=0):
        return self.spoil(self.inner, panel, since)


def _looks_ahead(inner, panel, since):
    judgement = inner.judge(panel, since)
    if panel.n_periods > 1 and len(panel.series):
        judgement.statistic[:, 0] = np.nan_to_num(panel.counts[:, -1])
    return judgement


def _judges_gaps(inner, panel, since):
    judgement = inner.judge(panel, since)
    judgement.alarm[~panel.observed[:, since:]] = 0
    return judgement


def _depends_on_order(inner, panel, since):
    judgement = inner.judge(panel, since)
    judgement.detail[:] = np.arange(len(panel.series))[:, None]
    return judgement


def _gives_no_reason(inner, panel, since):
    judgement = inner.judge(panel, since)
    return replace(judgement, wording=dict.fromkeys(judgement.wording, ""))


def _ignores_since(inner, panel, since):
    return inner.judge(panel, 0)


def _changes_the_panel(inner, panel, since):
    panel.counts[:, :1] += 1
    return inner.judge(panel, since)


def _judges_nothing(inner, panel, since):
    judgement = inner.judge(panel, since)
    judgement.alarm[:] = -1
    return judgement


def _gives_infinity(inner, panel, since):
    judgement = inner.judge(panel, since)
    judgement.statistic[:, -1:] = np.inf
    return judgement


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (_looks_ahead, suite.check_never_looks_ahead),
        (_judges_gaps, suite.check_gaps_are_never_judged),
        (_depends_on_order, suite.check_order_of_series_does_not_matter),
        (_depends_on_order, suite.check_one_series_equals_many),
        (_gives_no_reason, suite.check_every_verdict_has_a_reason),
        (_ignores_since, suite.check_history_is_only_history),
        (_changes_the_panel, suite.check_same_answer_twice),
        (_judges_nothing, suite.check_judges_something),
        (_gives_infinity, suite.check_numbers_are_sound),
    ],
)
def test_a_broken_promise_is_caught(spoil, check):
    with pytest.raises(AssertionError):
        check(Broken(spoil))


def test_a_detector_without_a_citation_is_caught():
    nameless = replace(find("ears_c1"))
    object.__setattr__(nameless, "name", "Not Typable")
    with pytest.raises(AssertionError, match="cannot be typed"):
        suite.check_cites_its_source(nameless)
