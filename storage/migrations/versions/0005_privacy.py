"""Keep who was erased, and by whom and for whom rows are, so that they can be found."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("members", sa.Column("erased_at", Instant(), nullable=True))
    _refer("events", "member_id", "SET NULL")
    _refer("deliveries", "by_id", "CASCADE")
    op.create_table(
        "tombstones",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstones")),
    )
    op.create_index(op.f("ix_tombstones_digest"), "tombstones", ["digest"])


def _refer(table: str, column: str, goes: str) -> None:
    """Add a reference to a member; SQLite writes the table anew for it, which nothing refers to."""
    name = op.f(f"fk_{table}_{column}_members")
    embedded = op.get_bind().dialect.name == "sqlite"
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table(table, recreate="always" if embedded else "never") as batch:
        batch.add_column(sa.Column(column, number, nullable=True))
        batch.create_foreign_key(name, "members", [column], ["id"], ondelete=goes)
