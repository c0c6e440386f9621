"""Keep calendars, imports and digests."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_entries",
        *_owned("calendar_entries"),
        *_refers("calendar_entries", "session_id", "sessions", nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("placed", sa.String(), nullable=False),
        sa.Column("worded", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("session_id", name=op.f("uq_calendar_entries_session_id")),
    )
    op.create_table(
        "calendar_feeds",
        *_owned("calendar_feeds"),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        *_refers("calendar_feeds", "member_id", "members"),
        *_refers("calendar_feeds", "programme_id", "programmes"),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=True),
        sa.Column("read_at", Instant(timezone=True), nullable=True),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_feeds_token")),
    )
    op.create_table(
        "imports",
        *_owned("imports"),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        *_refers("imports", "member_id", "members", ondelete="SET NULL"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("announces", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", Instant(timezone=True), nullable=True),
    )
    op.create_table(
        "import_lots",
        *_owned("import_lots"),
        *_refers("import_lots", "import_id", "imports", nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
    )
    op.create_table(
        "imported",
        *_owned("imported"),
        sa.Column("key", sa.String(), nullable=False),
        *_refers("imported", "import_id", "imports", ondelete="SET NULL"),
        *_refers("imported", "session_id", "sessions"),
        *_refers("imported", "programme_id", "programmes"),
        sa.UniqueConstraint("community_id", "key", name=op.f("uq_imported_community_id_key")),
    )
    for table, columns in {
        "calendar_entries": ("community_id",),
        "calendar_feeds": ("community_id", "member_id", "programme_id"),
        "imports": ("community_id", "member_id"),
        "import_lots": ("import_id",),
        "imported": ("import_id", "session_id", "programme_id"),
    }.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)

    op.add_column("members", sa.Column("alarms", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("members", sa.Column("digest", sa.String(), server_default="", nullable=False))
    op.add_column("members", sa.Column("digest_at", Instant(timezone=True), nullable=True))
    op.add_column(
        "communities",
        sa.Column("public_calendar", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Give the columns and keys of what belongs to a community."""
    id = sa.Column("id", _key(), autoincrement=False, nullable=False)
    owner = _refers(table, "community_id", "communities", nullable=False)
    return id, *owner, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _refers(
    table: str, column: str, to: str, *, nullable: bool = True, ondelete: str = "CASCADE"
) -> tuple[sa.schema.SchemaItem, ...]:
    """Give a column that leads to another table."""
    name = op.f(f"fk_{table}_{column}_{to}")
    key = sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)
    return sa.Column(column, _key(), nullable=nullable), key
