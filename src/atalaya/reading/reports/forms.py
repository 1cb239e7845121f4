"""Lists under headings that no word tells: what their items look like says what they list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from atalaya.reading.reports import lexicon
from atalaya.reading.reports.blocks import Kind
from atalaya.reading.reports.clauses import emphasised, quoted, roles
from atalaya.reading.reports.event_words import WITH, attended
from atalaya.reading.reports.grids import columns_of
from atalaya.reading.reports.leaves import several
from atalaya.reading.reports.names import BODY, state
from atalaya.reading.reports.proper import is_proper
from atalaya.reading.reports.sections import Placed
from atalaya.reading.reports.spans import Span
from atalaya.reading.reports.symbols import SYMBOL

_NAMED = re.compile(
    r"(?:\*\*|__)(?P<bold>[^*_\n]{2,60})(?:\*\*|__)[ \u00a0:.–—-]*(?=\w+[ "
    r"\u00a0]\w)(?P<told>[^\n]+)|"
    r"[*_]{0,3}(?P<name>[A-ZÀ-Ý][^:.;()\n]{1,50}?)[*_]{0,3}(?:[ \u00a0]?:|[ "
    r"\u00a0][–—-])[*_]{0,3}[ \u00a0]+"
    r"(?P<says>[^\n]+)"
)
_TO = re.compile(
    r"[A-ZÀ-Ý][\w’' -]{1,40}?(?:[ \u00a0](?:to|à|a)|[ \u00a0]?:)[ \u00a0](?P<verb>[a-zà-ÿ]+)"
)
_FIRST = re.compile(r"(?P<verb>[A-Z][a-z]+)[ \u00a0](?!of\b|by\b|with\b)[a-z]")
_THAT = re.compile(r"(?:que|qu['’])[ \u00a0]?\w", re.IGNORECASE)
_MARK = re.compile(r"[ \u00a0]?(?:\([^()]*\))?(?::|[ \u00a0][–—-])[ \u00a0]")
_PAGE = re.compile(r"https?:|www\.|@|\.pdf\b", re.IGNORECASE)
_MOST_NAME, _FEWEST_SAYS = 6, 3  # words
_FEWEST = 2  # items of a list
_INFINITIVE = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:ar|er|ir|re)(?:se)?[ \u00a0]")


def formed(text: str, found: Sequence[Placed]) -> tuple[Placed, ...]:
    """Give the blocks with the part of every list whose heading did not tell it.

    Args:
        text: The document.
        found: Its blocks, each in the part that headings and labels say.
    """
    made = [*found]
    known = {one.part for one in found if one.block.kind is Kind.ITEM}
    for run in _runs(found):
        part = next((name for name, tells in _FORMS if _most(text, found, run, tells)), None)
        if part is not None and not (part == "challenges" and part in known):
            for at in run:
                made[at] = replace(found[at], part=part)
    return tuple(made)


def _runs(found: Sequence[Placed]) -> Iterator[range]:
    """Give the lists that are of no part, each as the numbers of its blocks."""
    begin: int | None = None
    for at in range(len(found) + 1):
        one = found[at] if at < len(found) else None
        inside = one is not None and one.block.kind is Kind.ITEM and one.part is None
        if inside and begin is None:
            begin = at
        elif not inside and begin is not None:
            if at - begin >= _FEWEST:
                yield range(begin, at)
            begin = None


def _most(
    text: str, found: Sequence[Placed], run: range, tells: Callable[[str, Span], bool]
) -> bool:
    """Whether more than half of a list's items have a form; of meetings, half: few are known."""
    hits = 2 * sum(tells(text, found[at].block.span) for at in run)
    return hits > len(run) or (hits == len(run) and tells is _is_meeting)


@cache
def _counting() -> re.Pattern[str]:
    return lexicon.compiled(rf"[*_]{{0,3}}{lexicon.load().number}[*_]{{0,3}} (?=[a-zà-ÿ]{{3}})")


@cache
def _asking() -> re.Pattern[str]:
    return lexicon.compiled(rf"(?<!\w){lexicon.load().phrases['demand']}(?!\w)")


def _is_text(text: str, span: Span) -> bool:
    return SYMBOL.search(text, *span) is not None


def _is_count(text: str, span: Span) -> bool:
    return _counting().match(text, *span) is not None


def _is_demand(text: str, span: Span) -> bool:
    verbs = lexicon.said()["verbs"]["demanded"]
    to = _TO.match(text, *span)
    asked = to is not None and (to["verb"] in verbs or to["verb"][-2:] in ("er", "ir", "re", "ar"))
    first = _FIRST.match(text, *span)  # "Publish the list": an order begins with its verb
    asked = asked or (first is not None and first["verb"].lower() in verbs)
    return (
        asked
        or _THAT.match(text, *span) is not None
        or _INFINITIVE.match(text, *span) is not None
        or _asking().search(text, *span) is not None
    )


def _is_challenge(text: str, span: Span) -> bool:
    """Whether an item names something and says a sentence of it: "Money: no budget is left"."""
    found = _NAMED.match(text, *span)
    if found is None or _PAGE.search(text, *span) or roles(text, span, ("organised", "cohosts")):
        return False
    words = lexicon.load()
    name, said = ("bold", found["told"]) if found["bold"] else ("name", found["says"])
    label = found[name].strip(" .:")
    known = columns_of(text, found.span(name)) or any(
        one.fullmatch(label) for one in words.facts.values()
    )
    return (
        not known
        and len(label.split()) <= _MOST_NAME
        and len(said.split()) >= _FEWEST_SAYS
        and (not is_proper(said) or said.rstrip().endswith("."))
    )


def _is_meeting(text: str, span: Span) -> bool:
    """Whether an item names States or bodies and says what for: "Malta and Chile: prisons"."""
    mark = _MARK.search(text, *span)
    if mark is None:
        return False
    names = [str(one.name.value) for one in several(text, (span.start, mark.start()))]
    known = any(state(one) is not None or BODY.search(one) for one in names)
    return known and all(one[:1].isupper() and is_proper(one) for one in names)


def _is_event(text: str, span: Span) -> bool:
    """Whether an item sets a title apart and says who held it with whom, or how many came."""
    if quoted(text, span) is None and emphasised(text, span) is None:
        return False
    held = roles(text, span, ("organised", "cohosts")) or WITH.search(text, *span)
    return bool(held) or attended(text, span) is not None


_FORMS: tuple[tuple[str, Callable[[str, Span], bool]], ...] = (
    ("resolutions", _is_text),
    ("events", _is_event),
    ("achievements", _is_count),
    ("demands", _is_demand),
    ("meetings", _is_meeting),
    ("challenges", _is_challenge),
)
