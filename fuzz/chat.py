"""Calls commands in the local chat, in whatever way and as whoever somebody can be."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from sqlalchemy import select

from bot.adapters.local.lines import FillLine, PressLine
from bot.adapters.local.player import Player
from bot.adapters.local.render import Renderer
from bot.chat import Account, Place, decoded
from bot.errors import UserError
from bot.protocol import Answer, Ask, Call
from fuzz.area import Take, Wrong, ensure
from fuzz.dice import Dice
from fuzz.options import BY_NAME, COMMANDS, options, typed
from fuzz.worlds import database, rows_of, sound
from storage import Storage, metadata
from tests.bot.handlers.test_forged import TABLES
from tests.chatting import Chat, Still
from tests.openspaces import CHANGE, DUTCH, QUESTION, YOUNG, elsewhere, with_board

PEOPLE = ("maria", "bruno", "amina", "gus")
"""A coordinator, one of the core group, a member and a guest."""
ROLES = {"maria": "coordinator", "bruno": "core", "gus": "guest"}
STRANGER = "stranger"
OURS, THEIRS = (QUESTION, YOUNG, CHANGE, DUTCH), ("Their secret", "Theirs?")
"""Words that nobody may read in the other community."""
PLACES = ("", "#general", "#open-space", "#open-space/1", "@")
MENTIONS = (
    "<@bruno|bruno>",
    "@amina",
    "<@nobody|x>",
    "<#general|general>",
    "#open-space",
    "<#x|y>",
)
LINES = ("who", "help", "time", "time +1h", "time +1d", "join lee role=guest", "amina: dismiss")


@cache
def _begin() -> Still:
    """Play what every lot begins with, once for this process."""
    with database() as url, closing(Storage(url)) as storage, closing(Chat(storage)) as chat:
        with_board(chat)
        chat.join("gus", role="guest")
        chat.say("maria", '/session plan title="Budgets" when="2026-11-10 15:00"', "#general")
        chat.press("maria", "Announce now")
        chat.say("maria", '/session move Budgets "2026-11-12 15:00"')
        chat.say("maria", "/community role @bruno core")
        elsewhere(chat)
        return chat.still()


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give a chat with one of everything; in one lot of five a stranger calls, else ours do."""
    begin = _begin()
    with database() as url, closing(Storage(url)) as storage, closing(Chat(storage)) as chat:
        chat.go_on_from(begin)
        calls = Calls(chat, foreign=dice.one_in(5))
        yield calls.take
        calls.ensure_apart()
        sound(storage.engine)


class Calls:
    """What is asked of one chat."""

    def __init__(self, chat: Chat, *, foreign: bool) -> None:
        self.chat = chat
        self.foreign = foreign
        self.dispatcher = chat.local.dispatcher
        self.player = Player(chat.stage, chat.local)
        self.ids = self._ids()
        self.other = self._communities()[0 if foreign else 1]
        self.before = rows_of(chat.storage.engine, self.other)
        self.shown = len(chat.everything)

    def _communities(self) -> list[int]:
        with self.chat.storage.engine.connect() as connection:
            query = select(metadata.tables["communities"].c.id)
            return sorted(connection.execute(query).scalars())

    def _ids(self) -> Mapping[str, Sequence[str]]:
        """Give the ids of all that arguments refer to, of both communities."""
        with self.chat.storage.engine.connect() as connection:
            return {
                area: [
                    str(id)
                    for id in connection.execute(select(metadata.tables[name].c.id)).scalars()
                ]
                for area, name in TABLES.items()
            }

    def ensure_apart(self) -> None:
        """Ensure that nothing of the other community has changed."""
        after = rows_of(self.chat.storage.engine, self.other)
        changed = [name for name, rows in after.items() if rows != self.before[name]]
        ensure(not changed, f"rows of another community changed: {changed}")

    def take(self, dice: Dice) -> None:
        """Ask one thing, in one of the ways there are."""
        self._let_in()
        if dice.one_in(8):
            self._complete(dice)
        elif self.foreign:
            self._ask_from_elsewhere(dice)
        else:
            ways = (self._type, self._type, self._forge, self._forge, self._press, self._fill)
            dice.choice((*ways, self._line) if dice.one_in(3) else ways)(dice)
        self._ensure_seemly(THEIRS)

    def _let_in(self) -> None:
        """Let in again who was erased."""
        for name in PEOPLE:
            if name not in self.chat.local.platform.people:
                self.chat.join(name, role=ROLES.get(name, "member"))

    def _ensure_seemly(self, secrets: Sequence[str]) -> None:
        """Ensure that nothing was shown that is others', or that a terminal would obey."""
        for shown in self.chat.everything[self.shown :]:
            words = f"{shown.title}\n{shown.text}\n{shown.error}\n{shown.form or ''}"
            ensure(not any(secret in words for secret in secrets), f"read elsewhere: {words[:300]}")
            ensure(not {"\x00", "\x1b"} & set(words), f"control characters: {words[:300]!r}")
        self.shown = len(self.chat.everything)

    def _args(self, dice: Dice, command: str) -> dict[str, str]:
        return options(BY_NAME[command], self.ids, MENTIONS, dice)

    def _type(self, dice: Dice) -> None:
        command = dice.choice(COMMANDS).name
        words = typed(command, self._args(dice, command), dice)
        with _refused():
            self.chat.say(dice.choice(PEOPLE), f"/{words}", dice.choice(PLACES))

    def _forge(self, dice: Dice) -> None:
        command = dice.choice(COMMANDS).name
        args, who = self._args(dice, command), dice.choice(PEOPLE)
        name = dice.damaged(command) if dice.one_in(30) else command
        self._call(who, dice, name, args)

    def _press(self, dice: Dice) -> None:
        who = dice.choice(PEOPLE)
        seen = list(self.chat.local.platform.visible(who))[:30]
        calls = [one.command for posted in seen for one in posted.shown.buttons]
        menus = [(one, posted) for posted in seen for one in posted.shown.choices]
        if menus and dice.one_in(3):
            menu, _ = dice.choice(menus)
            value = dice.value() if dice.one_in(2) else dice.choice(menu.options).value
            command, args = decoded(menu.command)
            self._call(who, dice, command, args | {menu.option: value})
        elif calls:
            call = dice.choice(calls)
            if dice.one_in(2):
                self._call(who, dice, *decoded(dice.damaged(call)))
            else:
                with _refused():
                    self.chat._act(self.chat.stage.press(PressLine(who, call)))

    def _call(self, who: str, dice: Dice, command: str, args: Mapping[str, str]) -> None:
        stage = self.chat.stage
        caller = stage.somebody(who)
        place = stage.place(dice.choice(PLACES), caller) or stage.alone(caller)
        call = stage.call(who, place, command, args)
        self.chat._act(self.chat.local.platform.execute(call))

    def _fill(self, dice: Dice) -> None:
        who = dice.choice(PEOPLE)
        opened = self.chat.local.platform.forms.get(who)
        if opened is None:
            self._type(dice)
            return
        command = BY_NAME.get(opened.form.command)
        made = options(command, self.ids, MENTIONS, dice) if command else {}
        names = {one.name for one in opened.form.fields}
        values = {name: value for name, value in made.items() if name in names}
        with _refused():
            self.chat._act(self.chat.stage.fill(FillLine(who, values)))

    def _line(self, dice: Dice) -> None:
        line = dice.choice(LINES)
        if dice.one_in(2):
            words = typed(dice.choice(COMMANDS).name, {}, dice)
            line = dice.damaged(f"{dice.choice(PEOPLE)} in #general: /{words}")
            line = line if not line.lstrip("\ufeff ").startswith("time") else "who"
        self.chat._act(_played(self.player, line))

    def _complete(self, dice: Dice) -> None:
        command = dice.choice(COMMANDS)
        call = self._made(dice, command.name)
        option = dice.choice([one.name for one in command.arguments] or ["x"])
        found = self.dispatcher.suggestions(call, option, dice.value()[:3000])
        words = str(found)
        hidden = OURS if self.foreign else THEIRS
        ensure(not any(secret in words for secret in hidden), f"suggested elsewhere: {words[:300]}")
        ensure(len(found) <= 25, "more than 25 are suggested")

    def _made(self, dice: Dice, command: str) -> Call:
        """Make a call with nothing but what a platform says of somebody."""
        who, workspace = (STRANGER, "elsewhere") if self.foreign else (dice.choice(PEOPLE), "local")
        account = Account("local", workspace, who)
        return Call(
            account, Place("local", workspace, dice.choice(("", "x", "general"))), command,
            self.chat.now, self._args(dice, command), name=dice.words()[:300],
            locale=dice.choice(("en", "fr", "xx")), role=dice.choice(("", "coordinator")),
            event=dice.choice(("", dice.value()[:60])),
            form=dice.choice(("", "page", "sent", "anew")),
        )  # fmt: skip

    def _ask_from_elsewhere(self, dice: Dice) -> None:
        answer = asyncio.run(_answered(self, self._made(dice, dice.choice(COMMANDS).name)))
        renderer = Renderer("local", "elsewhere", answer.reader, public=False)
        reply: Any = answer.reply
        words = str(
            renderer.form(reply.form) if isinstance(reply, Ask) else renderer.message(reply.message)
        )
        found = [secret for secret in OURS if secret in words]
        if found:
            raise Wrong(f"a stranger reads {found}: {words[:300]}")


async def _answered(calls: Calls, call: Call) -> Answer:
    return await calls.dispatcher.answer(call)


async def _played(player: Player, line: str) -> None:
    await player.play(line)


@contextmanager
def _refused() -> Iterator[None]:
    """Let a sentence to who acts pass: they see no such button, or have no form open."""
    try:
        yield
    except UserError:
        return
