"""Sentences that other rooms write into the tables, so that pages can say them in any language.

Reasons and doubts are made from a few clauses with numbers in them. A sentence is translated when
it is wholly made of known clauses, else shown in English and marked as English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from atalaya.findings.signals import CARRIED
from atalaya.publishing.marking import _
from atalaya.publishing.site.languages import Language
from atalaya.registers import substances, territories

CLAUSES: Final = (
    _("whether new testing rather than new supply explains it"),
    _("whether a second, independent source would show it"),
    _("whether more happens, or more is only written of it"),
    _("in which products and by which route it arrives"),
    _("possibly a testing change"),
    _("many more were examined and many series of this source began together"),
    _("many more were examined"),
    _("unusually many series of this source began together"),
    _("the source is known for it"),
    _("{a} counted in the last {b} observed periods"),
    _("first ever in this history"),
    _("none in the {a} before nor earlier"),
    _("return after silence"),
    _("none in the {a} before but some earlier"),
    _("growth from a low level"),
    _("{a} in the {b} before"),
    _("too few"),
    _("fewer than {a}"),
    _("not new"),
    _("{a} in the up to {b} before"),
    _("{a} observed periods up to here where {b} are needed"),
    _("not assessed"),
    _("withheld"),
    _("its window holds counts of people from 1 to 9"),
    _("no count was given for this period"),
    _("nothing was examined in this period (population 0)"),
    _("the population of this period is missing"),
    _("it began at its full height"),
    _("no sure rise"),
    _("a rise such as one of {a} series may show by chance"),
    _("{a} cases within the last {b} observed periods"),
    _("{a} observed periods before this one where {b} are needed"),
    _("probably a testing change"),
    _("{a} series of this source began together"),
    _("many series of this source began together"),
    _("{a} counted where the last {b} observed periods allow {c}"),
    _("{a} counted where {b} observed periods ending 3 before allow {c}"),
    _("{a} counted after the last {b} observed periods without any variation"),
    _("{a} counted after {b} observed periods ending 3 before without any variation"),
    _("within what the last {a} observed periods allow"),
    _("within what {a} observed periods ending 3 before allow"),
    _("the last {a} observed periods do not vary and C{b} has no value"),
    _("{a} observed periods ending 3 before do not vary and C{b} has no value"),
    _("gaps stretch the {a} observed periods before this one over {b} periods"),
    _("{a} counted where {b} were expected and {c} allowed at this time of the year"),
    _("within what is usual at this time of the year"),
    _("fewer than {a} cases in the last {b} periods"),
    _("the fit is too uncertain for a bound"),
    _("the regression on earlier years does not settle"),
    _("gaps leave {a} reference periods, too few or a season without any"),
    _("quarters and years are too long for a window around a season"),
    _("populationOffset needs the population of this period"),
    _("{a} periods of history, less than {b} years and {c} periods"),
    _("{a} counted where {b} were expected and {c} would be an alarm"),
    _("within what season and trend explain"),
    _("{a} observed periods before the guard band, less than {b} years"),
    _("reports for this period are still arriving"),
    _("{a} to {b} expected once late reports are in"),
    _("judged at the lowest count expected"),
    _("{a} dated versions of the source where {b} are needed to tell how late its reports come"),
    _("too few periods were followed until they were complete"),
    _("too little of it is known yet"),
    _("reports of this source are taken back later"),
)
_CARRIED_BY: Final = _("carried by {child}")
_SEPARATORS: Final = re.compile(r"[\s,:;.()]*")
_NUMBER: Final = r"(\d+(?:\.\d+)?)"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Each clause with the names of its numbers and the expression that finds it, longest first."""
    found = []
    for clause in sorted(CLAUSES, key=len, reverse=True):
        names = tuple(re.findall(r"\{(\w)\}", clause))
        pattern = re.sub(r"\\\{\w\\\}", lambda _match: _NUMBER, re.escape(clause))
        found.append((clause, names, re.compile(pattern)))
    return tuple(found)


@lru_cache(maxsize=20_000)
def in_words(text: str, language: Language) -> str | None:
    """Say a sentence of the tables in a language.

    Args:
        text: The English sentence.
        language: The page's language.

    Returns:
        The sentence, or None where a part of it has no translation.
    """
    if language.code == "en":
        return text
    reason, carried, child = text.partition(CARRIED)
    if carried:
        said = in_words(reason, language)
        name = _named(child, language.code)
        return said and f"{said}; {language.say(_CARRIED_BY).format(child=name)}"
    return _in_clauses(text, language)


def _named(child: str, code: str) -> str:
    """Say the register's English name of a substance or place in a language; others stay."""
    for register in (substances.load(), territories.load()):
        identifier = register.find(child)
        if identifier is not None:
            return register.get(identifier).name_in(code)
    return child


def _in_clauses(text: str, language: Language) -> str | None:
    said, rest = [], text
    while rest:
        gap = _SEPARATORS.match(rest)
        if gap and gap.end():
            said.append(gap.group())
            rest = rest[gap.end() :]
            continue
        clause = _clause(rest, language)
        if clause is None:
            return None
        said.append(clause[0])
        rest = rest[clause[1] :]
    return "".join(said)


def _clause(text: str, language: Language) -> tuple[str, int] | None:
    for clause, names, pattern in _patterns():
        found = pattern.match(text)
        if found and language.knows(clause):
            numbers = [_number(number, language) for number in found.groups()]
            said = language.say(clause).format(**dict(zip(names, numbers, strict=True)))
            return said, found.end()
    return None


def _number(text: str, language: Language) -> str:
    return language.number(float(text), places=len(text.partition(".")[2]))
