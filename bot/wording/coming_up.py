"""Says that no session is coming up, and how past ones are found."""

from bot.chat import Button, button
from bot.i18n import Text, joined, t


def none_ahead(*, ever: bool) -> tuple[Text, tuple[Button, ...]]:
    """Give the words and the buttons for a list without sessions; `ever`: there were some."""
    plan = button(t("Plan a session"), "session.plan")
    if not ever:
        return t("No session has been announced yet."), (plan,)
    past = t("You can look through past ones.")
    words = joined((t("No sessions are coming up."), past))
    return words, (plan, button(t("Past sessions"), "session.list", past="yes"))
