"""Words who is who."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat import Block, Context, Fields, Items, Message, Option, Paragraph, button, choice, said
from bot.handlers.people.words import digests
from bot.i18n import LanguageName, Text, TimeOfDay, ZoneName, joined, plain, t
from bot.moments import Reminding
from bot.options.reminders import exactly
from bot.plain_text import shortened
from bot.wording.pages import paged
from bot.wording.roles import ROLES
from bot.wording.wishes import STOPPED, reminded, reminded_when, ways_on
from storage.community import Community
from storage.guests import ALL, DIGEST
from storage.people import Member

BRINGS = 100
"""Characters of what somebody brings that are shown of each in a list."""


def profile(member: Member, *, own: bool = False) -> Message:
    """Word a member's profile; one's own with a button to change it."""
    facts = Fields(tuple((label, value) for label, value in _facts(member) if value))
    if not own:
        return Message(plain(member.name), (facts,))
    seen = Context(t("Only members of this community see this."))
    blocks = (facts, seen, Fields(_wishes(member)))
    return Message(plain(member.name), blocks, (button(t("Change"), "my.profile"),))


def reminders(member: Member, home: Community, digest_at: datetime | None) -> Message:
    """Say when somebody is reminded from now on, with the way to choose otherwise.

    `digest_at` is when their next digest comes, where that is said as well.
    """
    quiet = home.quiet_from, home.quiet_to
    own = (member.quiet_from, member.quiet_to)
    start, end = (at if own_at is None else own_at for at, own_at in zip(quiet, own, strict=True))
    at = member.reminds_at
    asleep = at is not None and (start <= at < end if start <= end else at >= start or at < end)
    told = {"start": TimeOfDay(start), "end": TimeOfDay(end)}
    early = t("That hour is in quiet hours, {start} to {end}: I'll remind you before them.", **told)
    small = (Context(early),) if asleep else ()
    blocks: tuple[Block, ...] = (Paragraph(reminded(member)), *small)
    stop = digests.ways_on(member) if digest_at else ()
    blocks = (*blocks, *digests.sentence(member, digest_at), *_by_mail(member))
    return Message(blocks=blocks, buttons=(*ways_on(member), *stop))


def _by_mail(member: Member) -> tuple[Paragraph, ...]:
    """Say what comes by mail, where somebody chose that."""
    words = {DIGEST: t("Your digest comes by e-mail."), ALL: t("All of this comes by e-mail.")}
    return (Paragraph(words[member.reached_by]),) if member.reached_by in words else ()


def stopped(before: Reminding) -> Message:
    """Say that somebody is reminded no more, with the way back to what they had chosen."""
    return said(STOPPED, button(t("Undo"), "my.reminders-again", before=exactly(before)))


def _wishes(member: Member) -> tuple[tuple[Text, Text], ...]:
    """Give what is kept for the person alone."""
    spoken = member.locale and plain(LanguageName(member.locale, own=True))
    speaks = ((t("Language for messages"), spoken),) if spoken else ()
    return (*speaks, (t("Reminders"), reminded_when(member)), *digests.often(member))


def _facts(member: Member) -> tuple[tuple[Text, Text], ...]:
    spoken = joined([plain(LanguageName(code)) for code in member.languages], ", ")
    zone = member.effective_zone
    return (
        (t("Organisation"), plain(member.organisation) if member.organisation else Text("")),
        (t("Region"), plain(member.region) if member.region else Text("")),
        (t("Time zone"), plain(ZoneName(zone)) if zone else Text("")),
        (t("Languages"), spoken if member.languages else Text("")),
        (t("Offers"), plain(member.brings) if member.brings else Text("")),
        (t("Looking for"), plain(member.seeks) if member.seeks else Text("")),
        (t("Role"), ROLES[member.role]),
    )


def found(members: Sequence[Member], called: str, number: int) -> Message:
    """Word a page of who was found."""
    if not members:
        return said(t("I didn't find anyone like that."))
    page = paged(members, number)
    items = tuple(_line(member) for member in page.things)
    options = tuple(Option(str(member.id), plain(member.name)) for member in page.things)
    show = choice(t("Show"), "people.show", "person", options)
    turns = page.turns("people.find", called=called)
    return Message(t("Who's who"), (Items(items), *page.foot), turns, (show,))


def _line(member: Member) -> Text:
    about = [word for word in (member.organisation, member.region) if word]
    name = plain(member.name)
    who = joined((name, plain(f"({', '.join(about)})"))) if about else name
    who = t("{who} (guest)", who=who) if member.role == "guest" else who
    brings = shortened(" ".join(member.brings.split()), BRINGS)
    return t("{who}: {brings}", who=who, brings=brings) if brings else who


def saved(member: Member) -> Message:
    """Confirm what is kept of a person now."""
    told = profile(member, own=True)
    name = Fields(((t("Name"), plain(member.name)),))
    return Message(t("Thank you, I've saved your profile"), (name, *told.blocks), told.buttons)
