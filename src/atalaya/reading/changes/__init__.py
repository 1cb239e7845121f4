"""What changed between two versions of a page, in words a person can read.

Enters: the bytes of two versions, what they are, and when they were captured. Leaves: changes of
content - sentences, items, cells added, removed, changed or moved, with the words and numbers that
became others - and how many differences are none: layout, navigation, dates of printing, tokens of
sessions. Written: nothing. On failure nothing is raised: what cannot be read is said in ``unread``.
Doors: ``difference``; ``record.Difference``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from atalaya.reading.changes.comparing import compare
from atalaya.reading.changes.opening import opened
from atalaya.reading.changes.record import Aside, Change, Difference, Kind, Run, Unit
from atalaya.reading.changes.tables import compared

__all__ = ["Aside", "Change", "Difference", "Kind", "Run", "Unit", "Version", "difference"]


class Version(NamedTuple):
    """One version of a page.

    Args:
        payload: Its bytes.
        media_type: As answered or declared, or empty.
        name: Its address or the name of its file.
        day: When it was captured, where that is known.
    """

    payload: bytes
    media_type: str = ""
    name: str = ""
    day: date | None = None


def difference(old: Version, new: Version) -> Difference:
    """Say what two versions of a page differ in.

    Args:
        old: The older version.
        new: The newer one.

    Returns:
        What changed, in the order of the newer version. Equal bytes give nothing; other bytes that
        say the same give no change, and a count of what differs.

    >>> said = difference(Version(b"It has 40 members."), Version(b"It has 44 members."))
    >>> said.changes[0].named_numbers
    '40 -> 44'
    """
    if old.payload == new.payload:
        return Difference()
    ours, theirs = (opened(one.payload, one.media_type, one.name) for one in (old, new))
    if ours.unread or theirs.unread:
        return Difference(unread=theirs.unread or ours.unread)
    if ours.sheet is not None and theirs.sheet is not None:
        return _counted(compared(ours.sheet, theirs.sheet))
    if (ours.sheet is None) != (theirs.sheet is None):
        return Difference(unread="another-format")
    return _counted(compare(ours.passages, theirs.passages, (old.day, new.day)))


def _counted(found: Difference) -> Difference:
    """Other bytes with the same words differ at least in how they are written."""
    if found.changes or found.aside:
        return found
    aside: Mapping[Aside, int] = {Aside.LAYOUT: 1}
    return replace(found, aside=aside)
