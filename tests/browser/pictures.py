"""Makes the pictures of the README and docs: the first two minutes of somebody in the chat."""

import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.app.log import set_up_log
from storage import Storage
from storage.engine import migrate
from tests.browser.chromium import chromium
from tests.browser.newcomer import Newcomer, two_minutes, welcomed
from tests.chatting import chatting

DOCS = Path(__file__).parents[2] / "docs"
QUALITY = 82


def take(newcomer: Newcomer, name: str) -> None:
    """Keep what the window shows."""
    newcomer.settle()
    how = {"format": "webp", "quality": QUALITY}
    shot = newcomer.driver.execute_cdp_cmd("Page.captureScreenshot", how)
    content = base64.b64decode(shot["data"])
    (DOCS / f"chat-{name}.webp").write_bytes(content)
    sys.stdout.write(f"docs/chat-{name}.webp: {len(content) / 1000:.0f} kB\n")


def main() -> None:
    """Play, and keep the pictures; says why where there is no browser."""
    set_up_log("error", "plain")
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/chat.db"
        storage = Storage(url)
        migrate(storage.engine)
        storage.close()
        try:
            with chatting(url) as chat, welcomed(chat) as address, chromium() as browser:
                newcomer = Newcomer(browser, address)
                two_minutes(newcomer, lambda name: take(newcomer, name))
        except pytest.skip.Exception as reason:
            sys.exit(f"No picture is made. {reason}")


if __name__ == "__main__":
    main()
