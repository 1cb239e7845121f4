"""A mistaken retraction is undone, or its ground comes back: whoever learnt of it learns that."""

import json
from email import message_from_bytes, policy
from pathlib import Path

from fastapi.testclient import TestClient
from tests.material.commands import atalaya
from tests.material.laboratory import publish
from tests.material.live_laboratory import HEAD, LAST, alerted, counts, told
from tests.material.loopback_server import replies, serving
from tests.material.mail_server import Mailbox, serving_mail
from tests.material.retracted_evidence import (
    CAP,
    WHY,
    arrival_claims,
    cap_message,
    ran,
    retract,
    stix_report,
    table,
    written,
    written_forms,
)

from atalaya.cli.clock import SystemClock
from atalaya.cli.configuration import load
from atalaya.model.settings import Folder
from atalaya.pipeline.feeding import feeds_of
from atalaya.pipeline.logged_desk import LoggedDesk
from atalaya.pipeline.proving import archive_with
from atalaya.web.app import create_app

SORRY = "The standard was clean: another batch was meant."


def _site(folder: Path) -> TestClient:
    here = Folder(folder)
    settings, clock = load(here), SystemClock()
    desk, feeds = LoggedDesk(here, settings), feeds_of(here, settings, clock)
    app = create_app(here, settings, clock, desk, lambda: archive_with(here, settings), feeds)
    return TestClient(app, base_url="http://127.0.0.1:8420")


def _reinstate(cwd: Path, *names: str, key: str = "k", reason: str = SORRY):
    return atalaya("reinstate", *names, "--reason", reason, "--key", key, cwd=cwd)


def _struck(cwd: Path, state: str) -> list[str]:
    listed = atalaya("retractions", cwd=cwd).rows()
    return [row["retraction"] for row in listed if row["state"] == state]


def test_a_mistaken_retraction_is_undone_on_every_channel_that_told_of_it(live: Path):
    cwd, box = live.parent, Mailbox()
    name = alerted(live)
    with serving_mail(box) as port, serving({"/hook": replies(b"")}) as server:
        told(live, port, f"{server.home}/hook")
        assert len(atalaya("alerts", "send", cwd=cwd).rows()) == 2
        claims = arrival_claims(live)
        first = (live / "releases" / "latest").resolve().name
        assert f"alert in doubt: {name}" in retract(live, claims)
        _doubt_is_told_before_a_run(live, name)
        assert ran(live).count("told of alert:") == 2
        _wrong_names(cwd)
        gone = _struck(cwd, "stands")
        done = _reinstate(cwd, *gone)
        assert (done.code, "alert in doubt" in done.err) == (0, False), done.err
        twice = _reinstate(cwd, gone[0])
        assert (twice.code, "was taken back on" in twice.err) == (4, True)
        assert (_struck(cwd, "stands"), _struck(cwd, "taken back")) == ([], gone)
        _lift_is_told_before_a_run(live, name)
        assert ran(live).count("told of alert:") == 2
        again = ran(live)
        assert (again.count("told of"), "nothing has changed" in again) == (0, True)
        bodies = [json.loads(asked.body) for asked in server.record.asked]
    kinds = [body["type"] for body in bodies]
    assert kinds == ["alert.issued", "alert.evidence-retracted", "alert.doubt-lifted"]
    assert bodies[2]["data"]["because"] == SORRY
    assert bodies[2]["data"]["advice"] == "Carry naloxone."
    mails = [message_from_bytes(one.content, policy=policy.default) for one in box.taken]
    assert "DUDA DISIPADA" in mails[2]["Subject"]
    assert mails[2]["References"].split() == [mails[0]["Message-ID"], mails[1]["Message-ID"]]
    _counts_again(live, name)
    _every_form_says_so(written_forms(live))
    before = json.loads(atalaya("why", claims[0], "--release", first, cwd=cwd).out)["root"]["facts"]
    assert (WHY in before["reinstated"], SORRY in before["reinstated"]) == (True, True)
    assert atalaya("verify", cwd=cwd).code == 0


def _doubt_is_told_before_a_run(live: Path, name: str) -> None:
    """The newest release knows nothing yet: what is served says it all the same, and the desk."""
    assert "evidence retracted under 1" in atalaya("alerts", "queue", cwd=live.parent).err
    site, key = _site(live), name.partition(":")[2]
    assert WHY in site.get("/feeds/en/all.atom").text
    for code, words in (("en", "evidence retracted"), ("es", "evidencia retractada")):
        text = site.get(f"/{code}/signals/{key}").text
        assert words in text.lower()
        chain = text.partition('id="chain"')[2].partition("</section>")[0]
        assert WHY in chain
        twin = site.get(f"/{code}/signals/{key}.json").json()
        assert [WHY in one["says"] for one in _card(twin)["retracted"]] == [True, True]
    listed = site.get("/api/signals").json()
    (mine,) = [one for one in listed["standing"] + listed["past"] if one["id"] == name]
    assert len(mine["retracted"]) == 2


def _lift_is_told_before_a_run(live: Path, name: str) -> None:
    site, key = _site(live), name.partition(":")[2]
    feed = site.get("/feeds/es/all.atom").text
    assert ("DUDA DISIPADA" in feed, SORRY in feed) == (True, True)
    card = _card(site.get(f"/en/signals/{key}.json").json())
    assert (card["retracted"], len(card["reinstated"])) == ([], 2)
    assert "vuelve a contar" in site.get(f"/es/signals/{key}").text
    assert "evidence retracted under" not in atalaya("alerts", "queue", cwd=live.parent).err


def _card(twin: dict) -> dict:
    return dict(twin["view"]["signal"])


def _wrong_names(cwd: Path) -> None:
    unknown = _reinstate(cwd, "retraction:0000000000000000")
    assert (unknown.code, "no retraction begins with" in unknown.err) == (2, True)
    never = _reinstate(cwd, "claims.csv:1")
    assert (never.code, "`atalaya retractions`" in never.err) == (2, True)
    (first, _) = _struck(cwd, "stands")
    empty = _reinstate(cwd, first, reason=" ")
    assert (empty.code, "no reason was given" in empty.err) == (4, True)
    price = _reinstate(cwd, first, reason="It sold for $20 per gram.")
    assert (price.code, "a price of the illicit market" in price.err) == (4, True)


def _counts_again(live: Path, name: str) -> None:
    """The newest release holds what was struck, and both decisions beside it."""
    counted = {
        row["period"]: row["count"]
        for row in table(live, "series")
        if row["subject"] == "substance:protonitazene"
    }
    assert (counted[str(LAST)], counted[str(LAST + -1)]) == ("4", "4")
    issues = [row for row in table(live, "issues") if row["kind"].startswith("evidence-re")]
    assert {row["kind"] for row in issues} == {"evidence-reinstated"}
    assert all(WHY in row["says"] and SORRY in row["says"] for row in issues)
    site, key = live / "releases" / "latest" / "site", name.partition(":")[2]
    for language, words in (("en", "counts again"), ("es", "vuelve a contar")):
        pages = [one for one in (site / language / "signals").rglob("*.html") if key in str(one)]
        (text,) = (page.read_text() for page in pages)
        assert (words in text, SORRY in text, 'class="retracted"' in text) == (True, True, False)


def _every_form_says_so(forms: Path) -> None:
    message = cap_message(forms)
    assert message.findtext(f"{CAP}msgType") == "Update"
    assert message.findtext(f"{CAP}note") == SORRY
    assert len(message.findtext(f"{CAP}references").split()) == 2
    report = stix_report(forms)
    assert ("doubt-lifted" in report["labels"], "revoked" in report) == (True, False)
    for path in forms.rglob("*.*"):
        if path.suffix in {".atom", ".json", ".txt", ".csv"}:
            assert SORRY in path.read_text(), path


def test_evidence_that_the_publisher_brings_back_lifts_the_doubt_it_made(live: Path):
    name, cwd = alerted(live), live.parent

    def said(*, without: int = 0, arrival: int = 4) -> dict[str, str]:
        publish(cwd / "mirror", [HEAD, *counts(arrival)[without:]])
        ran(live)
        return written(live)

    with serving({"/hook": replies(b"")}) as server:
        told(live, 9, f"{server.home}/hook")
        assert atalaya("alerts", "send", cwd=cwd).code != 0  # the mail server is not there
        doubted = said(arrival=0)
        back = said(without=1)
        assert said(without=2)["at"] == back["at"]  # told once
        bodies = [json.loads(asked.body) for asked in server.record.asked]
    assert (doubted["state"], back["state"]) == ("evidence-retracted", "doubt-lifted")
    assert "holds again what it was signed on (source lab)" in back["because"]
    kinds = [body["type"] for body in bodies]
    assert kinds == ["alert.issued", "alert.evidence-retracted", "alert.doubt-lifted"]
    issues = [row for row in table(live, "issues") if row["kind"] == "evidence-reinstated"]
    assert [name in row["says"] for row in issues] == [True]
    for path in (live / "tables").iterdir():  # evidence and decisions are the only state
        path.unlink()
    ran(live)
    assert written(live) == back


def test_under_the_two_person_rule_another_reviewer_takes_a_retraction_back(live: Path):
    alerted(live)
    cwd = live.parent
    assert atalaya("reviewer", "add", "Ben", "--key", "b", cwd=cwd).code == 0
    retract(live, arrival_claims(live)[:1])
    settings = live / "observatory.toml"
    settings.write_text(settings.read_text() + "\n[reviewing]\ntwo_persons = true\n")
    (gone,) = _struck(cwd, "stands")
    own = _reinstate(cwd, gone)
    assert (own.code, "cannot be the one who takes it back" in own.err) == (4, True)
    assert _struck(cwd, "stands") == [gone]
    other = _reinstate(cwd, gone.partition(":")[2][:6], key="b")
    assert (other.code, _struck(cwd, "stands")) == (0, []), other.err
    wrong = [row for row in atalaya("verify", cwd=cwd).rows() if row["result"] == "problem"]
    assert ["is one person's: it waits" in row["says"] for row in wrong] == [True]  # the alert
