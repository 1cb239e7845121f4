"""Evidence that a reviewer no longer stands by."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table, append-only like the others."""
    op.create_table(
        "retractions",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER retractions_append_only BEFORE UPDATE OR DELETE ON retractions "
            "FOR EACH ROW EXECUTE FUNCTION atalaya_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER retractions_no_{verb.lower()} BEFORE {verb} ON retractions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
        )
