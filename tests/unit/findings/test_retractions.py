"""Retractions: kept as signed, told by nobody else, and silent in the log about what they name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from atalaya.findings.auditing import audit
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.retractions import Retraction, Words, known_at, sign_retraction
from atalaya.findings.reviewers import Reviewer, ReviewerKey
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import canonical_json

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEY = ReviewerKey.create("reviewer:ada-roe")
WORDS = Words("substance:xylazine", "deaths", "territory:US-CT", "2026-10", 4.0, None)
TAKEN = Retraction(
    source="lab",
    address="https://lab.example/counts.csv",
    sha256="ab" * 32,
    words=WORDS,
    reviewer=KEY.reviewer,
    reason="the samples were mixed up",
    decided_at=NOW,
    rested=("signal:0123456789abcdef",),
)


@pytest.fixture
def store(tmp_path: Path):
    with DecisionStore.at(tmp_path / "decisions.db") as opened:
        opened.add_reviewer(Reviewer("Ada Roe", KEY.public, NOW - timedelta(days=1)))
        yield opened


def test_a_retraction_comes_back_as_it_was_signed(store):
    whole = replace(TAKEN, words=None, supported=("signal:fedcba9876543210",))
    for one in (TAKEN, whole):
        store.record_retraction(sign_retraction(one, KEY))
    assert [one.retraction for one in store.retractions()] == [TAKEN, whole]
    assert len({TAKEN.id, whole.id}) == 2
    assert audit(store, []) == ()


def test_nobody_else_can_retract_and_a_reason_is_given(store):
    stranger = ReviewerKey.create("reviewer:ada-roe")
    with pytest.raises(BadInput, match="not Ada Roe's"):
        store.record_retraction(sign_retraction(TAKEN, stranger))
    with pytest.raises(BadInput, match="no reason"):
        replace(TAKEN, reason=" ")
    assert store.retractions() == ()


def test_the_log_tells_who_and_when_and_neither_figure_nor_hash_nor_reason(store):
    store.record_retraction(sign_retraction(TAKEN, KEY))
    leaf = store.stored()[-1].leaf
    assert sorted(leaf) == ["content", "decided_at", "reviewer", "type"]
    written = canonical_json(leaf).decode()
    assert not any(one in written for one in ("mixed", "abab", "xylazine", "signal:"))


def test_a_retraction_that_was_changed_or_lost_is_named(store, tmp_path):
    store.record_retraction(sign_retraction(TAKEN, KEY))
    leaf = canonical_json(store.stored()[-1].leaf)
    with store._writing() as connection:
        connection.execute(sa.text("DROP TRIGGER retractions_no_update"))
        connection.execute(
            sa.text("UPDATE retractions SET content = replace(content, 'mixed up', 'fine')")
        )
    assert [TAKEN.reviewer in one or "retraction:" in one for one in audit(store, [])] == [True]
    with DecisionStore.at(tmp_path / "empty.db") as empty:
        (lost,) = audit(empty, [leaf])
    assert "retraction (by reviewer:ada-roe), is not among the decisions" in lost


def test_only_what_was_taken_by_then_was_known():
    later = replace(TAKEN, decided_at=NOW + timedelta(days=1))
    assert known_at([TAKEN, later], NOW) == (TAKEN,)
