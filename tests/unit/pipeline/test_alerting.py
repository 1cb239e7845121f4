"""Alerts from decisions: figures as they were signed, and an end that always goes out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from tests.material.alerts import FORM, SAID

from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import Reviewer, ReviewerKey, sign_decision
from atalaya.findings.states import Action, Decision
from atalaya.model.errors import BadInput, StopEverything, WrongUse
from atalaya.model.identifiers import canonical_json, sha256_hex
from atalaya.model.settings import Folder
from atalaya.pipeline.alerting import alerts, as_signed, check_words, only_signal
from atalaya.pipeline.queueing import names_so_far

SIGNAL = "signal:0123456789abcdef"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEY = ReviewerKey.create("reviewer:ada-roe")
CONTENT = {"said": SAID.content(), "form": FORM.content()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DecisionStore]:
    with DecisionStore.at(tmp_path / "decisions.db") as opened:
        opened.add_reviewer(Reviewer("Ada Roe", KEY.public, NOW - timedelta(days=1)))
        yield opened


def _decide(store: DecisionStore, action: Action, minutes: int, reason: str = "ok", **more) -> None:
    at = NOW + timedelta(minutes=minutes)
    decided = Decision(SIGNAL, action, KEY.reviewer, reason, at, "verdict:1", **more)
    store.record(sign_decision(decided, KEY))


def _signed(store: DecisionStore, advice: str = "Carry naloxone.", content=CONTENT) -> None:
    _decide(store, Action.TRIAGE, 0)
    _decide(store, Action.CONFIRM, 1)
    last = date(2026, 11, 25)
    _decide(store, Action.SIGN, 2, advice=advice, expires=last, alert=content)


def _release(folder: Path, name: str, *signals: dict[str, object]) -> None:
    """Lay a release of two tables down, as the reader of releases finds it."""
    path = folder / "releases" / name
    (path / "data").mkdir(parents=True)
    row = {"verdict": "verdict:1", "expected": None, "series": "s", **SAID.content()}
    rows = [row | signal for signal in signals]
    pq.write_table(pa.Table.from_pylist(rows), path / "data" / "signals.parquet")
    series = [{"series": "s", "predicate": "samples with the substance"}]
    pq.write_table(pa.Table.from_pylist(series), path / "data" / "series.parquet")
    tables = ["signals", "series"]
    files = {
        f"data/{table}.parquet": {
            "sha256": sha256_hex((path / "data" / f"{table}.parquet").read_bytes())
        }
        for table in tables
    }
    made = {"release": name, "made_from": {"as_of": "2026-10-31", "tables": tables}}
    (path / "manifest.json").write_bytes(canonical_json(made | {"files": files}))
    latest = folder / "releases" / "latest"
    latest.unlink(missing_ok=True)
    latest.symlink_to(name)


def test_an_alert_says_what_was_signed_and_expires_by_itself(store, tmp_path):
    _signed(store)
    (notice,) = alerts(Folder(tmp_path), store, NOW).notices
    assert (notice.kind, notice.alert.said, notice.alert.form) == ("issued", SAID, FORM)
    assert notice.alert.signed_by == "Ada Roe"
    (later,) = alerts(Folder(tmp_path), store, NOW + timedelta(days=6)).notices
    assert (later.kind, later.alert.id) == ("expired", notice.alert.id)


def test_figures_stay_as_signed_when_a_later_release_says_others(store, tmp_path):
    _signed(store)
    _release(tmp_path, "2026-11-21-1", {"id": SIGNAL, "observed": "15"})
    found = alerts(Folder(tmp_path), store, NOW)
    assert found.notices[0].alert.said.observed == "1-9"
    assert found.doubtful == ()


def test_an_alert_whose_signal_is_gone_from_the_release_is_named_as_doubtful(store, tmp_path):
    _signed(store)
    _release(tmp_path, "2026-11-21-1", {"id": "signal:ffffffffffffffff"})
    (doubt,) = alerts(Folder(tmp_path), store, NOW).doubtful
    assert "no longer holds its signal" in doubt[1]


def test_what_was_signed_without_a_form_takes_its_figures_from_the_release_or_stays(
    store, tmp_path
):
    _signed(store, content=None)
    left = alerts(Folder(tmp_path), store, NOW).left_out
    assert [(signal, "does not hold" in why) for signal, why in left] == [(SIGNAL, True)]
    _release(tmp_path, "2026-11-21-1", {"id": SIGNAL, "observed": "15"})
    (notice,) = alerts(Folder(tmp_path), store, NOW).notices
    assert notice.alert.said.observed == "15"
    assert not any(notice.alert.form.texts.values())


def test_what_was_signed_without_a_form_keeps_the_figures_of_the_day_it_was_signed(store, tmp_path):
    _signed(store, content=None)
    for name, observed in (("2026-11-19-1", "7"), ("2026-11-20-1", "8"), ("2026-11-21-1", "15")):
        _release(tmp_path, name, {"id": SIGNAL, "observed": observed})
    _release(tmp_path, "2026-11-22-1", {"id": "signal:ffffffffffffffff"})
    (notice,) = alerts(Folder(tmp_path), store, NOW).notices
    assert notice.alert.said.observed == "8"


def test_advice_that_may_not_go_out_is_left_out_but_its_end_is_said(store, tmp_path):
    _signed(store, advice="Three people died.")
    found = alerts(Folder(tmp_path), store, NOW)
    assert (found.notices, len(found.left_out)) == ((), 1)
    _decide(store, Action.WITHDRAW, 3, reason="Three people was wrong")
    (notice,) = alerts(Folder(tmp_path), store, NOW).notices
    assert (notice.kind, "log" in notice.because) == ("withdrawn", True)


def test_words_are_checked_before_a_decision_is_stored():
    at = {"decided_at": NOW, "verdict": "verdict:1"}
    bad = Decision(SIGNAL, Action.WITHDRAW, KEY.reviewer, "2 deaths too many", **at)
    with pytest.raises(BadInput, match="the reason holds"):
        check_words("territory:US-CT", bad)
    check_words("territory:ARG", bad)
    check_words("territory:US-CT", Decision(SIGNAL, Action.DISMISS, "reviewer:a", "2 deaths", **at))


def test_signing_needs_a_published_signal_and_words_that_may_go_out(tmp_path):
    last = {"advice": "Carry naloxone.", "expires": date(2026, 12, 1)}
    wish = Decision(SIGNAL, Action.SIGN, KEY.reviewer, "ok", NOW, "verdict:1", **last)
    with pytest.raises(BadInput, match="does not hold"):
        as_signed(Folder(tmp_path), wish, {})
    _release(tmp_path, "2026-11-21-1", {"id": SIGNAL})
    assert as_signed(Folder(tmp_path), wish, {})["said"] == SAID.content()
    with pytest.raises(BadInput, match="the field risk holds"):
        as_signed(Folder(tmp_path), wish, {"risk": "It sells for $20 per gram."})


def test_a_signal_is_found_by_its_first_digits():
    known = ["signal:aa11", "signal:aa22"]
    assert only_signal(known, "aa1") == "signal:aa11"
    for name in ("aa", "bb"):
        with pytest.raises(WrongUse, match=f"begins with 'signal:{name}'"):
            only_signal(known, name)


def test_a_cluster_keeps_the_name_of_its_first_release(tmp_path):
    _release(tmp_path, "2026-11-02-2", {"id": SIGNAL, "since": "2026-08"})
    first = names_so_far(tmp_path / "releases")
    earlier = {"id": "signal:00000000000000ff", "since": "2026-06"}
    _release(tmp_path, "2026-11-02-10", {"id": SIGNAL, "since": "2026-08"}, earlier)
    names = names_so_far(tmp_path / "releases")
    assert set(names.values()) == {first[SIGNAL]}
    assert len(names) == 2


def test_a_decision_that_nobody_signed_makes_no_alert(store, tmp_path):
    _signed(store)
    ((content, identifier),) = _last(store)
    forged = content.replace("Carry naloxone.", "Nothing to fear.")
    with store._writing() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO decisions (id, signal, content, signature) VALUES (:i, :s, :c, 'AA==')"
            ),
            {"i": identifier[:-1] + "x", "s": "signal:ffffffffffffffff", "c": forged},
        )
    with pytest.raises(StopEverything):
        alerts(Folder(tmp_path), store, NOW)


def _last(store: DecisionStore) -> list[tuple[str, str]]:
    wanted = sa.text("SELECT content, id FROM decisions ORDER BY seq DESC LIMIT 1")
    with store._engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(wanted)]


def _second(store: DecisionStore, action: Action, first: Decision, minutes: int) -> None:
    key = ReviewerKey.create("reviewer:ben-poe")
    store.add_reviewer(Reviewer("Ben Poe", key.public, NOW - timedelta(days=1)))
    at = NOW + timedelta(minutes=minutes)
    taken = Decision(SIGNAL, action, key.reviewer, "read it", at, "verdict:1", of=first.id)
    store.record(sign_decision(taken, key))


def test_what_waits_for_a_second_person_is_said_nowhere_until_both_signed(store, tmp_path):
    _decide(store, Action.TRIAGE, 0)
    _decide(store, Action.CONFIRM, 1)
    said = {"advice": "Carry naloxone.", "expires": date(2026, 11, 25), "alert": CONTENT}
    _decide(store, Action.SIGN, 2, persons=2, **said)
    found = alerts(Folder(tmp_path), store, NOW)
    assert (found.notices, [one.action for one in found.waiting]) == ((), [Action.SIGN])
    assert alerts(Folder(tmp_path), store, NOW + timedelta(days=9)).notices == ()
    _second(store, Action.COUNTERSIGN, found.waiting[0], 30)
    (notice,) = alerts(Folder(tmp_path), store, NOW).notices
    assert notice.alert.signed_by == "Ada Roe, Ben Poe"
    assert notice.at == notice.alert.signed_at == NOW + timedelta(minutes=30)


def test_the_end_of_an_alert_told_before_the_rule_reaches_those_who_were_told(store, tmp_path):
    _signed(store)
    (told,) = alerts(Folder(tmp_path), store, NOW).notices
    store.two_persons = True
    assert alerts(Folder(tmp_path), store, NOW).notices == ()
    later = NOW + timedelta(days=9)
    assert alerts(Folder(tmp_path), store, later).notices == ()
    store.mark_sent(told.id, "mail", "who@example.org", NOW)
    assert [one.kind for one in alerts(Folder(tmp_path), store, later).notices] == ["expired"]
