"""Words the mail by which somebody confirms that an address is theirs."""

from bot.chat import Context, Link, Message, Paragraph
from bot.i18n import plain, t


def to_confirm(name: str, url: str) -> Message:
    """Ask whoever has an address whether they want to take part."""
    wrote = t("Somebody, most likely you, wrote this address on the page of {name}.", name=name)
    opened = t("To take part, open this page and press the button:")
    nobody = t("It works for a day. If it wasn't you, do nothing: I won't write again.")
    blocks = (Paragraph(wrote), Paragraph(opened), Paragraph(plain(Link(url))), Context(nobody))
    return Message(t("Confirm that you want to take part"), blocks)
