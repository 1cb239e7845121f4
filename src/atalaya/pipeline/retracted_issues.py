"""What a release says of retracted evidence: who, when, why, and what rested on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from atalaya.findings.alerts.doubts import Doubt
from atalaya.findings.retractions import Retraction, Words
from atalaya.model.errors import Place
from atalaya.model.records import Issue
from atalaya.model.sentences import Sentence, sentence

KIND = "evidence-retracted"
_LOOK = sentence("look at these signals again; only a named person withdraws an alert")


def retraction_issues(
    retracted: Iterable[Retraction], doubts: Sequence[Doubt], names: Mapping[str, str]
) -> Iterator[Issue]:
    """Give an issue for each retraction, and one for each alert that its publisher corrected.

    They belong to no source, so that the identifiers in them stay whole: the words were screened
    when they were signed, and hold no small count.

    Args:
        retracted: The retractions.
        doubts: The alerts in doubt.
        names: Identifier of a reviewer -> name.
    """
    for one in retracted:
        alerts = [each.signal for each in doubts if each.because and each.at == one.decided_at]
        yield Issue(
            kind=KIND,
            says=_says(one, names[one.reviewer], alerts),
            step="review",
            where=Place(one.address),
            do=_LOOK,
        )
    for each in doubts:
        if not each.because:
            yield Issue(kind=KIND, says=_corrected(each), step="review", do=_LOOK)


def _says(one: Retraction, who: str, alerts: Sequence[str]) -> Sentence:
    return sentence(
        "{who} retracted {what} of {source} on {day}: “{reason}”. It is left out, not deleted. "
        "Signals that rested on it: {signals}. Alerts in doubt: {alerts}",
        who=who,
        what=_what(one.words),
        source=one.source,
        day=f"{one.decided_at:%Y-%m-%d}",
        reason=one.reason,
        signals=_listed((*one.rested, *one.supported)),
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
    return sentence(
        "since {day} the publisher's edition holds less than the alert on {signal} was signed on",
        day=f"{doubt.at:%Y-%m-%d}",
        signal=doubt.signal,
    )
