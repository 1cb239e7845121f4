"""The review desk: what the web needs of the people's decisions, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from atalaya.findings.alerts.budget import Board
from atalaya.findings.alerts.record import Notice
from atalaya.findings.reinstatements import Struck
from atalaya.findings.reviewers import Reviewer, SignedDecision
from atalaya.findings.states import Standing
from atalaya.model.errors import WrongUse


class Desk(Protocol):
    """Where reviewers' decisions are kept; the store that logs them stands behind it."""

    @property
    def two_persons(self) -> bool:
        """Whether an alert needs a second, different reviewer."""

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Who may decide."""

    def decisions(self) -> tuple[SignedDecision, ...]:
        """Every decision, in the order they were taken."""

    def board(self, today: date) -> Board:
        """What to look at this week, what waits below it, and what says nothing new."""

    def doubtful(self, today: date) -> tuple[Notice, ...]:
        """What is said of the alerts that stand although evidence under them was retracted."""

    def struck(self) -> tuple[Struck, ...] | None:
        """What was retracted, and taken back of it; None where only a release says so."""

    def standings(self, today: date) -> Mapping[str, Standing]:
        """Where every signal that anyone decided on stands on a day."""

    def record(self, signed: SignedDecision) -> Standing:
        """Store and log a decision; give where its signal stands then.

        Raises:
            BadInput: The signature does not fit, or the step is not possible now.
        """


class ReadingDesk:
    """A desk for readers only: what the release says stands, and nobody can decide."""

    @property
    def two_persons(self) -> bool:
        """See ``Desk.two_persons``."""
        return False

    def reviewers(self) -> tuple[Reviewer, ...]:
        """See ``Desk.reviewers``."""
        return ()

    def decisions(self) -> tuple[SignedDecision, ...]:
        """See ``Desk.decisions``."""
        return ()

    def board(self, _today: date) -> Board:
        """See ``Desk.board``."""
        return Board((), (), (), 0)

    def doubtful(self, _today: date) -> tuple[Notice, ...]:
        """See ``Desk.doubtful``."""
        return ()

    def struck(self) -> tuple[Struck, ...] | None:
        """See ``Desk.struck``."""
        return None

    def standings(self, _today: date) -> Mapping[str, Standing]:
        """See ``Desk.standings``."""
        return {}

    def record(self, signed: SignedDecision) -> Standing:
        """See ``Desk.record``."""
        raise WrongUse(
            f"{signed.decision.signal} cannot be decided on here",
            do="open the observatory with its decisions, or use `atalaya triage`",
        )
