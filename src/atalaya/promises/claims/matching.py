"""Which resolution of the record a text speaks of: by symbol, by number, or by what it is about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from atalaya.model.errors import BadInput
from atalaya.promises.claims.words import plain
from atalaya.promises.resolutions import Resolution
from atalaya.reading.symbols.symbol import Symbol

# Share of a topic's words, weighed by how few resolutions use them, that one must have, and how far
# it must be ahead of the next: texts of a session share words such as "drug".
_SHARE, _AHEAD = 0.4, 0.15
_STEM, _SHORTEST = 5, 4
_Draft: TypeAlias = tuple[str, str | None, str | None, int]  # body, session, series, number
_COMMON = 6  # a word that more than one text in so many uses is no text's own: "drug", "nations"


def of_symbol(symbol: str, found: Sequence[Resolution]) -> Resolution | None:
    """Find the resolution of a draft's symbol, whatever its revision, or of a number."""
    for one in found:
        if one.number.value == symbol:
            return one
    wanted = _draft(symbol)
    holders = [] if wanted is None else [*_holders(found, lambda draft: draft == wanted)]
    return holders[0] if holders else None


def of_short(number: int, found: Sequence[Resolution]) -> Resolution | None:
    """Find the resolution whose draft is ``L.`` and a number; None where two are."""
    holders = [*_holders(found, lambda draft: draft[2:] == ("L", number))]
    return holders[0] if len(holders) == 1 else None


def _holders(found: Sequence[Resolution], fits: Callable[[_Draft], bool]) -> Iterator[Resolution]:
    """Give the texts to which sources give a draft; those of disputed rows where no other is."""
    given = [
        (said.disputed, one)
        for one in found
        for said in one.draft.said
        if (draft := _draft(said.value)) and fits(draft)
    ]
    agreed = [one for disputed, one in given if not disputed]
    yield from dict.fromkeys(agreed or [one for _, one in given])


def _draft(symbol: str) -> _Draft | None:
    try:
        read = Symbol.parse(symbol)
    except BadInput:  # a symbol of another kind is no draft of this record
        return None
    return read.body, read.session, read.series, read.number


def same_session(symbol: str, found: Sequence[Resolution]) -> bool:
    """Say whether a symbol or number is of a session of the record, though of none of its texts.

    >>> same_session("67/4", ())
    False
    """
    draft = _draft(symbol)
    if draft is not None:
        return bool(of_session(symbol, None, found))
    session, slash, _ = symbol.partition("/")
    return bool(slash) and any(_numbered(one, session) for one in found)


def _numbered(one: Resolution, session: str) -> bool:
    return (one.number.value or "").partition("/")[0] == session


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


def of_session(
    symbol: str, one: Resolution | None, found: Sequence[Resolution]
) -> tuple[Resolution, ...]:
    """Give the texts of the session that a symbol, or else a text, is of.

    Args:
        symbol: A whole symbol, a short one, or a number.
        one: A text of that session, where the symbol does not tell it.
        found: Those of the record.

    Returns:
        All of ``found`` where neither tells the session.
    """
    session, slash, _ = symbol.partition("/")
    numbered = (each for each in found if slash and _numbered(each, session))
    one = one or next(numbered, None)
    said = (symbol, *(() if one is None else (row.value for row in one.draft.said)))
    draft = next((draft for each in said if (draft := _draft(each))), None)
    if draft is None:
        return tuple(found)
    drafts = {each.id: [_draft(row.value) for row in each.draft.said] for each in found}
    return tuple(
        each for each in found if any(own and own[:3] == draft[:3] for own in drafts[each.id])
    )


def own_words(
    words: str, texts: Sequence[Resolution], every: Sequence[Resolution]
) -> tuple[Resolution | None, int]:
    """Find the text whose own words some words have: those that no other of them uses.

    Args:
        words: Words about one of them.
        texts: Texts of one session.
        every: All of the record: a word that many of its texts use is nobody's own.

    Returns:
        (the text, how many of its own words); the text is None where none is ahead of the others.
    """
    asked = _stems(words)
    used = Counter(stem for one in every for stem in _stems(" ".join(_words(one))))
    own = [_stems(" ".join(_words(one))) for one in texts]
    among = Counter(stem for stems in own for stem in stems)
    most = max(1, len(every) // _COMMON)
    alone = {stem for stem in asked if among[stem] == 1 and used[stem] <= most}
    counts = sorted(((len(alone & stems), at) for at, stems in enumerate(own)), reverse=True)
    if not counts or not counts[0][0] or (len(counts) > 1 and counts[1][0] * 2 >= counts[0][0]):
        return None, 0
    return texts[counts[0][1]], counts[0][0]


def _stems(words: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", plain(words))
    return {one[:_STEM] for one in found if len(one) >= _SHORTEST}


def _words(one: Resolution) -> list[str]:
    fields = (one.topic, one.title, one.draft_title, one.reported_title)
    return [
        words
        for field in fields
        for said in field.said
        for words in (said.value, said.notes.get("es", ""))
    ]
