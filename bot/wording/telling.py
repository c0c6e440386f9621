"""Words who is told of a change, to whoever makes it."""

from bot.i18n import Text, joined, t, tn


def telling(people: int, channels: int, *, held: bool = False) -> Text:
    """Say to whoever changed a session who else is told of it, so that nobody does it again.

    `held` says that they are told a little later.
    """
    if held and (people or channels):
        later = t(
            "I'll do that in a minute, unless you undo it. The announcement shows it right away."
        )
        return joined((telling(people, channels), later))
    if not people:
        return t("I'll tell the channel.") if channels else t("There's nobody else to tell.")
    if not channels:
        return tn("I'll tell {count} person.", "I'll tell {count} people.", people)
    return tn(
        "I'll tell the channel and {count} person.",
        "I'll tell the channel and {count} people.",
        people,
    )
