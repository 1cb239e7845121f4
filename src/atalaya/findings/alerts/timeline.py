"""What is said of an alert while it stands: each doubt, and that it is out of doubt again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from atalaya.findings.alerts.doubts import Doubt
from atalaya.findings.alerts.record import Alert, Notice, doubted, lifted

_OPENS, _LIFTS = 0, 1  # of two things in one second evidence is retracted before it comes back


def between(alert: Alert, doubts: Iterable[Doubt], until: datetime | None) -> tuple[Notice, ...]:
    """Give what was said of an alert after its issue, oldest first.

    That one of several doubts was lifted is said as the doubt that is left; that an alert is out
    of doubt is only said when none is left.

    Args:
        alert: The alert.
        doubts: Its doubts.
        until: Nothing later is given; None for all.
    """
    said: list[Notice] = []
    left: list[Doubt] = []
    for at, step, doubt in _steps(doubts):
        if until is not None and at > until:
            break
        if step == _OPENS:
            left.append(doubt)
            said.append(doubted(alert, at, doubt.because))
            continue
        left.remove(doubt)
        if said[-1].at == at and said[-1].retracted_at is not None:
            said.pop()  # several were lifted at once: only what is left after the last is said
        said.append(_after_lifting(alert, doubt, left))
    return tuple(said)


def _steps(doubts: Iterable[Doubt]) -> list[tuple[datetime, int, Doubt]]:
    known = tuple(doubts)
    found = [(one.at, _OPENS, one) for one in known]
    found += [(one.lifted_at, _LIFTS, one) for one in known if one.lifted_at is not None]
    return sorted(found, key=lambda step: (step[0], step[1], step[2].because))


def _after_lifting(alert: Alert, doubt: Doubt, left: Sequence[Doubt]) -> Notice:
    at = doubt.lifted_at or doubt.at
    if left:
        return doubted(alert, at, left[-1].because, left[-1].at)
    return lifted(alert, at, doubt.lifted, doubt.at)
