"""The alert form in the browser: its fields, what is wrong with each, and the draft beside them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, Field

from atalaya.findings.alerts.form import GRADED, POINTS, AlertForm
from atalaya.findings.alerts.record import Said
from atalaya.findings.alerts.screening import screen
from atalaya.findings.states import Action
from atalaya.model.errors import AtalayaError, BadInput
from atalaya.model.sentences import sentence
from atalaya.publishing.alerts.prefill import Evidence, prefilled
from atalaya.publishing.alerts.sheet import draft, ten_fields
from atalaya.publishing.alerts.voices import voice

_MOST: Final = 20_000  # a form that is longer was not written by a person
_WORDS: Final = 2000  # of a reason or advice: a page, not a book
_FORM: Final = (*POINTS, "language", *GRADED)


def _text() -> Any:
    return Field(default="", max_length=_MOST)


class Fields(BaseModel):
    """The fields of a decision's form, as a browser sends them; what is empty is not known."""

    token: str = _text()
    action: str = _text()
    of: str = _text()
    reason: str = _text()
    advice: str = _text()
    expires: str = _text()
    risk: str = _text()
    when_where: str = _text()
    exposure: str = _text()
    analysis: str = _text()
    identification: str = _text()
    health_risks: str = _text()
    social_risks: str = _text()
    health_measures: str = _text()
    other_measures: str = _text()
    other: str = _text()
    language: str = _text()
    likelihood: str = _text()
    evidence: str = _text()
    reliability: str = _text()
    credibility: str = _text()
    severity: str = _text()
    urgency: str = _text()

    def said(self, name: str) -> str:
        """Give a field as it is stored: one paragraph, whatever lines it was typed in."""
        return " ".join(str(getattr(self, name)).split())

    def form(self) -> AlertForm:
        """Give the alert form.

        Raises:
            BadInput: A field cannot be used; ``problems_of`` says which.
        """
        return AlertForm.parse({name: self.said(name) for name in _FORM})

    def particulars(self) -> dict[str, Any]:
        """Give what a decision holds besides who, when and why, by its action."""
        if self.action == Action.SIGN:
            return {"advice": self.said("advice"), "expires": date.fromisoformat(self.expires)}
        return {"of": self.of} if self.action in (Action.COUNTERSIGN, Action.RETURN) else {}


def problems_of(fields: Fields, row: Mapping[str, Any], today: date) -> dict[str, AtalayaError]:
    """Say what is wrong with a decision's form, field by field.

    Args:
        fields: What was sent.
        row: The signal as published.
        today: The day on which it would be signed.

    Returns:
        Field -> what is wrong with it; empty where nothing is.
    """
    found: dict[str, AtalayaError | None] = {"reason": _reason(fields, row["territory"])}
    if fields.action not in [*Action]:
        names = ", ".join(Action)
        found["form"] = BadInput(
            sentence("{action!r} is no action", action=fields.action),
            do=sentence("choose one of {names}", names=names),
        )
    if fields.action == Action.SIGN:
        found |= {name: _field(fields, name, row["territory"]) for name in _FORM}
        found["advice"] = _advice(fields.said("advice"), row["territory"])
        found["expires"] = _expires(fields.expires, today)
    return {name: problem for name, problem in found.items() if problem is not None}


def _reason(fields: Fields, territory: str) -> BadInput | None:
    if not fields.reason.strip():
        return BadInput(sentence("no reason is given"), do=sentence("say why, in your words"))
    if len(fields.reason) > _WORDS:
        return _too_long(len(fields.reason))
    if fields.action == Action.WITHDRAW:
        return _screened(fields.reason, territory, sentence("the reason"))
    return None


def _advice(text: str, territory: str) -> BadInput | None:
    if not text:
        return BadInput(
            sentence("an alert without advice helps nobody"), do=sentence("say what people can do")
        )
    if len(text) > _WORDS:
        return _too_long(len(text))
    return _screened(text, territory, sentence("the advice"))


def _too_long(length: int) -> BadInput:
    return BadInput(
        sentence("this has {length} characters", length=length),
        do=sentence("write at most {most}", most=_WORDS),
    )


def _screened(text: str, territory: str, where: str) -> BadInput | None:
    try:
        screen(text, territory, where)
    except BadInput as error:
        return error
    return None


def _expires(text: str, today: date) -> BadInput | None:
    try:
        last = date.fromisoformat(text)
    except ValueError:
        return BadInput(
            sentence("{day!r} is no day", day=text), do=sentence("write it as 2026-12-31")
        )
    if last < today:
        return BadInput(
            sentence("{day} is over", day=text), do=sentence("choose today or a later day")
        )
    return None


def _field(fields: Fields, name: str, territory: str) -> BadInput | None:
    try:
        AlertForm.parse({name: fields.said(name)}).check(territory)
    except BadInput as error:
        return error
    return None


@dataclass(frozen=True, slots=True)
class TextField:
    """One of the ten fields, as the page shows it.

    Args:
        name: Its name.
        label: Its name in the Article, in the draft's language.
        said: What every channel says of it from the release, which nobody edits.
        value: The reviewer's words.
    """

    name: str
    label: str
    said: str
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The alert as it would be read, and the ten fields to write in.

    Args:
        language: ``en``, ``es`` or ``pt``: what the draft is written in.
        text: The draft in plain words, as ``atalaya alerts draft`` prints it.
        fields: The ten fields.
        untouched: Whether nobody has written in it yet.
    """

    language: str
    text: str
    fields: tuple[TextField, ...]
    untouched: bool


def drafted(
    evidence: Evidence, row: Mapping[str, Any], fields: Fields, problems: Mapping[str, AtalayaError]
) -> Draft:
    """Write the draft of an alert.

    Args:
        evidence: What the empty fields are filled with when nothing was sent.
        row: The signal as published, with ``counted``.
        fields: What was sent.
        problems: Fields that cannot be used; they are left out of the draft, not of the form.
    """
    code = fields.language if fields.language in ("en", "es", "pt") else "en"
    tongue, said = voice(code), Said.of(row)
    untouched = not fields.action
    values = {name: str(getattr(fields, name)) for name in POINTS}
    if untouched:
        values |= prefilled(evidence, tongue)
    usable = {name: " ".join(text.split()) for name, text in values.items()}
    usable |= {name: fields.said(name) for name in GRADED} | {"language": code}
    form = _without(usable, problems)
    bare = ten_fields(said, AlertForm(), tongue)
    unknown = tongue.say("unknown")
    shown = tuple(
        TextField(name, label, "" if text == unknown else text, values[name])
        for name, (label, text) in zip(POINTS, bare, strict=True)
    )
    return Draft(code, draft(said, form, tongue, fields.said("advice")), shown, untouched)


def _without(usable: Mapping[str, str], problems: Mapping[str, AtalayaError]) -> AlertForm:
    kept: dict[str, str] = {}
    for name, text in usable.items():
        with suppress(BadInput):  # a preview leaves out what signing would refuse and mark
            AlertForm.parse({name: text})
            kept |= {} if name in problems else {name: text}
    return AlertForm.parse(kept)
