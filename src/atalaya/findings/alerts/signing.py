"""What a reviewer signs with an alert: the published figures and the form they filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from atalaya.findings.alerts.form import AlertForm
from atalaya.findings.alerts.record import Alert, Said, issued
from atalaya.findings.states import Decision
from atalaya.model.errors import BadInput


def signed_content(row: Mapping[str, Any], decision: Decision, form: AlertForm) -> dict[str, Any]:
    """Give what is signed with an alert.

    The whole alert is made once, so that what no channel would carry is refused before it is
    signed.

    Args:
        row: The signal as published, with ``counted``: what its series counts.
        decision: The decision to sign, without the content.
        form: The form as filled in.

    Raises:
        BadInput: The row lacks what an alert needs, or the form or advice holds what may not go
            out.
    """
    content = {"said": Said.of(row).content(), "form": form.content()}
    issued(alert_of(decision, content, "the person who signs"))
    return content


def alert_of(signed: Decision, content: Mapping[str, Any], name: str) -> Alert:
    """Give the alert of a decision.

    Args:
        signed: The decision that signed it.
        content: What was signed with it: ``said`` and ``form``.
        name: Who signed.

    Raises:
        BadInput: It lacks what an alert needs (rule R6).
    """
    if signed.expires is None:
        raise BadInput(f"{signed.signal} was signed without a last day", do="withdraw it")
    return Alert(
        signal=signed.signal,
        decision=signed.id,
        said=Said.of(content["said"]),
        advice=signed.advice or "",
        signed_by=name,
        signed_at=signed.decided_at.astimezone(UTC),
        expires=signed.expires,
        form=AlertForm.parse(content["form"]),
    )
