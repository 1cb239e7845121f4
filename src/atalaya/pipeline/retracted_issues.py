"""What a release says of retracted evidence: who, when, why, and what rested on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from atalaya.findings.alerts.doubts import Doubt
from atalaya.findings.reinstatements import Struck, standing
from atalaya.findings.retractions import Words
from atalaya.findings.states import Decision
from atalaya.model.errors import BadInput, Place
from atalaya.model.records import Issue
from atalaya.model.sentences import Sentence, sentence
from atalaya.publishing.opening import Release

KIND = "evidence-retracted"
AGAIN = "evidence-reinstated"
_LOOK = sentence("look at these signals again; only a named person withdraws an alert")
_NOTHING = sentence("nothing: it counts again")


def retraction_issues(
    struck: Iterable[Struck], doubts: Sequence[Doubt], names: Mapping[str, str]
) -> Iterator[Issue]:
    """Give an issue for each retraction, and one for each alert that its publisher corrected.

    They belong to no source, so that the identifiers in them stay whole: the words were screened
    when they were signed, and hold no small count.

    Args:
        struck: The retractions, those taken back too.
        doubts: The alerts that are or were in doubt.
        names: Identifier of a reviewer -> name.
    """
    for one in struck:
        kind, says = _told(one, doubts, names)
        do = _LOOK if kind == KIND else _NOTHING
        yield Issue(kind=kind, says=says, step="review", where=Place(one.retraction.address), do=do)
    for each in doubts:
        if not each.because:
            kind, do = (KIND, _LOOK) if each.lifted_at is None else (AGAIN, _NOTHING)
            yield Issue(kind=kind, says=_corrected(each), step="review", do=do)


def refuse_retracted(wanted: Decision, struck: Iterable[Struck], release: Release | None) -> None:
    """Refuse to sign figures that still count what was retracted since they were published.

    Args:
        wanted: The decision to sign.
        struck: The retractions.
        release: The latest release, whose figures are signed.

    Raises:
        BadInput: Evidence under the signal was retracted, and the release does not say so.
    """
    rows = [] if release is None or "issues" not in release.tables else _retracted_in(release)
    for one in standing(struck):
        day = f"{one.decided_at:%Y-%m-%d}"
        known = any(one.reason in says and day in says for says in rows)
        if wanted.signal in (*one.rested, *one.supported) and not known:
            raise BadInput(
                f"evidence under {wanted.signal} was retracted on {day}, and the latest release "
                "still counts it",
                why="an alert must not be signed on evidence that no longer counts",
                do="run `atalaya run`, and look at the signal again",
            )


def _retracted_in(release: Release) -> list[str]:
    return [row["says"] for row in release.table("issues").to_pylist() if row["kind"] == KIND]


def _told(one: Struck, doubts: Iterable[Doubt], names: Mapping[str, str]) -> tuple[str, Sentence]:
    """Give the kind of issue and what it says."""
    gone, back = one.retraction, one.back
    signals = (*gone.rested, *gone.supported)
    said = {
        "who": names[gone.reviewer],
        "what": _what(gone.words),
        "source": gone.source,
        "day": f"{gone.decided_at:%Y-%m-%d}",
        "reason": gone.reason,
        "signals": _listed(signals),
    }
    if back is not None:
        return AGAIN, sentence(
            "{who} retracted {what} of {source} on {day}: “{reason}”. {other} took that back on "
            "{later}: “{why}”. It counts again, and both decisions stay on record. "
            "Signals that rest on it: {signals}",
            **said,
            other=names[back.reviewer],
            later=f"{back.decided_at:%Y-%m-%d}",
            why=back.reason,
        )
    left = (each for each in doubts if each.lifted_at is None and each.because == gone.reason)
    alerts = [each.signal for each in left if each.signal in signals]
    return KIND, sentence(
        "{who} retracted {what} of {source} on {day}: “{reason}”. It is left out, not deleted. "
        "Signals that rested on it: {signals}. Alerts in doubt: {alerts}",
        **said,
        alerts=_listed(alerts),
    )


def _what(words: Words | None) -> Sentence:
    """Say what was retracted; of a list of cases not where: one row less tells a small count."""
    if words is None:
        return sentence("a document")
    if words.quote is not None:
        return sentence("rows of a list")
    named = {name: getattr(words, name) or "-" for name in ("subject", "territory", "period")}
    return sentence("a claim ({subject}, {territory}, {period})", **named)


def _listed(signals: Sequence[str]) -> str:
    return " ".join(signals) if signals else sentence("none")


def _corrected(doubt: Doubt) -> Sentence:
    day = f"{doubt.at:%Y-%m-%d}"
    if doubt.lifted_at is not None:
        return sentence(
            "from {day} to {until} the publisher's edition held less than the alert on {signal} "
            "was signed on; it holds as much again",
            day=day,
            until=f"{doubt.lifted_at:%Y-%m-%d}",
            signal=doubt.signal,
        )
    return sentence(
        "since {day} the publisher's edition holds less than the alert on {signal} was signed on",
        day=day,
        signal=doubt.signal,
    )
