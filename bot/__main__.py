"""Is the command line: it reads what is wished and leaves the rest to the parts of the app."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.app.screen import progress, tell

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
Database = Annotated[
    str, typer.Option("--db", metavar="URL", help="A database address, a file, or :memory:.")
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings, instead of config.toml.")
]
Clock = Annotated[
    str, typer.Option("--clock", metavar="INSTANT", help="Start the clock there; it stands still.")
]
Example = Annotated[bool, typer.Option("--example", help="Begin with a small community.")]
Page = Annotated[
    bool, typer.Option("--page", help="Show the chat in a browser as well, on this machine alone.")
]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Begin anew; the chat there was is kept in another file.")
]
CopyOf = Annotated[
    Path | None,
    typer.Option(
        metavar="BACKUP",
        help="Rehearse on a copy of what `backup` wrote: move the clock, and see all that would be "
        "sent. Nobody gets anything.",
    ),
]
Thorough = Annotated[
    bool, typer.Option("--database", help="Look through all that is kept instead.")
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ROLE",
        help="Take one part of the work, and leave the rest to other processes: scheduler sends "
        "what falls due; slack and discord take calls. Can be given several times.",
    ),
]
Shards = Annotated[
    str, typer.Option(metavar="0,1", help="The shards of Discord this process serves.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def as_typed(words: str) -> str:
    """Name commands the way this one was typed: as the console script, or as a module."""
    script = Path(sys.argv[0]).stem == "convener"
    return words.replace("python -m bot", "convener") if script else words


@contextmanager
def readable_errors() -> Iterator[None]:
    """End with the message of what cannot be done, instead of a traceback."""
    from bot.app import CannotStart
    from bot.config import SettingsError
    from storage.engine import DatabaseTrouble, DatabaseUnreachable
    from storage.rows import reason

    try:
        yield
    except (CannotStart, SettingsError, DatabaseUnreachable) as error:
        sys.exit(as_typed(str(error)))
    except DatabaseTrouble as error:
        sys.exit(f"The database does not do that. It said: {reason(error)}")
    except OSError as error:
        sys.exit(f"This machine does not do that. It said: {error}")


def say_version(wanted: bool) -> None:
    """Print the version and end, when it is asked for."""
    if wanted:
        typer.echo(f"Convener {__version__}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=say_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Convener does the coordinating work of a community of practice."""


@app.command()
def run(
    db: Database = "", config: Config = None, only: Only = None, shard_ids: Shards = ""
) -> None:
    """Run the bot on every platform that has a section in the settings."""
    from bot.app.run import RunOptions, run

    with readable_errors():
        run(RunOptions(db, config, only or (), shard_ids), progress)


@app.command()
def chat(
    db: Database = "",
    config: Config = None,
    clock: Clock = "",
    example: Example = False,
    as_json: Json = False,
    fresh: Fresh = False,
    page: Page = False,
    copy_of: CopyOf = None,
) -> None:
    """Chat with the bot here, with nothing to set up: type, or pipe lines in."""
    from bot.app.door import Door

    door = Door() if (page or copy_of) and sys.stdin.isatty() and not as_json else None
    where = f"In a browser it's at {door.address}\n" if door else ""
    tell(f"{where}Starting the chat. This takes a few seconds.")
    from bot.app.chat import ChatOptions, chat

    with readable_errors():
        wishes = ChatOptions(db, config, clock, example, as_json, fresh, copy_of)
        raise typer.Exit(chat(wishes, progress, tell, door))


@app.command()
def check(db: Database = "", config: Config = None, database: Thorough = False) -> None:
    """Check settings, database, tokens and time zone data; say how to fix what's wrong."""
    from bot.app.check import findings, integrity
    from bot.app.database import chosen_url

    right = True
    with readable_errors():
        looked = integrity(chosen_url(config, db)) if database else findings(config, db)
        for found in looked:
            mark, right = ("✓" if found.right else "✗"), right and found.right
            indented = as_typed(found.words).replace("\n", "\n  ")
            typer.secho(f"{mark} {found.about}: {indented}", fg=None if found.right else "red")
    raise typer.Exit(int(not right))


@app.command()
def settings() -> None:
    """Print an example of all settings: save it as config.toml."""
    from bot.config import EXAMPLE

    typer.echo(EXAMPLE.read_text(encoding="utf-8"), nl=False)


@app.command()
def migrate(db: Database = "", config: Config = None) -> None:
    """Bring the database up to date."""
    from bot.app.database import chosen_url, migrate

    with readable_errors():
        steps = migrate(chosen_url(config, db), progress)
    typer.echo(f"Brought up to date in {steps} step(s)." if steps else "It was up to date already.")


@app.command()
def export(folder: Path, db: Database = "", config: Config = None) -> None:
    """Write every community into FOLDER, as JSON and Markdown."""
    from bot.app.database import chosen_url
    from bot.app.export import export

    with readable_errors():
        for home in export(chosen_url(config, db), folder, progress):
            typer.echo(home)


@app.command()
def manifest(
    platform: Annotated[str, typer.Argument(metavar="slack|discord")],
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where Slack finds the bot over HTTP: https://…")
    ] = "",
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of YAML.")] = False,
) -> None:
    """Print the manifest for a Slack app, or the commands as they're sent to Discord."""
    from bot.app.platforms import PLATFORMS, load

    if platform not in PLATFORMS:
        choices = "python -m bot manifest slack, or python -m bot manifest discord"
        sys.exit(as_typed(f"Say which: {choices}"))
    with readable_errors():
        load(platform)
        if platform == "discord":
            from bot.app.discord import commands

            typer.echo(commands())
            return
        from bot.app.slack import described

        typer.echo(described(config, address, "json" if as_json else "yaml"))


@app.command()
def invite(
    platform: Annotated[str, typer.Argument(metavar="discord")], config: Config = None
) -> None:
    """Print the link that invites the bot, and what each permission is for."""
    from bot.app.platforms import load

    if platform != "discord":
        sys.exit(as_typed("Only Discord has invitations: python -m bot invite discord"))
    with readable_errors():
        load("discord")
        from bot.app.discord import invited

        for line in invited(config):
            typer.echo(line)


@app.command()
def rotate_keys(db: Database = "", config: Config = None) -> None:
    """Encrypt the tokens of installed workspaces with the newest key in the settings."""
    from bot.app.platforms import load

    with readable_errors():
        load("slack")
        from bot.app.slack import rotate_keys

        typer.echo(f"{rotate_keys(config, db, progress)} token(s) encrypted with the newest key.")


@app.command("import")
def import_(folder: Path, db: Database = "", config: Config = None) -> None:
    """Import what `export` wrote into FOLDER; buttons already posted keep working."""
    from bot.app.database import chosen_url
    from bot.app.export import import_

    with readable_errors():
        rows = import_(chosen_url(config, db), folder, progress, datetime.now(UTC))
    typer.echo(f"Brought in {rows} rows.")


@app.command()
def backup(file: Path, db: Database = "", config: Config = None) -> None:
    """Copy everything into FILE, even while the bot runs. Keep it where nobody else can read it."""
    from bot.app.backup import backup
    from bot.app.database import chosen_url

    with readable_errors():
        rows = backup(chosen_url(config, db), file)
    typer.echo(f"Wrote {rows} rows to {file}.")


@app.command()
def restore(
    file: Path,
    db: Database = "",
    config: Config = None,
    erased_in: Annotated[
        str, typer.Option(metavar="URL", help="The database from before: who was erased there.")
    ] = "",
) -> None:
    """Restore FILE, written by `backup`, into an empty database."""
    from bot.app.backup import database_before, restore
    from bot.app.database import chosen_url, database_url

    with readable_errors():
        url = chosen_url(config, db)
        before = database_url(erased_in) if erased_in else database_before(config, url)
        rows = restore(url, file, datetime.now(UTC), before)
    typer.echo(f"Brought back {rows} rows.")
    if not before:
        typer.echo("Was anybody erased since this backup? Then add --erased-in DATABASE_BEFORE.")


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
