"""Opening the database of decisions: durable, and brought to the newest schema in place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from atalaya.model.errors import BadInput, LookAtThis, Place, StopEverything, TryLater


class Database:
    """A database of decisions, opened for reading and writing.

    Args:
        url: SQLAlchemy address, such as ``sqlite:////path/decisions.db``.
    """

    def __init__(self, url: str) -> None:
        self._engine, self.upgraded = opened(url)
        """The schema revisions it was brought from and to, such as ``0001 to 0002``, or None."""

    def __enter__(self) -> Self:
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

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (sa.exc.DatabaseError, ValueError, KeyError, BadInput) as error:
            raise StopEverything(
                "the decisions cannot be read",
                why="who signed, dismissed or withdrew what is no longer known",
                do="restore the newest backup, then run `atalaya verify`",
                where=place_of(self._engine, error),
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            raise TryLater(
                "the decisions could not be written",
                why="nothing of this decision was stored",
                do="free disk space or end the other command that writes, then decide again",
                where=place_of(self._engine, error),
            ) from error


def opened(url: str) -> tuple[sa.Engine, str | None]:
    """Open a database, upgrading an older one.

    Args:
        url: SQLAlchemy address, such as ``sqlite:////path/decisions.db``.

    Returns:
        Its engine, and the schema revisions it was brought from and to, such as ``0001 to 0002``,
        or None where nothing older was there.

    Raises:
        LookAtThis: It cannot be opened, or a newer version wrote it; nothing was changed.
    """
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _durable_sqlite)
    return engine, _upgrade(engine)


def place_of(engine: sa.Engine, error: Exception) -> Place:
    """Say where a database is and what it answered: for the operator, never for a page.

    A driver's words name hosts, accounts and rows, so they stand in no error's ``what``.
    """
    answer = str(getattr(error, "orig", None) or error).strip().splitlines()
    url = engine.url.render_as_string(hide_password=True)
    return Place(f"{url} ({answer[0]})" if answer else url)


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
            "the decisions cannot be opened",
            why="decisions are state that cannot be rebuilt; nothing was changed",
            do="restore the newest backup, or open it with the newer version that wrote it",
            where=place_of(engine, error),
        ) from error
    return f"{before} to {head}" if before else None
