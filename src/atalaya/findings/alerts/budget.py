"""How much people are asked to look at: a budget a week, a queue below it, and no repeats.

People who get many alerts tire of them and stop reading. Five an analyst-week is what systems in
the field plan for; the ranking decides which five.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from atalaya.findings.alerts.clusters import Cluster
from atalaya.findings.alerts.ranking import Ranked
from atalaya.findings.states import Action, Decision

A_WEEK: Final = 5  # alerts an analyst-week


@dataclass(frozen=True, slots=True)
class Board:
    """What to look at this week, what waits, and what says nothing new.

    Args:
        now: Within the budget, strongest first.
        queue: The discovery queue: below the budget, strongest first.
        quiet: Decided on already, with no new evidence since; strongest first.
        left: How many of the week's budget were left before ``now`` was filled.
    """

    now: tuple[Ranked, ...]
    queue: tuple[Ranked, ...]
    quiet: tuple[Ranked, ...]
    left: int


def board(
    found: Sequence[Ranked], decisions: Sequence[Decision], today: date, analysts: int = 1
) -> Board:
    """Share clusters out between this week, the queue and silence.

    Args:
        found: Ranked clusters, strongest first.
        decisions: Every decision taken, in order.
        today: Its ISO week is the week.
        analysts: How many people review; each adds ``A_WEEK`` to the budget.
    """
    last = last_decisions(decisions)
    fresh = [one for one in found if new_evidence(one.cluster, last)]
    quiet = [one for one in found if not new_evidence(one.cluster, last)]
    left = max(A_WEEK * analysts - taken_up(decisions, today), 0)
    return Board(tuple(fresh[:left]), tuple(fresh[left:]), tuple(quiet), left)


def new_evidence(cluster: Cluster, last: Mapping[str, Decision]) -> bool:
    """Whether a cluster holds anything that nobody decided on.

    A firing nobody decided on, or one with a newer verdict than the one its reviewer saw, is new -
    but a firing that starts within a cluster somebody has decided on is new evidence only where it
    is of another source: a second detector on the same counts is not.

    Args:
        cluster: The cluster.
        last: Signal -> the last decision on it.
    """
    decided = [one for one in cluster.firings if one.signal in last]
    if not decided:
        return True
    if any(last[one.signal].verdict not in one.verdicts for one in decided):
        return True
    heard = {one.source for one in decided}
    return any(one.source not in heard for one in cluster.firings)


def last_decisions(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Signal -> the last decision on it."""
    return {one.signal: one for one in decisions}


def taken_up(decisions: Iterable[Decision], today: date) -> int:
    """Count the alerts signed in the ISO week of a day: they used up its budget."""
    monday = today - timedelta(days=today.weekday())
    taken = [*decisions]
    back = {one.of for one in taken if one.action is Action.RETURN}  # these never became alerts
    signed = (one for one in taken if one.action is Action.SIGN and one.id not in back)
    days = (one.decided_at.date() for one in signed)
    return sum(monday <= day <= monday + timedelta(days=6) for day in days)
