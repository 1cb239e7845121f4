"""The desk's first page: this week's clusters with their ranks, the queue, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from atalaya.findings.alerts.budget import A_WEEK
from atalaya.findings.alerts.ranking import Ranked
from atalaya.findings.alerts.record import Notice
from atalaya.publishing.site import Edition, Visit
from atalaya.publishing.site.views.cards import SignalCard, signal_card
from atalaya.web.desk import Desk
from atalaya.web.dossier import Taken, lately

_LATELY = 12  # decisions shown: what a team takes in a week or two


@dataclass(frozen=True, slots=True)
class Entry:
    """A ranked cluster.

    Args:
        rank: Its rank with what it is made of.
        card: Its latest firing.
        others: Its other firings.
    """

    rank: Ranked
    card: SignalCard
    others: tuple[SignalCard, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An alert that stands although evidence under it was retracted.

    Args:
        signal: Identifier of its signal.
        key: Last part of the signal's address; None where the release holds it no more.
        what_name: Name of the substance.
        territory_name: Name of the place.
        since: When the evidence was retracted.
        because: The reviewer's reason; empty where the publisher's own edition holds less.
    """

    signal: str
    key: str | None
    what_name: str
    territory_name: str
    since: date
    because: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the first page shows.

    Args:
        now: Within this week's budget, strongest first.
        queue: Below it, strongest first.
        quiet: Decided on, with nothing new since.
        left: How much of the week's budget was left.
        a_week: Clusters an analyst and week.
        waiting: What one person signed and a second one has not.
        lately: The newest decisions.
        doubtful: Alerts that stand although evidence under them was retracted.
    """

    now: tuple[Entry, ...]
    queue: tuple[Entry, ...]
    quiet: tuple[Entry, ...]
    left: int
    a_week: int
    waiting: tuple[Taken, ...]
    lately: tuple[Taken, ...]
    doubtful: tuple[Doubtful, ...]


def board_view(edition: Edition, visit: Visit, desk: Desk) -> BoardView:
    """Gather the first page."""
    board = desk.board(visit.today)
    decisions = desk.decisions()
    pending = {now.waiting.id for now in visit.standings.values() if now.waiting is not None}
    waits = tuple(one for one in decisions if one.decision.id in pending)
    return BoardView(
        now=_entries(edition, visit, board.now),
        queue=_entries(edition, visit, board.queue),
        quiet=_entries(edition, visit, board.quiet),
        left=board.left,
        a_week=A_WEEK,
        waiting=lately(edition, visit, waits, len(waits)),
        lately=lately(edition, visit, decisions, _LATELY),
        doubtful=tuple(_doubtful(edition, visit, one) for one in desk.doubtful(visit.today)),
    )


def _doubtful(edition: Edition, visit: Visit, notice: Notice) -> Doubtful:
    alert = notice.alert
    known = alert.signal in edition.published_signals
    return Doubtful(
        signal=alert.signal,
        key=alert.signal.partition(":")[2] if known else None,
        what_name=edition.names.subject(alert.said.what, visit.language),
        territory_name=edition.names.place(alert.said.territory).name(visit.language),
        since=(notice.retracted_at or notice.at).date(),
        because=notice.because,
    )


def _entries(edition: Edition, visit: Visit, found: Iterable[Ranked]) -> tuple[Entry, ...]:
    """Make entries; a release newer than the pages may hold signals that these do not show yet."""
    known = {one.id: one for one in edition.signals_at(edition.months[1])}
    made = []
    for one in found:
        names = [firing.signal for firing in one.cluster.firings if firing.signal in known]
        latest = one.cluster.latest.signal
        if latest in known:
            cards = {
                name: signal_card(edition, visit, known[name], spark=name == latest)
                for name in names
            }
            made.append(Entry(one, cards.pop(latest), tuple(cards.values())))
    return tuple(made)
