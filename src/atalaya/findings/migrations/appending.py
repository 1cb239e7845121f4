"""Makes a table of a decisions' store append-only, in whichever database it lies."""

from __future__ import annotations

from alembic import op


def make_append_only(table: str) -> None:
    """Let the database refuse to change or delete a row of a table.

    Args:
        table: Its name.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION atalaya_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
        )
