"""Keep programmes and checklists."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programmes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "organiser_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("announced_at", Instant(timezone=True), nullable=True),
        sa.Column("announce_ahead", sa.BigInteger(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("guiding_question", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("partners", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_programmes_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organiser_id"],
            ["members.id"],
            name=op.f("fk_programmes_organiser_id_members"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
    )
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programmes_community_id"), ["community_id"], unique=False
        )

    op.create_table(
        "checklist_items",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("removed_at", Instant(timezone=True), nullable=True),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_checklist_items_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_checklist_items_programme_id_programmes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_items")),
    )
    with op.batch_alter_table("checklist_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checklist_items_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_checklist_items_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "programme_answers",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", Instant(timezone=True), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_programme_answers_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_programme_answers_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_answers_programme_id_programmes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_answers")),
        sa.UniqueConstraint(
            "programme_id", "member_id", name=op.f("uq_programme_answers_programme_id_member_id")
        ),
    )
    with op.batch_alter_table("programme_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_answers_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_answers_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "programme_rules",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("from_wall", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("rrule", sa.String(), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_programme_rules_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_rules_programme_id_programmes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_rules")),
        sa.UniqueConstraint(
            "programme_id", "from_wall", name=op.f("uq_programme_rules_programme_id_from_wall")
        ),
    )
    with op.batch_alter_table("programme_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_rules_community_id"), ["community_id"], unique=False
        )

    op.create_table(
        "handovers",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_handovers_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_handovers_member_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("fk_handovers_session_id_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("session_id", name=op.f("uq_handovers_session_id")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handovers_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_handovers_member_id"), ["member_id"], unique=False)

    op.create_table(
        "ticks",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_ticks_community_id_communities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["checklist_items.id"],
            name=op.f("fk_ticks_item_id_checklist_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_ticks_member_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("fk_ticks_session_id_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticks")),
        sa.UniqueConstraint("session_id", "item_id", name=op.f("uq_ticks_session_id_item_id")),
    )
    with op.batch_alter_table("ticks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticks_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticks_member_id"), ["member_id"], unique=False)

    for column in (
        sa.Column("rota_runs", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("rota_ahead", sa.BigInteger(), server_default="4", nullable=False),
        sa.Column("rota_offer", sa.BigInteger(), server_default="21", nullable=False),
        sa.Column("rota_ask", sa.BigInteger(), server_default="14", nullable=False),
        sa.Column("rota_answer", sa.BigInteger(), server_default="3", nullable=False),
        sa.Column("rota_warn", sa.JSON(), server_default="[7, 2]", nullable=False),
    ):
        op.add_column("communities", column)
    op.add_column("accounts", sa.Column("left_at", Instant(timezone=True), nullable=True))
    op.add_column("rsvps", sa.Column("source", sa.String(), server_default="own", nullable=False))
    op.add_column("sessions", sa.Column("partners", sa.String(), server_default="", nullable=False))
    op.add_column("sessions", sa.Column("occurrence", sa.String(), nullable=True))
    op.add_column("sessions", sa.Column("own", sa.JSON(), server_default="[]", nullable=False))
    _lead_to_programme("sessions", "SET NULL")
    op.create_index(
        "ix_sessions_occurrence", "sessions", ["programme_id", "occurrence"], unique=True
    )
    _lead_to_programme("stays", "CASCADE")
    for table in ("stays", "turns"):
        op.add_column(table, sa.Column("role", sa.String(), server_default="host", nullable=False))


def _lead_to_programme(table: str, ondelete: str) -> None:
    """Add a reference within the column, as SQLite would have to rebuild the table for any other.

    Dropping the old table there would take with it whatever refers to it.
    """
    name = op.f(f"fk_{table}_programme_id_programmes")
    refers = sa.ForeignKey("programmes.id", name=name, ondelete=ondelete)
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column(
        table, sa.Column("programme_id", kind, refers, nullable=True), inline_references=True
    )
