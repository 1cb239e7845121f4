"""A capture that was logged and is no longer in the archive stops a run before it fetches."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from atalaya.model.errors import StopEverything
from atalaya.model.identifiers import canonical_json
from atalaya.model.records import Capture
from atalaya.pipeline.holding import refuse_lost

CAPTURE = Capture(
    source="ct",
    address="https://example.org/a.csv",
    url="https://example.org/a.csv",
    fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
    media_type="text/csv",
    status=200,
    sha256="0" * 64,
    length=12,
    tool="atalaya",
    warc="000001.warc",
    offset=0,
)
SALTED = replace(CAPTURE, address="https://example.org/people.csv", salt="1" * 64)
LOGGED = [canonical_json(one.leaf()) for one in (CAPTURE, SALTED)]
OTHER = canonical_json({"type": "release", "release": "2026-03-01-1", "sha256": "0" * 64})


def test_what_was_logged_and_is_there_is_enough():
    assert refuse_lost([CAPTURE, SALTED], [*LOGGED, OTHER]) is None


def test_what_was_stored_and_not_yet_logged_is_not_lost():
    assert refuse_lost([CAPTURE, SALTED], LOGGED[:1]) is None


@pytest.mark.parametrize("there", [[], [CAPTURE], [CAPTURE, replace(SALTED, salt="2" * 64)]])
def test_what_is_gone_or_is_another_one_is_named_with_its_remedy(there):
    with pytest.raises(StopEverything) as raised:
        refuse_lost(there, [*LOGGED, OTHER])
    assert f"holds {2 - len(there[:1])} captures" in raised.value.what
    assert "https://example.org/people.csv of 2026-03-01T00:00:00Z" in raised.value.what
    assert "restore evidence/" in raised.value.do


def test_of_many_that_are_gone_a_few_are_named_and_the_rest_counted():
    entries = [
        canonical_json(replace(CAPTURE, address=f"https://example.org/{n}").leaf())
        for n in range(9)
    ]
    with pytest.raises(StopEverything, match="and 6 more"):
        refuse_lost([], entries)
