"""Gives what digests tell hosts: what they were asked and have not answered."""

from bot.authored import title_of
from bot.commands import person
from bot.handlers.hosting.group import host
from bot.i18n import Text, t
from bot.notices import Issue, Share
from bot.wording.duties import part
from storage import Records
from storage.hosting import HOST, ROLES
from storage.sessions import Session


@host.news
def news(issue: Issue, records: Records) -> Share:
    """Tell which turns, swaps and wishes to host together wait for somebody's answer."""
    me, now = issue.reader.sight, issue.now
    turns = [
        (role, planned)
        for role in ROLES
        for turn, planned in records.hosting.turns_of(me.member_id, me, now, role)
        if turn.state == "proposed"
    ]
    swaps = [
        t("{who} asks you to take a turn: “{title}”", who=person(who), title=title_of(planned))
        for planned, _, who, _ in records.swaps.questions_to(me.member_id)
    ]
    wishes = [
        t("{who} would like to host “{title}” with you", who=person(who), title=title_of(planned))
        for planned, who in records.hosting.wishes_to(me.member_id, now)
    ]
    return Share((), (), (*(_turn(*turn) for turn in turns), *swaps, *wishes))


def _turn(role: str, planned: Session) -> Text:
    if role != HOST:
        return t("{role}: can you?", role=part(role, planned))
    return t("Can you host “{title}”?", title=title_of(planned))
