"""The application over the small release, with a desk that keeps decisions in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from fastapi.testclient import TestClient

from atalaya.evidence.heartbeat import Heartbeat
from atalaya.findings.alerts.budget import Board, board
from atalaya.findings.alerts.clusters import clusters
from atalaya.findings.alerts.firings import firings
from atalaya.findings.alerts.ranking import ranked
from atalaya.findings.alerts.record import Notice
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reinstatements import Struck
from atalaya.findings.reviewers import Reviewer, ReviewerKey, SignedDecision
from atalaya.findings.states import Standing
from atalaya.model.settings import ServingSettings
from atalaya.web.app import application
from atalaya.web.desk import Desk, ReadingDesk
from atalaya.web.shelf import Shelf
from tests.material.clocks import NOW, StillClock
from tests.material.small_release import MaterialNames, StandInRelease, explain, release

ORIGIN = "http://testserver"


@dataclass
class StoreDesk:
    """A desk over a real store of decisions, without a log."""

    store: DecisionStore

    def reviewers(self) -> tuple[Reviewer, ...]:
        return self.store.reviewers()

    @property
    def two_persons(self) -> bool:
        return self.store.two_persons

    def decisions(self) -> tuple[SignedDecision, ...]:
        return self.store.decisions()

    def board(self, today: date) -> Board:
        rows = release().table("signals").to_pylist()
        found = clusters(firings(rows, release().table("series").to_pylist(), {}))
        return board(ranked(found), [one.decision for one in self.store.decisions()], today)

    def doubtful(self, _today: date) -> tuple[Notice, ...]:
        return ()

    def struck(self) -> tuple[Struck, ...]:
        return self.store.struck()

    def standings(self, today: date) -> Mapping[str, Standing]:
        return self.store.standings(today)

    def record(self, signed: SignedDecision) -> Standing:
        self.store.record(signed)
        return self.store.standing(signed.decision.signal, signed.decision.decided_at.date())


@dataclass
class House:
    """The application with what a test may turn: the clock, the desk, the release."""

    desk: Desk = field(default_factory=ReadingDesk)
    clock: StillClock = field(default_factory=StillClock)
    released: StandInRelease = field(default_factory=release)
    last_run: Heartbeat | None = None
    serving: ServingSettings | None = None

    def client(self) -> TestClient:
        shelf = Shelf(
            "Test observatory",
            lambda: self.released.name,
            lambda: self.released,
            MaterialNames(),
            lambda _release: explain,
            lambda: self.last_run,
        )
        app = application(shelf, self.clock, self.desk, self.serving)
        return TestClient(app, base_url=ORIGIN, follow_redirects=False)


def reviewer(store: DecisionStore, name: str = "Ada Reviewer") -> ReviewerKey:
    """Add a reviewer and give their key."""
    person = ReviewerKey.create(Reviewer(name, "", NOW).id)
    store.add_reviewer(Reviewer(name, person.public, NOW - timedelta(days=1)))
    return person
