"""Claims about a session: who came, for how long, when and where; and when a text was adopted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from atalaya.model.sentences import sentence
from atalaya.promises.claims import words
from atalaya.promises.claims.answers import (
    Answer,
    Stated,
    Verdict,
    checks,
    cited,
    printed,
    resting,
    untold,
)
from atalaya.promises.claims.positions import of_any
from atalaya.promises.claims.stance import Sentence, negated
from atalaya.promises.fields import Field, Said
from atalaya.promises.sessions import Session
from atalaya.reading.reports.dates import parse_day
from atalaya.reading.reports.lexicon import any_of, compiled
from atalaya.reading.reports.lexicon import load as report_words
from atalaya.reading.reports.session import SessionFacts
from atalaya.reading.reports.spans import Leaf, Span
from atalaya.reading.reports.symbols import NUMBER, SYMBOL

SESSION = (
    ("representatives_min", "participants-more-than", "participants"),
    ("member_states_min", "member-states-more-than", "member-states"),
    ("days", "days", "days"),
    ("city", "place", "city"),
    ("date_start", "opened-on", "opened"),
    ("date_end", "closed-on", "closed"),
)
_MORE = "-more-than"
_NEAR = 30  # days between a session and the dates of one that is told of without its number
# A city's names in two languages begin alike ("Vienne", "Vienna"); another city's do not.
_START, _LIKE = 4, 80.0


def session_of(text: str, told: SessionFacts, sessions: Sequence[Session]) -> Session | None:
    """Find the session of the record that a text tells of.

    By its number and body where the text gives them; without a number by its dates, or where the
    record holds one session only and the text names its body. A session of another body is none.
    """
    body = None if told.body is None else str(told.body.value)
    called = [one for one in sessions if _short_name(one.id.partition(":")[2]).search(text)]
    if told.number is None and len(called) == 1:
        return called[0]
    if told.number is not None:
        said = re.compile(rf"(?<!\d){told.number.value}(?!\d)")
        found = [one for one in sessions if said.search(re.sub(r"\D+", " ", one.id))]
        return next((one for one in found if _same_body(body or text, one)), None)
    if body is not None and not any(_same_body(body, one) for one in sessions):
        return None
    near = [one for one in sessions if _dated(text, told, one)]
    if len(near) == 1 and words.phrase("sessions", "word").search(text):
        return near[0]
    named = words.phrase("sessions", "commission").search(text)
    return sessions[0] if len(sessions) == 1 and named else None


@cache
def _short_name(key: str) -> re.Pattern[str]:
    """Give what a session is called in short, as its identifier is made: ``CND 68``, ``CND68``."""
    letters = re.match(r"[a-z-]*", key)
    digits = re.search(r"\d+", key)
    if letters is None or not letters[0] or digits is None:
        return re.compile(r"(?!)")
    return re.compile(rf"\b{re.escape(letters[0].upper())}[ -]?{digits[0]}\b")


def _same_body(body: str, session: Session) -> bool:
    """Whether the name of a body is a session's: its acronym, or rare words of its name."""
    if words.phrase("sessions", "commission").search(body):
        return True
    acronym = re.sub(r"[^a-z]", "", session.id.partition(":")[2])
    if acronym in re.split(r"[^a-z]+", body.lower()):
        return True
    names = " ".join(
        value for one in session.fact("name").said for value in (one.value, *one.notes.values())
    )
    return len(words.concepts(body) & words.concepts(names) - _common()) > 1


@cache
def _common() -> frozenset[str]:
    return words.concepts(
        "the of and de la las los des session United Nations Naciones Unidas Nations unies "
        "Commission Comisión"
    )


def _dated(text: str, told: SessionFacts, session: Session) -> bool:
    days = [_day(day) for day, _ in _days(text, Span(0, len(text)))]
    days += [_day(leaf.value) for leaf in (told.date_start, told.date_end) if leaf is not None]
    ours = [
        _day(one.value) for name in ("opened-on", "closed-on") for one in session.fact(name).said
    ]
    return any(
        one is not None and other is not None and abs((one - other).days) <= _NEAR
        for one in days
        for other in ours
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:  # words, or a month only
        return None


def of_session(told: SessionFacts, own: Session) -> Iterator[Answer]:
    """Answer for the facts of a session that a text tells of."""
    for name, predicate, kind in SESSION:
        leaf = getattr(told, name)
        field = own.fact(predicate)
        if leaf is not None and field.said:
            yield beside(kind, leaf, field, own.id)


def beside(kind: str, leaf: Leaf, field: Field, about: str, *, denied: bool = False) -> Answer:
    """Answer for one value beside all that sources say of it."""
    ours = [printed(one) for one in field.said]
    if _above(leaf, field) and not denied:
        open_ = untold(
            kind,
            Stated("", leaf.span),
            sentence("sources say more than {ours}, and not how many", ours=ours[0]),
            sentence("print more than {ours}, with its source", ours=ours[0]),
            about,
            field.said,
        )
        return replace(open_, claimed=str(leaf.value))
    known = [*ours, *(one for each in field.said for one in each.notes.values())]
    agrees = any(_same(kind, str(leaf.value), one) for one in known) is not denied
    return plain(kind, leaf, agrees, " / ".join(dict.fromkeys(ours)), field.said, about)


def _above(leaf: Leaf, field: Field) -> bool:
    """Whether sources give a lower bound only, and the text a number above it."""
    least = [one.number for one in field.said if one.predicate.endswith(_MORE)]
    above = [one for one in least if one is not None and float(leaf.value) > one]
    return bool(above) and len(above) == len(field.said)


def _same(kind: str, told: str, ours: str) -> bool:
    if kind != "city":
        return told == ours
    one, other = words.plain(told), words.plain(ours)
    return one[:_START] == other[:_START] and fuzz.ratio(one, other) >= _LIKE


def plain(
    kind: str, leaf: Leaf, agrees: bool, ours: str, said: Sequence[Said], about: str
) -> Answer:
    """Answer for one value: the same as sources say, or not."""
    return Answer(
        kind=kind,
        span=leaf.span,
        claimed=str(leaf.value),
        verdict=Verdict.AGREES if agrees else Verdict.DIFFERS,
        found=ours,
        says=(
            sentence("sources say the same")
            if agrees
            else sentence("sources say {ours}", ours=ours)
        ),
        safe=sentence("print {ours}, with its source", ours=ours),
        sources=cited(said),
        about=about,
        claims=resting(said),
        checked=checks(said),
    )  # fmt: skip


def of_days(
    text: str, said: Sequence[Sentence], sessions: Sequence[Session], own: Session | None
) -> Iterator[Answer]:
    """Answer for single days: when a session opened or closed, when a text was adopted."""
    found = [one for session in sessions for one in session.resolutions]
    for one in said if sessions else ():
        for day, where in _days(text, one.span) if one.claims else ():
            leaf = Leaf(day, where)
            verb = words.phrase("sessions", "adopted").search(text, *one.span)
            symbols = [*SYMBOL.finditer(text, *one.span), *NUMBER.finditer(text, *one.span)]
            ours = next((each for s in symbols if (each := of_any(s[0], found)) is not None), None)
            if verb is not None and ours is not None and ours.adopted_on.said:
                denied = negated(text, verb.span(), one.span.start)
                yield beside("adopted-on", leaf, ours.adopted_on, ours.id, denied=denied)
            elif own is not None and not symbols:
                yield from _edges(text, one.span, leaf, own)


def _edges(text: str, span: Span, leaf: Leaf, own: Session) -> Iterator[Answer]:
    if (
        words.phrase("sessions", "word").search(text, *span) is None
        and words.phrase("sessions", "commission").search(text, *span) is None
    ):
        return
    for kind, predicate in (("opened", "opened-on"), ("closed", "closed-on")):
        verb = words.phrase("sessions", kind).search(text, span.start, leaf.span.start)
        field = own.fact(predicate)
        if verb is not None and field.said:
            yield beside(kind, leaf, field, own.id, denied=negated(text, verb.span(), span.start))
            return


@cache
def _patterns() -> tuple[words.Pattern, ...]:
    month = any_of(report_words().months)
    return (
        compiled(
            rf"(?<![\w-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º)?(?: (?:of|de|du))? (?P<m>{month}),?"
            r"(?: de(?:l)?)? (?P<y>\d{4})(?!\w)"
        ),
        compiled(rf"(?<!\w)(?P<m>{month}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?, (?P<y>\d{{4}})(?!\w)"),
        re.compile(r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\w-])"),
    )


_RANGE = compiled(
    r"\d{1,2}(?:st|nd|rd|th|er|º)? ?(?:to|-|–|—|al|a|au|and|y|et|through|until)(?: el)? ?$"
)


def _days(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Give the single days of a sentence; the last day of a range is none."""
    for pattern in _patterns():
        for one in pattern.finditer(text, *span):
            month = int(one["m"]) if one["m"].isdigit() else report_words().month(one["m"])
            day = parse_day(int(one["y"]), month or 0, int(one["d"]))
            before = text[max(span.start, one.start() - 24) : one.start()]
            if day is not None and not _RANGE.search(before):
                yield day, Span(*one.span())
