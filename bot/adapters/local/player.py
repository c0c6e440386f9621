"""Plays lines on the stage, one after the other, and sends what falls due in between."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Protocol

from bot.adapters.local.kept import stamp
from bot.adapters.local.lines import (
    AskLine,
    ChooseLine,
    DismissLine,
    FillLine,
    JoinLine,
    LeaveLine,
    Line,
    PressLine,
    SayLine,
    TimeLine,
    read_line,
    read_time,
)
from bot.adapters.local.render import harmless
from bot.adapters.local.shown import Shown
from bot.adapters.local.stage import Stage
from bot.errors import RecordsAway, UserError
from bot.i18n import Text, format_moment, joined, render, t

HELP: tuple[tuple[str, Text], ...] = (
    ("join amina zone=Africa/Nairobi locale=en role=core", t("let somebody in")),
    (
        "join zuri workspace=riverside",
        t("let in somebody from another workspace; zuri/riverside where two share the name"),
    ),
    ("leave zuri", t("have somebody leave; joining again brings them back")),
    ("amina in #general: /session plan", t("give a command in a channel; /help lists them all")),
    (
        "amina: /my week",
        t("give it where she last spoke; “in @” makes it a direct message to me"),
    ),
    ("amina in #general: Good morning", t("say something")),
    ('amina: press "Coming"', t("press the newest button with that label that she can see")),
    ('amina: press "Coming" on "Locally led"', t("press it on the message with that title")),
    ('bruno: choose "Remind me" = "A day before"', t("choose from a menu")),
    ('bruno: fill title="Welcome" when="tomorrow 3pm"', t("fill in a form and send it")),
    ("bruno: dismiss", t("discard the form")),
    (
        "press session.rsvp?answer=yes",
        t("the command instead of the label; its options can be in any order"),
    ),
    ("time +3d", t("move the clock; +2h30m, +1w or 2026-12-02T09:00Z work too")),
    ("time next", t("move it to when I send something next")),
    ("who, help, quit", t("see who is here, see this, leave")),
    ("# words", t("a comment; inside quotes, \\n starts a new line")),
)
"""What one can type, and what it does."""


NEXT = "next"
"""What stands for the moment when something is sent."""


class Course(Protocol):
    """The course of time: what sends deliveries as the clock reaches them."""

    async def settle(self) -> None:
        """Send what is due now. Raises RecordsAway."""

    async def advance(self, until: datetime) -> None:
        """Move the clock on, sending each delivery at its moment. Raises RecordsAway."""

    async def advance_to_next(self) -> bool:
        """Move it on until something is sent; says whether anything was. Raises RecordsAway."""


class Player:
    """Carries lines out. `failed` tells whether there was one that could not be.

    `tell` is given what the chat itself says, such as an error; else that is shown like the rest.
    """

    def __init__(
        self,
        stage: Stage,
        course: Course,
        locale: str = "en",
        tell: Callable[[Shown], None] | None = None,
    ) -> None:
        self.stage = stage
        self.course = course
        self.locale = locale
        self.tell = tell
        self.help = HELP
        self.failed = False

    async def play(self, line: str) -> bool:
        """Carry a line out and send what is due then; False when it says to quit."""
        try:
            read = read_line(line)
        except UserError as error:
            self._fail(error)
            return True
        if read is not None and read != AskLine("quit"):
            await self.act(read)
        return read != AskLine("quit")

    async def act(self, line: Line) -> None:
        """Do what a line says, or show why that cannot be; send what is due then."""
        await self.kept(self._act(line))

    async def _act(self, line: Line) -> None:
        try:
            await self.execute(line)
        except UserError as error:
            self._fail(error)
        await self.course.settle()

    async def kept(self, work: Awaitable[None]) -> bool:
        """Wait for work, and say whether it was kept; else show why, and go back to before it."""
        try:
            await work
        except RecordsAway as away:
            await self.stage.platform.go_back()
            self._fail(UserError(_away(str(away))))
            return False
        return True

    async def execute(self, line: Line) -> None:
        """Do what a line says. Raises UserError when that cannot be done."""
        match line:
            case TimeLine(words):
                await self._time(words)
            case AskLine("help"):
                self._show(Shown(parts=tuple(self._help())))
            case AskLine():
                self._show(Shown(parts=(self._word(self._who()),)))
            case JoinLine():
                await self.stage.join(line)
            case LeaveLine():
                await self.stage.leave(line)
            case SayLine():
                await self.stage.say(line)
            case _:
                await self._answer(line)

    async def _answer(self, line: PressLine | ChooseLine | FillLine | DismissLine) -> None:
        """Do what somebody does with what is before them."""
        match line:
            case PressLine():
                await self.stage.press(line)
            case ChooseLine():
                await self.stage.choose(line)
            case FillLine():
                await self.stage.fill(line)
            case DismissLine():
                await self.stage.dismiss(line)

    async def _time(self, words: str) -> None:
        now = self.stage.platform.now()
        if words == NEXT:
            if not await self.course.advance_to_next():
                raise UserError(t("I have nothing to send in the next three months."))
        elif words:
            await self.course.advance(read_time(words, now))
        else:
            self._show(Shown(parts=(format_moment(now, self.locale, "UTC"),)))

    def _help(self) -> Iterator[str]:
        """Explain line by line what one can type."""
        for example, meaning in self.help:
            yield f"{example} — {self._word(meaning)}"

    def _who(self) -> Text:
        people = [one for one in self.stage.platform.people.values() if not one.gone]
        if not people:
            return t(
                "Nobody is here yet. Let somebody in: join amina zone=Africa/Nairobi locale=en"
            )
        lines = [
            t(
                "{name}: {about}",
                name=f"@{one.handle}",
                about=", ".join(part for part in (one.role, one.zone, one.locale) if part) or "–",
            )
            for one in people
        ]
        return joined(lines, "\n")

    def _fail(self, error: UserError) -> None:
        self.failed = True
        self._show(Shown(error=self._word(error.text)))

    def _show(self, shown: Shown) -> None:
        at = stamp(self.stage.platform.now())
        tell = self.tell or self.stage.platform.show
        tell(shown if shown.error else Shown(at, parts=shown.parts))

    def _word(self, text: Text) -> str:
        return render(text, self.locale, lambda value: harmless(str(value)))


def _away(why: str) -> Text:
    return t(
        "I can't save anything right now ({why}). Please check later whether this was done.",
        why=why,
    )
