"""From a published signal to every file of an alert and to its end, by commands alone."""

import json
import re
from pathlib import Path

import pytest
from tests.material.commands import atalaya

ADVICE = "Carry naloxone; a second dose may be needed. Never use alone."


@pytest.fixture
def signal(observatory: Path) -> str:
    """The strongest signal, triaged and confirmed by Ada, whose key is beside the observatory."""
    cwd = observatory.parent
    found = atalaya("alerts", "queue", "--dir", observatory, cwd=cwd).rows()
    name = str(found[0]["signals"][0])
    assert atalaya("reviewer", "add", "Ada", "--key", "k", "--dir", observatory, cwd=cwd).code == 0
    for step in ("triage", "confirm"):
        why = ("--reason", "looked", "--key", "k", "--dir", observatory)
        assert atalaya(step, name, *why, cwd=cwd).code == 0
    return name


def _sign(observatory: Path, signal: str, advice: str) -> tuple[int, str]:
    with_form = ("--form", "form.toml", "--expires", "2099-12-31", "--advice", advice)
    done = atalaya(
        *("sign", signal, "--reason", "confirmed", "--key", "k", "--dir", observatory),
        *with_form,
        cwd=observatory.parent,
    )
    return done.code, done.err


def _form(observatory: Path, signal: str) -> None:
    cwd = observatory.parent
    blank = atalaya("alerts", "form", signal, "--dir", observatory, cwd=cwd)
    filled = blank.out.replace('evidence = ""', 'evidence = "biological-sample"')
    (cwd / "form.toml").write_text(filled.replace('likelihood = ""', 'likelihood = "likely"'))


def test_an_alert_goes_out_in_every_form_and_so_does_its_end(observatory: Path, signal: str):
    cwd = observatory.parent
    _form(observatory, signal)
    draft = atalaya(
        *("alerts", "draft", signal, "--form", "form.toml", "--language", "pt"),
        *("--dir", observatory),
        cwd=cwd,
    )
    assert "RASCUNHO" in draft.out
    assert "provável (55–80 %)" in draft.out

    code, said = _sign(observatory, signal, "Two people died in one town.")
    assert (code, "'Two people'" in said) == (4, True)
    assert _sign(observatory, signal, ADVICE)[0] == 0

    write = ("alerts", "write", "--into", "out", "--dir", observatory)
    assert "1 alerts" in atalaya(*write, cwd=cwd).err
    files = {path for path in (cwd / "out").rglob("*") if path.is_file()}
    assert {path.suffix for path in files} == {".csv", ".xml", ".json", ".atom", ".pdf", ".txt"}
    whole = b"".join(path.read_bytes() for path in sorted(files))
    assert ADVICE.encode() in whole
    assert b"<status>Test</status>" in whole  # the starter is history

    withdraw = ("withdraw", signal, "--reason", "retracted by its source", "--key", "k")
    assert atalaya(*withdraw, "--dir", observatory, cwd=cwd).code == 0
    assert atalaya(*write, cwd=cwd).code == 0
    assert {path for path in (cwd / "out").rglob("*") if path.is_file()} == files
    for path in sorted(files):
        assert ADVICE.encode() not in path.read_bytes(), path
        if path.suffix != ".pdf":
            assert b"retracted by its source" in path.read_bytes(), path
    assert atalaya("verify", observatory, cwd=cwd).code == 0


def test_a_signed_cluster_leaves_the_queue_and_uses_the_budget(observatory: Path, signal: str):
    cwd = observatory.parent
    before = atalaya("alerts", "queue", "--dir", observatory, cwd=cwd)
    _form(observatory, signal)
    assert _sign(observatory, signal, ADVICE)[0] == 0
    after = atalaya("alerts", "queue", "--dir", observatory, cwd=cwd)
    mine = [row["place"] for row in after.rows() if signal in row["signals"]]
    assert mine == ["quiet"]
    assert "(5 left of it)" in before.err
    assert "(4 left of it)" in after.err


def test_the_static_copy_of_a_release_holds_the_feeds_of_its_day(observatory: Path, signal: str):
    _form(observatory, signal)
    assert _sign(observatory, signal, ADVICE)[0] == 0
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    site = observatory / "releases" / "latest" / "site"
    for code in ("en", "es"):
        assert ADVICE in (site / "feeds" / code / "all.atom").read_text("utf-8")
    assert 'href="../feeds/es/all.atom"' in (site / "es" / "index.html").read_text("utf-8")
    assert atalaya("verify", observatory, cwd=observatory.parent).code == 0


def test_no_small_count_of_people_reaches_a_file(observatory: Path, signal: str):
    cwd = observatory.parent
    _form(observatory, signal)
    assert _sign(observatory, signal, ADVICE)[0] == 0
    assert atalaya("alerts", "write", "--into", "out", "--dir", observatory, cwd=cwd).code == 0
    (said,) = [json.loads(path.read_text()) for path in (cwd / "out" / "json").iterdir()]
    assert said["observed"] in ("1-9", None)
    texts = "".join(path.read_text() for path in (cwd / "out" / "text").iterdir())
    counts = re.findall(r"(?:Count|Recuento|Contagem) (?:in|en|em) [^:]+: (\S+)[ .]", texts)
    assert len(counts) == 3
    assert not {"1", "2", "3", "4", "5", "6", "7", "8", "9"} & set(counts)


def test_sending_says_when_no_channel_is_configured_and_never_sends_history(
    observatory: Path, signal: str
):
    cwd = observatory.parent
    none = atalaya("alerts", "send", "--dir", observatory, cwd=cwd)
    assert (none.code, "no channel is configured" in none.err) == (2, True)
    _form(observatory, signal)
    assert _sign(observatory, signal, ADVICE)[0] == 0
    settings = observatory / "observatory.toml"
    hook = '\n[webhooks]\nto = ["http://127.0.0.1:9/nobody-listens"]\n'
    settings.write_text(settings.read_text() + hook)
    done = atalaya("alerts", "send", "--dir", observatory, cwd=cwd)
    assert (done.code, done.rows()) == (0, [])


def test_under_the_two_person_rule_an_alert_waits_until_another_reviewer_countersigns(
    observatory: Path, signal: str
):
    cwd, here = observatory.parent, ("--dir", observatory)
    settings = observatory / "observatory.toml"
    settings.write_text(settings.read_text() + "\n[reviewing]\ntwo_persons = true\n")
    _form(observatory, signal)
    code, said = _sign(observatory, signal, ADVICE)
    assert (code, "it is no alert until a second reviewer runs" in said) == (0, True)
    write = ("alerts", "write", "--into", "out", *here)
    assert "0 alerts" in atalaya(*write, cwd=cwd).err
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    published = (observatory / "releases" / "latest" / "data" / "signals.csv").read_text()
    assert [",waiting," in row for row in published.splitlines() if signal in row] == [True]
    assert ADVICE not in published
    (waits,) = atalaya("alerts", "waiting", *here, cwd=cwd).rows()
    assert (waits["signal"], waits["advice"], waits["signed_by"]) == (signal, ADVICE, "Ada")
    second = ("countersign", signal, "--decision", waits["decision"], "--reason", "read it")
    assert atalaya(*second, "--key", "k", *here, cwd=cwd).code == 4
    assert atalaya("reviewer", "add", "Ben", "--key", "b", *here, cwd=cwd).code == 0
    assert atalaya(*second, "--key", "b", *here, cwd=cwd).code == 0
    assert "1 alerts" in atalaya(*write, cwd=cwd).err
    (told,) = [json.loads(path.read_text()) for path in (cwd / "out" / "json").iterdir()]
    assert told["signed_by"] == "Ada, Ben"
    assert atalaya("run", "--no-serve", cwd=observatory).code == 0
    assert atalaya("verify", observatory, cwd=cwd).code == 0


def test_an_alert_one_person_signed_waits_once_the_rule_is_set_and_verify_names_it(
    observatory: Path, signal: str
):
    cwd, here = observatory.parent, ("--dir", observatory)
    _form(observatory, signal)
    assert _sign(observatory, signal, ADVICE)[0] == 0
    assert atalaya("verify", observatory, cwd=cwd).code == 0
    settings = observatory / "observatory.toml"
    settings.write_text(settings.read_text() + "\n[reviewing]\ntwo_persons = true\n")
    checked = atalaya("verify", observatory, cwd=cwd)
    assert (checked.code, "is one person's: it waits" in checked.out) == (1, True)
    write = ("alerts", "write", "--into", "out", *here)
    assert "0 alerts" in atalaya(*write, cwd=cwd).err
    (waits,) = atalaya("alerts", "waiting", *here, cwd=cwd).rows()
    assert atalaya("reviewer", "add", "Ben", "--key", "b", *here, cwd=cwd).code == 0
    second = ("countersign", signal, "--decision", waits["decision"], "--reason", "read it")
    assert atalaya(*second, "--key", "b", *here, cwd=cwd).code == 0
    assert atalaya("verify", observatory, cwd=cwd).code == 0
