"""Says when somebody is reminded of sessions, as they chose it."""

from bot.chat import Button, button
from bot.domain.telling import usual_of
from bot.i18n import Text, joined, series, t
from bot.moments import Reminding
from bot.options.reminders import exactly, parts
from storage.people import Member

STOPPED = t("I won't remind you of any session. I'll still tell you if one is moved or cancelled.")


def reminding_of(member: Member) -> Reminding:
    """Give when a member is reminded."""
    offsets = usual_of(member) if member.reminders is None else tuple(member.reminders)
    return Reminding(offsets, member.reminds_at)


def reminded(member: Member) -> Text:
    """Say in a sentence when a member is reminded, and of what."""
    chosen = reminding_of(member)
    if chosen.never:
        return STOPPED
    when = series(parts(chosen))
    if not member.reminds_maybe:
        return t("I'll remind you of sessions you're coming to: {when}.", when=when)
    words = t("I'll remind you of sessions you said yes or maybe to: {when}.", when=when)
    if 0 not in (chosen.offsets or ()):
        return words
    return joined((words, t("At the start only if you said yes.")))


def reminded_when(member: Member) -> Text:
    """Say as shortly as a profile does when a member is reminded."""
    chosen = reminding_of(member)
    when = t("Never") if chosen.never else series(parts(chosen))
    if chosen.never or not member.reminds_maybe:
        return when
    return joined((when, t("(also when you said maybe)")))


def ways_on(member: Member) -> tuple[Button, ...]:
    """Give the buttons by which somebody chooses otherwise; whoever is never reminded, begins."""
    if reminding_of(member).never:
        usual = exactly(Reminding(usual_of(member)))
        return (button(t("Remind me again"), "my.reminders", before=usual),)
    return (button(t("Choose when…"), "my.reminders"),)
