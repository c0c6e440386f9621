"""Words a message as plain text, for mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.adapters.mail.links import ButtonRow, address, rows
from bot.chat import (
    Actions,
    Block,
    Context,
    Fields,
    Heading,
    Items,
    Message,
    Paragraph,
    Picture,
    Quote,
)
from bot.i18n import Text, labelled, render
from bot.plain_text import as_plain_text
from bot.protocol import Reader


@dataclass(frozen=True, slots=True)
class PlainText:
    """Words things for one reader; links begin with `page`, and without it there are none."""

    reader: Reader
    page: str

    def words(self, text: Text) -> str:
        """Word a text."""
        return render(text, self.reader.locale, partial(as_plain_text, reader=self.reader))

    def message(self, message: Message, foot: Sequence[Text], title: str = "") -> str:
        """Word a message below a title, if there is one, and above a line what is at its foot."""
        parts = [title]
        parts += [part for block in message.blocks for part in self._block(block)]
        parts += self._rows(rows(message.buttons, message.choices))
        parts += ["-- \n" + "\n".join(map(self.words, foot))]
        return "\n\n".join(part for part in parts if part) + "\n"

    def first_line(self, message: Message) -> str:
        """Give what a message begins with."""
        every = (part for block in message.blocks for part in self._block(block))
        return next((part for part in every if part.strip()), "").partition("\n")[0]

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(text) | Context(text) | Heading(text):
                yield self.words(text)
            case Quote(text):
                yield "\n".join(f"> {line}" for line in self.words(text).splitlines())
            case Fields(pairs):
                named = ((self.words(labelled(name)), value) for name, value in pairs)
                yield "\n".join(f"{name} {self.words(value)}" for name, value in named)
            case Items(items, numbered):
                signs = [f"{n}." if numbered else "-" for n in range(1, len(items) + 1)]
                lines = zip(signs, map(self.words, items), strict=True)
                yield "\n".join(f"{sign} {words}" for sign, words in lines)
            case Picture(_, alt):
                yield self.words(alt)
            case Actions(buttons, choices):
                yield from self._rows(rows(buttons, choices))

    def _rows(self, every: Iterator[ButtonRow]) -> Iterator[str]:
        for row in every if self.page else ():
            lines = [self.words(row.label)] if row.label else []
            lines += [self._link(label, call) for label, call in row.links]
            yield "\n".join(lines)

    def _link(self, label: Text, call: str) -> str:
        return f"{self.words(labelled(label))} {address(self.page, call, self.words(label))}"
