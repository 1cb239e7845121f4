"""Which notice about an alert reached whom, so that a withdrawal reaches the same people."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table, append-only like the others."""
    op.create_table(
        "sent",
        sa.Column("notice", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("recipient", sa.String(2000), primary_key=True),
        sa.Column("at", sa.String(20), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER sent_append_only BEFORE UPDATE OR DELETE ON sent "
            "FOR EACH ROW EXECUTE FUNCTION atalaya_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER sent_no_{verb.lower()} BEFORE {verb} ON sent "
            "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
        )
