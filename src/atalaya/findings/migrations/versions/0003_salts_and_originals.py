"""Salts, so that the log tells no reason and no hidden count; and acts on sealed originals."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the salt, which older decisions lack, and the table of acts, which is append-only."""
    op.add_column("decisions", sa.Column("salt", sa.String(64), nullable=True))
    op.create_table(
        "originals",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=True),
        sa.Column("salt", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER originals_append_only BEFORE UPDATE OR DELETE ON originals "
            "FOR EACH ROW EXECUTE FUNCTION atalaya_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER originals_no_{verb.lower()} BEFORE {verb} ON originals "
            "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
        )
