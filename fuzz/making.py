"""Makes messages and forms whose words are hostile, as the core would hand them to a platform."""

from datetime import date, datetime, timedelta
from typing import get_args

from bot.chat import (
    Account,
    Actions,
    Block,
    Button,
    Choice,
    CommandRef,
    Context,
    Day,
    Fields,
    File,
    Items,
    Link,
    Message,
    Moment,
    Option,
    Paragraph,
    Person,
    Picture,
    Place,
    Quote,
    Rule,
    encoded,
)
from bot.i18n import Text, labelled, plain, t
from bot.protocol import Field, Form, Widget
from bot.signs import named, storable
from fuzz.corpus import LINKS, ZONES
from fuzz.dice import Dice

WIDGETS: tuple[Widget, ...] = get_args(Widget)
PLATFORMS = ("slack", "discord", "local")
NOW = datetime.fromisoformat("2026-11-02T08:00:00+00:00")


class Maker:
    """Makes things of words that people wrote; values of other kinds too where it is `rich`.

    `said` are the words that have to be read in the end.
    """

    def __init__(self, dice: Dice, *, rich: bool) -> None:
        self.dice = dice
        self.rich = rich
        self.said: list[str] = []

    def words(self) -> str:
        """Write words as they come from a call."""
        return storable(self.dice.words())

    def text(self) -> Text:
        """Make a text of which every word is to be read."""
        words = self.words()
        self.said.append(words)
        one = plain(words)
        if self.rich and self.dice.one_in(2):
            return t("{host} hosts {title} {when}", host=self._value(), title=one, when=words[:40])
        return labelled(one) if self.dice.one_in(8) else one

    def _value(self) -> object:
        dice, platform = self.dice, self.dice.choice(PLATFORMS)
        name = named(dice.words())
        return dice.choice(
            (
                Person(name, (Account(platform, "T1", dice.choice(("U1", "1", "amina"))),)),
                Place(platform, dice.choice(("T1", "T2")), dice.choice(("C1", "7", "x y")), name),
                Link(dice.choice((*LINKS, self.words())), dice.choice(("", self.words()))),
                Moment(NOW + timedelta(minutes=dice.randint(-(10**6), 10**7)), "", "full"),
                Moment(NOW, dice.choice(ZONES), dice.choice(("full", "hour", "relative"))),
                Day(date(dice.randint(1970, 2499), 2, 28)),
                CommandRef("session", dice.choice(("", "plan"))),
                dice.randint(-(10**9), 10**12), 1.5, True,
            )
        )  # fmt: skip

    def button(self) -> Button:
        """Make a button."""
        call = encoded("session.rsvp", {"x": self.dice.randint(0, 99), "y": "é" * 8})
        return Button(plain(self.words()), call, self.dice.choice(("", "primary", "danger")))

    def choice(self) -> Choice:
        """Make a menu of any length."""
        options = self.options(self.dice.choice((1, 3, 26, 101, 130)))
        return Choice(plain(self.words()), "session.rsvp?x=1", "answer", options)

    def options(self, number: int) -> tuple[Option, ...]:
        """Make options, each with a value of its own."""
        return tuple(Option(f"v{at}", plain(self.words()[:300])) for at in range(number))

    def block(self) -> Block:
        """Make a block of any kind."""
        dice = self.dice
        match dice.randrange(10):
            case 0:
                return Quote(self.text())
            case 1:
                pairs = [(self.text(), self.text()) for _ in range(dice.randint(0, 6))]
                return Fields(tuple(pairs))
            case 2:
                items = tuple(self.text() for _ in range(dice.randint(0, 12)))
                return Items(items, dice.one_in(2))
            case 3:
                return Rule()
            case 4:
                return Picture(File(self.words()[:200], b"x", "image/png"), plain(self.words()))
            case 5:
                buttons = tuple(self.button() for _ in range(dice.choice((0, 1, 3, 7))))
                return Actions(buttons, (self.choice(),) if dice.one_in(3) else ())
            case 6:
                return self._context()
        return Paragraph(self.text())

    def _context(self) -> Context:
        """Make small print: plain words, of which Slack takes no more in one block."""
        words = self.words()[:2000]
        self.said.append(words)
        return Context(plain(words))

    def message(self) -> Message:
        """Make a message of any size."""
        dice = self.dice
        blocks = tuple(self.block() for _ in range(dice.choice((0, 1, 2, 3, 5, 30))))
        buttons = tuple(self.button() for _ in range(dice.choice((0, 0, 1, 4, 27))))
        files = tuple(File(self.words()[:99], b"x") for _ in range(dice.choice((0, 0, 0, 1, 12))))
        choices = tuple(self.choice() for _ in range(dice.choice((0, 0, 0, 1, 2))))
        return Message(self.text(), blocks, buttons, choices, files)

    def form(self) -> Form:
        """Make a form of any length."""
        fields = tuple(self._field(at) for at in range(self.dice.choice((0, 1, 3, 6, 41))))
        title, about, submit = (plain(f"x {self.words()}") for _ in range(3))
        intro = plain(self.words())
        return Form(title, "session.plan", fields, {}, intro, about=about, submit=submit)

    def _field(self, at: int) -> Field:
        dice = self.dice
        widget: Widget = dice.choice(WIDGETS)
        listed = widget in ("one", "several", "yesno") or dice.one_in(9)
        options = self.options(dice.choice((1, 2, 11, 26, 101))) if listed else ()
        value = dice.choice(
            ("", "v0", "v0,v1", storable(dice.value())[:19_000], "<@U1|x>", "<@1|x>")
        )
        error = plain(self.words()) if dice.one_in(4) else None
        label, hint, limit = plain(self.words()), plain(self.words()), dice.choice((0, 150, 3000))
        return Field(f"f{at}", label, widget, value, hint, error, dice.one_in(2), options, limit)
