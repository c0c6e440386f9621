"""Is the command line: it reads what is wished and leaves the rest to the parts of the app."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Convener does the coordinating work of a community of practice.",
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
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


@contextmanager
def plainly() -> Iterator[None]:
    """End with the message of what cannot be done, instead of a traceback."""
    from bot.app import CannotStart
    from bot.config import SettingsError
    from storage.engine import DatabaseUnreachable

    try:
        yield
    except (CannotStart, SettingsError, DatabaseUnreachable) as error:
        sys.exit(str(error))


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show how far a migration is, where a person looks on."""
    from rich.console import Console
    from rich.progress import Progress

    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Bringing the database up to date", total=len(steps))
        yield lambda _: bar.advance(task)


@app.command()
def run(db: Database = "", config: Config = None) -> None:
    """Run the bot on every platform that has a section in the settings."""
    from bot.app.running import run

    with plainly():
        run(config, db, progress)


@app.command()
def chat(
    db: Database = "",
    config: Config = None,
    clock: Clock = "",
    example: Example = False,
    as_json: Json = False,
) -> None:
    """Chat with the bot here, with nothing to set up: type, or pipe lines in."""
    from bot.app.chat import Wishes, chat

    with plainly():
        raise typer.Exit(chat(Wishes(db, config, clock, example, as_json), progress))


@app.command()
def check(db: Database = "", config: Config = None) -> None:
    """Look over settings, database, tokens and zone data; say how to mend what is wrong."""
    from bot.app.check import findings

    right = True
    for found in findings(config, db):
        mark, right = ("✓" if found.right else "✗"), right and found.right
        indented = found.words.replace("\n", "\n  ")
        typer.secho(f"{mark} {found.about}: {indented}", fg=None if found.right else "red")
    raise typer.Exit(int(not right))


@app.command()
def migrate(db: Database = "", config: Config = None) -> None:
    """Bring the database up to date."""
    from bot.app.database import chosen_url, migrate

    with plainly():
        steps = migrate(chosen_url(config, db), progress)
    typer.echo(f"Brought up to date in {steps} step(s)." if steps else "It was up to date already.")


@app.command()
def export(folder: Path, db: Database = "", config: Config = None) -> None:
    """Write every community into FOLDER, as JSON and as Markdown."""
    from bot.app.database import chosen_url
    from bot.app.export import export

    with plainly():
        for home in export(chosen_url(config, db), folder, progress):
            typer.echo(home)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
