"""Telling recipients: each once, the end of an alert to whoever was told, nobody in error."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.material.alerts import (
    ALERT,
    DOUBTED,
    EXPIRED,
    ISSUED,
    LIFTED,
    REPLAYED,
    SAID,
    WITHDRAWN,
)
from tests.material.clocks import StoppedClock
from tests.material.loopback_server import free_port, replies, serving
from tests.material.mail_server import Mailbox, serving_mail

from atalaya.findings.alerts.record import Notice, issued, withdrawn
from atalaya.findings.decisions import DecisionStore
from atalaya.model.errors import LookAtThis, TryLater
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.delivering import MAIL, WEBHOOK, Delivery, deliver, due


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DecisionStore]:
    with DecisionStore.at(tmp_path / "decisions.db") as opened:
        yield opened


def _settings(**parts: object) -> Settings:
    fetching = {"timeout_seconds": 0.5, "retries": 0}
    return Settings.model_validate({"schema": 1, "fetching": fetching} | parts)


def _hook(url: str) -> Settings:
    return _settings(webhooks={"to": [url]})


def _deliver(
    notices: list[Notice], settings: Settings, store: DecisionStore, folder: Path
) -> list[Delivery]:
    return deliver(notices, Folder(folder), settings, store, StoppedClock())


def test_a_recipient_is_told_once_and_told_of_the_end(store, tmp_path):
    with serving({"/hook": replies(b"")}) as server:
        settings = _hook(f"{server.home}/hook")
        for notices in ([ISSUED], [ISSUED], [WITHDRAWN], [WITHDRAWN]):
            assert all(one.problem is None for one in _deliver(notices, settings, store, tmp_path))
        said = [json.loads(one.body)["type"] for one in server.record.asked]
    assert said == ["alert.issued", "alert.withdrawn"]


def test_the_end_reaches_whoever_was_told_also_when_no_longer_a_recipient(store, tmp_path):
    with serving({"/hook": replies(b"")}) as server:
        _deliver([ISSUED], _hook(f"{server.home}/hook"), store, tmp_path)
        done = _deliver([EXPIRED], _settings(), store, tmp_path)
    assert [(one.notice.kind, one.problem) for one in done] == [("expired", None)]


def test_the_end_of_what_nobody_was_told_of_is_told_to_nobody(store, tmp_path):
    with serving({"/hook": replies(b"")}) as server:
        assert _deliver([WITHDRAWN], _hook(f"{server.home}/hook"), store, tmp_path) == []
        assert server.record.asked == []


def test_history_judged_again_is_never_sent(store, tmp_path):
    with serving({"/hook": replies(b"")}) as server:
        assert _deliver([issued(REPLAYED)], _hook(f"{server.home}/hook"), store, tmp_path) == []
        assert server.record.asked == []


def test_one_broken_recipient_keeps_nobody_else_from_being_told_and_is_tried_again(store, tmp_path):
    with serving({"/good": replies(b""), "/bad": replies(b"", 500)}) as server:
        settings = _settings(webhooks={"to": [f"{server.home}/bad", f"{server.home}/good"]})
        first = _deliver([ISSUED], settings, store, tmp_path)
        assert [type(one.problem) for one in first][1] is type(None)
        assert isinstance(first[0].problem, TryLater)
        again = _deliver([ISSUED], settings, store, tmp_path)
        assert [one.recipient for one in again] == [f"{server.home}/bad"]


def test_the_secret_is_made_once_for_its_owner_only_and_refused_when_others_can_read_it(
    store, tmp_path
):
    with serving({"/hook": replies(b"")}) as server:
        settings = _hook(f"{server.home}/hook")
        _deliver([ISSUED], settings, store, tmp_path)
        secret = tmp_path / "keys" / "webhook.secret"
        kept = secret.read_text()
        assert secret.stat().st_mode & 0o077 == 0
        secret.chmod(0o644)
        (done,) = _deliver([WITHDRAWN], settings, store, tmp_path)
        assert isinstance(done.problem, LookAtThis)
        assert "other accounts can read" in done.problem.what
        assert kept.strip() not in str(done.problem)
        secret.chmod(0o600)
        assert _deliver([WITHDRAWN], settings, store, tmp_path)[0].problem is None
    assert secret.read_text() == kept


def test_mail_goes_to_each_recipient_alone_and_its_end_too(store, tmp_path):
    box = Mailbox()
    with serving_mail(box) as port:
        mail = {"host": "127.0.0.1", "port": port, "security": "none", "language": "es"}
        settings = _settings(mail=mail | {"to": ["a@point.example", "nobody@point.example"]})
        done = _deliver([ISSUED], settings, store, tmp_path)
        _deliver([WITHDRAWN], settings, store, tmp_path)
    assert [one.problem is None for one in done] == [True, False]
    assert [taken.rcpt_tos for taken in box.taken] == [["a@point.example"]] * 2
    assert all(b"nobody@" not in taken.content for taken in box.taken)
    assert b"RETIRADA" in box.taken[1].content


def test_a_mail_server_that_is_away_is_a_problem_of_every_recipient_and_of_no_webhook(
    store, tmp_path
):
    with serving({"/hook": replies(b"")}) as server:
        mail = {"host": "127.0.0.1", "port": free_port(), "security": "none"}
        mail |= {"to": ["a@x.example"]}
        settings = _settings(mail=mail, webhooks={"to": [f"{server.home}/hook"]})
        done = _deliver([ISSUED], settings, store, tmp_path)
    assert [(one.channel, type(one.problem).__name__) for one in done] == [
        (MAIL, "Undelivered"),
        (WEBHOOK, "NoneType"),
    ]


def test_a_second_alert_on_the_same_signal_is_told_anew():
    sent = frozenset({(ISSUED.id, WEBHOOK, "https://a.example/")})
    second = issued(replace(ALERT, decision="decision:00000000000000ff"))
    settings = _settings(webhooks={"to": ["https://a.example/"]})
    assert [one.id for one, _, _ in due([ISSUED, second], settings, sent)] == [second.id]
    gone = withdrawn(second.alert, second.at, "wrong")
    assert list(due([gone], settings, sent)) == []
    assert SAID.mode == "live"


def test_that_a_doubt_was_lifted_is_told_to_whoever_was_told_of_the_alert_or_of_the_doubt():
    settings = _hook("http://127.0.0.1/hook")
    for before in (ISSUED, DOUBTED):
        sent = frozenset({(before.id, WEBHOOK, "http://127.0.0.1/old")})
        told = [(by, whom) for _, by, whom in due([LIFTED], settings, sent, anew=False)]
        assert told == [(WEBHOOK, "http://127.0.0.1/old")]
    again = frozenset({(LIFTED.id, WEBHOOK, "http://127.0.0.1/hook")})
    assert list(due([LIFTED], settings, again)) == []


def test_an_alert_that_was_never_sent_before_its_doubt_was_lifted_is_sent_by_a_person_alone():
    settings = _hook("http://127.0.0.1/hook")
    assert list(due([LIFTED, ISSUED, DOUBTED], settings, frozenset(), anew=False)) == []
    kinds = [notice.kind for notice, _, _ in due([LIFTED, DOUBTED], settings, frozenset())]
    assert kinds == ["doubt-lifted"]
