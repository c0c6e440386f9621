"""Begins the next migration: writes down what the mapped classes have and the last one has not."""

import sys
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.engine import MIGRATIONS, migrate, open_engine, revisions

USAGE = 'Say what it does: python -m tools.migration "Keep the phone numbers of members"'


def written(message: str, folder: Path = MIGRATIONS / "versions") -> Path:
    """Write the next migration into a folder; gives the file, which is to be read and mended."""
    number = f"{int(revisions()[-1]) + 1:04}"
    engine, config = open_engine("sqlite://"), Config()
    migrate(engine)
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{MIGRATIONS / 'versions'}\n{folder}")
    with engine.begin() as connection:
        config.attributes.update(connection=connection, step=None)
        command.revision(
            config, message, autogenerate=True, rev_id=number, version_path=str(folder)
        )
    engine.dispose()
    return next(folder.glob(f"{number}_*.py"))


def main(arguments: Sequence[str]) -> int:
    """Write it, and say where; gives the exit status."""
    if len(arguments) != 1:
        print(USAGE)
        return 1
    print(f"{written(arguments[0])}: read it, and see “Change the schema” in CONTRIBUTING.md")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
