"""The store of people's decisions: SQLite by default, PostgreSQL by address; append-only.

A decision is stored before it is logged, and logged before it is acknowledged: after a crash
between the two, ``unlogged`` names what is still to be logged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from atalaya.findings.reviewers import Reviewer, SignedDecision, Vouching
from atalaya.findings.states import Action, Decision, Standing, advance, standing
from atalaya.model.errors import BadInput, LookAtThis, TryLater

_METADATA = sa.MetaData()
REVIEWERS = sa.Table(
    "reviewers",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("content", sa.Text, nullable=False),
)
DECISIONS = sa.Table(
    "decisions",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(40), nullable=False, unique=True),
    sa.Column("signal", sa.String(40), nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("vouching", sa.Text, nullable=True),
)
LOGGED = sa.Table(
    "logged",
    _METADATA,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("log_index", sa.BigInteger, nullable=False),
)


class DecisionStore:
    """Decisions and reviewers of one observatory.

    Args:
        url: SQLAlchemy address, such as ``sqlite:////path/decisions.db``.
    """

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _durable_sqlite)
        self.upgraded = _upgrade(self._engine)
        """The schema revisions it was brought from and to, such as ``0001 to 0002``, or None."""

    @classmethod
    def at(cls, path: Path) -> DecisionStore:
        """Open the SQLite file of an observatory, making it when absent."""
        return cls(f"sqlite:///{path}")

    def __enter__(self) -> DecisionStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def add_reviewer(self, reviewer: Reviewer) -> None:
        """Add a reviewer, or record from when on one may no longer decide.

        Raises:
            BadInput: Another reviewer already has this identifier.
        """
        with self._writing() as connection:
            known = {other.id: other for other in _reviewers(connection)}.get(reviewer.id)
            if known is not None and known.public_key != reviewer.public_key:
                raise BadInput(
                    f"{reviewer.id} is already a reviewer with another key",
                    do="remove the old key first, then add the new one under another name",
                )
            if known == reviewer:
                raise BadInput(f"{reviewer.name} is already a reviewer", do="nothing to do")
            connection.execute(REVIEWERS.insert().values(content=_dump(reviewer.leaf())))

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Give every reviewer as last recorded, in the order they were added."""
        with self._engine.connect() as connection:
            return tuple({one.id: one for one in _reviewers(connection)}.values())

    def record(self, signed: SignedDecision) -> None:
        """Store a decision, if it is its reviewer's and follows from where the signal stands.

        Raises:
            BadInput: The signature does not fit, or the step is not possible now.
        """
        decision = signed.decision
        with self._writing() as connection:
            by = {one.id: one for one in _reviewers(connection)}.get(decision.reviewer)
            if by is None:
                raise BadInput(
                    f"{decision.reviewer} is not a reviewer of this observatory",
                    do="`atalaya reviewer list` shows who is; `atalaya reviewer add` adds one",
                )
            signed.check(by)
            before = [row.decision for row in _decisions(connection, decision.signal)]
            if before and before[-1].decided_at > decision.decided_at:
                raise BadInput(
                    "a later decision on this signal is already recorded",
                    do="check this machine's clock, then decide again",
                )
            day = decision.decided_at.date()
            advance(standing(before, day), decision.action, day)
            connection.execute(
                DECISIONS.insert().values(
                    id=decision.id,
                    signal=decision.signal,
                    content=_dump(decision.content()),
                    signature=signed.signature,
                    vouching=_dump_vouching(signed.vouching),
                )
            )

    def decisions(self, signal: str | None = None) -> tuple[SignedDecision, ...]:
        """Give the decisions, of one signal or of all, in the order they were taken."""
        with self._engine.connect() as connection:
            return tuple(_decisions(connection, signal))

    def standing(self, signal: str, today: date) -> Standing:
        """Say where a signal stands on a day."""
        return standing((one.decision for one in self.decisions(signal)), today)

    def standings(self, today: date) -> dict[str, Standing]:
        """Say where every signal that anyone decided on stands on a day."""
        by_signal: dict[str, list[Decision]] = {}
        for one in self.decisions():
            by_signal.setdefault(one.decision.signal, []).append(one.decision)
        return {signal: standing(taken, today) for signal, taken in by_signal.items()}

    def unlogged(self) -> list[tuple[str, int, dict[str, Any]]]:
        """Give what is stored and not yet logged: (kind, number, leaf), oldest first."""
        with self._engine.connect() as connection:
            logged = {(row.kind, row.seq) for row in connection.execute(sa.select(LOGGED))}
        return [item for item in self.leaves() if item[:2] not in logged]

    def leaves(self) -> list[tuple[str, int, dict[str, Any]]]:
        """Give everything stored as it is logged: (kind, number, leaf), oldest first."""
        with self._engine.connect() as connection:
            return [
                ("reviewer", row.seq, json.loads(row.content))
                for row in connection.execute(sa.select(REVIEWERS).order_by(REVIEWERS.c.seq))
            ] + [
                ("decision", row.seq, _leaf(row))
                for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.seq))
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

    def copy_to(self, other: DecisionStore) -> int:
        """Copy everything into an empty store, of whatever database; for backups.

        Returns:
            Number of rows copied.

        Raises:
            BadInput: The other store already holds something.
        """
        with self._engine.connect() as source, other._writing() as target:
            copied = 0
            for table in (REVIEWERS, DECISIONS, LOGGED):
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

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            raise TryLater(
                f"the decisions could not be written: {error.orig}",
                why="nothing of this decision was stored",
                do="free disk space or end the other command that writes, then decide again",
            ) from error


def _durable_sqlite(connection: Any, _record: Any) -> None:
    """A decision that was acknowledged survives a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _upgrade(engine: sa.Engine) -> str | None:
    """Bring the schema to the newest revision; an older file is upgraded in place."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    try:
        with engine.begin() as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            if before == head:
                return None
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (sa.exc.DatabaseError, CommandError) as error:
        raise LookAtThis(
            f"the decisions at {engine.url.render_as_string(hide_password=True)} "
            f"cannot be opened: {error}",
            why="decisions are state that cannot be rebuilt; nothing was changed",
            do="restore the newest backup, or open it with the newer version that wrote it",
        ) from error
    return f"{before} to {head}" if before else None


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _dump_vouching(vouching: Vouching | None) -> str | None:
    if vouching is None:
        return None
    said = Vouching.content(vouching.reviewer, vouching.session_key, vouching.until)
    return _dump(said | {"signature": vouching.signature})


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _reviewers(connection: sa.Connection) -> Iterator[Reviewer]:
    for row in connection.execute(sa.select(REVIEWERS).order_by(REVIEWERS.c.seq)):
        said = json.loads(row.content)
        removed = said["removed_at"]
        yield Reviewer(
            name=said["name"],
            public_key=said["public_key"],
            added_at=_moment(said["added_at"]),
            removed_at=_moment(removed) if removed else None,
        )


def _decisions(connection: sa.Connection, signal: str | None) -> Iterator[SignedDecision]:
    wanted = sa.select(DECISIONS).order_by(DECISIONS.c.seq)
    if signal is not None:
        wanted = wanted.where(DECISIONS.c.signal == signal)
    for row in connection.execute(wanted):
        said = json.loads(row.content)
        yield SignedDecision(
            Decision(
                signal=said["signal"],
                action=Action(said["action"]),
                reviewer=said["reviewer"],
                reason=said["reason"],
                decided_at=_moment(said["decided_at"]),
                verdict=said["verdict"],
                advice=said["advice"],
                expires=date.fromisoformat(said["expires"]) if said["expires"] else None,
            ),
            row.signature,
            _vouching(row.vouching),
        )


def _vouching(text: str | None) -> Vouching | None:
    if text is None:
        return None
    said = json.loads(text)
    return Vouching(
        said["reviewer"], said["session_key"], _moment(said["until"]), said["signature"]
    )


def _leaf(row: Any) -> dict[str, Any]:
    vouching = json.loads(row.vouching) if row.vouching else None
    content: dict[str, Any] = json.loads(row.content)
    return content | {"signature": row.signature, "vouching": vouching}
