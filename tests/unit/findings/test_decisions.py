import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import (
    SESSION_LASTS,
    Reviewer,
    ReviewerKey,
    SignedDecision,
    Vouching,
    sign_decision,
)
from atalaya.findings.states import Action, Decision
from atalaya.model.errors import AtalayaError, BadInput, LookAtThis
from atalaya.model.records import SignalState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIGNAL = "signal:0123456789abcdef"
KEY = ReviewerKey.create("reviewer:ada-roe")
ADA = Reviewer("Ada Roe", KEY.public, NOW - timedelta(days=1))


def decision(action: Action, minutes: int = 0, **more: object) -> Decision:
    return Decision(
        signal=SIGNAL,
        action=action,
        reviewer=ADA.id,
        reason="seen in two laboratories",
        decided_at=NOW + timedelta(minutes=minutes),
        verdict="verdict:0123456789abcdef",
        **more,
    )


@pytest.fixture
def store(tmp_path: Path):
    with DecisionStore.at(tmp_path / "decisions.db") as opened:
        opened.add_reviewer(ADA)
        yield opened


def _signed_alert(store: DecisionStore, last_day: date) -> None:
    for minutes, action in enumerate((Action.TRIAGE, Action.CONFIRM)):
        store.record(sign_decision(decision(action, minutes), KEY))
    sign = decision(Action.SIGN, 2, advice="check before use", expires=last_day)
    store.record(sign_decision(sign, KEY))


def test_a_signal_becomes_an_alert_only_by_triage_confirmation_and_signature(store):
    with pytest.raises(BadInput, match="possible now: triage, dismiss"):
        store.record(
            sign_decision(
                decision(Action.SIGN, advice="check", expires=date(2026, 12, 1)),
                KEY,
            )
        )
    _signed_alert(store, date(2026, 12, 1))
    assert store.standing(SIGNAL, date(2026, 12, 1)).state is SignalState.ALERT


def test_an_alert_expires_by_itself_the_day_after_its_last(store):
    _signed_alert(store, date(2026, 12, 1))
    assert store.standings(date(2026, 12, 2))[SIGNAL].state is SignalState.EXPIRED


def test_an_alert_without_advice_or_expiry_is_refused():
    with pytest.raises(BadInput, match="needs advice and a last day"):
        decision(Action.SIGN)
    with pytest.raises(BadInput, match="before it is signed"):
        decision(Action.SIGN, advice="check", expires=date(2026, 11, 22))


def test_a_decision_without_a_reason_is_refused():
    with pytest.raises(BadInput, match="no reason was given"):
        replace(decision(Action.TRIAGE), reason="  ")


def test_a_decision_signed_by_another_key_is_refused_and_not_stored(store):
    with pytest.raises(BadInput, match="signature is not Ada Roe's"):
        store.record(sign_decision(decision(Action.TRIAGE), ReviewerKey.create(ADA.id)))
    assert store.decisions() == ()


def test_a_changed_decision_no_longer_fits_its_signature(store):
    signed = sign_decision(decision(Action.TRIAGE), KEY)
    with pytest.raises(BadInput, match="signature"):
        store.record(SignedDecision(decision(Action.DISMISS), signed.signature))


def _vouched(until: datetime) -> tuple[ReviewerKey, Vouching]:
    session = ReviewerKey.create(ADA.id)
    said = Vouching.content(ADA.id, session.public, until)
    return session, Vouching(ADA.id, session.public, until, KEY.sign(said))


def test_a_session_the_reviewer_vouched_for_may_decide_until_it_ends(store):
    session, vouching = _vouched(NOW + SESSION_LASTS)
    taken = decision(Action.TRIAGE)
    store.record(SignedDecision(taken, session.sign(taken.content()), vouching))
    assert store.decisions()[0].vouching == vouching


@pytest.mark.parametrize(
    "until", [NOW - timedelta(seconds=1), NOW + SESSION_LASTS + timedelta(days=1)]
)
def test_a_session_that_is_over_or_claims_too_long_a_time_is_refused(store, until):
    session, vouching = _vouched(until)
    taken = decision(Action.TRIAGE)
    with pytest.raises(BadInput, match="session is over"):
        store.record(SignedDecision(taken, session.sign(taken.content()), vouching))


def test_a_removed_reviewer_may_no_longer_decide_but_what_they_decided_stays(store):
    store.record(sign_decision(decision(Action.TRIAGE), KEY))
    store.add_reviewer(replace(ADA, removed_at=NOW + timedelta(minutes=1)))
    with pytest.raises(BadInput, match="was no reviewer"):
        store.record(sign_decision(decision(Action.CONFIRM, 2), KEY))
    assert len(store.decisions(SIGNAL)) == 1


def test_a_stranger_cannot_decide(store):
    key = ReviewerKey.create("reviewer:nobody")
    with pytest.raises(BadInput, match="not a reviewer"):
        store.record(sign_decision(replace(decision(Action.TRIAGE), reviewer=key.reviewer), key))


def test_another_key_cannot_take_a_reviewers_name(store):
    with pytest.raises(BadInput, match="already a reviewer with another key"):
        store.add_reviewer(replace(ADA, public_key=ReviewerKey.create(ADA.id).public))


def test_what_is_stored_waits_to_be_logged_and_is_then_found_by_its_index(store):
    signed = sign_decision(decision(Action.TRIAGE), KEY)
    store.record(signed)
    waiting = store.unlogged()
    assert [item[0] for item in waiting] == ["reviewer", "decision"]
    for index, (kind, seq, _) in enumerate(waiting, start=40):
        store.mark_logged(kind, seq, index)
    assert store.unlogged() == []
    assert store.log_index(signed.decision.id) == 41


def test_the_database_itself_refuses_to_change_what_was_decided(store, tmp_path):
    store.record(sign_decision(decision(Action.TRIAGE), KEY))
    with (
        sqlite3.connect(tmp_path / "decisions.db") as direct,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        direct.execute("UPDATE decisions SET content = '{}'")
    direct.close()


def test_decisions_written_by_the_first_version_are_upgraded_and_kept(tmp_path):
    path = tmp_path / "decisions.db"
    with DecisionStore.at(path) as store:
        store.add_reviewer(ADA)
        store.record(sign_decision(decision(Action.TRIAGE), KEY))
    with sqlite3.connect(path) as direct:  # as revision 0001 left it
        names = direct.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            direct.execute(f"DROP TRIGGER {name}")
        direct.execute("ALTER TABLE decisions DROP COLUMN salt")
        direct.execute("DROP TABLE originals")
        direct.execute("DROP TABLE sent")
        direct.execute("DROP TABLE retractions")
        direct.execute("DROP TABLE reinstatements")
        direct.execute("UPDATE alembic_version SET version_num = '0001'")
    direct.close()
    with DecisionStore.at(path) as store:
        assert len(store.decisions()) == 1
    with sqlite3.connect(path) as direct:
        count = direct.execute("SELECT count(*) FROM sqlite_master WHERE type='trigger'")
        assert count.fetchone() == (14,)
    direct.close()


def test_a_file_of_a_newer_version_or_not_a_database_is_refused_untouched(tmp_path):
    newer = tmp_path / "newer.db"
    DecisionStore.at(newer).close()
    with sqlite3.connect(newer) as direct:
        direct.execute("UPDATE alembic_version SET version_num = '9999'")
    direct.close()
    with pytest.raises(LookAtThis, match="cannot be opened"):
        DecisionStore.at(newer)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is not a database, but it is long enough to be looked at" * 20)
    before = broken.read_bytes()
    with pytest.raises(AtalayaError):
        DecisionStore.at(broken)
    assert broken.read_bytes() == before


def test_where_decisions_lie_and_what_their_database_answers_is_not_for_a_page(tmp_path):
    """A page that cannot be shown says what is wrong, and not which account of which machine."""
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is not a database, but it is long enough to be looked at" * 20)
    with pytest.raises(LookAtThis) as refused:
        DecisionStore.at(broken)
    shown = refused.value.what + refused.value.why + refused.value.do
    assert "broken.db" not in shown
    assert "not a database" not in shown
    assert "broken.db" in str(refused.value)
    assert "file is not a database" in str(refused.value)
    absent = "postgresql+psycopg://ana:secret@127.0.0.1:1/decisions?connect_timeout=2"
    with pytest.raises(LookAtThis) as refused:
        DecisionStore(absent)
    assert "ana" not in refused.value.what + refused.value.why + refused.value.do
    assert "ana:***@127.0.0.1" in str(refused.value)


def test_a_key_file_reads_back_as_the_same_key_and_nonsense_is_refused():
    assert ReviewerKey.parse(str(KEY)).public == KEY.public
    for text in ("", "atalaya-reviewer-key-1 x", "atalaya-reviewer-key-1 reviewer:a !!!"):
        with pytest.raises(BadInput):
            ReviewerKey.parse(text)


def test_who_was_told_is_remembered_once_and_copied(store, tmp_path):
    told = ("notice:0123456789abcdef", "mail", "focal@point.example")
    store.mark_sent(*told, NOW)
    store.mark_sent(*told, NOW + timedelta(days=1))
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), store._writing() as connection:
        connection.execute(sa.text("DELETE FROM sent"))
    with DecisionStore.at(tmp_path / "copy.db") as copy:
        store.copy_to(copy)
        assert copy.sent() == store.sent() == {told}


def test_what_is_signed_with_an_alert_is_kept_and_older_decisions_read_as_before(store):
    said = {"said": {"observed": "1-9", "sources": 1}, "form": {"risk": "new"}}
    assert "alert" not in decision(Action.TRIAGE).content()
    for minutes, action in enumerate((Action.TRIAGE, Action.CONFIRM)):
        store.record(sign_decision(decision(action, minutes), KEY))
    last = date(2026, 12, 1)
    signed = decision(Action.SIGN, 2, advice="check before use", expires=last, alert=said)
    store.record(sign_decision(signed, KEY))
    assert store.decisions()[-1].decision.alert == said
    assert store.decisions()[-1].decision.id == signed.id
    with pytest.raises(BadInput, match="takes no advice"):
        decision(Action.TRIAGE, alert=said)
