"""Shows whoever looks on what is done meanwhile, without loading anything for it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def progress(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show how far a migration is, where a person looks on."""
    from rich.console import Console
    from rich.progress import Progress

    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Bringing the database up to date", total=len(steps))
        yield lambda _: bar.advance(task)


def tell(words: str) -> None:
    """Say on the screen what is done meanwhile, where a person looks on."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{words}\n")
