"""Live evidence to an alert that real servers receive, and the word that it was withdrawn."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.material.commands import atalaya
from tests.material.laboratory import counts_of, laboratory, mirrored, publish, watched
from tests.material.loopback_server import replies, serving
from tests.material.mail_server import Mailbox, serving_mail

from atalaya.model.periods import Period, PeriodKind
from atalaya.model.settings import Folder


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """An observatory whose laboratory began to find protonitazene four months ago."""
    last = Period.containing(datetime.now(UTC).date(), PeriodKind.MONTH) + -1
    rows = [
        f"{last + -age},{what},{count},200"
        for age in range(35, -1, -1)
        for what, count in (("cocaine", 40 + age % 5), ("protonitazene", 4 if age < 4 else 0))
    ]
    mirror = tmp_path / "mirror"
    publish(mirror, ["month,substance,count,tested", *rows])
    assert atalaya("init", "--empty", "observatory", cwd=tmp_path).code == 0
    folder = Folder(tmp_path / "observatory")
    mirrored(folder.settings, str(mirror))
    laboratory(folder.sources, as_of=str(last.end), table=counts_of("ARG"))
    watched(folder.monitors)
    done = atalaya("run", "--no-serve", cwd=tmp_path)
    assert done.code == 0, done.err
    return folder.root


def _alerted(folder: Path) -> str:
    """Sign the first signal; give its identifier."""
    cwd = folder.parent
    found = atalaya("alerts", "queue", cwd=cwd).rows()
    name = str(next(row for row in found if row["what"] == "substance:protonitazene")["signals"][0])
    assert atalaya("reviewer", "add", "Ada", "--key", "k", cwd=cwd).code == 0
    mine = (name, "--reason", "confirmed by GC-MS", "--key", "k")
    for step in ("triage", "confirm"):
        assert atalaya(step, *mine, cwd=cwd).code == 0
    (cwd / "form.toml").write_text('evidence = "laboratory-confirmed"\n')
    last = ("--advice", "Carry naloxone.", "--expires", "2099-12-31", "--form", "form.toml")
    done = atalaya("sign", *mine, *last, cwd=cwd)
    assert done.code == 0, done.err
    return name


def test_a_live_alert_reaches_mail_and_webhook_once_and_so_does_its_withdrawal(live: Path):
    cwd, box = live.parent, Mailbox()
    name = _alerted(live)
    settings = live / "observatory.toml"
    with serving_mail(box) as port, serving({"/hook": replies(b"")}) as server:
        settings.write_text(
            f'{settings.read_text()}\n[mail]\nhost = "127.0.0.1"\nport = {port}\n'
            'security = "none"\nto = ["focal@point.example"]\nlanguage = "es"\n'
            f'[webhooks]\nto = ["{server.home}/hook"]\n'
        )
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
