"""The mail of people who are on no chat, beside a platform on which a season is played."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from bot.adapters.local import LocalPlatform, Shown, Stage, lines
from bot.adapters.local.standing import StandIn
from bot.commands import Command
from bot.errors import UserError
from bot.i18n import render
from bot.protocol import Adapter, Dispatch
from storage import Storage
from storage.community import Community
from tests.seasons.worlds import CannotPlay, by_reader


class Postbox:
    """Shows mail as the local chat does, and lets its readers press what is in it."""

    def __init__(
        self,
        storage: Storage,
        answer: Dispatch,
        now: Callable[[], datetime],
        commands: Mapping[str, Command],
    ) -> None:
        self.storage = storage
        self.screen: list[Shown] = []
        self.read = 0
        self.later: list[lines.JoinLine] = []
        """Who came before there was a community that could write to them."""
        self.platform = LocalPlatform(answer, now, self.screen.append)
        self.platform.mailed_by = self._home
        self.stage = Stage(self.platform, commands)
        self.adapter = StandIn(self.platform, "mail")

    async def _home(self, workspace: str) -> str:
        return await self.storage.look(lambda open: str(open.db.scalar(select(Community.id)) or ""))

    def is_for(self, line: lines.Line | None) -> bool:
        """Say whether a line is of somebody who is there by mail."""
        if isinstance(line, lines.JoinLine):
            return "mail" in line.options
        there = {*self.platform.people, *(one.who for one in self.later)}
        return getattr(line, "who", None) in there

    async def act(self, line: lines.Line) -> None:
        """Carry out what somebody does who is there by mail. Raises CannotPlay."""
        if isinstance(line, lines.JoinLine) and not await self._home(""):
            self.later.append(line)
            return
        for joined in (*self.later, line):
            await self._carry_out(joined)
        self.later.clear()

    async def _carry_out(self, line: lines.Line) -> None:
        acts = {
            lines.JoinLine: self.stage.join,
            lines.SayLine: self.stage.say,
            lines.PressLine: self.stage.press,
            lines.ChooseLine: self.stage.choose,
            lines.FillLine: self.stage.fill,
        }
        try:
            await acts[type(line)](line)  # type: ignore[operator]
        except UserError as error:
            raise CannotPlay(render(error.text, "en", str)) from error

    def shown(self) -> Mapping[str, str]:
        """Give what readers were shown since this was asked last."""
        begin, self.read = self.read, len(self.screen)
        return by_reader(self.screen[begin:])


class Postboxes:
    """Opens a postbox for whoever puts a bot together."""

    def __init__(self, now: Callable[[], datetime], commands: Mapping[str, Command]) -> None:
        self.now = now
        self.commands = commands
        self.opened: list[Postbox] = []

    def open(self, storage: Storage, answer: Dispatch) -> Adapter:
        """Give the adapter of a new one."""
        self.opened.append(Postbox(storage, answer, self.now, self.commands))
        return self.opened[-1].adapter
