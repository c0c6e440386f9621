"""Words what stands on pages beside what the bot says itself."""

from collections.abc import Mapping, Sequence

from bot.authored import title_of
from bot.i18n import Text, t
from bot.web.sections import COORDINATING
from bot.wording.spans import span
from storage.sessions import Session

LAYOUT: Mapping[str, Text] = {
    "skip": t("Skip to the content"),
    "menu": t("Menu"),
    "coordinating": COORDINATING,
    "search": t("Search"),
    "settings": t("Settings"),
    "signed_in": t("You're signed in for a day."),
    "sign_out": t("Sign out"),
    "saved": t("Saved. You can go on later."),
}
PLACES: Mapping[str, Text] = {
    "my.week": t("My week"),
    "session.list": t("Sessions"),
    "programme.list": t("Programmes"),
    "host.rota": t("Rota"),
    "openspace.list": t("Open spaces"),
    "my.profile": t("My profile"),
}
"""Commands that lead around, and what the menu calls them; there is room for six on a phone."""
SETTINGS: Mapping[str, Text] = {
    "my.calendar": t("My calendar"),
    "my.hours": t("My hours"),
    "my.reminders": t("My reminders"),
    "my.data": t("My data"),
    "help": t("Help"),
}
"""Those that are seldom looked for, which stand below."""
CHOOSE = t("Choose")
SIGN_IN = t("Sign in")
HERE = t("Press the button to go on in this browser, for a day.")
HOW = t("To sign in, write “my page” to me where your community chats. I'll give you a link.")
HOW_BY_MAIL = t("If you only get e-mails from me, use the links in them.")
USED = t("This link was used already, or it's older than ten minutes. Ask me for a new one.")
OUT = t("You're signed out.")
GONE = t("There's no page at this address.")
ELSEWHERE = t("This page is from before you signed in. Please open it again.")
SURE = t("Press the button to do this.")
ALL_DATES = t("All dates")
SIGN_UP = t("Take part by e-mail")
PUBLIC: Mapping[str, Text] = {
    "next": t("Next sessions"),
    "none": t("No session is announced at the moment."),
    "about": t("What it's about"),
    "calendar": t("All sessions for your calendar"),
    "news": t("Announcements for a news reader"),
    "join": t("How to join"),
    "programmes": t("Programmes"),
    "dates": t("These dates for your calendar"),
    "past": t("Past sessions"),
    "sign_up": SIGN_UP,
}
STOP = t("Stop these e-mails")
STOP_SURE = t("Press the button, and I won't write to this address any more.")
STOPPED = t("I won't write to this address any more.")
START = t("Get e-mails again")
STARTED = t("I'll write to this address again.")
MAIL_GONE = t("This link doesn't work any more.")
MAIL_OLD = t("Links in e-mails work for 90 days. Please use one from a newer e-mail.")
NAME, EMAIL = t("Your name"), t("Your e-mail address")
WHICH = t("Session you're coming to")
LOOK_THERE = t("Check your inbox: I've sent you a link to confirm.")
CROWDED = t("Too many people are signing up right now. Please try again in an hour.")
MAIL_AWAY = t("I couldn't send the e-mail. Please try again in a few minutes.")
CONFIRM = t("Confirm")
CONFIRM_SURE = t("Press the button to take part.")
OLD = t("This link was used already, or it's older than a day. Please sign up once more.")
CONFIRMED = t("Thank you! You're a guest now.")
BY_MAIL = t("I'll write to you by e-mail. Each e-mail has a link to stop them.")


def coming(session: Session | None, waits: int) -> Sequence[Text]:
    """Say to what somebody comes who signed up, or that they wait for a seat."""
    if session is None:
        return ()
    if waits:
        full = t("“{title}” is full: you're on the waiting list.", title=title_of(session))
        return (full, t("I'll tell you when there's a seat for you."))
    title, when = title_of(session), span(session)
    return (t("You're coming to “{title}”: {when}.", title=title, when=when),)
