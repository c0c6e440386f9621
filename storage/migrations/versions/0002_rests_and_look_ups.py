"""Keep how long channels rest, and how often a message was looked for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "rests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("edits", sa.Boolean(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rests")),
        sa.UniqueConstraint("lane", "edits", name=op.f("uq_rests_lane_edits")),
    )
    op.create_index(op.f("ix_rests_until"), "rests", ["until"])
    looked = sa.Column("looked", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("deliveries", looked)
    op.create_index(
        "ix_deliveries_looked",
        "deliveries",
        ["community_id", "due_at"],
        sqlite_where=sa.text("looked > 1"),
        postgresql_where=sa.text("looked > 1"),
    )
