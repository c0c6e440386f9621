"""Count wrong guesses."""

import sqlalchemy as sa
from alembic import op

from storage.tables import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "wrong_guesses",
        sa.Column("id", key, autoincrement=False, nullable=False),
        sa.Column("guesser", sa.BigInteger(), nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_guesses")),
        sa.UniqueConstraint("guesser", "since", name=op.f("uq_wrong_guesses_guesser_since")),
    )
    op.create_index(op.f("ix_wrong_guesses_since"), "wrong_guesses", ["since"], unique=False)
