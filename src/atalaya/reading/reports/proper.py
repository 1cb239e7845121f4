"""Whether words may be a name, by their capitals."""

from __future__ import annotations

import re

_SMALL_WORDS = frozenset(
    [
        *("of", "on", "for", "the", "and", "in", "at", "to", "with", "by", "from", "a", "an"),
        *("de", "del", "la", "las", "los", "el", "y", "e", "en", "para", "por", "con", "al", "lo"),
        *("des", "du", "sur", "pour", "et", "les", "le", "à", "au", "aux", "d", "l", "dans"),
        *(
            "avec",
            "sobre",
            "contra",
            "contre",
            "against",
            "par",
            "un",
            "une",
            "una",
            "o",
            "os",
            "as",
            "da",
            "do",
            "dos",
            "em",
        ),
    ]
)


def is_proper(words: str) -> bool:
    """Whether words may be a name: most of them stand in capitals, joining words aside.

    >>> is_proper("Coalition for Essential Care"), is_proper("Chair thanked those who came")
    (True, False)
    """
    tokens = [one for one in re.findall(r"[^\W\d_]+", words) if one.lower() not in _SMALL_WORDS]
    small = sum(one[0].islower() for one in tokens)
    return bool(tokens) and small * 2 <= len(tokens) and small < 4  # noqa: PLR2004
