"""Keep sign-ins, and what a community says of itself on the web."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keep_mail_links()
    op.add_column(
        "accounts",
        sa.Column("stopped", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    owners = {"community_id": "communities", "member_id": "members", "account_id": "accounts"}
    op.create_table(
        "sign_ins",
        sa.Column("id", key, autoincrement=False, nullable=False),
        *(sa.Column(column, key, nullable=False) for column in owners),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        sa.Column("browser", sa.String(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_sign_ins_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in owners.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("link", name=op.f("uq_sign_ins_link")),
        sa.UniqueConstraint("browser", name=op.f("uq_sign_ins_browser")),
    )
    for column in owners:
        op.create_index(op.f(f"ix_sign_ins_{column}"), "sign_ins", [column], unique=False)
    _link_codes(key)
    _joined_members(key)
    _sign_ups(key)
    for column in ("about_us", "how_to_join"):
        words = sa.Column(column, sa.String(), server_default="", nullable=False)
        op.add_column("communities", words)


def _link_codes(key: sa.types.TypeEngine[int]) -> None:
    owners = {"community_id": "communities", "member_id": "members"}
    op.create_table(
        "link_codes",
        sa.Column("id", key, autoincrement=False, nullable=False),
        *(sa.Column(column, key, nullable=False) for column in owners),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_link_codes_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in owners.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_link_codes_code")),
    )
    for column in owners:
        op.create_index(op.f(f"ix_link_codes_{column}"), "link_codes", [column], unique=False)


def _joined_members(key: sa.types.TypeEngine[int]) -> None:
    owners = {"community_id": "communities", "member_id": "members"}
    op.create_table(
        "joined_members",
        sa.Column("id", key, autoincrement=False, nullable=False),
        *(sa.Column(column, key, nullable=False) for column in owners),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("absorbed", sa.BigInteger(), nullable=False),
        *(
            sa.Column(column, sa.JSON(), nullable=False)
            for column in ("moved", "removed", "profile", "filled")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_joined_members_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in owners.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_members")),
    )
    for column in owners:
        name = op.f(f"ix_joined_members_{column}")
        op.create_index(name, "joined_members", [column], unique=False)


def _sign_ups(key: sa.types.TypeEngine[int]) -> None:
    community = op.f("fk_sign_ups_community_id_communities")
    op.create_table(
        "sign_ups",
        sa.Column("id", key, autoincrement=False, nullable=False),
        sa.Column("community_id", key, nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        *(
            sa.Column(column, sa.String(), nullable=False)
            for column in ("address", "name", "locale", "secret")
        ),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("used_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=community, ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint("secret", name=op.f("uq_sign_ups_secret")),
    )
    op.create_index("ix_sign_ups_at", "sign_ups", ["community_id", "at"], unique=False)


def _keep_mail_links() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    owners = {"community_id": "communities", "member_id": "members", "account_id": "accounts"}
    op.create_table(
        "mail_links",
        sa.Column("id", key, autoincrement=False, nullable=False),
        *(sa.Column(column, key, nullable=False) for column in owners),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(timezone=True), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_mail_links_{column}_{table}"),
                ondelete="CASCADE",
            )
            for column, table in owners.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_links")),
        sa.UniqueConstraint("link", name=op.f("uq_mail_links_link")),
    )
    for column in owners:
        op.create_index(op.f(f"ix_mail_links_{column}"), "mail_links", [column], unique=False)
