"""The store of people's decisions: SQLite by default, PostgreSQL by address; append-only.

A decision is stored before it is logged, and logged before it is acknowledged: after a crash
between the two, ``unlogged`` names what is still to be logged.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from atalaya.evidence.log import new_salt
from atalaya.findings.following import refuse_impossible
from atalaya.findings.originals import ERASURE, SignedAct
from atalaya.findings.retraction_store import RetractionStore
from atalaya.findings.reviewers import Reviewer, SignedDecision
from atalaya.findings.rows import (
    DECISIONS,
    LOGGED,
    ORIGINALS,
    REINSTATEMENTS,
    RETRACTIONS,
    REVIEWERS,
    SENT,
    act_leaf,
    acts_in,
    decision_leaf,
    decisions_in,
    reinstatement_leaf,
    retraction_leaf,
    reviewer_in,
    reviewer_leaf,
    reviewers_in,
    text_of,
    vouching_text,
)
from atalaya.findings.states import Decision, Standing, standing
from atalaya.model.errors import BadInput

_COPIED = (REVIEWERS, DECISIONS, ORIGINALS, RETRACTIONS, REINSTATEMENTS, LOGGED, SENT)


@dataclass(frozen=True, slots=True)
class Stored:
    """Something in the store as the log commits to it.

    Args:
        kind: ``reviewer``, ``decision``, ``original`` (an act on a sealed one), ``retraction`` or
            ``reinstatement``.
        seq: Its number among its kind.
        leaf: What the log's entry says.
        log_index: Where it stands in the log, or None while it is not logged.
    """

    kind: str
    seq: int
    leaf: dict[str, Any]
    log_index: int | None


class DecisionStore(RetractionStore):
    """Decisions and reviewers of one observatory.

    Args:
        url: SQLAlchemy address, such as ``sqlite:////path/decisions.db``.
        two_persons: Whether an alert needs a second, different reviewer's signature.
    """

    @classmethod
    def at(cls, path: Path, *, two_persons: bool = False) -> DecisionStore:
        """Open the SQLite file of an observatory, making it when absent."""
        return cls(f"sqlite:///{path}", two_persons=two_persons)

    def add_reviewer(self, reviewer: Reviewer) -> None:
        """Add a reviewer, or record from when on one may no longer decide.

        Raises:
            BadInput: Another reviewer already has this identifier.
        """
        with self._writing() as connection:
            known = {other.id: other for other in reviewers_in(connection)}.get(reviewer.id)
            if known is not None and known.public_key != reviewer.public_key:
                raise BadInput(
                    f"{reviewer.id} is already a reviewer with another key",
                    do="remove the old key first, then add the new one under another name",
                )
            if known == reviewer:
                raise BadInput(f"{reviewer.name} is already a reviewer", do="nothing to do")
            connection.execute(REVIEWERS.insert().values(content=text_of(reviewer.leaf())))

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Give every reviewer as last recorded, in the order they were added."""
        with self._reading() as connection:
            return tuple({one.id: one for one in reviewers_in(connection)}.values())

    def record(self, signed: SignedDecision) -> None:
        """Store a decision, if it is its reviewer's and follows from where the signal stands.

        Raises:
            BadInput: The signature does not fit, or the step is not possible now.
        """
        decision = signed.decision
        with self._writing() as connection:
            signed.check(reviewer_in(connection, decision.reviewer))
            before = [row.decision for row in decisions_in(connection, decision.signal)]
            refuse_impossible(
                decision, before, reviewers_in(connection), two_persons=self.two_persons
            )
            connection.execute(
                DECISIONS.insert().values(
                    id=decision.id,
                    signal=decision.signal,
                    content=text_of(decision.content()),
                    signature=signed.signature,
                    vouching=vouching_text(signed.vouching),
                    salt=new_salt().hex(),
                )
            )

    def record_act(self, signed: SignedAct) -> None:
        """Store an act on a sealed original; an erasure only with its reviewer's signature.

        Raises:
            BadInput: The signature does not fit.
        """
        act = signed.act
        with self._writing() as connection:
            if act.kind == ERASURE:
                signed.check(reviewer_in(connection, act.reviewer))
            connection.execute(
                ORIGINALS.insert().values(
                    content=text_of(act.content()),
                    signature=signed.signature,
                    salt=new_salt().hex(),
                )
            )

    def acts(self) -> tuple[SignedAct, ...]:
        """Give every act on a sealed original, in the order they were taken."""
        with self._reading() as connection:
            return tuple(acts_in(connection))

    def decisions(self, signal: str | None = None) -> tuple[SignedDecision, ...]:
        """Give the decisions, of one signal or of all, in the order they were taken."""
        with self._reading() as connection:
            return tuple(decisions_in(connection, signal))

    def standing(self, signal: str, today: date) -> Standing:
        """Say where a signal stands on a day."""
        taken = (one.decision for one in self.decisions(signal))
        return standing(taken, today, two_persons=self.two_persons)

    def standings(self, today: date) -> dict[str, Standing]:
        """Say where every signal that anyone decided on stands on a day."""
        by_signal: dict[str, list[Decision]] = {}
        for one in self.decisions():
            by_signal.setdefault(one.decision.signal, []).append(one.decision)
        return {
            signal: standing(taken, today, two_persons=self.two_persons)
            for signal, taken in by_signal.items()
        }

    def unlogged(self) -> list[tuple[str, int, dict[str, Any]]]:
        """Give what is stored and not yet logged: (kind, number, leaf), oldest first."""
        return [(one.kind, one.seq, one.leaf) for one in self.stored() if one.log_index is None]

    def stored(self) -> list[Stored]:
        """Give everything in the store, reviewers first, each kind oldest first.

        Raises:
            StopEverything: It cannot be read.
        """
        leaves = {
            "reviewer": (REVIEWERS, reviewer_leaf),
            "decision": (DECISIONS, decision_leaf),
            "original": (ORIGINALS, act_leaf),
            "retraction": (RETRACTIONS, retraction_leaf),
            "reinstatement": (REINSTATEMENTS, reinstatement_leaf),
        }
        with self._reading() as connection:
            logged = {
                (row.kind, row.seq): int(row.log_index)
                for row in connection.execute(sa.select(LOGGED))
            }
            return [
                Stored(kind, row.seq, leaf(row), logged.get((kind, row.seq)))
                for kind, (table, leaf) in leaves.items()
                for row in connection.execute(sa.select(table).order_by(table.c.seq))
            ]

    def mark_logged(self, kind: str, seq: int, log_index: int) -> None:
        """Note at which index of the log something stored stands."""
        with self._writing() as connection:
            connection.execute(LOGGED.insert().values(kind=kind, seq=seq, log_index=log_index))

    def log_index(self, decision: str) -> int | None:
        """Give the log index of a decision, or None while it is not logged."""
        wanted = (
            sa.select(LOGGED.c.log_index)
            .join(DECISIONS, sa.and_(LOGGED.c.kind == "decision", LOGGED.c.seq == DECISIONS.c.seq))
            .where(DECISIONS.c.id == decision)
        )
        with self._engine.connect() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
            return None if found is None else int(found)

    def mark_sent(self, notice: str, channel: str, recipient: str, at: datetime) -> None:
        """Note that a notice about an alert reached a recipient; the first time is kept."""
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = {"notice": notice, "channel": channel, "recipient": recipient, "at": moment}
        with suppress(sa.exc.IntegrityError), self._writing() as connection:
            # Refused where another process told the same recipient meanwhile: it is noted already.
            connection.execute(SENT.insert().values(said))

    def sent(self) -> frozenset[tuple[str, str, str]]:
        """Give what reached whom: (notice, channel, recipient)."""
        wanted = sa.select(SENT.c.notice, SENT.c.channel, SENT.c.recipient)
        with self._reading() as connection:
            return frozenset((row[0], row[1], row[2]) for row in connection.execute(wanted))

    def copy_to(self, other: DecisionStore) -> int:
        """Copy everything into an empty store, of whatever database; for backups.

        Returns:
            Number of rows copied.

        Raises:
            BadInput: The other store already holds something.
        """
        with self._engine.connect() as source, other._writing() as target:
            copied = 0
            for table in _COPIED:
                if target.execute(sa.select(sa.func.count()).select_from(table)).scalar_one():
                    raise BadInput(
                        f"the store that is copied to already holds {table.name}",
                        why="two histories of decisions cannot be mixed",
                        do="copy into an empty one",
                    )
                rows = [dict(row._mapping) for row in source.execute(sa.select(table))]  # noqa: SLF001 - SQLAlchemy's name for a row as a mapping
                if rows:
                    target.execute(table.insert(), rows)
                copied += len(rows)
            return copied
