"""Words what everybody on the web may read of a community's sessions."""

from bot.chat import Button, Items, Message, Paragraph, button, said
from bot.i18n import plain, t


def switch(*, public: bool) -> tuple[Button, ...]:
    """Give the buttons by which everybody may read page and calendars, or nobody any more."""
    write = button(t("Write the public page…"), "community.public-page")
    if public:
        stop = button(t("Stop publishing"), "community.publish-calendar", "danger", public="no")
        return (write, stop)
    return (button(t("Publish for everybody…"), "community.public-calendar"), write)


def about_to_publish(*, web: bool) -> Message:
    """Say what everybody could read."""
    if not web:
        return said(t("First, whoever runs me has to set a public address for me."))
    seen = t("I'll make a page and calendars that everybody on the web can read, with:")
    items = (
        t("The name of the community, what it says of itself, and how to join"),
        t("Programmes and their dates, and past sessions"),
        t("Title, description, agenda and languages of each announced session"),
        t("When each session is, and where on site"),
        t("That a session moved or was cancelled, and why"),
    )
    not_seen = t("Not: the link to the call, recordings, who hosts, who comes.")
    yes = button(t("Publish"), "community.publish-calendar", "primary", public="yes")
    blocks = (Paragraph(seen), Items(items), Paragraph(not_seen))
    write = button(t("Write the public page…"), "community.public-page")
    return Message(t("Public page and calendars"), blocks, (yes, write))


def written(url: str) -> Message:
    """Confirm what the page for everybody says now, with its address where it is published."""
    again = button(t("Change"), "community.public-page")
    if not url:
        publish = button(t("Publish for everybody…"), "community.public-calendar")
        return said(t("I've kept it for the page. Nobody else can read it yet."), again, publish)
    words = t("The page says that now:")
    return Message(blocks=(Paragraph(words), Paragraph(plain(url))), buttons=(again,))


def published(page: str, calendar: str, *, public: bool) -> Message:
    """Confirm that page and calendars are public, or aren't any more."""
    undo = button(t("Undo"), "community.publish-calendar", public="no" if public else "yes")
    if not public:
        return said(t("Nobody can read the page any more, and only members get calendars."), undo)
    words = (t("Everybody can read your page now:"), plain(page))
    more = (t("And follow your sessions in a calendar, at this address:"), plain(calendar))
    write = button(t("Write the public page…"), "community.public-page")
    return Message(blocks=(*map(Paragraph, (*words, *more)),), buttons=(write, undo))
