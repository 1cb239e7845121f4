"""The session a report is about: body, number, name, size, days, dates, city."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.dates import dated
from atalaya.reading.reports.facts import session_facts
from atalaya.reading.reports.leaves import counted, number_leaf
from atalaya.reading.reports.places import city
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.sittings import identity
from atalaya.reading.reports.spans import Leaf, Span

_LEAST = {"representatives": 30, "states": 5}  # fewer are a panel's, or those who sponsored a text
_LONGEST = 21  # days of a session; "within 30 days" is something else
# What "a five-day ..." is said of; a "two-day segment" is a part of the session.
_SITS = re.compile(
    r"(?:[ \u00a0][\w-]+){0,2}?[ \u00a0](?:session|meeting|conference|assembly|forum|congress|"
    r"summit|"
    r"gathering)(?!\w)",
    re.IGNORECASE,
)
_PARTS = ("events", "meetings", "achievements", "challenges", "demands")


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a report says of its session, each value or None."""

    body: Leaf | None = None
    number: Leaf | None = None
    name: Leaf | None = None
    representatives_min: Leaf | None = None
    member_states_min: Leaf | None = None
    days: Leaf | None = None
    date_start: Leaf | None = None
    date_end: Leaf | None = None
    city: Leaf | None = None


def session(text: str, found: Sequence[Placed], apart: Sequence[Span] = ()) -> SessionFacts:
    """Read the session from a whole document.

    Args:
        text: The document.
        found: Its blocks.
        apart: What is said of other things: tags name sessions, and say nothing of this one.
    """
    facts = session_facts(text, found)
    body, number, name = identity(text, apart, facts)
    when = dated(text)
    elsewhere = [one.block.span for one in found if one.part in _PARTS and not one.heads]
    elsewhere += apart
    return SessionFacts(
        body=body,
        number=number,
        name=name,
        representatives_min=_size(text, "representatives", facts, elsewhere),
        member_states_min=_size(text, "states", facts, elsewhere),
        days=_days(text, facts),
        date_start=when.start if when else None,
        date_end=when.end if when else None,
        city=city(
            text,
            when.span if when else None,
            [one.span for one in (body, name) if one is not None],
            facts,
        ),
    )


def _size(
    text: str, unit: str, facts: Mapping[str, Span], elsewhere: Sequence[Span]
) -> Leaf | None:
    """Give the first number of people or States that is large enough to be a session's."""
    for found in counted(unit).finditer(text):
        value = number_leaf(found)
        if not isinstance(value.value, int) or value.value < _LEAST[unit]:
            continue
        if any(a <= found.start() < b for a, b in elsewhere):
            continue
        if _of_session(text, found):
            return value
    stated = (counted(unit).search(text, *span) for span in facts.values())
    labelled = next((one for one in stated if one is not None), None)
    return number_leaf(labelled) if labelled else _number(text, facts.get(unit))


def _number(text: str, span: Span | None) -> Leaf | None:
    """Give the number with which a labelled value begins: "Participants: about 280"."""
    if span is None or counted("states").search(text, *span):
        return None
    found = lexicon.compiled(rf"(?:\D{{0,20}}?)(?P<n>{lexicon.load().number})(?!\w)").match(
        text, *span
    )
    return None if found is None else number_leaf(found)


@cache
def _gathering() -> re.Pattern[str]:
    return lexicon.compiled(
        r"session|gather|brought together|attend|meet|assembl|conference|congress|"
        r"convene|welcom|sesion|sesión|reuni|drew|came|"
        r"congreg|asist|particip|conferencia|asamblea|pris part|prenai|took part|tomaron parte|"
        r"délégu|delega|regist|inscri|réuni|rassembl|accueilli|"
        r"assemblée|conférence|discuss|debat|discut|days|días|jours|representa|représent"
    )


def _of_session(text: str, found: re.Match[str]) -> bool:
    """Whether a count is the session's: its sentence is of a gathering, and of no side event."""
    begin = max(text.rfind(mark, 0, found.start()) for mark in (". ", "\n")) + 1
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, found.end())) >= 0]
    sentence = Span(begin, min(ends, default=len(text)))
    events = lexicon.load().sections["events"].search(text, *sentence)
    # "40 persons" alone is an event's, "12 States joined us" in a list an achievement.
    first = found.start() == begin or not re.search(r"\w{2}", text[begin : found.start()])
    alone = first and not re.search(r"\w{3}.*\w{3}", text[found.end() : sentence.end])
    met = _gathering().search(text, *sentence) is not None
    # "2,300 delegates, 138 States" is of the session, whatever else is said.
    both = all(counted(unit).search(text, *sentence) for unit in _LEAST)
    return (met and events is None and not alone) or both


def _days(text: str, facts: Mapping[str, Span]) -> Leaf | None:
    pattern = counted("days")
    for found in pattern.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()].lower()
        item = re.search(
            r"(?:course of|curso de|cours de|over|during|lasted|for|in|after|durante|tras|"
            r"después de|a lo largo de|en|pendant|durant|après|au bout de|"
            r"sur|duró|duré|full|fueron|were|the|these|those|los|estos|esos|les|ces|ont été)"
            r"\s*(?:the\s|los\s|les\s|its\s|sus\s|ses\s)?$",
            before,
        )
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        long = "-day" in found[0].lower() and _SITS.match(text, found.end())
        if (item and not re.match(r"\s*[•\-*\d]\s", line)) or long:
            value = number_leaf(found)
            if isinstance(value.value, int) and value.value <= _LONGEST:
                return value
    return _number(text, facts.get("days"))
