"""Evidence that a reviewer no longer stands by."""

import sqlalchemy as sa
from alembic import op

from atalaya.findings.migrations.appending import make_append_only

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
    make_append_only("retractions")
