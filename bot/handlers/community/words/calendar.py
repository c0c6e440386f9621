"""Words what everybody on the web may read of a community's sessions."""

from bot.chat import Button, Items, Message, Paragraph, button, said
from bot.i18n import plain, t


def switch(*, public: bool) -> tuple[Button, ...]:
    """Give the button by which everybody may read the calendar, or nobody any more."""
    if public:
        return (button(t("Stop publishing"), "community.publish-calendar", "danger", public="no"),)
    return (button(t("Publish for everybody…"), "community.public-calendar"),)


def about_to_publish(*, web: bool) -> Message:
    """Say what everybody could read."""
    if not web:
        return said(t("First, whoever runs me has to set a public address for me."))
    seen = t("Everybody who has the address can read of each announced session:")
    items = (
        t("Title, description, agenda and languages"),
        t("When it is, and where on site"),
        t("That it moved or was cancelled, and why"),
    )
    not_seen = t("Not: the link to the call, recordings, who hosts, who comes.")
    yes = button(t("Publish"), "community.publish-calendar", "primary", public="yes")
    blocks = (Paragraph(seen), Items(items), Paragraph(not_seen))
    return Message(t("Public calendar"), blocks, (yes,))


def published(url: str, *, public: bool) -> Message:
    """Confirm that the calendar is public, or isn't any more."""
    undo = button(t("Undo"), "community.publish-calendar", public="no" if public else "yes")
    if not public:
        return said(t("Only members can get the calendar now."), undo)
    words = t("Everybody can read the calendar now, at this address:")
    return Message(blocks=(Paragraph(words), Paragraph(plain(url))), buttons=(undo,))
