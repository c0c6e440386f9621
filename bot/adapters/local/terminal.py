"""Lets a person sit in the chat: a prompt that completes, forms asked field by field."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

from bot.adapters.local.asking import HOW, FormPrompt, Left
from bot.adapters.local.completing import Completing
from bot.adapters.local.keys import prompt_keys
from bot.adapters.local.lines import FillLine, unquoted
from bot.adapters.local.player import HELP, Player
from bot.adapters.local.seat import ME, Seat
from bot.adapters.local.shown import Shown
from bot.errors import UserError
from bot.groups import Group
from bot.i18n import Text, render, t
from bot.protocol import Call, Complete

LATEST = 2
"""Messages that fit on a screen of 30 lines, with what can be tried below."""
Check = Callable[[Call, str, str], Awaitable[str]]


class Terminal:
    """One person at a prompt, who can speak as anybody here."""

    def __init__(
        self,
        player: Player,
        groups: Mapping[str, Group],
        complete: Complete,
        check: Check,
    ) -> None:
        self.player, self.stage = player, player.stage
        self.platform = player.stage.platform
        self.locale = player.locale
        self.player.help = (*HELP, *MORE)
        self.seat = Seat(player)
        self.check = check
        self.completing = Completing(
            self.stage, groups, complete, lambda: self.seat.me, self.locale
        )
        self._print = self.platform.show
        self.asking = FormPrompt(self.completing, self._fault, self._print)
        self.session: PromptSession[str] = PromptSession(
            completer=self.completing,
            bottom_toolbar=self._foot,
            complete_while_typing=True,
            key_bindings=prompt_keys(),
        )

    async def run(self) -> None:
        """Take lines until the person leaves."""
        show, self.platform.show = self.platform.show, self._show
        await self.seat.take()
        self._welcome()
        with patch_stdout(raw=True):
            while await self._turn():
                continue
        self.platform.show = show

    async def _turn(self) -> bool:
        """Take one line; False when it was the last."""
        try:
            line = await self.session.prompt_async(f"{self.seat.me} in {self.seat.where}> ")
        except KeyboardInterrupt:
            return True
        except EOFError:
            return False
        before = dict(self.platform.forms)
        try:
            goes_on = await self._own(line.strip()) or await self.player.play(self.seat.meant(line))
        except UserError as error:
            self._print(Shown(error=self._word(error.text)))
            return True
        for person, opened in list(self.platform.forms.items()):
            if before.get(person) is not opened:
                await self._ask(person)
        return goes_on

    async def _own(self, line: str) -> bool:
        """Do what only a prompt knows: speak as somebody else, elsewhere, go on with a form."""
        head, _, rest = line.partition(" ")
        if head == "as" and rest:
            self.seat.me = self.stage.somebody(rest.strip().lstrip("@")).handle
        elif head == "in" and rest[:1] in ("#", "@"):
            self.seat.where = rest.strip()
        elif head == "save" and rest:
            self._save(unquoted(rest.strip()))
        elif line == "form":
            self.stage.opened(self.seat.me)
            await self._ask(self.seat.me)
        else:
            return False
        return True

    def _save(self, name: str) -> None:
        """Write the newest file of a name that one can see into the folder one is in."""
        seen = (one for posted in self.platform.visible(self.seat.me) for one in posted.shown.files)
        found = next((file for file in seen if file.name == name), None)
        if found is None:
            raise UserError(t("You haven't been sent a file called “{name}”.", name=name))
        path = Path(Path(name).name).absolute()
        try:
            with path.open("xb") as file:
                file.write(found.content)
        except OSError as error:
            why = error.strerror or ""
            words = t("I can't write {path}: {why}", path=str(path), why=why)
            raise UserError(words) from error
        self._tell(t("I've saved it as {path}.", path=str(path)))

    async def _ask(self, person: str) -> None:
        """Ask a form field by field, until it is done or left."""
        again = False
        while (opened := self.platform.forms.get(person)) is not None:
            self._introduce(opened.seen(self.platform.now(), person))
            try:
                fill = await self.asking.ask(person, opened, again=again)
            except Left as left:
                self.platform.open(person, opened.filled(left.values))
                if await self.player.kept(self.platform.saved()):
                    self._tell(
                        t("I've kept the form. Type form to continue it, or dismiss to close it.")
                    )
                return
            await self.player.act(FillLine(person, fill))
            again = True

    async def _fault(self, person: str, command: str, option: str, typed: str) -> str:
        """Say what is wrong with a value that somebody types into a form."""
        alone = self.stage.alone(self.stage.somebody(person))
        return await self.check(self.stage.call(person, alone, command), option, typed)

    def _introduce(self, shown: Shown) -> None:
        form = shown.form
        if form is not None:
            words = "\n".join(part for part in (form.intro, self._word(HOW)) if part)
            self._print(replace(shown, title=form.title, parts=(words,), form=None))

    def _show(self, shown: Shown) -> None:
        """Print what appears, but for forms, which are asked."""
        if shown.form is None:
            self._print(shown)

    def _welcome(self) -> None:
        """Show what was said last, and what one can try."""
        seen = [
            posted
            for _, posted in zip(range(LATEST), self.platform.visible(self.seat.me), strict=False)
        ]
        for posted in reversed(seen):
            self._print(posted.seen(posted.at))
        others = [name for name in self.platform.people if name != ME]
        for example, meaning in _tries(*others[:1]):
            self._print(Shown(parts=(f"{example} — {self._word(meaning)}",)))

    def _foot(self) -> str:
        return f"{self.platform.now():%a %d %b %Y %H:%M} UTC"

    def _tell(self, text: Text) -> None:
        self._print(Shown(parts=(self._word(text),)))

    def _word(self, text: Text) -> str:
        return render(text, self.locale, str)


MORE = (
    ("/session plan", t("without a name in front, it's you, in the place the prompt shows")),
    ("as bruno, in #news", t("speak as somebody else, or in another channel")),
    ("form", t("continue a form you left")),
    ("save proceedings.md", t("save a file you were sent into this folder")),
)
"""What only a prompt understands."""


def _tries(other: str = "") -> Iterator[tuple[str, Text]]:
    """Say in three lines what to try."""
    yield '/session list, press "Coming"', t("see what's on, and answer")
    if other:
        yield (
            f"as {other}, as me",
            t("become somebody else, in another time zone and language, and come back"),
        )
    else:
        yield "join bruno zone=America/Bogota locale=es", t("let somebody in")
    yield "time +3d, help, quit", t("move the clock and see what's sent; see all the rest; leave")
