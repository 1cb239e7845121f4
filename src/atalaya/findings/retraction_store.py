"""The part of the store that holds retractions and what became of them; append-only."""

from __future__ import annotations

from atalaya.evidence.log import new_salt
from atalaya.findings.database import Database
from atalaya.findings.reinstatements import (
    Reinstatement,
    SignedReinstatement,
    Struck,
    not_a_second_person,
    struck,
)
from atalaya.findings.retractions import Retraction, SignedRetraction
from atalaya.findings.rows import (
    REINSTATEMENTS,
    RETRACTIONS,
    reinstatements_in,
    retractions_in,
    reviewer_in,
    reviewers_in,
    text_of,
)
from atalaya.findings.states import TWO
from atalaya.model.errors import BadInput


class RetractionStore(Database):
    """Retractions and reinstatements of one observatory.

    Args:
        url: SQLAlchemy address, such as ``sqlite:////path/decisions.db``.
        two_persons: Whether a second, different person must agree.
    """

    def __init__(self, url: str, *, two_persons: bool = False) -> None:
        super().__init__(url)
        self.two_persons = two_persons

    def record_retraction(self, signed: SignedRetraction) -> None:
        """Store a retraction, if it is its reviewer's.

        Raises:
            BadInput: The signature does not fit.
        """
        with self._writing() as connection:
            signed.check(reviewer_in(connection, signed.retraction.reviewer))
            connection.execute(
                RETRACTIONS.insert().values(
                    content=text_of(signed.retraction.content()),
                    signature=signed.signature,
                    salt=new_salt().hex(),
                )
            )

    def record_reinstatement(self, signed: SignedReinstatement) -> None:
        """Store that a retraction was a mistake, if it is its reviewer's and there is one.

        Raises:
            BadInput: The signature does not fit, there is no such retraction, it was taken back
                before, or the two-person rule asks for somebody else.
        """
        taken = signed.reinstatement
        with self._writing() as connection:
            signed.check(reviewer_in(connection, taken.reviewer))
            known = {one.retraction.id: one.retraction for one in retractions_in(connection)}
            before = {one.reinstatement.retraction: one for one in reinstatements_in(connection)}
            if taken.retraction in before:
                raise _taken_back(before[taken.retraction].reinstatement)
            retraction = _following(taken, known.get(taken.retraction))
            if self.two_persons and taken.persons < TWO:
                raise BadInput(
                    f"{taken.retraction} was to be taken back by one person alone",
                    why="the two-person rule is set, and what is signed says so",
                    do="take it back again with this version",
                )
            if problem := not_a_second_person(taken, retraction, reviewers_in(connection)):
                raise BadInput(
                    problem,
                    why="the two-person rule is set",
                    do="ask another reviewer to take it back, with a key of their own",
                )
            connection.execute(
                REINSTATEMENTS.insert().values(
                    retraction=taken.retraction,
                    content=text_of(taken.content()),
                    signature=signed.signature,
                    salt=new_salt().hex(),
                )
            )

    def retractions(self) -> tuple[SignedRetraction, ...]:
        """Give the retractions, in the order they were taken, those taken back too."""
        with self._reading() as connection:
            return tuple(retractions_in(connection))

    def reinstatements(self) -> tuple[SignedReinstatement, ...]:
        """Give the reinstatements, in the order they were taken."""
        with self._reading() as connection:
            return tuple(reinstatements_in(connection))

    def struck(self) -> tuple[Struck, ...]:
        """Give every retraction with what became of it, in the order they were taken."""
        return struck(
            (one.retraction for one in self.retractions()),
            (one.reinstatement for one in self.reinstatements()),
        )


def _following(taken: Reinstatement, retraction: Retraction | None) -> Retraction:
    if retraction is None:
        raise BadInput(
            f"{taken.retraction} is no retraction of this observatory",
            do="`atalaya retractions` lists them",
        )
    if taken.decided_at < retraction.decided_at:
        raise BadInput(
            f"{taken.retraction} was taken later, on {retraction.decided_at:%Y-%m-%d %H:%M:%S}",
            do="check this machine's clock, then decide again",
        )
    return retraction


def _taken_back(before: Reinstatement) -> BadInput:
    return BadInput(
        f"{before.retraction} was taken back on {before.decided_at:%Y-%m-%d} by {before.reviewer}",
        do="nothing to do; `atalaya run` counts its evidence again",
    )
