"""What the clock of a machine may do to what is sealed: every score can be checked all the same."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.material.foresight import HORIZON, NOW, bare_observatory, kept_sheets, said_by, sealed

from atalaya.findings.foresight.checking import check_score
from atalaya.model.errors import LookAtThis
from atalaya.pipeline.foresight.logs import log_of
from atalaya.pipeline.foresight.scoring import score_folder
from atalaya.pipeline.foresight.sealing import seal


@pytest.mark.parametrize(
    ("make", "as_of"), [(kept_sheets, "2026-02-27"), (bare_observatory, "2026-01-31")]
)
def test_a_month_that_is_not_over_is_sealed_so_that_a_stranger_can_check_it(tmp_path, make, as_of):
    """A sheet counts the month as far as it goes; an observatory waits until it is over."""
    now = datetime(2026, 2, 27, 9, tzinfo=UTC)
    folder = make(tmp_path / "mine", now=now)
    assert sealed(folder, now).sealing == 1
    score = score_folder(folder, [], now + timedelta(days=60), everything=True)
    assert check_score(json.dumps(score).encode(), None, "score.json").problems == ()
    said = {one["leaf"]["as_of"] for one in score["score"]["statements"]}
    assert said == {as_of}


def test_a_clock_behind_that_of_the_sheet_still_seals_what_a_stranger_can_check(tmp_path):
    folder, before = kept_sheets(tmp_path / "mine"), NOW - timedelta(days=40)
    assert sealed(folder, before).sealed["signal"] == 1
    score = score_folder(folder, [], NOW, everything=True)
    assert check_score(json.dumps(score).encode(), None, "score.json").problems == ()


def test_a_clock_that_is_behind_seals_and_scores_nothing(tmp_path):
    folder = kept_sheets(tmp_path / "mine")
    sealed(folder)
    said = said_by(folder)
    said.statements = [(basis, replace(one, says="moderate")) for basis, one in said.statements]
    earlier = NOW - timedelta(minutes=1)
    for work in (
        lambda: seal(folder, said, earlier, HORIZON),
        lambda: score_folder(folder, [], earlier),
    ):
        with pytest.raises(LookAtThis, match=r"clock says 2026-03-20T09:29:00Z, and sealing 1"):
            work()
    assert log_of(folder).size == 2, "nothing was logged"
    assert seal(folder, said, NOW + timedelta(seconds=1), HORIZON).sealing == 2
