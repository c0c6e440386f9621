"""Opens the port of the chat's pages at once; who comes early waits until the chat is there."""

import os
import secrets
import socket
import sys
import webbrowser

HOST, PORT = "127.0.0.1", 8746
"""Where the pages are, unless somebody else is there: this machine alone can call it."""


class Door:
    """A port of this machine, and an address with a word that only who is told can know."""

    def __init__(self) -> None:
        self._socket = _listening(PORT)
        self.secret = secrets.token_urlsafe(12)
        self._shown = False
        self.origin = f"http://{HOST}:{self._socket.getsockname()[1]}"

    @property
    def address(self) -> str:
        """Where the chat is."""
        return f"{self.origin}/chat/{self.secret}/"

    def listens(self) -> socket.socket:
        """Give the port to listen on; it is open for the next when that one is closed."""
        return self._socket.dup()

    def show(self) -> None:
        """Open the chat in a browser, once, where there is a desktop."""
        desktop = sys.platform in ("darwin", "win32") or any(
            os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
        )
        if desktop and not self._shown:
            webbrowser.open(self.address)
        self._shown = True

    def close(self) -> None:
        """Close the port."""
        self._socket.close()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=64)
    except OSError:
        return socket.create_server((HOST, 0), backlog=64)
