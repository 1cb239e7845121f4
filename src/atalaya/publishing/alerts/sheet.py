"""What one page about an alert says, line by line: the ground of text, PDF, e-mail and CAP.

Every line is a fixed sentence with typed values, or a person's own words, marked as written when
they are in another language. Nothing else is said (rule R14).
"""

from __future__ import annotations

from dataclasses import dataclass

from atalaya.findings.alerts.form import POINTS, AlertForm
from atalaya.findings.alerts.record import DOUBTED, LIFTED, Alert, Notice, Said
from atalaya.model.periods import Period
from atalaya.publishing.alerts.voices import AlertVoice
from atalaya.publishing.watch.voices import words

Line = tuple[str, str]
_UNKNOWN = {  # findings.signals says these
    "whether new testing rather than new supply explains it": "unknown.testing",
    "whether a second, independent source would show it": "unknown.second",
    "in which products and by which route it arrives": "unknown.route",
    "whether more happens, or more is only written of it": "unknown.written",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page about one alert in one language.

    Args:
        title: What it is about.
        marks: Sentences that come before everything: exercise, evidence retracted or
            reinstated, withdrawn, expired.
        lines: (label, text) of what matters most: advice, how sure, what is not known, who signed.
        heading: Over the ten fields; empty where the alert is over.
        fields: (label, text) of the ten fields, in the order of the Article; none where it is over.
    """

    title: str
    marks: tuple[str, ...]
    lines: tuple[Line, ...]
    heading: str
    fields: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The page as plain text."""
        parts = [self.title, *self.marks, "", *(f"{label}: {text}" for label, text in self.lines)]
        if self.fields:
            parts += ["", self.heading, *(f"{label}: {text}" for label, text in self.fields)]
        return "\n".join(parts) + "\n"


def sheet(notice: Notice, voice: AlertVoice) -> Sheet:
    """Write the page of a notice.

    A page about an alert that is over gives neither advice nor fields: nobody should act on them.

    Args:
        notice: What is to be said.
        voice: The language.
    """
    alert = notice.alert
    title = voice.say(
        f"title.{notice.kind}",
        what=voice.named(alert.said.what),
        place=voice.place(alert.said.territory),
    )
    marks = (voice.say("replay"),) if alert.said.mode == "replay" else ()
    if notice.over:
        over = voice.say(f"over.{notice.kind}", day=voice.day(notice.at.date()))
        return Sheet(title, (*marks, over), _over(notice, voice), "", ())
    if notice.kind in {DOUBTED, LIFTED}:
        marks = (*marks, _doubt(notice, voice))
    return Sheet(
        title,
        marks,
        _lines(alert, voice),
        voice.say("fields"),
        ten_fields(alert.said, alert.form, voice),
    )


def why(notice: Notice, voice: AlertVoice) -> str:
    """Say why an alert was withdrawn, its evidence retracted or reinstated, or nothing."""
    if notice.kind in {DOUBTED, LIFTED} and not notice.because:
        return voice.say(f"because.{notice.kind}", source=notice.alert.said.source)
    return notice.because


def _doubt(notice: Notice, voice: AlertVoice) -> str:
    """Say that evidence was retracted, or that it was and counts again."""
    retracted = voice.day((notice.retracted_at or notice.at).date())
    because = why(notice, voice)
    if notice.kind == DOUBTED:
        return voice.say("doubted", day=retracted, because=because)
    return voice.say(
        "lifted", day=voice.day(notice.at.date()), retracted=retracted, because=because
    )


def _over(notice: Notice, voice: AlertVoice) -> tuple[Line, ...]:
    because = ((voice.say("label.because"), notice.because),) if notice.because else ()
    return (*because, *_signature(notice.alert, voice))


def _lines(alert: Alert, voice: AlertVoice) -> tuple[Line, ...]:
    advice = (voice.say("label.advice"), _written(alert.advice, alert.form, voice))
    ground = voice.say("ground", source=alert.said.source, signal=alert.signal)
    return (
        advice,
        *how_sure(alert.said, alert.form, voice),
        (voice.say("label.ground"), ground),
        *_signature(alert, voice),
    )


def how_sure(said: Said, form: AlertForm, voice: AlertVoice) -> tuple[Line, ...]:
    """Say how sure it is, on each scale by itself, and what is not known."""
    lines = {
        "confidence": voice.say(f"confidence.{said.confidence}"),
        "likelihood": _likelihood(form, voice),
        "sources": voice.number(said.sources),
        "unknown": not_known(said.unknown, voice),
        "evidence": _evidence(form, voice),
        "reliability": _grade("reliability", form.reliability, voice),
        "credibility": _grade("credibility", form.credibility, voice),
    }
    return tuple((voice.say(f"label.{name}"), text) for name, text in lines.items())


def not_known(text: str, voice: AlertVoice) -> str:
    """Say what is not known: the sentences signals are made with, in the page's language."""
    parts = (part.strip() for part in text.split(";"))
    return "; ".join(voice.say(_UNKNOWN[part]) if part in _UNKNOWN else part for part in parts)


def _signature(alert: Alert, voice: AlertVoice) -> tuple[Line, ...]:
    who = voice.say("signed", who=alert.signed_by, day=voice.day(alert.signed_at.date()))
    return (
        (voice.say("label.signed"), who),
        (voice.say("label.expires"), voice.day(alert.expires)),
        (voice.say("label.id"), alert.id),
    )


def _likelihood(form: AlertForm, voice: AlertVoice) -> str:
    if form.likelihood is None:
        return voice.say("unstated")
    low, high = form.likelihood.range
    return voice.say(
        "likelihood", word=voice.say(f"likelihood.{form.likelihood}"), low=low, high=high
    )


def _evidence(form: AlertForm, voice: AlertVoice) -> str:
    if form.evidence is None:
        return voice.say("unstated")
    return voice.say("rung", step=form.evidence.step, word=voice.say(f"rung.{form.evidence}"))


def _grade(scale: str, grade: str | None, voice: AlertVoice) -> str:
    return voice.say("unstated") if grade is None else voice.say(f"{scale}.{grade}")


def ten_fields(said: Said, form: AlertForm, voice: AlertVoice) -> tuple[Line, ...]:
    """Give the ten fields with what is known of each, in the order of the Article."""
    facts = _facts(said, voice)
    unknown = voice.say("unknown")
    lines = []
    for name, point in POINTS.items():
        own = form.texts[name]
        parts = [facts.get(name, ""), _written(own, form, voice) if own else ""]
        label = words()[f"draft.{point}"][voice.language]
        lines.append((label, " ".join(part for part in parts if part) or unknown))
    return tuple(lines)


def _facts(said: Said, voice: AlertVoice) -> dict[str, str]:
    what, family = voice.named(said.what), voice.family_name(said.what)
    period = voice.period(Period.parse(said.period))
    return {
        "risk": voice.say("field.risk", what=what, family=family)
        if family
        else voice.say("field.risk.alone", what=what),
        "when_where": voice.say(
            "field.when_where",
            place=voice.place(said.territory),
            since=voice.period(Period.parse(said.since)),
            period=period,
        ),
        "analysis": voice.say(
            "field.analysis",
            period=period,
            count=said.observed or voice.say("withheld"),
            counted=said.counted,
        ),
    }


def _written(text: str, form: AlertForm, voice: AlertVoice) -> str:
    """Give a person's words, and say so where they are in another language."""
    if form.language in ("", voice.language):
        return text
    return voice.say("as_written", text=text, language=voice.say(f"language.{form.language}"))


def draft(said: Said, form: AlertForm, voice: AlertVoice, advice: str = "") -> str:
    """Write a draft of an alert that nobody has signed, for a focal point to check and complete.

    Args:
        said: What the release says of the signal.
        form: What a person has filled in so far.
        voice: The language.
        advice: What they say people should do, so far.
    """
    title = voice.say(
        "title.issued", what=voice.named(said.what), place=voice.place(said.territory)
    )
    marks = [voice.say("draft"), *([voice.say("replay")] if said.mode == "replay" else [])]
    open_ = {"advice": advice or "____", "signed": "____", "expires": "____"}
    blank = [(voice.say(f"label.{name}"), text) for name, text in open_.items()]
    lines = (*how_sure(said, form, voice), *blank)
    return Sheet(
        title, tuple(marks), lines, voice.say("fields"), ten_fields(said, form, voice)
    ).text
