"""Alerts to write out: one below national level with a small count, and how it may end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from atalaya.findings.alerts.form import AlertForm
from atalaya.findings.alerts.record import (
    Alert,
    Notice,
    Said,
    doubted,
    expired,
    issued,
    lifted,
    withdrawn,
)
from atalaya.publishing.alerts.sender import Sender

SENDER = Sender("Test <observatory> & co", "alerts@observatory.example", "https://o.example")
SIGNED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOSTILE = '=HYPERLINK("https://x.example") <b>&amp; #strong[x] $x$ \\ "quoted" ]]>'
FORM = AlertForm.parse(
    {
        "risk": "New synthetic opioid, imported.",
        "exposure": "Smoked and injected.",
        "analysis": HOSTILE,
        "identification": "GC-MS in two laboratories.",
        "health_risks": "Respiratory depression that returns after naloxone wears off.",
        "language": "en",
        "likelihood": "likely",
        "evidence": "laboratory-confirmed",
        "reliability": "B",
        "credibility": "2",
        "severity": "Severe",
    }
)
SAID = Said(
    what="substance:protonitazene",
    territory="territory:US-CT",
    since="2026-08",
    period="2026-10",
    observed="1-9",
    confidence="moderate",
    sources=1,
    unknown="whether a second, independent source would show it; "
    "in which products and by which route it arrives",
    mode="live",
    counted="samples with the substance",
    source="lab",
)
ALERT = Alert(
    signal="signal:0123456789abcdef",
    decision="decision:0123456789abcdef",
    said=SAID,
    advice="Carry naloxone; a second dose may be needed. Never use alone.",
    signed_by="Ada Roe",
    signed_at=SIGNED,
    expires=date(2026, 12, 31),
    form=FORM,
)
REPLAYED = replace(ALERT, said=replace(SAID, mode="replay"))
BARE = replace(ALERT, form=AlertForm())
ISSUED = issued(ALERT)
EXPIRED = expired(ALERT)
WITHDRAWN = withdrawn(
    ALERT, datetime(2026, 11, 22, 8, 0, tzinfo=UTC), "The laboratory retracted its result."
)
DOUBTED = doubted(
    ALERT, datetime(2026, 11, 21, 8, 0, tzinfo=UTC), "The reference standard was contaminated."
)
CORRECTED = doubted(ALERT, datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
LIFTED = replace(
    lifted(ALERT, datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "Another batch was meant.", DOUBTED.at),
    earlier=(DOUBTED,),
)
NOTICES = (ISSUED, EXPIRED, WITHDRAWN)


def other_names() -> Notice:
    """An alert of another place and substance."""
    said = replace(SAID, what="substance:xylazine", territory="territory:ARG", observed="14")
    return issued(replace(ALERT, said=said, signal="signal:fedcba9876543210"))
