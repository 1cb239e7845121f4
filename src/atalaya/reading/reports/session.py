"""The session a report is about: body, number, name, size, days, dates, city."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.leaves import counted, number_leaf
from atalaya.reading.reports.names import state
from atalaya.reading.reports.ordinals import ORDINAL, ordinal
from atalaya.reading.reports.spans import Leaf, Span, leaf, trimmed

_CAPITAL = r"[A-ZÀ-Ý][\w’'&.-]*"
_JOIN = (
    r"(?:of|on|for|the|and|de|del|la|las|los|el|y|e|des|du|sur|pour|et|les|le|d['’]|l['’]|"
    r"contra|against|to|in|do|da|dos)"
)
_NAME = (
    rf"{_CAPITAL}(?:[ \u00a0](?:{_JOIN}[ \u00a0]?)*{_CAPITAL}|"
    rf"[ \u00a0](?:{_JOIN}[ \u00a0])+[a-zà-ÿ-]+(?=[ \u00a0](?:{_JOIN}[ \u00a0])*{_CAPITAL})"
    rf"|[ \u00a0]{_JOIN}[ \u00a0](?:la[ \u00a0]|les[ \u00a0])?[a-zà-ÿ-]{{5,}}){{0,12}}"
)
_LOWER_BODY = (
    r"(?:Comisión|Commission|Comité|Conseil|Consejo|Conferencia|Conférence|Asamblea|"
    r"Assemblée)(?:[ \u00a0](?:de|des|du|la|las|los|et|y|pour|sur|contre|en|d['’]\w+|"
    r"l['’]\w+|[A-ZÀ-Ýa-zà-ÿ][\w’'-]*)(?!\w)){1,9}"
)
_ANY_BODY = r"[a-zà-ÿ][\w’'-]*(?:[ \u00a0][\w’'-]+){1,8}"
_PERIOD = (
    r"(?:(?:regular|ordinary|special|reconvened|annual|plenary|ordinari[oa]|"
    r"extraordinari[oa]|especial|reanudad[oa]|anual|ordinaire|extraordinaire|spéciale|"
    r"annuelle)[ \u00a0])?"
)
_SESSION = (
    re.compile(
        rf"(?<!\w)(?P<n>{ORDINAL})[ \u00a0]{_PERIOD}(?:session|meeting|"
        rf"sitting)s?[ \u00a0](?:of|for)[ \u00a0](?:the[ \u00a0])?(?P<body>{_NAME})",
        re.UNICODE,
    ),
    re.compile(
        rf"(?<!\w)(?P<n>{ORDINAL})[ \u00a0]{_PERIOD}(?:per[ií]odo[ \u00a0]{_PERIOD}de[ "
        rf"\u00a0]sesiones|"
        rf"sesión|reunión|sessão)[ \u00a0]{_PERIOD}(?:de[ \u00a0]la|del|de[ \u00a0]los|"
        rf"de|da|do)[ \u00a0](?P<body>{_LOWER_BODY}|{_NAME})",
        re.UNICODE,
    ),
    re.compile(
        rf"(?<!\w)(?P<n>{ORDINAL})[ \u00a0]{_PERIOD}(?:session|"
        rf"réunion)[ \u00a0]{_PERIOD}(?:de[ \u00a0]la|de[ \u00a0]l['’]|du|des|"
        rf"de)[ \u00a0]?(?P<body>{_LOWER_BODY}|{_NAME}|{_ANY_BODY})",
        re.UNICODE,
    ),
    re.compile(
        rf"(?<!\w)(?P<n>{ORDINAL})[ \u00a0](?P<body>(?:{_CAPITAL}[ \u00a0]){{0,4}}(?:Assembly|"
        rf"Conference|Congress|Council|Asamblea|Conferencia|Assemblée|"
        rf"Conférence)(?:[ \u00a0](?:de|des|of|on|the|la|los)(?:[ \u00a0](?:la|los|"
        rf"the))?[ \u00a0]{_CAPITAL}|[ \u00a0]{_CAPITAL})*)",
        re.UNICODE,
    ),
)
_NEAR = re.compile(
    r"session|meeting|sitting|sesi[oó]n|reuni[oó]n|sessão|réunion|Assembl|Conferen|"
    r"Congress|Council|Asamblea|Conférence"
)
_BEFORE, _AFTER_WORD = 60, 200  # letters that an ordinal before and the body after take at most
_SHORT = re.compile(r"[ \u00a0]?\((?P<short>[A-Z]{2,8}[ \u00a0-]?\d{1,3})\)")
_ABBREVIATED = r"(?<![\w/.])[A-Z]{{2,8}}[ \u00a0-]?{number}(?![\w/.])"
_ANY_SHORT = re.compile(r"(?<![\w/.#])(?P<body>[A-Z]{2,8})[ \u00a0-]?(?P<n>\d{1,3})(?![\w/.\d])")
_BODY_THEN_NUMBER = re.compile(
    rf"(?P<body>{_CAPITAL}(?:[ \u00a0](?:{_JOIN}[ \u00a0])*{_CAPITAL}){{1,8}})"
    rf"[ \u00a0](?P<n>\d{{1,3}})(?=[:,.)\s]|$)"
)


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


def session(text: str, tags: Sequence[Span] = ()) -> SessionFacts:
    """Read the session from a whole document.

    Args:
        text: The document.
        tags: Where its tags stand: they name sessions, and say nothing of this one.
    """
    from atalaya.reading.reports.dates import dated

    body, number, name = _identity(text, tags)
    when = dated(text)
    return SessionFacts(
        body=body,
        number=number,
        name=name,
        representatives_min=_first(text, "representatives"),
        member_states_min=_first(text, "states"),
        days=_days(text),
        date_start=when.start if when else None,
        date_end=when.end if when else None,
        city=_city(text, when.span if when else None),
    )


def _identity(text: str, tags: Sequence[Span]) -> tuple[Leaf | None, Leaf | None, Leaf | None]:
    found = sorted(
        _mentions(text),
        key=lambda one: (one.start(), -len(one["body"])),
    )
    if not found:
        return _short_identity(text)
    # The first mention may be cut short in a heading: of those with its number, the longest body.
    number = ordinal(found[0]["n"])
    same = [one for one in found if ordinal(one["n"]) == number]
    best = max(same, key=lambda one: len(one["body"]))
    body = leaf(text, _body_span(text, best), article=True)
    name = next((m for one in same if (m := _SHORT.match(text, one.end()))), None)
    shorts = re.compile(_ABBREVIATED.format(number=number)).finditer(text)
    short = next((one for one in shorts if not any(a <= one.start() < b for a, b in tags)), None)
    words = None if body is None else str(body.value)
    first = next((one for one in same if _body_span(text, one).of(text) == words), best)
    whole = (first.start(), _body_span(text, first).end)
    span = name.span("short") if name else short.span() if short else whole
    return body, Leaf(number or 0, Span(*best.span("n"))), leaf(text, span)


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """Look for sessions only around the words for one: the patterns are dear on a whole report."""
    last = 0
    for word in _NEAR.finditer(text):
        start = max(last, word.start() - _BEFORE)
        end = min(len(text), word.end() + _AFTER_WORD)
        for pattern in _SESSION:
            yield from pattern.finditer(text, start, end)
        last = word.end()


def _body_span(text: str, found: re.Match[str]) -> Span:
    """Cut what follows the name of a body: the verb of the sentence is none of it."""
    start, end = found.span("body")
    stop = re.compile(
        r"[ \u00a0](?:se|fue|tuvo|reunió|celebr\w+|concluy\w+|s['’]est|a|ha|aprobó|"
        r"adoptó|held|met|gathered|was|has|took|à|que|qui)(?!\w)"
    ).search(text, start, end)
    return Span(start, stop.start() if stop else end)


def _short_identity(text: str) -> tuple[Leaf | None, Leaf | None, Leaf | None]:
    """Without a sentence that names the session: its abbreviation, or a body with a number."""
    first = text[: 4 * 200]
    whole = _BODY_THEN_NUMBER.search(first)
    short = _ANY_SHORT.search(first)
    body = leaf(text, whole.span("body"), article=True) if whole else None
    given = whole or short
    number = Leaf(int(given["n"]), Span(*given.span("n"))) if given else None
    if body is None and short is not None:
        body = leaf(text, short.span("body"))
    name = leaf(text, (short or given).span()) if given else None
    return body, number, name


def _first(text: str, unit: str) -> Leaf | None:
    """Give the first number of people or States that is large enough to be a session's."""
    least = 30 if unit == "representatives" else 5
    for found in counted(unit).finditer(text):
        value = number_leaf(found)
        if isinstance(value.value, int) and value.value >= least and _of_session(text, found):
            return value
    return None


@cache
def _gathering() -> re.Pattern[str]:
    return lexicon.compiled(
        r"session|gather|brought together|attend|meet|assembl|conference|congress|"
        r"convene|welcom|sesion|sesión|reuni|"
        r"congreg|asist|particip|conferencia|asamblea|pris part|took part|"
        r"tomaron parte|délégu|delega|regist|inscri|réuni|rassembl|accueilli|"
        r"assemblée|conférence|discuss|debat|discut|days|días|jours|representa|"
        r"représent"
    )


def _of_session(text: str, found: re.Match[str]) -> bool:
    """Whether a count is the session's: its sentence is of a gathering, and of no side event."""
    begin = max(text.rfind(mark, 0, found.start()) for mark in (". ", "\n")) + 1
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, found.end())) >= 0]
    sentence = Span(begin, min(ends, default=len(text)))
    events = lexicon.load().sections["events"].search(text, *sentence)
    # "40 persons" alone is an event's, "12 States joined us" in a list an achievement.
    alone = not re.search(r"\w{2}", text[begin : found.start()])
    return _gathering().search(text, *sentence) is not None and events is None and not alone


def _days(text: str) -> Leaf | None:
    pattern = counted("days")
    for found in pattern.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()].lower()
        item = re.search(
            r"(?:over|during|lasted|for|in|durante|a lo largo de|en|pendant|durant|"
            r"sur|duró|duré|full)\s*(?:the\s|los\s|les\s|its\s|sus\s|ses\s)?$",
            before,
        )
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if (item and not re.match(r"\s*[•\-*\d]\s", line)) or "-day" in found[0].lower():
            return number_leaf(found)
    return None


_PLACE = rf"(?P<city>{_CAPITAL}(?:[ \u00a0](?:(?:de|del|la|of)[ \u00a0])?{_CAPITAL}){{0,2}})"
_HELD = re.compile(
    r"(?:held|met|convened|gathered|attended|suivie?|seguimos|siguió|joined|"
    r"particip\w+|asist\w+|took place|"
    r"meeting|assembled|session|"
    r"celebrad[oa]s?|celebró|reunió|reunid[oa]s?|tuvo lugar|sesionó|sesiones|"
    r"tenue?|réunie?|s['’]est réunie|a eu lieu|organisée|session|realizada|reuniu)"
    rf"(?P<between>[^.\n;:“«]{{0,90}}?)[ \u00a0](?:in|at|en|à|em)[ \u00a0]{_PLACE}"
)
_BESIDE = (
    re.compile(rf"(?<!\w){_PLACE}[ \u00a0]?[,(–—-][ \u00a0]?$"),
    re.compile(
        rf"(?:in|en|à|em)[ \u00a0]{_PLACE}[ \u00a0,]*(?:from|on|between|del|desde|du|"
        rf"entre|de|le)?[ \u00a0]?(?:el|les|the)?[ \u00a0]?$"
    ),
)
_AFTER = re.compile(
    rf"[ \u00a0]?[,(·–—-]?[ \u00a0]?(?:in|en|à|at|em)?[ \u00a0]?{_PLACE}(?=[).,;\n]|"
    rf"[ \u00a0](?:and|y|et|was|fue|brought|gathered|reunió|a|with|con|avec)|$)"
)


def _city(text: str, when: Span | None) -> Leaf | None:
    """Give the city the session met in: beside its dates, or after a verb of meeting."""
    for found in _candidates(text, when):
        words = found["city"]
        month = lexicon.load().month(words.split()[0])
        if state(words) is None and month is None and not words.isupper() and len(words) > 2:  # noqa: PLR2004
            kept = trimmed(text, found.span("city"))
            return None if kept is None else Leaf(kept.of(text), kept)
    return None


def _candidates(text: str, when: Span | None) -> Iterator[re.Match[str]]:
    if when is not None:
        line = text.rfind("\n", 0, when.start) + 1
        for pattern in _BESIDE:
            found = pattern.search(text, line, when.start)
            if found is not None:
                yield found
        after = _AFTER.match(text, when.end)
        if after is not None:
            yield after
    for found in _HELD.finditer(text):
        if not lexicon.load().sections["events"].search(found["between"]):
            yield found


def parse_day(year: int, month: int, day: int) -> str | None:
    """Give a day as ISO 8601, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
