"""An alert as a JSON object and alerts as a CSV table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, get_args

from atalaya.findings.alerts.form import POINTS
from atalaya.findings.alerts.record import Kind, Notice
from atalaya.publishing.alerts.sender import Sender, moment
from atalaya.publishing.alerts.sheet import why
from atalaya.publishing.alerts.voices import voice
from atalaya.publishing.column import Column
from atalaya.publishing.forms import csv_bytes, tabled

_STATES = get_args(Kind)
_FIGURES = ("confidence", "sources", "unknown")
_GRADES = ("likelihood", "evidence", "reliability", "credibility", "severity", "urgency")
COLUMNS = (
    Column("id", "Identifier of the alert", required=True, unique=True),
    Column("state", "Whether it stands", required=True, allowed=_STATES),
    Column("at", "Since when, UTC", "time", required=True),
    Column("because", "Why it was withdrawn, its evidence retracted, or the doubt lifted"),
    Column("what", "Register identifier of the substance", required=True),
    Column("territory", "Register identifier of the place", required=True),
    Column("since", "First period with an alarm", required=True),
    Column("period", "Latest period with an alarm", required=True),
    Column("observed", "Count in the period: a number or 1-9; empty where withheld", "count"),
    Column("counted", "What is counted, in the words of the source"),
    Column("source", "Slug of the source it rests on", required=True),
    Column("confidence", "How strong the evidence is"),
    Column("sources", "Number of independent sources", "whole"),
    Column("unknown", "What is not known"),
    Column("advice", "What to do"),
    Column("signed_by", "Who signed", required=True),
    Column("signed_at", "When, UTC", "time", required=True),
    Column("expires", "Last day on which it holds", "date", required=True),
    Column("mode", "Live, or replayed history", required=True, allowed=("live", "replay")),
    *(Column(name, f"Scale: {name}") for name in _GRADES),
    *(Column(name, f"Article 13(2), point ({point})") for name, point in POINTS.items()),
    Column("signal", "Identifier of the signal", required=True),
)


def fields_of(notice: Notice) -> dict[str, Any]:
    """Give a notice as heading -> cell; one about an alert that is over gives no advice.

    Args:
        notice: What is to be said.
    """
    alert, said, form = notice.alert, notice.alert.said, notice.alert.form
    shown: dict[str, Any] = {
        "id": alert.id,
        "state": notice.kind,
        "at": moment(notice.at),
        "because": why(notice, voice("en")) or None,
        "what": said.what,
        "territory": said.territory,
        "since": said.since,
        "period": said.period,
        "counted": said.counted,
        "source": said.source,
        "signed_by": alert.signed_by,
        "signed_at": moment(alert.signed_at),
        "expires": alert.expires.isoformat(),
        "mode": said.mode,
        "signal": alert.signal,
    }
    if notice.over:
        return shown
    graded = {name: getattr(form, name) for name in _GRADES}
    shown |= {name: str(grade) for name, grade in graded.items() if grade}
    shown |= {name: text for name, text in form.texts.items() if text}
    shown |= {name: getattr(said, name) for name in (*_FIGURES, "observed")}
    return shown | {"advice": alert.advice}


def alert_json(notice: Notice, sender: Sender) -> bytes:
    """Write a notice as one JSON object; what is not known is null.

    Args:
        notice: What is to be said.
        sender: Who says it.
    """
    said = fields_of(notice)
    whole = {column.name: said.get(column.name) for column in COLUMNS}
    likely = notice.alert.form.likelihood
    if likely and not notice.over:
        whole["likelihood_percent"] = list(likely.range)
    whole |= {"sender": sender.name, "sender_address": sender.address}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def alerts_csv(notices: Iterable[Notice]) -> bytes:
    """Write notices as CSV; a text that a spreadsheet would run as a formula is neutralised."""
    return csv_bytes(tabled("alerts", COLUMNS, map(fields_of, notices)))
