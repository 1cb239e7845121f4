"""The records that flow through the house, each frozen and named by its content.

Source -> Capture -> Document -> Claim -> Observation -> Verdict -> Signal. Every record after the
capture says what it was made from, so that a published cell can be walked back to archived bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from atalaya.model.captures import DATED, Capture
from atalaya.model.errors import Place
from atalaya.model.identifiers import canonical_json, record_id
from atalaya.model.sentences import contents

__all__ = [
    "DATED",
    "Capture",
    "Checked",
    "Claim",
    "Document",
    "Issue",
    "Signal",
    "SignalState",
]


class Checked(StrEnum):
    """Whether a fact was checked against a saved page or two independent files."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Document:
    """A capture as something that can be read: one payload of one address.

    Its identifier leaves the moment of capture out, so the same bytes are the same document.
    """

    source: str
    address: str
    sha256: str
    capture: str
    media_type: str
    language: str
    title: str

    @property
    def id(self) -> str:
        """``document:`` and the hash of source, address and content."""
        return record_id(
            "document", {"source": self.source, "address": self.address, "sha256": self.sha256}
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says of one subject, with the passage that says it.

    Args:
        document: Identifier of the document.
        source: Slug of the source.
        subject: Register identifier, or ``kind:slug`` of what the claim is about.
        predicate: What is said of it, such as ``deaths`` or ``sponsor``.
        value: The number said, or None.
        text: The words said when it is not a number, or None.
        unit: Unit of ``value``, or None.
        territory: Register identifier of the place, or None.
        period: Printed period, or None.
        population: Denominator belonging to ``value``, or None.
        quote: The exact words (for a table: the exact row) in the document.
        start: Byte offset of the quote in the payload.
        end: Byte offset after the quote.
        line: Line of the quote, counted from 1.
        checked: Whether the fact was checked.
        how_checked: How, in words; the second source's address where there is one.
        cites: Address of the page the row itself names as its source, or None.
    """

    document: str
    source: str
    subject: str
    predicate: str
    value: float | None
    text: str | None
    unit: str | None
    territory: str | None
    period: str | None
    population: float | None
    quote: str
    start: int
    end: int
    line: int
    checked: Checked = Checked.UNVERIFIED
    how_checked: str = ""
    cites: str | None = None

    @property
    def id(self) -> str:
        """``claim:`` and the hash of what is said, by which document, where in it."""
        return record_id(
            "claim",
            {
                "document": self.document,
                "subject": self.subject,
                "predicate": self.predicate,
                "value": self.value,
                "text": self.text,
                "territory": self.territory,
                "period": self.period,
                "start": self.start,
                "end": self.end,
            },
        )


@dataclass(frozen=True, slots=True)
class Issue:
    """Something found wrong or not understood, published with the data.

    Args:
        kind: Short slug such as ``broken-row`` or ``unknown-substance``.
        says: One sentence a person can act on, with the values.
        step: The step that found it: fetch, read, count, judge, review, release.
        source: Slug of the source, or empty.
        where: File or address, line and column, when known.
        do: The remedy.
    """

    kind: str
    says: str
    step: str
    source: str = ""
    where: Place = field(default_factory=lambda: Place(""))
    do: str = ""

    @property
    def id(self) -> str:
        """``issue:`` and the hash of what it says and where."""
        content = {"kind": self.kind, "says": str(self.says), "step": self.step}
        return record_id("issue", content | {"source": self.source, "where": str(self.where)})

    @property
    def parameters(self) -> str | None:
        """What its sentences are made of (``model.sentences``), as JSON."""
        made_of = contents(says=self.says, do=self.do)
        return canonical_json(made_of).decode() if made_of else None


class SignalState(StrEnum):
    """Where a signal stands with the people who review it."""

    UNREVIEWED = "unreviewed"
    TRIAGED = "triaged"
    MONITORED = "monitored"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    DISMISSED = "dismissed"
    ALERT = "alert"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Signal:
    """What a person then looks at: one episode of alarms in one series.

    Args:
        series: Key of the series.
        what: Register identifier of the substance.
        territory: Register identifier of the place.
        source: Slug of the source the series comes from.
        detector: Name of the detector that raised it.
        since: First period of the episode with an alarm.
        period: Latest period of the episode with an alarm, up to the as-of date.
        verdict: Identifier of the verdict of ``period``.
        observed: Count in ``period``.
        expected: What was expected, from the verdict; None when the detector gives none.
        threshold: Level that triggers review, from the verdict.
        statistic: The detector's statistic in ``period``.
        p_value: From the verdict, None when the detector gives none.
        confidence: ``low``, ``moderate`` or ``high`` (``docs/words.md`` says what each needs).
        sources: Number of independent sources that support it.
        unknown: What is not known, in words.
        reason: The verdict's reason, in words.
        mode: ``live``, or ``replay`` where the evidence is history.
        state: Where it stands with its reviewers.
        signed_by: Name of the person who signed the alert, or None.
        advice: What to do, by the person who signed, or None.
        expires: When the alert stops holding, or None.
    """

    series: str
    what: str
    territory: str
    source: str
    detector: str
    since: str
    period: str
    verdict: str
    observed: float
    expected: float | None
    threshold: float | None
    statistic: float | None
    p_value: float | None
    confidence: str
    sources: int
    unknown: str
    reason: str
    mode: str
    state: SignalState = SignalState.UNREVIEWED
    signed_by: str | None = None
    advice: str | None = None
    expires: date | None = None

    @property
    def id(self) -> str:
        """``signal:`` and the hash of series, detector and first period; it does not change."""
        return record_id(
            "signal", {"series": self.series, "detector": self.detector, "since": self.since}
        )
