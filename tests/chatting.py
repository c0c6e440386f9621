"""Lets tests talk to the bot the way people do, on a local platform with its clock standing still."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


class Screen(list[Any]):
    """What was shown, in order: `Shown` objects, with shortcuts to what tests look at."""

    @property
    def text(self) -> str:
        """All words: titles, texts, labels, form errors, names of files."""
        return "\n".join(line for shown in self for line in _lines(shown) if line)

    @property
    def labels(self) -> list[str]:
        return [one.label for shown in self for one in (*shown.buttons, *shown.choices)]

    @property
    def form(self) -> Any:
        """The last form shown. Fails when there is none."""
        return next(shown.form for shown in reversed(self) if shown.form)

    @property
    def files(self) -> dict[str, bytes]:
        return {file.name: file.content for shown in self for file in shown.files}

    def to(self, target: str) -> "Screen":
        """Keep what `@person` or `#channel` was shown."""
        return Screen(shown for shown in self if shown.to == target)

    def __contains__(self, words: object) -> bool:
        return str(words) in self.text


def _lines(shown: Any) -> Iterator[str]:
    yield from (shown.title, shown.text, shown.error)
    yield from (f"[{one.label}]" for one in (*shown.buttons, *shown.choices))
    if shown.form:
        yield shown.form.title
        for field in shown.form.fields:
            yield f"{field.label}: {field.value} {field.error}".rstrip()
    yield from (file.name for file in shown.files)


class Chat:
    """A chat with people and the bot; each act gives what appeared on the screens because of it."""

    def __init__(self, url: str, clock: datetime | None = START) -> None:
        from bot.adapters.local import Clock  # tests of rules load none of this
        from bot.app.chat import LocalChat
        from bot.app.parts import all_groups
        from storage import Storage

        self.runner = asyncio.Runner()
        self.everything: list[Any] = []
        self.storage = Storage(url)
        self.local = LocalChat(self.storage, all_groups(), Clock(clock), self.everything.append)
        self.runner.run(self.local.start())

    def close(self) -> None:
        """Stop, and give the database back."""
        self.runner.run(self.local.platform.stop())
        self.runner.close()
        self.storage.close()

    @property
    def now(self) -> datetime:
        return self.local.clock.now()

    def join(self, name: str, zone: str = "", locale: str = "", role: str = "") -> None:
        """Let somebody in. Without a role the first one is a coordinator."""
        self._act(self.local.stage.join(name, zone, locale, role))

    def say(self, name: str, words: str, where: str = "") -> Screen:
        """Say words or give a `/command`, in `#channel`, `#channel/thread` or alone (`@`)."""
        return self._act(self.local.stage.say(name, words, self._place(where)))

    def press(self, name: str, label: str, on: str = "") -> Screen:
        """Press the newest button of this label, or of this `group.command?option=value`."""
        return self._act(self.local.stage.press(name, label, on))

    def choose(self, name: str, label: str, option: str, on: str = "") -> Screen:
        """Choose from the newest menu of this label or command."""
        return self._act(self.local.stage.choose(name, label, option, on))

    def fill(self, name: str, **values: str) -> Screen:
        """Fill fields of the open form, by name, and send it off."""
        return self._act(self.local.stage.fill(name, values))

    def dismiss(self, name: str) -> None:
        """Close the open form."""
        self._act(self.local.stage.dismiss(name))

    def together(self, *presses: tuple[str, str]) -> Screen:
        """Have several people press at the same time: (name, label) each."""

        async def all_at_once() -> None:
            await asyncio.gather(*(self.local.stage.press(*press) for press in presses))

        return self._act(all_at_once())

    def forge(self, name: str, command: str, where: str = "", **args: str) -> Screen:
        """Call a command as no button of the chat would: forged, outdated, of somebody else."""
        place = self._place(where) or self.local.platform.place("")
        call = self.local.stage.call(name, place, command, args)
        return self._act(self.local.platform.carry_out(call))

    def time(self, to: str | datetime) -> Screen:
        """Move the clock: `+3d`, `+2h30m`, or an instant; gives what was shown on the way."""
        from bot.adapters.local.lines import read_time

        until = to if isinstance(to, datetime) else read_time(to, self.now)
        return self._act(self.local.advance(until))

    def seen(self, name: str) -> Screen:
        """Give what somebody sees now, the oldest first: channels, private things, their form."""
        visible = reversed(list(self.local.platform.visible(name)))
        opened = self.local.platform.forms.get(name)
        screen = Screen(posted.seen(self.now) for posted in visible)
        return screen if opened is None else Screen([*screen, opened.seen(self.now, name)])

    def last(self, to: str) -> Any:
        """Give what `@person` or `#channel` was shown last."""
        return next(shown for shown in reversed(self.everything) if shown.to == to)

    def _place(self, where: str) -> Any:
        if not where:
            return None
        channel, _, thread = where.lstrip("#@").partition("/")
        platform = self.local.platform
        return platform.channel(channel, thread) if channel else platform.place("")

    def _act(self, act: Coroutine[Any, Any, None]) -> Screen:
        before = len(self.everything)

        async def settled() -> None:
            await act
            await self.local.settle()

        self.runner.run(settled())
        return Screen(self.everything[before:])


@contextmanager
def chatting(url: str, clock: datetime | None = START) -> Iterator[Chat]:
    """Open a chat on a migrated database for a while."""
    chat = Chat(url, clock)
    try:
        yield chat
    finally:
        chat.close()


@pytest.fixture
def chat(sqlite_url: str) -> Iterable[Chat]:
    """Give a chat with nobody in it yet, on a fresh SQLite file."""
    with chatting(sqlite_url) as opened:
        yield opened
