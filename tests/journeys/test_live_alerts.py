"""Live evidence to an alert that real servers receive, and the word that it was withdrawn."""

import json
from pathlib import Path

from tests.material.commands import atalaya
from tests.material.live_laboratory import alerted, told
from tests.material.loopback_server import replies, serving
from tests.material.mail_server import Mailbox, serving_mail


def test_a_live_alert_reaches_mail_and_webhook_once_and_so_does_its_withdrawal(live: Path):
    cwd, box = live.parent, Mailbox()
    name = alerted(live)
    with serving_mail(box) as port, serving({"/hook": replies(b"")}) as server:
        told(live, port, f"{server.home}/hook")
        first = atalaya("alerts", "send", cwd=cwd)
        assert (first.code, len(first.rows())) == (0, 2), first.err
        assert atalaya("alerts", "send", cwd=cwd).rows() == []
        gone = ("--reason", "the laboratory retracted it", "--key", "k")
        assert atalaya("withdraw", name, *gone, cwd=cwd).code == 0
        assert {row["notice"] for row in atalaya("alerts", "send", cwd=cwd).rows()} == {"withdrawn"}
        assert atalaya("alerts", "send", cwd=cwd).rows() == []
        bodies = [json.loads(asked.body) for asked in server.record.asked]
    assert [body["type"] for body in bodies] == ["alert.issued", "alert.withdrawn"]
    assert bodies[0]["data"]["observed"] == "4"  # samples are not people, and Argentina is national
    assert bodies[1]["data"]["because"] == "the laboratory retracted it"
    assert len(box.taken) == 2
    assert b"<status>Actual</status>" in _attached(box.taken[0].content)


def _attached(raw: bytes) -> bytes:
    from email import message_from_bytes, policy

    (part,) = message_from_bytes(raw, policy=policy.default).iter_attachments()
    return bytes(part.get_payload(decode=True))
