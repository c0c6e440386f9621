"""Words the link by which somebody signs in on the web."""

from bot.chat import Context, Link, Message, Paragraph
from bot.i18n import plain, t


def link(url: str) -> Message:
    """Hand over a link for one browser."""
    use = t("Open this link within ten minutes, in the browser you want to use:")
    once = t("It works once. You stay signed in for a day. Don't pass it on.")
    blocks = (Paragraph(use), Paragraph(plain(Link(url))), Context(once))
    return Message(t("My page"), blocks)
