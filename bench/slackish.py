"""Stands in for Slack: as little of it as an app can talk to."""

import asyncio
from typing import cast


class Listening(asyncio.Protocol):
    """A connection to the Slack below, which says yes to every request that has arrived whole."""

    def __init__(self, slack: "BenchSlack") -> None:
        self.slack = slack
        self.arrived = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to listen."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, came: bytes) -> None:
        """Answer what is whole."""
        self.arrived += came
        head, end, body = self.arrived.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        if end and len(body) >= length:
            self.arrived = body[length:]
            self.transport.write(self.slack.answer(head.split(b" ", 2)[1].decode()))


class BenchSlack:
    """As little of a Slack as an app can talk to: the Web API says yes, answers are awaited."""

    def __init__(self) -> None:
        self.answers: dict[str, asyncio.Future[None]] = {}

    async def start(self) -> None:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: Listening(self), "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def answer(self, path: str) -> bytes:
        """Say yes, and note that an answer was brought where it was asked for."""
        name = path.rpartition("/")[2].partition("?")[0]
        if waiting := self.answers.pop(name, None):
            waiting.set_result(None)
        view = b'"view":{"id":"V1"}'
        body = b'{"ok":true,"team_id":"T0","user_id":"UBOT",%b,"user":{"name":"x"}}' % view
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        return head.encode() + b"\r\n\r\n" + body

    def url(self) -> tuple[str, "asyncio.Future[None]"]:
        """Make a response_url, and what is done when it was used."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        name = f"answer{id(waiting)}"
        self.answers[name] = waiting
        return f"{self.address}/{name}", waiting
