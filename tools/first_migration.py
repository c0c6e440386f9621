"""Writes the first migration anew from the mapped classes, as long as nothing is released."""

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from storage.engine import MIGRATIONS


def main() -> None:
    """Replace the first migration's file."""
    versions = MIGRATIONS / "versions"
    for old in versions.glob("0001_*.py"):
        old.unlink()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine("sqlite://").begin() as connection:
        config.attributes.update(connection=connection, step=None)
        command.revision(config, message="Begin", autogenerate=True, rev_id="0001")
    written = next(iter(versions.glob("0001_*.py")))
    words = written.read_text().replace("storage.tables.Instant(timezone=True)", "Instant()")
    words = words.replace(
        "from alembic import op\n", "from alembic import op\n\nfrom storage.tables import Instant\n"
    )
    said = [line for line in words.splitlines(keepends=True) if "# ###" not in line]
    written.write_text("".join(said))


if __name__ == "__main__":
    main()
