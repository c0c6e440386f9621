"""Drop the indexes of communities that another index of their table begins with."""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for table in ("deliveries", "posts", "rsvps", "sessions", "turns"):
        op.drop_index(op.f(f"ix_{table}_community_id"), table)
