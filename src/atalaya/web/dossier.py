"""All of one signal for the person who decides: where it stands, what is like it, who decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from atalaya.findings.alerts.clusters import clusters
from atalaya.findings.alerts.firings import firings
from atalaya.findings.alerts.form import AlertForm
from atalaya.findings.reviewers import SignedDecision
from atalaya.findings.similar import Ground, Past, similar
from atalaya.findings.states import TWO, Action, Decision, possible
from atalaya.model.errors import WrongUse
from atalaya.model.records import SignalState
from atalaya.model.sentences import sentence
from atalaya.publishing.alerts.prefill import Evidence
from atalaya.publishing.site import Edition, Visit
from atalaya.publishing.site.points import exact
from atalaya.publishing.site.views.cards import SignalCard, signal_card
from atalaya.publishing.site.views.record import outcome
from atalaya.publishing.site.views.signals import SignalView, one_signal
from atalaya.web.desk import Desk

PATH = (
    SignalState.UNREVIEWED,
    SignalState.TRIAGED,
    SignalState.MONITORED,
    SignalState.CONFIRMED,
    SignalState.ALERT,
)
_FORMS = frozenset({Action.SIGN, Action.COUNTERSIGN, Action.RETURN})  # they have their own
_DRAFTED = frozenset({SignalState.UNREVIEWED, *PATH[1:4]})


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision with the name of who took it and, where it is listed, what it was about."""

    decision: Decision
    name: str
    card: SignalCard | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A past signal that is like the one looked at, with what became of it.

    Args:
        card: It, as it stands now.
        grounds: Why it is like this one, strongest first.
        repeats: How many more firings its cluster holds.
        outcome: As of ``record.outcome``.
        last: The last decision on it, or None.
    """

    card: SignalCard
    grounds: tuple[Ground, ...]
    repeats: int
    outcome: str | None
    last: Taken | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the review page of a signal shows beside its public page.

    Args:
        view: The public page's view.
        path: The steps a signal goes, in order; the last is how it ended where that is no alert.
        history: The decisions on it, newest first.
        graded: The form that was signed last, or None.
        alike: Past signals like it.
        evidence: What a draft is filled with.
        steps: What can be decided with a reason alone.
        may_sign: Whether the alert form can be signed now.
        drafts: Whether a draft is shown.
        waiting: The signature that waits for a second person, or None.
        returns: Whether that can be sent back.
    """

    view: SignalView
    path: tuple[SignalState, ...]
    history: tuple[Taken, ...]
    graded: AlertForm | None
    alike: tuple[Alike, ...]
    evidence: Evidence
    steps: tuple[Action, ...]
    may_sign: bool
    drafts: bool
    waiting: Taken | None
    returns: bool


def dossier(edition: Edition, visit: Visit, key: str, desk: Desk) -> Dossier:
    """Gather all of one signal.

    Raises:
        WrongUse: The release has no such signal.
    """
    view = one_signal(edition, visit, key)
    card, name = view.signal, view.signal.id
    decisions = desk.decisions()
    mine = [one for one in decisions if one.decision.signal == name]
    forms = [one.decision.alert["form"] for one in mine if one.decision.alert]
    allowed = [one for one in possible(card.state) if one is not Action.EXPIRE]
    standing = visit.standings.get(name)
    waits = standing.waiting if standing else None
    row = edition.published_signals[name]
    return Dossier(
        view=view,
        path=_path(card.state),
        history=tuple(_taken(one, visit) for one in reversed(mine)),
        graded=AlertForm.parse(forms[-1]) if forms else None,
        alike=_alike(edition, visit, name, decisions),
        evidence=Evidence(exact(row["expected"]), exact(row["threshold"]), card.dissent),
        steps=tuple(one for one in allowed if one not in _FORMS),
        may_sign=Action.SIGN in allowed,
        drafts=card.state in _DRAFTED,
        waiting=Taken(waits, visit.reviewers[waits.reviewer]) if waits else None,
        returns=waits is not None and waits.persons == TWO,
    )


def published_row(edition: Edition, key: str) -> dict[str, Any]:
    """Give a signal as published, with what its series counts.

    Raises:
        WrongUse: The release has no such signal.
    """
    row = edition.published_signals.get(f"signal:{key}")
    if row is None:
        raise WrongUse(
            sentence("there is no signal {key!r}", key=key),
            do=sentence("the review page lists them"),
        )
    return row | {"counted": edition.one_series(row["series"]).predicate}


def _path(state: SignalState) -> tuple[SignalState, ...]:
    if state in PATH:
        return PATH
    return (
        (*PATH[:-1], state) if state is not SignalState.WAITING else (*PATH[:-1], state, PATH[-1])
    )


def _taken(signed: SignedDecision, visit: Visit, card: SignalCard | None = None) -> Taken:
    decision = signed.decision
    return Taken(decision, visit.reviewers.get(decision.reviewer, decision.reviewer), card)


@lru_cache(maxsize=2)
def pasts(edition: Edition) -> dict[str, Past]:
    """Signal -> the cluster it is in, from what the release publishes."""
    made = firings(edition.rows("signals"), edition.rows("series"), {})
    return {
        firing.signal: Past(cluster, edition.names.family(cluster.what, "en"))
        for cluster in clusters(made)
        for firing in cluster.firings
    }


def _alike(
    edition: Edition, visit: Visit, name: str, decisions: tuple[SignedDecision, ...]
) -> tuple[Alike, ...]:
    known = pasts(edition)
    last = {one.decision.signal: one for one in decisions}
    latest = edition.months[1]
    signals = {one.id: one for one in edition.signals_at(latest)}
    found = []
    for like in similar(known[name], {one.cluster.id: one for one in known.values()}.values()):
        firings_of = like.past.cluster.firings
        decided = next((one.signal for one in firings_of if one.signal in last), None)
        first = signals[decided or like.past.first.signal]
        found.append(
            Alike(
                card=signal_card(edition, visit, first, spark=False),
                grounds=like.grounds,
                repeats=len(firings_of) - 1,
                outcome=outcome(edition, first, latest),
                last=_taken(last[decided], visit) if decided else None,
            )
        )
    return tuple(found)


def lately(
    edition: Edition, visit: Visit, decisions: tuple[SignedDecision, ...], most: int
) -> tuple[Taken, ...]:
    """Give the newest decisions, newest first, each with the signal it was about.

    A signal that the release does not hold any more has no card.
    """
    signals = {one.id: one for one in edition.signals_at(edition.months[1])}
    found = []
    for one in reversed(decisions[-most:] if most else ()):
        signal = signals.get(one.decision.signal)
        card = signal_card(edition, visit, signal, spark=False) if signal else None
        found.append(_taken(one, visit, card))
    return tuple(found)
