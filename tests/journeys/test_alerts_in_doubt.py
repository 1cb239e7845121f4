"""Alerts whose ground is gone: with a form or without one, known at once, and taken back."""

from pathlib import Path

from tests.material.commands import atalaya
from tests.material.live_laboratory import assessed, sign
from tests.material.retracted_evidence import (
    CAP,
    WHY,
    arrival_claims,
    cap_message,
    ran,
    retract,
    written,
    written_forms,
)


def test_an_alert_signed_without_a_form_is_doubted_and_withdrawn_when_its_signal_is_gone(
    live: Path,
):
    name, cwd = assessed(live), live.parent
    assert sign(live, name).code == 0
    issued = written(live)
    assert (issued["state"], issued["observed"]) == ("issued", "4")
    retract(live, ["captures.csv:1"])  # every figure of the only source
    doubted = written(live)
    assert (doubted["state"], doubted["because"]) == ("evidence-retracted", WHY)
    assert doubted["observed"] == "4"
    reason = ("--reason", "Its ground is gone.", "--key", "k")
    forward = atalaya("triage", name, *reason, cwd=cwd)
    assert (forward.code, f"no alarm is left of {name}" in forward.err) == (2, True)
    gone = atalaya("withdraw", name, *reason, cwd=cwd)
    assert gone.code == 0, gone.err
    message = cap_message(written_forms(live))
    assert message.findtext(f"{CAP}msgType") == "Cancel"
    assert len(message.findtext(f"{CAP}references").split()) == 2
    assert atalaya("verify", cwd=cwd).code == 0


def test_nothing_is_signed_on_figures_that_still_count_what_was_retracted(live: Path):
    name = assessed(live)
    retract(live, arrival_claims(live))
    early = sign(live, name)
    assert (early.code, "the latest release still counts it" in early.err) == (4, True)
    ran(live)
    late = sign(live, name)
    assert late.code == 0, late.err
    assert written(live)["state"] == "issued"
