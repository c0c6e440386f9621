"""Lets tests talk to the bot as people do, on a local platform whose clock stands still."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.adapters.local import Clock, Shown, ShownForm, lines
from bot.app.local import LocalChat
from bot.app.parts import all_groups
from storage import Storage
from tests.following import Twice

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
GROUPS = all_groups()


class Screen(list[Shown]):
    """What was shown, in order: `Shown` objects, with shortcuts to what tests look at."""

    @property
    def text(self) -> str:
        """All words: titles, texts, labels, form errors, names of files."""
        return "\n".join(line for shown in self for line in _lines(shown) if line)

    @property
    def labels(self) -> list[str]:
        return [label for shown in self for label in shown.labels]

    @property
    def form(self) -> ShownForm:
        """The last form shown. Fails when there is none."""
        return next(shown.form for shown in reversed(self) if shown.form)

    @property
    def files(self) -> dict[str, bytes]:
        return {file.name: file.content for shown in self for file in shown.files}

    def to(self, target: str) -> "Screen":
        """Keep what `@person`, `#channel` or `#channel/thread` was shown."""
        return Screen(shown for shown in self if is_to(shown, target))

    def __contains__(self, words: object) -> bool:
        return str(words) in self.text


def is_to(shown: Shown, target: str) -> bool:
    """Say whether somebody, a channel or a thread was shown something; a channel has no threads."""
    thread = shown.thread if shown.to.startswith("#") else ""
    return f"{shown.to}/{thread}".rstrip("/") == target


def _lines(shown: Shown) -> Iterator[str]:
    yield from (shown.title, shown.text, shown.error)
    yield from (f"[{label}]" for label in shown.labels)
    if shown.form:
        yield shown.form.title
        for field in shown.form.fields:
            yield f"{field.label}: {field.value} {field.error}".rstrip()
    yield from (file.name for file in shown.files)


@dataclass(frozen=True, slots=True)
class Still:
    """A chat as it stands at a moment: its SQLite file, its platform, and all that was shown."""

    file: bytes
    held: tuple[dict[str, Any], ...]
    shown: tuple[Shown, ...]
    now: datetime


class Chat:
    """A chat with people and the bot; each act gives what appeared on the screens because of it.

    `played` names the scenes that brought it where it stands; it is None where anything else did.
    """

    def __init__(self, storage: Storage, clock: datetime = START) -> None:
        self.runner = asyncio.Runner()
        self.everything: list[Shown] = []
        self.played: tuple[object, ...] | None = None
        self.following = Twice()
        self._storage = storage
        self._open(Clock(clock))

    def _open(self, clock: Clock, *held: dict[str, Any]) -> None:
        self.local = LocalChat(self._storage, GROUPS, clock, self.everything.append)
        self.following.watch(self.local.dispatcher, self.local.outbox)
        self.stage = self.local.stage
        for room, things in zip(self._held(), held, strict=False):
            room.update(things)
        self.runner.run(self.local.start())

    def _held(self) -> tuple[dict[str, Any], ...]:
        platform = self.local.platform
        return platform.people, platform.channels, platform.messages, platform.forms

    def close(self) -> None:
        """Stop, and give the connections to the database back."""
        self.runner.run(self.local.platform.stop())
        self.runner.run(self._let_go())
        self.runner.close()

    async def _let_go(self) -> None:
        await self._storage.run(lambda: None)  # behind whatever its thread may still be at
        self._storage.engine.dispose()

    def still(self) -> Still:
        """Take down how everything stands."""
        held = tuple(dict(room) for room in self._held())
        return Still(self._file().read_bytes(), held, tuple(self.everything), self.now)

    def go_on_from(self, still: Still) -> None:
        """Begin anew where a chat stood that may have been another."""
        self._file().write_bytes(still.file)
        self.everything[:] = still.shown
        self._open(Clock(still.now), *still.held)

    def _file(self) -> Path:
        """Give the SQLite file, which nobody has open, so that nothing stands beside it."""
        self.runner.run(self._let_go())
        file = Path(str(self._storage.engine.url.database))
        assert not file.with_name(f"{file.name}-wal").exists()
        return file

    @property
    def storage(self) -> Storage:
        """The database, which whoever asks for it may change."""
        self.played = None
        return self._storage

    @property
    def now(self) -> datetime:
        return self.local.clock.now()

    def join(self, name: str, **options: str) -> Screen:
        """Let somebody in, with `zone`, `locale`, `role`, `workspace`; the first coordinates."""
        return self._act(self.stage.join(lines.JoinLine(name, options)))

    def leave(self, name: str) -> Screen:
        """Have somebody leave their workspace."""
        return self._act(self.stage.leave(lines.LeaveLine(name)))

    def say(self, name: str, words: str, where: str = "") -> Screen:
        """Say words or give a `/command`, in `#channel`, `#channel/thread` or alone (`@`)."""
        return self._act(self.stage.say(lines.SayLine(name, words, where)))

    def press(self, name: str, label: str, on: str = "") -> Screen:
        """Press the newest button of this label, or of this `group.command?option=value`."""
        return self._act(self.stage.press(lines.PressLine(name, label, on)))

    def choose(self, name: str, label: str, option: str, on: str = "") -> Screen:
        """Choose from the newest menu of this label or command."""
        return self._act(self.stage.choose(lines.ChooseLine(name, label, option, on)))

    def fill(self, name: str, /, **values: str) -> Screen:
        """Fill fields of the open form, by name, and send it off."""
        return self._act(self.stage.fill(lines.FillLine(name, values)))

    def dismiss(self, name: str) -> None:
        """Close the open form."""
        self._act(self.stage.dismiss(lines.DismissLine(name)))

    def together(self, *presses: tuple[str, str]) -> Screen:
        """Have several people press at the same time: (name, label) each."""

        async def all_at_once() -> None:
            await asyncio.gather(*(self.stage.press(lines.PressLine(*press)) for press in presses))

        return self._act(all_at_once())

    def forge(self, name: str, command: str, where: str = "", /, **args: str) -> Screen:
        """Call a command as no button of the chat would: forged, outdated, of somebody else."""
        who = self.stage.somebody(name)
        place = self.stage.place(where, who) or self.stage.alone(who)
        call = self.stage.call(name, place, command, args)
        return self._act(self.local.platform.execute(call))

    def time(self, to: str | datetime) -> Screen:
        """Move the clock: `+3d`, `+2h30m`, or an instant; gives what was shown on the way."""
        until = to if isinstance(to, datetime) else lines.read_time(to, self.now)
        return self._act(self.local.advance(until))

    def seen(self, name: str) -> Screen:
        """Give what somebody sees now, the oldest first: channels, private things, their form."""
        who = self.stage.somebody(name).handle
        visible = reversed(list(self.local.platform.visible(who)))
        opened = self.local.platform.forms.get(who)
        screen = Screen(posted.seen(self.now) for posted in visible)
        return screen if opened is None else Screen([*screen, opened.seen(self.now, who)])

    def last(self, to: str) -> Shown:
        """Give what `@person` or `#channel` was shown last."""
        return next(shown for shown in reversed(self.everything) if is_to(shown, to))

    def _act(self, act: Coroutine[Any, Any, None]) -> Screen:
        self.played = None
        before = len(self.everything)

        async def settled() -> None:
            await act
            await self.local.settle()

        self.runner.run(settled())
        self.following.check()
        return Screen(self.everything[before:])


@contextmanager
def chatting(url: str, clock: datetime = START) -> Iterator[Chat]:
    """Open a chat on a migrated database for a while."""
    with closing(Storage(url)) as storage, closing(Chat(storage, clock)) as chat:
        yield chat


@contextmanager
def staged(storage: Storage, clock: datetime = START) -> Iterator[Chat]:
    """Open a chat for scenes on a SQLite file in which nothing is yet."""
    with closing(Chat(storage, clock)) as chat:
        chat.played = (clock,)
        yield chat
