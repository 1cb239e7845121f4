"""Facilities of a text: airports, ports, prisons, roads, crossings that have a name.

Where something happened below the region is never published (rule R4): these spans serve reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from atalaya.reading.mentions.lexicon import Entry
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.naming import Side, cues, grown, outermost
from atalaya.reading.mentions.page import Page

KIND = "facility"
RULE = "facilities 1"
_SURE = 0.85
_LISTS = {"heads": Side.HEAD, "words": Side.WORD, "tails": Side.TAIL, "small": Side.SMALL}


def entries() -> Iterator[Entry]:
    """Give the cue words that a scan shall look for."""
    for name, sides in cues("facilities.toml", _LISTS).items():
        yield Entry(name, KIND, sides)


def mentions(page: Page) -> list[Mention]:
    """Find the facilities of a text; the mentions are in its order and do not overlap."""
    spans = []
    for hit in page.found(KIND):
        sides = hit.entry.value
        if not isinstance(sides, frozenset):
            raise TypeError(f"{hit.entry.name!r} is listed without its sides")
        spans.append(grown(page.text, hit, sides))
    return [
        Mention(start, end, Label.FACILITY, confidence=_SURE, rule=RULE)
        for start, end, named in outermost(one for one in spans if one[2])
        if named
    ]
