"""The alert itself, and what is said of it: issued, in doubt, out of doubt, withdrawn, expired.

Pure. Figures come from what a release publishes, so a count of people from 1 to 9 arrives here as
the text ``1-9`` and can leave in no other form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any, Final, Literal

from atalaya.findings.alerts.form import AlertForm
from atalaya.findings.alerts.scales import CONFIDENCE
from atalaya.findings.alerts.screening import screen
from atalaya.findings.states import Decision
from atalaya.model.errors import BadInput
from atalaya.model.identifiers import record_id
from atalaya.model.periods import Period
from atalaya.model.sentences import sentence

_COARSE = re.compile(r"territory:([A-Z]{2,3}|[A-Z]{2}-[A-Z0-9]{1,3}|M49-[0-9]{3})")  # rule R4
Kind = Literal["issued", "evidence-retracted", "doubt-lifted", "withdrawn", "expired"]
DOUBTED: Final = "evidence-retracted"
LIFTED: Final = "doubt-lifted"


@dataclass(frozen=True, slots=True)
class Said:
    """What the release said of the signal when it was signed.

    Args:
        what: Register identifier of the substance.
        territory: Register identifier of the place, a country or first-level region.
        since: First period of the episode.
        period: Latest period with an alarm.
        observed: Count in ``period`` as published: a number, ``1-9``, or None where withheld.
        confidence: ``low``, ``moderate`` or ``high``.
        sources: Number of independent sources.
        unknown: What is not known.
        mode: ``live``, or ``replay`` for history judged again.
        counted: What the count counts, in the source's words.
        source: Slug of the source it rests on.
    """

    what: str
    territory: str
    since: str
    period: str
    observed: str | None
    confidence: str
    sources: int
    unknown: str
    mode: str
    counted: str
    source: str

    def __post_init__(self) -> None:
        Period.parse(self.since)
        Period.parse(self.period)
        faults = (
            (not _COARSE.fullmatch(self.territory), f"its place {self.territory!r} is too fine"),
            (self.confidence not in CONFIDENCE, f"its confidence is {self.confidence!r}"),
            (self.sources < 1, "it names no independent source"),
            (not self.unknown.strip(), "it does not say what is not known"),
            (self.mode not in ("live", "replay"), f"its mode is {self.mode!r}"),
        )
        for wrong, what in faults:
            if wrong:
                raise _no_promise(what)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Said:
        """Take it from a row of a release's signals, or from a decision that holds it."""
        return cls(**{one.name: row[one.name] for one in fields(cls)})

    def content(self) -> dict[str, Any]:
        """What is stored with the decision and signed."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, slots=True)
class Alert:
    """A signal that a named person signed: a promise with its limits (rule R6).

    Args:
        signal: Identifier of the signal.
        decision: Identifier of the decision that signed it.
        said: What the release said of the signal.
        advice: What to do.
        signed_by: Name of the reviewer.
        signed_at: When, UTC.
        expires: Last day on which it holds.
        form: The ten fields and grades.
    """

    signal: str
    decision: str
    said: Said
    advice: str
    signed_by: str
    signed_at: datetime
    expires: date
    form: AlertForm = field(default_factory=AlertForm)

    def __post_init__(self) -> None:
        if not self.advice.strip():
            raise _no_promise("it does not say what to do")
        if not self.signed_by.strip():
            raise _no_promise("nobody signed it")
        if self.expires < self.signed_at.date():
            raise _no_promise(f"it expired on {self.expires}, before it was signed")

    @property
    def id(self) -> str:
        """``alert:`` and the hash of the signal and of the decision that signed it."""
        return _alert_id(self.signal, self.decision)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said of an alert now: that it stands, or that and why it no longer does.

    Its words are screened here, where they go out; a notice that an alert is over carries none of
    the alert's, so that nothing in them can hold it back.

    Args:
        alert: The alert.
        kind: ``issued``; ``evidence-retracted``, where it stands until a person has looked again;
            ``doubt-lifted``, where it stands as it was signed; ``withdrawn`` or ``expired``.
        at: When that came to be, UTC.
        because: Why it was withdrawn, its evidence retracted or reinstated, in the reviewer's
            words; empty otherwise, also where the publisher's own edition did that.
        earlier: What was said of it between its issue and this, oldest first.
        retracted_at: When the evidence was retracted, where this is said later than that.
    """

    alert: Alert
    kind: Kind
    at: datetime
    because: str = ""
    earlier: tuple[Notice, ...] = ()
    retracted_at: datetime | None = None

    def __post_init__(self) -> None:
        place = self.alert.said.territory
        if not self.over:
            screen(self.alert.advice, place, sentence("the advice"))
            self.alert.form.check(place)
        if self.kind == "withdrawn" and not self.because.strip():
            raise _no_promise("it is withdrawn without a reason")
        screen(self.because, place, sentence("the reason"))

    @property
    def id(self) -> str:
        """``notice:`` and the hash of the alert and of what is said of it; stable for ever.

        Evidence may be retracted, and come back, more than once: each time is a notice of its own.
        """
        if self.kind not in {DOUBTED, LIFTED}:
            return notice_id(self.alert.id, self.kind)
        said = {"alert": self.alert.id, "kind": self.kind, "because": self.because}
        return record_id("notice", said | {"at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ")})

    @property
    def over(self) -> bool:
        """Whether the alert no longer holds; only a person or its last day ends it (rule R6)."""
        return self.kind in {"withdrawn", "expired"}


def _alert_id(signal: str, decision: str) -> str:
    return record_id("alert", {"signal": signal, "decision": decision})


def alert_id(signed: Decision) -> str:
    """Give the identifier of the alert that a decision signed."""
    return _alert_id(signed.signal, signed.id)


def notice_id(alert: str, kind: Kind) -> str:
    """Give the identifier of what is said of an alert."""
    return record_id("notice", {"alert": alert, "kind": kind})


def issued(alert: Alert) -> Notice:
    """Say that an alert stands."""
    return Notice(alert, "issued", alert.signed_at)


def doubted(
    alert: Alert, at: datetime, because: str = "", retracted_at: datetime | None = None
) -> Notice:
    """Say that evidence of an alert was retracted, and that it is under review."""
    return Notice(alert, "evidence-retracted", at, because, retracted_at=retracted_at)


def lifted(alert: Alert, at: datetime, because: str, retracted_at: datetime) -> Notice:
    """Say that what put an alert in doubt is there again: it stands as it was signed."""
    return Notice(alert, "doubt-lifted", at, because, retracted_at=retracted_at)


def expired(alert: Alert) -> Notice:
    """Say that an alert's last day is over."""
    last = datetime.combine(alert.expires, time(23, 59, 59), alert.signed_at.tzinfo)
    return Notice(alert, "expired", last)


def withdrawn(alert: Alert, at: datetime, because: str) -> Notice:
    """Say that an alert was taken back."""
    return Notice(alert, "withdrawn", at, because)


def _no_promise(what: str) -> BadInput:
    return BadInput(
        f"this is no alert: {what}",
        why="an alert says how sure it is, what is not known, what to do, who signed and until "
        "when it holds (rule R6)",
        do="complete it, or leave it unsigned",
    )
