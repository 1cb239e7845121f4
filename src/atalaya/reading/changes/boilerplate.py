"""What of a passage changes at every visit without anybody having changed it.

It is blanked, so that two versions that differ in nothing else are the same. What words announce
it stands in ``boilerplate.toml``; a date that is the day of capture in both versions needs none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from atalaya.reading.changes.days import MOMENT, is_of
from atalaya.reading.changes.passages import folded
from atalaya.reading.changes.record import Aside

Days = tuple[date | None, date | None]

_BLANK = "␣"
# A UUID, or letters and at least three digits in one long run, as no word and no number is written.
_LONG = re.compile(
    r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"
    r"(?=(?:[A-Za-z]{0,40}\d){3})(?=\d{0,40}[A-Za-z])[A-Za-z0-9]{20,200}={0,2})(?!\w)"
)
_LONGEST = 20_000  # letters of a passage that may be a line of boilerplate, with some around it
_MOST_WORDS = 6  # beside its date, of a sentence that only says when the page was made
_BEFORE = r"(?:^|[.;:|·•(\[—–-]\s*)(?:(?:[^\W\d_]+['’]?\s+){0,4}?)"
_BETWEEN = r"\s*[:=#]?\s*(?:on|at|el|a las|le|à|em|am|il|um)?\s*"


@cache
def _phrases(kind: str) -> str:
    text = files("atalaya.reading.changes").joinpath("boilerplate.toml").read_text("utf-8")
    said = sorted(tomllib.loads(text)[kind], key=lambda phrase: (-len(phrase), phrase))
    made = said if kind == "parameters" else [re.escape(folded(one)) for one in said]
    return "|".join(made)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    edge = r"(?!\w)"
    year = r"(?:(?:19|20)\d{2}(?:\s*-\s*(?:19|20)\d{2})?)(?!\d)"
    number = r"\d[\d.,'\u00a0\u202f ]{0,20}"
    run = r"(?:\d{6,400}|(?=[A-Za-z_-]{0,60}\d)(?=[\d_-]{0,60}[A-Za-z])[A-Za-z0-9_-]{8,400}={0,2})"
    return {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in (
            ("dates", rf"{_BEFORE}(?:{_phrases('dates')}){edge}{_BETWEEN}"),
            ("year", rf"(?:copyright|©|\(c\)){_BETWEEN}{year}"),
            ("counters", rf"(?<!\w)(?:{_phrases('counters')}){edge}\s*:?\s*{number}"),
            ("counted", rf"^{number}\s*(?:{_phrases('counters')}){edge}"),
            ("timings", rf"(?:{_phrases('timings')})\s*:?\s*{number}(?:ms|s|sec|se[cg]\w*){edge}"),
            ("tokens", rf"(?<!\w)(?:{_phrases('tokens')})\s*[:=#]\s*{run}(?![\w-])"),
            ("content", rf"(?<!\w)(?:{_phrases('content')}){edge}[\s:=#()]*$"),
            ("parameters", rf"[?&;](?:{_phrases('parameters')})=[^\s&;#]*"),
        )
    }


def same_but_for(before: str, after: str, days: Days = (None, None)) -> Aside | None:
    """Say why two passages differ in no content.

    Args:
        before: The older passage.
        after: The newer one.
        days: When each version was captured, where it is known.

    Returns:
        Why, or None where they do differ in content.

    >>> same_but_for("Last updated: 3 March 2026", "Last updated: 5 March 2026")
    <Aside.DATES: 'dates'>
    >>> same_but_for("It has 40 members.", "It has 44 members.") is None
    True
    """
    if max(len(before), len(after)) > _LONGEST:
        return None
    one, other = _tokenless(folded(before)), _tokenless(folded(after))
    if one == other:
        return Aside.TOKENS
    if _dateless(one, days[0]) == _dateless(other, days[1]):
        return Aside.DATES
    return None


def is_boilerplate(text: str, day: date | None = None) -> Aside | None:
    """Say why a whole passage is none of what a page says, such as a line with the day of printing.

    Args:
        text: The passage.
        day: When it was captured, where that is known.
    """
    if len(text) > _LONGEST:
        return None
    words = folded(text)
    for why, bare in ((Aside.TOKENS, _tokenless(words)), (Aside.DATES, _dateless(words, None))):
        if _BLANK in bare and len(bare.replace(_BLANK, " ").split()) <= _MOST_WORDS:
            return why
    # A day of capture with words of its own is news; alone it is the clock of the page.
    alone = day is not None and not any(map(str.isalnum, _dateless(words, day)))
    return Aside.DATES if alone and any(map(str.isdigit, words)) else None


def _tokenless(text: str) -> str:
    """Blank identifiers of sessions, and what a server counts of itself."""
    said = _patterns()
    if not any(map(str.isdigit, text)) and "=" not in text and ":" not in text:
        return text
    text = said["parameters"].sub("", text)
    for name in ("tokens", "counters", "counted", "timings"):
        text = said[name].sub(_BLANK, text)
    return _LONG.sub(lambda found: _blanked(found, said["content"]), text)


def _blanked(found: re.Match[str], content: re.Pattern[str]) -> str:
    before = found.string[max(0, found.start() - 40) : found.start()]
    return found[0] if content.search(before) else _BLANK


def _dateless(text: str, day: date | None) -> str:
    """Blank dates of printing: those that words announce, and the day of capture itself."""
    if not any(map(str.isdigit, text)):
        return text
    said = _patterns()
    text = said["year"].sub(_BLANK, text)
    ends = [found.end() for found in said["dates"].finditer(text)]
    return MOMENT.sub(lambda found: _undated(found, ends, day), text)


def _undated(found: re.Match[str], ends: Sequence[int], day: date | None) -> str:
    announced = any(0 <= found.start() - end <= 2 for end in ends)  # noqa: PLR2004 - a sign and a space
    if announced or (day is not None and is_of(found[0], day)):
        return _BLANK
    return found[0]
