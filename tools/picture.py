"""Draws the picture of docs/operations.md: a local chat, as people at a terminal see it."""

import asyncio
import io
import re
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text as Words

from bot.adapters.local import Clock, Player
from bot.adapters.local.printed import Screens
from bot.app.local import LocalChat
from bot.app.log import set_up_log
from bot.app.parts import all_groups
from storage import Storage
from storage.engine import migrate

PICTURE = Path(__file__).parents[1] / "docs" / "chat.svg"
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # would be fetched from elsewhere
BEGIN = datetime(2026, 11, 22, 8, tzinfo=UTC)
QUIETLY = (
    "join amina zone=Africa/Nairobi locale=en role=coordinator",
    "join bruno zone=America/Bogota locale=es",
)
LINES = (
    "amina in #general: /session plan Locally led adaptation 2 December 15:00",
    'amina: press "Announce now"',
    'bruno: press "Coming"',
)


async def draw() -> str:
    """Play the lines and give what they show as SVG."""
    console = Console(record=True, width=96, highlight=False, file=io.StringIO())
    storage = Storage("sqlite:///:memory:")
    migrate(storage.engine)
    local = LocalChat(storage, all_groups(), Clock(BEGIN), Screens(console).show)
    await local.start()
    player = Player(local.stage, local)
    for line in (*QUIETLY, *LINES):
        if line not in QUIETLY:
            console.print(Words(f"> {line}", style="bold"))
        await player.play(line)
    storage.close()
    picture = console.export_svg(title="python -m bot chat")
    return FONT.sub("", picture).replace("Fira Code, monospace", "monospace")


def main() -> None:
    """Write the picture."""
    set_up_log("error", "plain")
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")


if __name__ == "__main__":
    main()
