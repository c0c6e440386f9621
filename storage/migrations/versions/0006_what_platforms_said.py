"""Find without looking through all deliveries what platforms said of those not sent."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    told = sa.text("error <> ''")
    op.create_index(
        op.f("ix_deliveries_errors"),
        "deliveries",
        ["community_id"],
        sqlite_where=told,
        postgresql_where=told,
    )
