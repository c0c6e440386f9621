"""Words what is said of the community itself."""

from collections.abc import Sequence

from bot.chat import (
    Actions,
    Block,
    Button,
    Fields,
    Items,
    Message,
    Paragraph,
    Place,
    button,
    said,
)
from bot.commands import person
from bot.i18n import LanguageName, Text, TimeOfDay, joined, plain, series, t, tn, zone_name
from bot.wording.roles import ROLES
from storage.community import Channel, Community
from storage.people import Member


def summary(home: Community, channels: Sequence[Channel], *, changes: bool) -> Message:
    """Word how a community is set up, for one reader: `changes` says whether they may change it."""
    quiet = t("{start} to {end}", start=TimeOfDay(home.quiet_from), end=TimeOfDay(home.quiet_to))
    spoken = [plain(LanguageName(code)) for code in home.languages or [home.locale]]
    pairs: tuple[tuple[Text, Text], ...] = (
        (t("Time zone"), plain(zone_name(home.zone))),
        (t("Public posts in"), plain(LanguageName(home.locale))),
        (t("Languages"), joined(spoken, ", ")),
        (t("Quiet hours"), quiet),
        (t("Announcements"), _places([c for c in channels if c.announces], PLANNED)),
        (t("Core group"), _places([c for c in channels if c.core], EACH)),
        (t("Reminders"), _places([c for c in channels if c.reminds], ANNOUNCED)),
        (t("Rota"), _rota(home)),
    )
    pairs += _languages(channels)
    title = plain(home.name) if home.name else t("This community")
    own = button(t("Language of a channel…"), "community.channel-language")
    shared = button(t("Calendar of sessions"), "community.calendar")
    change = (button(t("Change"), "community.setup"), _set_rota(), own, shared) if changes else ()
    buttons = (button(t("Plan a session"), "session.plan"), *change)
    return Message(title, (Fields(pairs), *_lost(channels)), buttons)


def _languages(channels: Sequence[Channel]) -> tuple[tuple[Text, Text], ...]:
    """Give the channels that have a language of their own."""
    own = [
        t("{channel} ({language})", channel=place(one), language=LanguageName(one.locale))
        for one in channels
        if one.locale
    ]
    return ((t("Channels with a language"), joined(own, ", ")),) if own else ()


def _set_rota() -> Button:
    return button(t("Set how the rota runs"), "community.rota")


def _rota(home: Community) -> Text:
    """Say in one line how the rota runs."""
    if not home.rota_runs:
        return t("nothing by itself; you offer turns and ask hosts")
    told = t(
        "turns offered {offer} before; hosts asked {ask} before",
        offer=_days(home.rota_offer),
        ask=_days(home.rota_ask),
    )
    if not home.rota_warn:
        return told
    days = series(map(_days, home.rota_warn))
    return t("{steps}; coordinators told {days} before", steps=told, days=days)


def _days(count: int) -> Text:
    return tn("{count} day", "{count} days", count)


PLANNED = t("where the session was planned")
EACH = t("no channel; I write to each person")
ANNOUNCED = t("where the session was announced")
"""Where things are said for which no channel was chosen."""


def _places(channels: Sequence[Channel], otherwise: Text) -> Text:
    if not channels:
        return otherwise
    return joined([plain(place(channel)) for channel in channels], ", ")


def place(channel: Channel) -> Place:
    """Name a channel as messages mention it."""
    return Place(channel.platform, channel.workspace, channel.channel, channel.name)


def _lost(channels: Sequence[Channel]) -> tuple[Paragraph, ...]:
    lost = [t("{place} ({reason})", place=c.name, reason=c.lost) for c in channels if c.lost]
    words = t("I can't post there any more: {places}", places=joined(lost, ", "))
    return (Paragraph(words),) if lost else ()


def people(members: Sequence[Member]) -> Message:
    """Word who coordinates and who is of the core group."""
    if not members:
        return said(
            t("This community has no core group yet. Ask whoever manages your workspace or server.")
        )
    items = tuple(
        t("{who}: {role}", who=person(member), role=ROLES[member.role]) for member in members
    )
    return Message(t("Who to ask"), (Items(items),))


def role_given(member: Member, *undo: Button) -> Message:
    """Confirm somebody's new role, with the way back where it changed."""
    words = t("{who} now has this role: {role}.", who=person(member), role=ROLES[member.role])
    return said(words, *undo)


def role_told(member: Member, by: Member | None) -> Message:
    """Tell somebody which role they were given, and by whom if that is known."""
    more = button(t("What I can do"), "help")
    words = t("You have a new role here: {role}.", role=ROLES[member.role])
    if by is not None:
        words = t("{who} gave you a new role: {role}.", who=person(by), role=ROLES[member.role])
    return said(words, more)


def not_set_up() -> tuple[Block, ...]:
    """Word for a coordinator what comes first in a new community."""
    told = t("Your community isn't set up yet. Choose its name, time zone and channels first.")
    go = button(t("Set up the community"), "community.setup", "primary")
    return Paragraph(told), Actions((go,))


def canary() -> Message:
    """Word a message that only has to arrive."""
    return said(t("I'm testing whether my messages arrive here. You don't need to do anything."))
