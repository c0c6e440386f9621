"""References that were added to a table with their column, which SQLAlchemy reads in part only."""

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.schema import SchemaItem

# Without rebuilding the table, SQLite can add a reference in no other way. SQLAlchemy reads neither
# the name of such a one nor what becomes of the row.
ADDED_LATER = {
    ("sessions", "programme_id"),
    ("stays", "programme_id"),
    ("rsvps", "by_id"),
    ("sessions", "contact_id"),
    ("programmes", "contact_id"),
}
"""Tables and columns."""


def compared(thing: SchemaItem, name: object, kind: str, reflected: bool, other: object) -> bool:
    """Say whether Alembic is to compare a part of the schema with the models."""
    if not isinstance(thing, ForeignKeyConstraint):
        return True
    return (thing.table.name, thing.elements[0].parent.name) not in ADDED_LATER
