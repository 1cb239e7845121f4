"""The one lexicon: everything that any rule of reading wants to be told of, looked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

from atalaya.reading.mentions import (
    concealment,
    dates,
    facilities,
    money,
    organisations,
    quantities,
    substances,
)
from atalaya.reading.mentions.lexicon import Entry, Lexicon
from atalaya.reading.mentions.places import gazetteer
from atalaya.reading.persons import entries as person_entries
from atalaya.reading.relevance import cues
from atalaya.reading.safety import signs
from atalaya.reading.stories import agencies

_PARTS = (
    substances.entries,
    quantities.entries,
    money.entries,
    dates.entries,
    organisations.entries,
    facilities.entries,
    concealment.entries,
    gazetteer.entries,
    person_entries,
    cues.entries,
    signs.entries,
    agencies.entries,
)


def entries() -> Iterator[Entry]:
    """Give the entries of every part."""
    return chain.from_iterable(part() for part in _PARTS)


@cache
def lexicon() -> Lexicon:
    """Build the lexicon, once a process."""
    return Lexicon(entries())
