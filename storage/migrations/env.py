"""Runs the migrations on the connection the engine hands over."""

from typing import Any

from alembic import context

from storage import metadata
from storage.migrations.later import compared


def _tell(*_: Any, **told_by: Any) -> None:
    told = context.config.attributes["step"]
    if told is not None:
        told(str(told_by["step"].up_revision_id))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_object=compared,
    on_version_apply=_tell,
)
with context.begin_transaction():
    context.run_migrations()
