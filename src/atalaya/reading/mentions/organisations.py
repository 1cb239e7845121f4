"""Official bodies of a text: names that grow from cue words, acronyms, the register's names.

A body without a name ("police", "la aduana") is a mention with less confidence. ``name`` is the
register's preferred name where the body is in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from atalaya.reading.mentions.lexicon import Entry, Hit
from atalaya.reading.mentions.mention import Label, Mention
from atalaya.reading.mentions.naming import Side, cues, grown, outermost
from atalaya.reading.mentions.page import Page
from atalaya.registers import organisations as register

KIND = "body"
NAMED = "named-body"
RULE = "organisations 1"
_NAMED, _ALONE = 0.9, 0.7
_LISTS = {
    "alone": Side.ALONE,
    "heads": Side.HEAD,
    "small": Side.SMALL,
    "words": Side.WORD,
    "tails": Side.TAIL,
    "acronyms": Side.ACRONYM,
}
_FEWEST = 4  # letters of a register's name that is looked for whatever its case


def entries() -> Iterator[Entry]:
    """Give the cue words and the register's names that a scan shall look for."""
    for name, sides in cues("bodies.toml", _LISTS).items():
        yield Entry(name, KIND, sides)
    for alias in register.load().aliases:
        if alias.verified:
            for name in {alias.name, alias.alias}:
                yield Entry(name, NAMED, alias.name)


def mentions(page: Page) -> list[Mention]:
    """Find the organisations of a text; the mentions are in its order and do not overlap."""
    spans = [one for hit in page.found(KIND) if (one := _grown(page.text, hit))]
    spans += [
        (hit.start, hit.end, True) for hit in page.found(NAMED) if _is_written(page.text, hit)
    ]
    known = {(hit.start, hit.end): str(hit.entry.value) for hit in page.found(NAMED)}
    return [
        Mention(
            start,
            end,
            Label.ORGANISATION,
            name=known.get((start, end)),
            confidence=_NAMED if named else _ALONE,
            rule=RULE,
        )
        for start, end, named in outermost(spans)
    ]


def _grown(text: str, hit: Hit) -> tuple[int, int, bool] | None:
    sides = hit.entry.value
    if not isinstance(sides, frozenset):
        raise TypeError(f"{hit.entry.name!r} is listed without its sides")
    if sides == {Side.ACRONYM}:
        return (hit.start, hit.end, True) if _is_written(text, hit) else None
    start, end, named = grown(text, hit, sides)
    if Side.ALONE in sides:
        return start, end, named
    return (
        (start, end, True) if named and (text[hit.start].isupper() or Side.SMALL in sides) else None
    )


def _is_written(text: str, hit: Hit) -> bool:
    """Whether a name stands as names do: with a capital, a short one in the register's own case."""
    said = text[hit.start : hit.end]
    if "/" in (text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]):
        return False  # a part of a document's symbol or of an address
    if len(said) <= _FEWEST or hit.entry.name.isupper():
        return said in (hit.entry.name, hit.entry.name.upper())
    return said[0].isupper()
