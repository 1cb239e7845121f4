"""The city a session met in: beside its dates, after a verb of meeting, where it is named."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.names import BODY, state
from atalaya.reading.reports.sittings import CAPITAL
from atalaya.reading.reports.spans import Leaf, Span, trimmed

_S = r"[ \u00a0]"
_IN = rf"(?:in|en|at|à|em|to)(?:{_S}(?:the city of|la ciudad de|la ville de|the|la|el|le))?"
_PLACE = rf"(?P<city>{CAPITAL}(?:{_S}(?:(?:de|del|la|of){_S})?{CAPITAL}){{0,2}})"
_HELD = re.compile(
    r"(?:held|met|convened|gathered|attended|suivie?|seguimos|siguió|joined|opened|hosted|"
    r"particip\w+|asist\w+|took place|"
    r"meeting|assembled|session|"
    r"celebrad[oa]s?|celebró|reunió|reunid[oa]s?|tuvo lugar|sesionó|sesiones|se llevó a cabo|"
    r"congregó|"
    r"se dieron cita|se desarrolló|"
    r"tenue?|réunie?|s['’]est réunie|a eu lieu|organisée|rassemblé|déroulée?|étions|realizada|"
    r"reuniu)"
    rf"(?P<between>[^.\n;:“«]{{0,90}}?){_S}(?:in|en|at|à|em)(?:{_S}(?:the city of|la ciudad de|"
    rf"la ville de))?{_S}{_PLACE}"
)
_BESIDE = (
    re.compile(
        rf"(?<!\w){_PLACE},{_S}{CAPITAL}(?:{_S}{CAPITAL})?{_S}?[,(·|–—-]{_S}?(?:on{_S}|\W{{0,3}})?$"
    ),
    re.compile(
        rf"(?<!\w){_PLACE}(?:{_S}\([^()]{{2,30}}\))?{_S}?[,(·|–—-]{_S}?(?:(?:on|el|le|du|del?|"
        rf"from|les|los|au){_S}|\W{{0,3}})?$"
    ),
    re.compile(
        rf"{_IN}{_S}{_PLACE}[ \u00a0,]*(?:from|on|between|del?|desde|du|los|les|"
        rf"entre|le)?{_S}?(?:el|les|the|los)?{_S}?(?:días{_S}|days{_S}|jours{_S})?$"
    ),
)
_AFTER = re.compile(
    rf"{_S}?[,(·–—-]?{_S}?(?:in|en|à|at|em)?{_S}?{_PLACE}(?=[).,;\n]|"
    rf"{_S}(?:and|y|et|was|fue|brought|gathered|reunió|a|with|con|avec|la|el)|$)"
)
_DATELINE = re.compile(
    rf"^[*_]{{0,2}}{_PLACE}(?:,{_S}{CAPITAL})?,?{_S}(?:\d{{1,2}}{_S})?(?:de{_S})?(?P<month>[a-zà-ÿA-Z]+){_S}(?:de{_S})?\d{{4}}",
    re.MULTILINE,
)
_SENTENCE = re.compile(rf"(?<!\w){_IN}{_S}{_PLACE}")
_HOUSES = re.compile(
    r"[ \u00a0](?:International|Palais|Palacio|Headquarters|Conference|Convention|Centro|Centre|"
    r"Center|City Hall)\b.*"
)
_MENTIONS = 5  # of a session's name, in whose sentences a city is looked for
# Regions of the world, which nobody meets in.
_REGIONS = frozenset(
    (
        "Europe", "Europa", "Africa", "África", "Afrique", "Asia", "Asie", "Latin America",
        "América Latina", "Amérique latine", "Caribbean", "Caribe", "Caraïbes", "Oceania",
        "West Africa", "East Africa", "Global South", "North America", "South America", "America",
        "América", "English", "Spanish", "French", "Member States", "States", "Estados", "États",
    )
)  # fmt: skip


def city(
    text: str, when: Span | None, named: Sequence[Span], facts: Mapping[str, Span]
) -> Leaf | None:
    """Give the city the session met in.

    Args:
        text: The document.
        when: Where its dates stand, or None.
        named: Where the session is named.
        facts: Fact -> where a label gives it.
    """
    for found in _candidates(text, when, named, facts):
        span = Span(*found.span("city"))
        house = _HOUSES.search(text, *span)
        kept = trimmed(text, (span.start, house.start() if house else span.end))
        inside = kept is not None and any(one.start <= kept.start < one.end for one in named)
        if kept is not None and not inside and _is_city(kept.of(text)):
            return Leaf(kept.of(text), kept)
    return None


def _is_city(words: str) -> bool:
    return (
        state(words) is None
        and lexicon.load().month(words.split(maxsplit=1)[0]) is None
        and not words.isupper()
        and len(words) > 2  # noqa: PLR2004 - no initials
        and words not in _REGIONS
        and BODY.search(words) is None
    )


def _candidates(
    text: str, when: Span | None, named: Sequence[Span], facts: Mapping[str, Span]
) -> Iterator[re.Match[str]]:
    given = facts.get("place")
    if given is not None:
        yield from itertools.islice(re.compile(_PLACE).finditer(text, *given), 1)
    if when is not None:
        line = text.rfind("\n", 0, when.start) + 1
        beside = (pattern.search(text, line, when.start) for pattern in _BESIDE)
        yield from (one for one in beside if one is not None)
        after = _AFTER.match(text, when.end)
        yield from (after,) if after is not None else ()
    for held in _HELD.finditer(text):
        if not lexicon.load().sections["events"].search(held["between"]):
            yield held
    for one in named:
        for again in itertools.islice(re.finditer(re.escape(one.of(text)), text), _MENTIONS):
            yield from _SENTENCE.finditer(text, *_sentence(text, Span(*again.span())))
    for begun in _DATELINE.finditer(text):
        if lexicon.load().month(begun["month"]) is not None:
            yield begun


def _sentence(text: str, span: Span) -> Span:
    start = max(text.rfind(mark, 0, span.start) for mark in (". ", "\n")) + 1
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, span.end)) >= 0]
    return Span(start, min(ends, default=len(text)))
