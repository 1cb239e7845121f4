"""Doubts of one alert from run to run: what was found before, and what is found now.

Evidence and decisions tell most of it again at any time. What they do not tell again - that no
alarm was left, or that a second source was lost, until it came back - is kept here, because it was
told on channels and its end must be told there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from atalaya.findings.alerts.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Back:
    """The ground of a doubt is there again.

    Args:
        at: Since when, UTC.
        because: The reason of the reviewer who took a retraction back; else empty.
    """

    at: datetime
    because: str


def remembered(
    before: Iterable[Doubt],
    found: Iterable[Doubt],
    newest: datetime,
    back: Callable[[Doubt], Back],
) -> tuple[Doubt, ...]:
    """Give the doubts of an alert: those known before with what became of them, and new ones.

    Args:
        before: Those known before, lifted ones too.
        found: Those that evidence and decisions tell now, lifted ones too.
        newest: When what is known last changed: a doubt whose ground went, came back and is gone
            again began anew then.
        back: Says when and why the ground of a doubt came back.
    """
    known = {one.key: one for one in before}
    still: set[tuple[str, datetime, str]] = set()
    for one in found:
        old = known.get(one.key)
        if old is None or old.lifted_at is None:
            known[one.key] = one
            still.add(one.key)
        elif one.lifted_at is None:
            again = _again(one, known.values(), newest)
            known[again.key] = again
            still.add(again.key)
    for key, one in known.items():
        if one.lifted_at is None and key not in still:
            lifted = back(one)
            at = max(lifted.at, one.at)
            known[key] = replace(one, lifted_at=at, lifted=lifted.because)
    return tuple(known.values())


def _again(one: Doubt, known: Iterable[Doubt], newest: datetime) -> Doubt:
    """Give the open doubt for the same reason, or one that began with what is known now."""
    same = (each for each in known if each.because == one.because and each.lifted_at is None)
    return replace(next(same, replace(one, at=newest)), gone=one.gone)
