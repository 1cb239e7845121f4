"""Retracted evidence walks back through series, signals and alerts, and every channel says so."""

import csv
import json
from email import message_from_bytes, policy
from pathlib import Path

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
    retract,
    stix_report,
    table,
    written,
    written_forms,
)


def _left_out(folder: Path, signal: str, before: set[str]) -> None:
    """What was retracted is out of the release, named in it, and whole in archive and log."""
    counted = {
        row["period"]: (row["count"], row["status"])
        for row in table(folder, "series")
        if row["subject"] == "substance:protonitazene"
    }
    assert counted[str(LAST)] == ("", "gap")
    assert counted[str(LAST + -2)] == ("4", "observed")
    assert len(before - {row["id"] for row in table(folder, "claims")}) == 2
    kind = "evidence-retracted"
    issues = [row["says"] for row in table(folder, "issues") if row["kind"] == kind]
    assert len(issues) == 2
    assert all(WHY in says and "Ada retracted a claim (substance:prot" in says for says in issues)
    assert all(signal in says.partition("Alerts in doubt")[2] for says in issues)
    assert atalaya("verify", cwd=folder.parent).code == 0
    _marked(folder, signal)
    _struck(folder, min(before - {row["id"] for row in table(folder, "claims")}))


def _marked(folder: Path, signal: str) -> None:
    """The signal's own page and the list of signals say it beside the evidence."""
    site, key = folder / "releases" / "latest" / "site", signal.partition(":")[2]
    for language, words in (("en", "evidence retracted"), ("es", "evidencia retractada")):
        (page,) = [
            one
            for one in (site / language / "signals").rglob("*.html")
            if key in str(one.relative_to(site))
        ]
        text = page.read_text()
        assert words in text.lower(), page
        assert WHY in text, page


def _struck(folder: Path, claim: str) -> None:
    """The release before still answers, struck through; the new one says what is missing."""
    first = min(path.name for path in (folder / "releases").glob("2*-1"))
    before = atalaya("why", claim, "--release", first, cwd=folder.parent)
    facts = json.loads(before.out)["root"]["facts"]
    assert WHY in facts["retracted"]
    assert facts["bytes checked"] == "yes"
    (row,) = (
        number
        for number, cells in enumerate(table(folder, "series"), start=1)
        if (cells["subject"], cells["period"]) == ("substance:protonitazene", str(LAST))
    )
    below = json.loads(atalaya("why", f"series.csv:{row}", cwd=folder.parent).out)["root"]
    assert [(one["kind"], WHY in one["says"]) for one in below["children"]] == [
        ("retraction", True)
    ]


def test_every_channel_says_that_evidence_was_retracted_once_and_then_that_it_was_withdrawn(
    live: Path,
):
    cwd, box = live.parent, Mailbox()
    name = alerted(live)
    with serving_mail(box) as port, serving({"/hook": replies(b"")}) as server:
        told(live, port, f"{server.home}/hook")
        assert len(atalaya("alerts", "send", cwd=cwd).rows()) == 2
        before = {row["id"] for row in table(live, "claims")}
        assert f"alert to look at again: {name}" in retract(live, arrival_claims(live))
        ran = atalaya("run", "--no-serve", cwd=cwd)
        assert ran.err.count("told of alert:") == 2, ran.err
        again = atalaya("run", "--no-serve", cwd=cwd).err
        assert (again.count("told of"), "nothing has changed" in again) == (0, True)
        _left_out(live, name, before)
        forms = written_forms(live)
        _says_so(forms)
        looked = atalaya("alerts", "queue", cwd=cwd).err
        assert "evidence retracted under 1 standing alerts" in looked
        withdraw = ("withdraw", name, "--reason", "Its ground is gone.", "--key", "k")
        assert atalaya(*withdraw, cwd=cwd).code == 0
        ended = atalaya("run", "--no-serve", cwd=cwd)
        assert ended.err.count("told of alert:") == 2, ended.err
        bodies = [json.loads(asked.body) for asked in server.record.asked]
    kinds = [body["type"] for body in bodies]
    assert kinds == ["alert.issued", "alert.evidence-retracted", "alert.withdrawn"]
    assert WHY in bodies[1]["data"]["because"]
    mails = [message_from_bytes(one.content, policy=policy.default) for one in box.taken]
    assert mails[1]["In-Reply-To"] == mails[2]["In-Reply-To"] == mails[0]["Message-ID"]
    assert "EVIDENCIA RETRACTADA" in mails[1]["Subject"]
    _cancels_all(written_forms(live))


def _says_so(forms: Path) -> None:
    message = cap_message(forms)
    assert message.findtext(f"{CAP}msgType") == "Update"
    assert WHY in message.findtext(f"{CAP}note")
    assert len(message.findtext(f"{CAP}references").split()) == 1
    report = stix_report(forms)
    assert "evidence-retracted" in report["labels"]
    assert report["modified"] > report["created"]
    assert "revoked" not in report
    states = csv.DictReader((forms / "alerts.csv").read_text().splitlines())
    assert {row["state"] for row in states} == {"evidence-retracted"}
    for path in forms.rglob("*.*"):
        if path.suffix in {".atom", ".json", ".txt", ".csv"}:
            assert WHY in path.read_text(), path
    assert len(list((forms / "pdf").iterdir())) == 2


def _cancels_all(forms: Path) -> None:
    message = cap_message(forms)
    assert message.findtext(f"{CAP}msgType") == "Cancel"
    assert len(message.findtext(f"{CAP}references").split()) == 2


def test_an_edition_that_no_longer_holds_the_figures_is_a_correction_by_the_publisher(live: Path):
    name, cwd = alerted(live), live.parent

    def said(arrival: int, without: int = 0) -> dict[str, str]:
        publish(cwd / "mirror", [HEAD, *counts(arrival)[without:]])
        assert atalaya("run", "--no-serve", cwd=cwd).code == 0
        return written(live)

    assert said(6)["state"] == "issued"  # a late report is no retraction
    gone = said(0)
    assert gone["state"] == "evidence-retracted"
    assert "the publisher of lab no longer publishes" in gone["because"]
    issues = [row["says"] for row in table(live, "issues") if row["kind"] == "evidence-retracted"]
    assert [name in says for says in issues] == [True]
    assert said(0, without=1)["at"] == gone["at"]  # another edition says nothing new of it


def test_what_was_retracted_stays_out_of_later_editions_until_it_is_corrected(live: Path):
    alerted(live)
    cwd, month = live.parent, str(LAST)
    _refused(cwd)
    retract(live, arrival_claims(live)[-1:])
    wrong = [HEAD, *counts(), f"{month},xylazine,1,200"]

    def counted(rows: list[str]) -> set[str]:
        publish(cwd / "mirror", rows)
        assert atalaya("run", "--no-serve", cwd=cwd).code == 0
        wanted = ("substance:protonitazene", month)
        series = table(live, "series")
        return {row["count"] for row in series if (row["subject"], row["period"]) == wanted}

    assert counted(wrong) == {""}
    right = [row.replace(f"{month},protonitazene,4", f"{month},protonitazene,3") for row in wrong]
    assert counted(right) == {"3"}
    worse = [row.replace(f"{month},protonitazene,4", f"{month},protonitazene,99") for row in wrong]
    assert counted(worse) == {"99"}
    captured = [row["fetched_at"] for row in table(live, "captures")]
    newest = captured.index(max(captured)) + 1
    whole = ("retract", f"captures.csv:{newest}", "--reason", "The wrong file.", "--key", "k")
    assert atalaya(*whole, cwd=cwd).code == 0
    again = atalaya(*whole, cwd=cwd)
    assert (again.code, "was retracted on" in again.err) == (4, True)
    assert counted(worse) == {"3"}  # the edition before stands again
    assert atalaya("verify", cwd=cwd).code == 0


def _refused(cwd: Path) -> None:
    """Only evidence can be retracted, and only in words that may go out."""
    finding = atalaya("retract", "signals.csv:1", "--reason", WHY, "--key", "k", cwd=cwd)
    assert (finding.code, "is no evidence" in finding.err) == (2, True)
    price = ("--reason", "It sold for $20 per gram.", "--key", "k")
    refused = atalaya("retract", "claims.csv:1", *price, cwd=cwd)
    assert (refused.code, "a price of the illicit market" in refused.err) == (4, True)
