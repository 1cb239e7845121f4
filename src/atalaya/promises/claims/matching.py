"""Which resolution of the record a text speaks of: by symbol, by number, or by what it is about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from atalaya.model.errors import BadInput
from atalaya.promises.resolutions import Resolution
from atalaya.promises.symbols import Symbol

# Share of a topic's words, weighed by how few resolutions use them, that one must have, and how far
# it must be ahead of the next: texts of a session share words such as "drug".
_SHARE, _AHEAD = 0.4, 0.15
_STEM, _SHORTEST = 5, 4


def of_symbol(symbol: str, found: Sequence[Resolution]) -> Resolution | None:
    """Find the resolution of a draft's symbol, whatever its revision, or of a number."""
    for one in found:
        if one.number.value == symbol:
            return one
    wanted = _draft(symbol)
    if wanted is None:
        return None
    return next((one for one in found if _draft(one.draft.value or "") == wanted), None)


def _draft(symbol: str) -> tuple[str, int | None, str | None, int] | None:
    try:
        read = Symbol.parse(symbol)
    except BadInput:  # a symbol of another kind is no draft of this record
        return None
    return read.body, read.year, read.series, read.number


def same_session(symbol: str, found: Sequence[Resolution]) -> bool:
    """Say whether a symbol or number is of a session of the record, though of none of its texts.

    >>> same_session("67/4", ())
    False
    """
    draft = _draft(symbol)
    if draft is not None:
        return any((own := _draft(one.draft.value or "")) and own[:3] == draft[:3] for one in found)
    session, slash, _ = symbol.partition("/")
    return bool(slash) and any(
        (one.number.value or "").partition("/")[0] == session for one in found
    )


def of_topic(words: str, found: Sequence[Resolution]) -> Resolution | None:
    """Find the resolution that some words are about; None where two are nearly as like.

    Words are compared by their beginnings ("environmental", "environment"), and count the more the
    fewer resolutions use them. At least two must be shared: one common word decides nothing.
    """
    asked = _stems(words)
    own = [_stems(" ".join(_words(one))) for one in found]
    used = Counter(stem for stems in own for stem in stems)
    weights = {stem: math.log((len(found) + 1) / (used[stem] or 0.5)) for stem in asked}
    whole = sum(weights.values())
    scored = sorted(
        (
            (sum(weights[stem] for stem in asked & stems) / whole if whole else 0.0, at)
            for at, stems in enumerate(own)
            if len(asked & stems) > 1
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _SHARE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _AHEAD:
        return None
    return found[scored[0][1]]


def _stems(words: str) -> set[str]:
    return {one[:_STEM] for one in re.findall(r"\w+", words.lower()) if len(one) >= _SHORTEST}


def _words(one: Resolution) -> list[str]:
    fields = (one.topic, one.title, one.draft_title, one.reported_title)
    return [
        words
        for field in fields
        for said in field.said
        for words in (said.value, said.notes.get("es", ""))
    ]
