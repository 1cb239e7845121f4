"""Sentences that other rooms write into the tables, so that pages can say them in any language.

Reasons and doubts are made from a few clauses with numbers in them. A sentence is translated when
it is wholly made of known clauses, else shown in English and marked as English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from atalaya.publishing.marking import _
from atalaya.publishing.site.languages import Language

CLAUSES: Final = (
    _("whether new testing rather than new supply explains it"),
    _("whether a second, independent source would show it"),
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
    _("reports for this period are still arriving"),
)
_SEPARATORS: Final = re.compile(r"[\s,:;.()]*")
_NUMBER: Final = r"(\d[\d.,]*)"


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
            numbers = dict(zip(names, found.groups(), strict=True))
            return language.say(clause).format(**numbers), found.end()
    return None
