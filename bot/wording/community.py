"""Words what is said of the community itself."""

from collections.abc import Mapping, Sequence

from bot.chat import Fields, Items, Message, Paragraph, Place, button, said
from bot.commands import person
from bot.i18n import LanguageName, Text, TimeOfDay, joined, plain, t
from bot.wording.people import ROLES
from storage.community import Channel, Community
from storage.people import Member


def summary(home: Community, channels: Sequence[Channel]) -> Message:
    """Word how a community is set up."""
    quiet = t("{start} to {end}", start=TimeOfDay(home.quiet_from), end=TimeOfDay(home.quiet_to))
    spoken = [plain(LanguageName(code)) for code in home.languages or [home.locale]]
    pairs = (
        (t("Time zone"), plain(home.zone)),
        (t("Public posts in"), plain(LanguageName(home.locale))),
        (t("Languages"), joined(spoken, ", ")),
        (t("Quiet hours"), quiet),
        (t("Announcements"), _places([c for c in channels if c.announces])),
        (t("Core group"), _places([c for c in channels if c.core])),
        (t("Reminders"), _places([c for c in channels if c.reminds])),
    )
    title = plain(home.name) if home.name else t("This community")
    buttons = (button(t("Plan a session"), "session.plan"), button(t("Change"), "community.setup"))
    return Message(title, (Fields(pairs), *_lost(channels)), buttons)


def _places(channels: Sequence[Channel]) -> Text:
    if not channels:
        return t("where it was planned")
    return joined([plain(Place(c.platform, c.space, c.channel, c.name)) for c in channels], ", ")


def _lost(channels: Sequence[Channel]) -> tuple[Paragraph, ...]:
    lost = [t("{place} ({reason})", place=c.name, reason=c.lost) for c in channels if c.lost]
    words = t("I cannot post there any more: {places}", places=joined(lost, ", "))
    return (Paragraph(words),) if lost else ()


def people(members: Sequence[Member]) -> Message:
    """Word who coordinates and who is of the core group."""
    if not members:
        return said(t("This community has no core group yet. Ask whoever runs this space."))
    items = tuple(
        t("{who}: {role}", who=person(member), role=ROLES[member.role]) for member in members
    )
    return Message(t("Who keeps this community going"), (Items(items),))


def role_given(member: Member) -> Message:
    """Confirm somebody's new role."""
    words = t("{who} is now: {role}.", who=person(member), role=ROLES[member.role])
    return said(words)


def trouble(told: Mapping[str, str]) -> Message:
    """Word for coordinators that something could not be delivered, and what they can do."""
    title = t("Something could not be delivered")
    words = t("A message ({notice}) did not go out: {error}", **_known(told))
    advice = Text(told["advice"]) if told.get("advice") else t("Please tell whoever runs me.")
    return Message(title, (Paragraph(words), Paragraph(advice)))


def _known(told: Mapping[str, str]) -> dict[str, str]:
    return {"notice": told.get("notice", ""), "error": told.get("error", "")}
