"""What a page sets around a report and is none of it: menus, buttons to share, placeholders."""

from __future__ import annotations

import re
from functools import cache

from atalaya.reading.reports import lexicon

_LONGEST = 90  # letters: furniture is short, and prose is not
_TRAIL = re.compile(r"[\s\u00a0]*[>»›|/·•][\s\u00a0]*")
_FEW = 4  # words of one step of a trail ("Home > News > Vienna")
_PLACEHOLDER = re.compile(
    r"\b(?:lorem ipsum|dolor sit amet|xxx+|tbd|tbc|(?-i:TODO)|por definir|à compléter|"
    r"insert (?:text|title|image|here)|placeholder|texto de prueba|texte d['’]exemple|"
    r"sample text)\b",
    re.IGNORECASE,
)
_KEYS = re.compile(r"(?i)(?=[a-z]*$)(?:[asdfghjkl]{6,}|[qwertyuiop]{7,}|[zxcvbnm]{6,})")
_NOTE = 80  # letters of the longest placeholder


def is_placeholder(words: str) -> bool:
    """Whether a line was put in to be replaced, and never was.

    >>> is_placeholder("sdssdfsdfsd"), is_placeholder("Villa Verde")
    (True, False)
    """
    if len(words) >= _NOTE:
        return False
    return _PLACEHOLDER.search(words) is not None or (
        " " not in words and _KEYS.fullmatch(words) is not None
    )


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = lexicon.load().phrases
    return lexicon.compiled(said["interface"]), lexicon.compiled(rf"(?:{said['share']})(?!\w).*")


def is_furniture(text: str, span: tuple[int, int]) -> bool:
    """Whether a line is of the page and not of the report: a menu, a trail, a button."""
    start, end = span
    if end - start > _LONGEST or "\n" in text[start:end]:
        return False
    alone, share = _words()
    if alone.fullmatch(text, start, end) or share.fullmatch(text, start, end):
        return True
    first, *rest = _TRAIL.split(text[start:end])
    return bool(rest) and bool(alone.fullmatch(first)) and all(len(s.split()) <= _FEW for s in rest)
