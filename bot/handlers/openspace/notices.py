"""Words what the bot says of open spaces by itself."""

from datetime import datetime

from bot.authored import title_of
from bot.chat import Block, Message, button, said
from bot.commands import Caller, person
from bot.handlers.openspace.group import openspace, phase_of, session_of, topic
from bot.handlers.openspace.phases import written_down
from bot.handlers.openspace.words import board as boards
from bot.handlers.openspace.words import spaces as words
from bot.handlers.openspace.words import topics
from bot.i18n import t
from bot.notices import Sending
from bot.undoing import is_last, lasting
from bot.wording import discarding
from bot.wording.log import acts, author, undo_of
from storage import Records
from storage.openspace import OpenSpace
from storage.sight import PUBLIC


@openspace.notice(t("Announcement of an open space"), live=True)
def space(records: Records, sending: Sending) -> Message | None:
    """Show a space with its topics, kept current."""
    found = records.openspaces.find(sending.about)
    if found is None or found.opened_at is None:
        return None
    session = session_of(records, found, PUBLIC, sending.now)
    return words.post(records.topics.whole(found), phase_of(found, sending.now), session)


@openspace.notice(t("Discarded draft of an open space"))
def discarded(records: Records, sending: Sending) -> Message | None:
    """Tell who set an open space up that somebody else discarded it: it says nothing any more."""
    return discarding.told(sending.args, records.members.find(sending.by_id or 0))


@openspace.notice(t("Board of an open space"), live=True)
def board(records: Records, sending: Sending) -> Message | None:
    """Show the board, kept current."""
    found = records.openspaces.find(sending.about)
    if found is None:
        return None
    return boards.post(records.topics.whole(found), phase_of(found, sending.now))


@openspace.timer(t("Next phase of an open space"))
def goes_on(records: Records, openspace_id: int, now: datetime) -> None:
    """Have it followed that a phase has begun."""
    found = records.openspaces.find(openspace_id)
    if found is not None:
        records.touched.add(found)


@openspace.notice(t("New phase of an open space"))
def phase(records: Records, sending: Sending) -> Message | None:
    """Announce the phase a space is in."""
    found = records.openspaces.find(sending.about)
    if found is None or phase_of(found, sending.now) != sending.kind:
        return None
    return _announced(records, found, sending.kind)


def _announced(records: Records, found: OpenSpace, to: str) -> Message:
    """Announce a phase, and who took the space there, unless it began by its date."""
    last = records.log.last([found.about], "advanced", "taken back")
    if last is None or last.after.get("phase") != to:
        return words.announced(found, to)
    return words.announced(found, to, author(records, last.id), back=last.what == "taken back")


@openspace.notice(t("Five-minute call for a topic"))
def time_up(records: Records, sending: Sending) -> Message | None:
    """Call that the time of a slot is nearly up, to everybody or to a convener."""
    found = records.openspaces.find(sending.about)
    if found is None or phase_of(found, sending.now) != "running":
        return None
    whole = records.topics.whole(found)
    slot = next((one for one in whole.slots if str(one.id) == sending.kind), None)
    if slot is None:
        return None
    meeting = [one for one in whole.topics if whole.places.get(one.id, (0, 0))[0] == slot.id]
    own = [one for one in meeting if sending.member in (None, *whole.convened(one))]
    return boards.time_up(whole, slot, own) if own else None


@openspace.notice(t("Reminder to write notes"))
def notes_wanted(records: Records, sending: Sending) -> Message | None:
    """Ask a convener for notes, when there are none."""
    found = records.openspaces.find(sending.about)
    if found is None or phase_of(found, sending.now) not in ("running", "harvest"):
        return None
    whole = records.topics.whole(found)
    bare = [one for one in whole.topics if one.id not in whole.noted]
    about = next((one for one in bare if str(one.id) == sending.kind), None)
    return topics.nudge(about) if about else None


@openspace.notice(t("Proceedings of an open space"))
def harvested(records: Records, sending: Sending) -> Message | None:
    """Post the proceedings of a space that was closed."""
    found = records.openspaces.find(sending.about)
    if found is None or found.closed_at is None:
        return None
    home = records.community
    file = written_down(records, found, home.locale, home.zone)
    message = _announced(records, found, "closed")
    return Message(message.title, message.blocks, message.buttons, files=(file,))


@topic.notice(t("Change to a topic"))
def done(records: Records, sending: Sending) -> Message | None:
    """Tell a convener what somebody else did to their topic, unless it was undone since."""
    entry = records.log.find(sending.args["entry"])
    if entry is None or not is_last(records, entry):
        return None
    words, undo = acts(records, [entry], lasting(records, [entry]))
    show = button(t("Show"), "topic.show", topic=sending.about)
    return Message(blocks=words, buttons=(*undo, show))


@topic.notice(t("Question about merging topics"))
def merger_wished(records: Records, sending: Sending) -> Message | None:
    """Ask a convener whether two topics may become one."""
    one = records.topics.find(sending.args["topic"])
    two = records.topics.find(sending.args["other"])
    if one is None or two is None or records.topics.merger(one, two) is None:
        return None
    asking = sending.by_id or sending.args.get("asking", 0)
    return topics.wishes(one, two, records.members.find(asking))


@topic.notice(t("Merged topics"))
def merged(records: Records, sending: Sending) -> Message | None:
    """Tell a convener that their topic is part of another, or the other of theirs."""
    one = records.topics.find(sending.args["topic"])
    two = records.topics.find(sending.args["other"])
    together = one and two and two.merged_into_id == one.id
    if one is None or two is None or not together:
        return None
    entry = records.log.find(sending.args.get("entry", 0))
    undo = (undo_of(entry),) if entry else ()
    return topics.one_now(one, two, *undo, by=author(records, entry.id) if entry else None)


@topic.notice(t("Topics kept apart"))
def merger_declined(records: Records, sending: Sending) -> Message | None:
    """Tell whoever wished it that two topics stay apart."""
    one = records.topics.find(sending.args["topic"])
    two = records.topics.find(sending.args["other"])
    if one is None or two is None or two.merged_into_id == one.id:
        return None
    names, by = (
        {"topic": title_of(one), "other": title_of(two)},
        records.members.find(sending.by_id or 0),
    )
    told = t("“{topic}” and “{other}” are staying two topics.", **names)
    if by and by.name:
        told = t("{who} kept “{topic}” and “{other}” apart.", who=person(by), **names)
    return said(told, button(t("Show the other topic"), "topic.show", topic=two.id))


@topic.week
def my_topics(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show the topics the person convenes."""
    return topics.own(records.topics.convened_by(caller.member.id))
