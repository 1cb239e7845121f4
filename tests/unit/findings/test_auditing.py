"""Decisions written past the store's door are found out, by signature and by the log."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from atalaya.findings.auditing import audit, believe, forgeries
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.originals import ERASURE, OPENING, Act, SignedAct, sign_act
from atalaya.findings.reviewers import Reviewer, ReviewerKey, SignedDecision, sign_decision
from atalaya.findings.states import Action, Decision
from atalaya.model.commitments import opens_commitment
from atalaya.model.errors import BadInput, StopEverything
from atalaya.model.identifiers import canonical_json, sha256_hex

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = ReviewerKey.create("reviewer:ada-roe")
ADA = Reviewer("Ada Roe", KEY.public, NOW - timedelta(days=1))


def decision(action, minutes=0, **more):
    at = NOW + timedelta(minutes=minutes)
    return Decision(
        "signal:0123456789abcdef", action, ADA.id, "seen", at, "verdict:0123456789abcdef", **more
    )


@pytest.fixture
def store(tmp_path):
    with DecisionStore.at(tmp_path / "decisions.db") as opened:
        opened.add_reviewer(ADA)
        opened.record(sign_decision(decision(Action.TRIAGE), KEY))
        yield opened


def _logged(store):
    """Log everything, as the pipeline does, and give the entries."""
    entries = [b'{"type":"capture"}']
    for kind, seq, leaf in store.unlogged():
        store.mark_logged(kind, seq, len(entries))
        entries.append(canonical_json(leaf))
    return entries


def test_what_was_signed_and_logged_passes_and_so_does_what_waits_to_be_logged(store):
    assert audit(store, []) == ()
    assert audit(store, _logged(store)) == ()


def test_a_leaf_logged_twice_by_a_crash_is_no_loss(store):
    entries = _logged(store)
    assert audit(store, [*entries, entries[-1]]) == ()


def test_a_decision_that_the_log_holds_and_the_store_does_not_is_named(store):
    entries = _logged(store)
    later = sign_decision(decision(Action.CONFIRM, 1), KEY)
    leaf = later.decision.content() | {"signature": later.signature, "vouching": None}
    (problem,) = audit(store, [*entries, canonical_json(leaf)])
    assert "entry 3 of the log, decision (confirm by reviewer:ada-roe)" in problem


def test_a_log_that_says_something_else_is_named(store):
    entries = _logged(store)
    said = json.loads(entries[2]) | {"reason": "other"}
    entries[2] = canonical_json(said)
    problems = audit(store, entries)
    assert "decision 1 is not what entry 2 of the log says" in problems


def test_another_key_another_reviewer_and_a_step_that_cannot_be_are_named():
    taken = decision(Action.TRIAGE)
    stranger = replace(taken, reviewer="reviewer:nobody")
    by_another = sign_decision(taken, ReviewerKey.create(ADA.id))
    jumped = sign_decision(decision(Action.SIGN, advice="check", expires=date(2026, 12, 1)), KEY)
    assert "signature is not Ada Roe's" in next(forgeries([ADA], [by_another]))
    assert "not a reviewer" in next(forgeries([ADA], [sign_decision(stranger, KEY)]))
    assert "cannot take the step sign" in next(forgeries([ADA], [jumped]))
    with pytest.raises(StopEverything, match="signature is not Ada"):
        believe([ADA], [by_another])
    assert believe([ADA], [sign_decision(taken, KEY)]) is None


def test_a_signature_that_is_no_base64_is_named_and_not_a_crash():
    assert "base64" in next(forgeries([ADA], [SignedDecision(decision(Action.TRIAGE), "???")]))


def test_a_decision_sent_twice_is_refused_even_within_one_second(store):
    store.record(sign_decision(decision(Action.DISMISS), KEY))
    with pytest.raises(BadInput, match="cannot be taken twice"):
        store.record(sign_decision(decision(Action.TRIAGE), KEY))
    assert len(store.decisions()) == 2


def test_a_store_whose_rows_are_nonsense_stops_everything(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "decisions.db")) as direct, direct:
        direct.execute("DROP TRIGGER decisions_no_update")
        direct.execute("UPDATE decisions SET content = '{'")
    with pytest.raises(StopEverything, match="cannot be read"):
        audit(store, [])


def test_the_log_tells_neither_the_reason_nor_the_verdict_and_is_no_test_of_a_guess(store):
    entries = _logged(store)
    (signed,) = store.decisions()
    said = json.loads(entries[2])
    assert set(said) == {"type", "signal", "action", "reviewer", "decided_at", "content"}
    told = b"".join(entries).decode()
    for secret in ("seen", signed.decision.verdict, signed.decision.id, signed.signature):
        assert secret not in told
    whole = signed.decision.content() | {"signature": signed.signature, "vouching": None}
    assert sha256_hex(canonical_json(whole)) not in told
    assert not opens_commitment(said["content"], bytes(32), canonical_json(whole))


def test_a_decision_logged_before_there_were_salts_still_fits_its_entry(store, tmp_path):
    later = sign_decision(decision(Action.CONFIRM, 1), KEY)
    with closing(sqlite3.connect(tmp_path / "decisions.db")) as direct, direct:
        direct.execute(
            "INSERT INTO decisions (id, signal, content, signature) VALUES (?, ?, ?, ?)",
            (later.decision.id, later.decision.signal, json.dumps(later.decision.content()),
             later.signature),
        )  # fmt: skip
    entries = _logged(store)
    assert json.loads(entries[3])["reason"] == "seen"
    assert audit(store, entries) == ()


def test_a_reason_changed_in_the_store_no_longer_fits_its_salted_entry(store, tmp_path):
    entries = _logged(store)
    with closing(sqlite3.connect(tmp_path / "decisions.db")) as direct, direct:
        direct.execute("DROP TRIGGER decisions_no_update")
        direct.execute("UPDATE decisions SET content = replace(content, 'seen', 'told')")
    problems = audit(store, entries)
    assert "decision 1 is not what entry 2 of the log says" in problems


def test_salts_travel_in_a_copy_so_that_it_fits_the_same_log(store, tmp_path):
    entries = _logged(store)
    with DecisionStore.at(tmp_path / "copy.db") as copy:
        store.copy_to(copy)
        assert audit(copy, entries) == ()


def act(kind, reason="asked by the family"):
    return Act(kind, "ab" * 32, ADA.id, reason, NOW)


def test_an_erasure_needs_its_reviewers_signature_and_an_opening_a_reason(store):
    with pytest.raises(BadInput, match="signed by a reviewer"):
        store.record_act(SignedAct(act(ERASURE)))
    with pytest.raises(BadInput, match="signature is not Ada"):
        store.record_act(sign_act(act(ERASURE), ReviewerKey.create(ADA.id)))
    with pytest.raises(BadInput, match="no reason"):
        act(OPENING, "  ")
    store.record_act(SignedAct(act(OPENING)))
    store.record_act(sign_act(act(ERASURE), KEY))
    entries = _logged(store)
    assert [json.loads(entry)["type"] for entry in entries[3:]] == [OPENING, ERASURE]
    assert b"family" not in b"".join(entries)
    assert audit(store, entries) == ()


def test_a_forged_erasure_and_an_opening_taken_out_of_the_store_are_named(store, tmp_path):
    store.record_act(SignedAct(act(OPENING)))
    entries = _logged(store)
    with closing(sqlite3.connect(tmp_path / "decisions.db")) as direct, direct:
        direct.execute("DROP TRIGGER originals_no_delete")
        direct.execute("DELETE FROM originals")
        direct.execute(
            "INSERT INTO originals (content, signature, salt) VALUES (?, ?, ?)",
            (json.dumps(act(ERASURE).content()), KEY.sign({"type": "other"}), "00" * 32),
        )
    problems = " ".join(audit(store, entries))
    assert f"the erasure of {'ab' * 32}: the signature is not Ada Roe's" in problems
    assert f"opening (of {'ab' * 32}), is not among the decisions" in problems
