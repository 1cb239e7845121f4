"""The review desk behind the site: decisions stored, then logged, as on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from atalaya.findings.alerts.budget import Board
from atalaya.findings.alerts.record import DOUBTED, Notice
from atalaya.findings.auditing import believe
from atalaya.findings.reinstatements import Struck
from atalaya.findings.reviewers import Reviewer, SignedDecision
from atalaya.findings.states import Standing
from atalaya.model.settings import Folder, Settings
from atalaya.pipeline.alerting import alerts
from atalaya.pipeline.queueing import queue
from atalaya.pipeline.reviewing import (
    decisions_of,
    reviewers,
    store_decision,
    struck_evidence,
)


@dataclass(frozen=True, slots=True)
class LoggedDesk:
    """What the web needs of an observatory's decisions.

    Args:
        folder: The observatory.
        settings: Its settings.
    """

    folder: Folder
    settings: Settings

    @property
    def two_persons(self) -> bool:
        """Whether an alert needs a second, different reviewer."""
        return self.settings.reviewing.two_persons

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Give who may or might decide."""
        return reviewers(self.folder, self.settings)

    def decisions(self) -> tuple[SignedDecision, ...]:
        """Give every decision, in the order they were taken.

        Raises:
            StopEverything: One is nobody's.
        """
        with decisions_of(self.folder, self.settings) as store:
            taken = store.decisions()
            believe(store.reviewers(), taken)
            return taken

    def board(self, today: date) -> Board:
        """Give what to look at this week, what waits below it, and what says nothing new."""
        with decisions_of(self.folder, self.settings) as store:
            return queue(self.folder, store, today, self.settings.alerts.analysts)

    def doubtful(self, today: date) -> tuple[Notice, ...]:
        """Give what is said of the alerts in doubt."""
        now = datetime.combine(today, time(), UTC)
        with decisions_of(self.folder, self.settings) as store:
            found = alerts(self.folder, store, now).notices
        return tuple(one for one in found if one.kind == DOUBTED)

    def struck(self) -> tuple[Struck, ...]:
        """Give what was retracted, and taken back of it.

        Raises:
            StopEverything: One is nobody's.
        """
        return struck_evidence(self.folder, self.settings)

    def standings(self, today: date) -> dict[str, Standing]:
        """Give where every signal that anyone decided on stands on a day."""
        with decisions_of(self.folder, self.settings) as store:
            believe(store.reviewers(), store.decisions())
            return store.standings(today)

    def record(self, signed: SignedDecision) -> Standing:
        """Store and log a decision.

        Raises:
            BadInput: The signature does not fit, or the step is not possible now.
        """
        return store_decision(self.folder, self.settings, signed)
