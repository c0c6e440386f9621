"""Words a digest out of what each area adds to it: what is new, what is next, what waits."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.chat import Block, Button, Heading, Items, Message, button
from bot.groups import Group
from bot.i18n import Text, t, tn
from bot.notices import Issue, Sending, Share
from bot.rules.digests import WEEKLY, ahead
from storage import Records
from storage.people import Member

NEW, NEXT, WAITS = 5, 5, 3
"""How many lines each part has at most, beside one that counts the others."""


def digest_of(groups: Iterable[Group], records: Records, sending: Sending) -> Message | None:
    """Word somebody's digest; None when they want none, or where nothing is new or next."""
    member = sending.member
    if member is None or not member.digest:
        return None
    issue = _issue(records, member, sending)
    shares = [part(issue, records) for group in groups for part in group.told]
    return _worded(shares, sending.args["often"])


def _issue(records: Records, member: Member, sending: Sending) -> Issue:
    since, until = (datetime.fromisoformat(sending.args[name]) for name in ("since", "until"))
    zone = member.effective_zone or records.community.zone
    return Issue(member, since, until, sending.now, ahead(sending.args["often"], until, zone))


def _worded(shares: Sequence[Share], often: str) -> Message | None:
    new = [lines for share in shares for lines in share.new]
    next = [line for share in shares for line in share.next]
    waits = [line for share in shares for line in share.waits]
    if not any(new) and not next:
        return None
    title, coming = t("Your digest for the month ahead"), t("Until the end of next month")
    if often == WEEKLY:
        title, coming = t("Your weekly digest"), t("In the next 7 days")
    blocks = (
        *_part(t("New"), new, NEW),
        *_part(coming, [next], NEXT),
        *_part(t("Waiting for you"), [waits], WAITS),
    )
    menus = tuple(menu for share in shares for menu in share.choices)
    return Message(title, blocks, _foot(), menus)


def _part(heading: Text, kinds: Sequence[Sequence[Text]], most: int) -> tuple[Block, ...]:
    """Show a line of each kind first, then more of each, in their order."""
    places = [(at, kind) for kind, lines in enumerate(kinds) for at in range(len(lines))]
    shown = sorted((kind, at) for at, kind in sorted(places)[:most])
    lines = [kinds[kind][at] for kind, at in shown]
    more = len(places) - len(lines)
    lines += [tn("and {count} more", "and {count} more", more)] if more else []
    return (Heading(heading), Items(tuple(lines))) if lines else ()


def _foot() -> tuple[Button, ...]:
    return (
        button(t("See sessions"), "session.list"),
        button(t("My week"), "my.week"),
        button(t("Change digest…"), "my.reminders"),
        button(t("Stop digest"), "my.stop-digest"),
    )
