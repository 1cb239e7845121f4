"""Retractions that were taken back."""

import sqlalchemy as sa
from alembic import op

from atalaya.findings.migrations.appending import make_append_only

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table, append-only like the others."""
    op.create_table(
        "reinstatements",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("retraction", sa.String(40), nullable=False, unique=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
    )
    make_append_only("reinstatements")
