"""Reinstatements: a mistaken retraction is taken back by a named person; both stay on record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from atalaya.findings.auditing import audit
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reinstatements import (
    Reinstatement,
    sign_reinstatement,
    standing,
    standing_at,
)
from atalaya.findings.retractions import Retraction, sign_retraction
from atalaya.findings.reviewers import Reviewer, ReviewerKey
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import canonical_json

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ADA, BEN = ReviewerKey.create("reviewer:ada-roe"), ReviewerKey.create("reviewer:ben-poe")
TAKEN = Retraction(
    source="lab",
    address="https://lab.example/counts.csv",
    sha256="ab" * 32,
    words=None,
    reviewer=ADA.reviewer,
    reason="the samples were mixed up",
    decided_at=NOW,
    rested=("signal:0123456789abcdef",),
)
BACK = Reinstatement(TAKEN.id, ADA.reviewer, "they were not", NOW + timedelta(hours=1))
BY_BEN = replace(BACK, reviewer=BEN.reviewer, persons=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DecisionStore]:
    with DecisionStore.at(tmp_path / "decisions.db") as opened:
        for name, key in (("Ada Roe", ADA), ("Ben Poe", BEN)):
            opened.add_reviewer(Reviewer(name, key.public, NOW - timedelta(days=1)))
        opened.record_retraction(sign_retraction(TAKEN, ADA))
        yield opened


def test_a_retraction_that_was_taken_back_stays_on_record_and_stands_no_more(store):
    assert standing(store.struck()) == (TAKEN,)
    store.record_reinstatement(sign_reinstatement(BACK, ADA))
    (found,) = store.struck()
    assert (found.retraction, found.back) == (TAKEN, BACK)
    assert standing(store.struck()) == ()
    moments = (NOW - timedelta(seconds=1), NOW, NOW + timedelta(minutes=59), BACK.decided_at)
    stood = [bool(standing_at([found], moment)) for moment in moments]
    assert stood == [False, True, True, False]
    assert audit(store, []) == ()


def test_it_is_taken_back_once_by_a_reviewer_with_a_reason_and_after_it_was_taken(store):
    for wrong, key, says in (
        (BACK, BEN, "not Ada Roe's"),
        (replace(BACK, retraction="retraction:0000000000000000"), ADA, "is no retraction of this"),
        (replace(BACK, decided_at=NOW - timedelta(hours=1)), ADA, "was taken later"),
        (replace(BACK, reviewer="reviewer:eve"), ADA, "eve is not a reviewer"),
    ):
        with pytest.raises(BadInput, match=says):
            store.record_reinstatement(sign_reinstatement(wrong, key))
    with pytest.raises(BadInput, match="no reason"):
        replace(BACK, reason=" ")
    store.record_reinstatement(sign_reinstatement(BACK, ADA))
    with pytest.raises(BadInput, match="was taken back on 2026-11-20 by reviewer:ada-roe"):
        store.record_reinstatement(sign_reinstatement(replace(BACK, reason="again"), ADA))
    assert len(store.reinstatements()) == 1


def test_under_the_two_person_rule_somebody_else_takes_it_back(store):
    store.two_persons = True
    with pytest.raises(BadInput, match="one person alone"):
        store.record_reinstatement(sign_reinstatement(BACK, ADA))
    with pytest.raises(BadInput, match="cannot be the one who takes it back"):
        store.record_reinstatement(sign_reinstatement(replace(BACK, persons=2), ADA))
    store.add_reviewer(Reviewer("Ada Again", ADA.public, NOW - timedelta(days=1)))
    again = ReviewerKey.parse(str(ADA).replace(ADA.reviewer, "reviewer:ada-again"))
    same_key = replace(BY_BEN, reviewer=again.reviewer)
    with pytest.raises(BadInput, match="hold the same key"):
        store.record_reinstatement(sign_reinstatement(same_key, again))
    store.record_reinstatement(sign_reinstatement(BY_BEN, BEN))
    assert audit(store, []) == ()


def test_the_log_tells_who_and_when_and_neither_what_nor_why(store):
    store.record_reinstatement(sign_reinstatement(BACK, ADA))
    leaf = next(one for one in store.stored() if one.kind == "reinstatement").leaf
    assert sorted(leaf) == ["content", "decided_at", "reviewer", "type"]
    assert not any(one in canonical_json(leaf).decode() for one in ("were not", TAKEN.id))


def test_a_reinstatement_that_was_changed_or_lost_is_named(store, tmp_path):
    store.record_reinstatement(sign_reinstatement(BY_BEN, BEN))
    leaves = [canonical_json(one.leaf) for one in store.stored()]
    with store._writing() as connection:
        with pytest.raises(sa.exc.IntegrityError, match="append-only"):
            connection.execute(sa.text("DELETE FROM reinstatements"))
        connection.execute(sa.text("DROP TRIGGER reinstatements_no_update"))
        forged = "UPDATE reinstatements SET content = replace(content, :ben, :ada)"
        connection.execute(sa.text(forged), {"ben": BEN.reviewer, "ada": ADA.reviewer})
    named = audit(store, [])
    assert any("not Ada Roe's" in one for one in named)
    assert any("cannot be the one who takes it back" in one for one in named)
    with DecisionStore.at(tmp_path / "empty.db") as empty:
        (lost,) = [one for one in audit(empty, leaves) if "reinstatement" in one]
    assert "reinstatement (by reviewer:ben-poe), is not among the decisions" in lost


def test_a_copy_of_the_store_holds_it_too(store, tmp_path):
    store.record_reinstatement(sign_reinstatement(BACK, ADA))
    with DecisionStore.at(tmp_path / "copy.db") as copy:
        store.copy_to(copy)
        assert copy.struck() == store.struck()
