"""Give timers a table, keep how posts read, find what one member is told of a thing."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("timers.state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "timers",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("community_id", NUMBER, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_timers_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint(
            "community_id", "about", "name", name=op.f("uq_timers_community_id_about_name")
        ),
    )
    op.create_index(
        "ix_timers_due", "timers", ["due_at"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    of_thing = ["community_id", "about", "notice", "member_id"]
    op.create_index("ix_deliveries_thing", "deliveries", of_thing)
    op.drop_index("ix_deliveries_about", "deliveries")
    op.add_column("posts", sa.Column("digest", sa.String(), server_default="", nullable=False))
    op.execute(
        "INSERT INTO timers (id, community_id, about, name, due_at, state, attempts, error) "
        "SELECT id, community_id, 'session:' || id, 'session.goes_on', starts_at, 'waiting', 0, '' "
        "FROM sessions WHERE state = 'announced'"
    )
    op.execute(
        "INSERT INTO timers (id, community_id, about, name, due_at, state, attempts, error) "
        "SELECT id, community_id, 'openspace:' || id, 'openspace.goes_on', opened_at, 'waiting', "
        "0, '' FROM open_spaces WHERE opened_at IS NOT NULL AND closed_at IS NULL"
    )
    op.execute(
        "UPDATE deliveries SET state = 'cancelled' WHERE state = 'pending' "
        "AND notice IN ('session.over', 'host.begun')"
    )
