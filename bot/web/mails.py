"""Renders messages as the HTML of mails: no script, nothing that is fetched from elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bot.chat import Button, Choice, CommandRef, Message
from bot.i18n import Text
from bot.plain_text import slashed
from bot.protocol import Reader
from bot.web.rendering import PageReader, page


class Links(NamedTuple):
    """How buttons and menus become links: rows of them with their labels, and their addresses."""

    rows: Callable[[Sequence[Button], Sequence[Choice]], Iterable[object]]
    address: Callable[[str, str, str], str]


class MailReader(PageReader):
    """Who reads a mail without pages: commands are named as they are typed."""

    __slots__ = ()

    def _show(self, value: object) -> str:
        if isinstance(value, CommandRef):
            return slashed(value, self.reader.locale)
        return super()._show(value)


def mail(
    message: Message, reader: Reader, pages: tuple[str, str], foot: Sequence[Text], links: Links
) -> str:
    """Render a mail; `pages` are the address of the site, and that of the pages of this mail."""
    site, own = pages
    reads = PageReader(reader, site) if site else MailReader(reader)
    title = reads.say(message.title).striptags() or "Convener"
    shown = {"message": message, "title": title, "page": own, "foot": foot}
    return page("mail.html", reads, shown | {"rows": links.rows, "address": links.address})
