"""Reads whole numbers as people write them; a range or a word is unknown, never zero."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\d{1,12}(?:[.,]0+)?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+", re.ASCII)
_SIGNS = re.compile(r"\D")


def whole_number(text: str) -> int | None:
    """Read a count, or give None: ``<5``, ``1-9``, ``n/d`` and ``3,5`` are no counts.

    A count is whole, so a separator before three digits can only group thousands.

    >>> whole_number("1.234"), whole_number("12,0"), whole_number("3,5"), whole_number("<5")
    (1234, 12, None, None)
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return int(_SIGNS.sub("", text))
    if _WHOLE.fullmatch(text):
        return int(re.split(r"[.,]", text)[0])
    return None
