"""Words what the bot says of sessions by itself."""

from dataclasses import replace
from datetime import datetime

from bot.authored import title_of
from bot.chat import Block, Message, Paragraph
from bot.commands import Caller
from bot.domain import checklists, consents, finding, gaps, interpreting
from bot.domain.answers import need_of
from bot.domain.needs import GATHERED
from bot.domain.reminders import reminded_now
from bot.handlers.sessions import words
from bot.handlers.sessions.access import heard_by, listening_of
from bot.handlers.sessions.group import session
from bot.handlers.sessions.words import threads
from bot.handlers.sessions.words.after import was_there
from bot.handlers.sessions.words.agenda import agenda_of, public
from bot.handlers.sessions.words.consents import with_question
from bot.handlers.sessions.words.interpreters import cannot
from bot.handlers.sessions.words.limits import counted
from bot.handlers.sessions.words.lists import soonest
from bot.i18n import t
from bot.notices import Sending
from bot.wording import discarding
from bot.wording.log import author
from bot.wording.texts import note, with_others
from storage import Records
from storage.guests import is_mailed
from storage.people import Member
from storage.sessions import Session


def _told(records: Records, sending: Sending) -> Session | None:
    """Give the session a notice is about, while it is ahead as it was when that was wanted."""
    about = sending.about
    found = sending.once(f"session {about}", lambda: records.sessions.find(about))
    revision = sending.args.get("revision", found and found.revision)
    if found is None or found.revision != revision or found.ends_at <= sending.now:
        return None
    return found


def _author(records: Records, sending: Sending) -> Member | None:
    """Give who did what is told; None where nobody did, or an older version kept nothing of it."""
    entry = sending.args.get("entry")
    return sending.once(f"author {entry}", lambda: author(records, entry))


@session.notice(t("Announcement of a session"), live=True)
def announced(records: Records, sending: Sending) -> Message | None:
    """Announce a session, its counts kept current."""
    found = records.sessions.find(sending.about)
    if found is None or found.state == "draft":
        return None
    message = words.announcement(records, found, sending.now)
    if sending.spoken_in is not None and not sending.spoken_in.announces:
        message = replace(message, event=None)  # which a calendar has from the post beside it
    if sending.spoken_in is not None or found.state != "announced":
        return message
    return with_others(message, records, found, records.community.locale)


@session.notice(t("Announcement of a session by e-mail"))
def mailed(records: Records, sending: Sending) -> Message | None:
    """Announce a session to somebody who is reached by mail alone."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or found.starts_at <= sending.now:
        return None
    message = words.announcement(records, found, sending.now)
    counts = counted(found, records.rsvps.counts(found.id))  # which a mail can't keep up
    blocks = tuple(block for block in message.blocks if block != counts)
    title = t("New session: {title}", title=title_of(found))
    return _entered(records, found, sending, replace(message, title=title, blocks=blocks))


@session.notice(t("Thread for questions"))
def questions(records: Records, sending: Sending) -> Message | None:
    """Begin the thread beneath an announcement, in which people ask."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or found.ends_at <= sending.now:
        return None
    return threads.first_line()


@session.timer(t("Start or end of a session"))
def goes_on(records: Records, session_id: int, now: datetime) -> None:
    """Have it followed that a session was announced, has begun or is over."""
    found = records.sessions.find(session_id)
    if found is not None:
        records.touched.add(found)


@session.timer(t("Words by which sessions are found"))
def gathers(records: Records, community_id: int, now: datetime) -> None:
    """Gather the words of sessions whose host was erased or is called otherwise."""
    finding.gather(records, now)


@session.notice(t("Suggested session"), live=True)
def suggested(records: Records, sending: Sending) -> Message | None:
    """Ask the core group to announce what a member planned, as it is planned now."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "draft":
        return None
    organiser = records.members.find(found.organiser_id or 0)
    return words.suggestion(found, organiser) if organiser else None


@session.notice(t("Confirmation of an announcement"))
def taken_up(records: Records, sending: Sending) -> Message | None:
    """Tell who planned a session that the core group announces it."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or records.undelivered.of(found.about):
        return None
    return words.taken_up(found, sending.now)


@session.notice(t("Reminder of a session"))
def reminder(records: Records, sending: Sending) -> Message | None:
    """Remind the channel, or somebody who comes."""
    found = _told(records, sending)
    if found is None or found.state != "announced":
        return None
    hosts = sending.once(f"hosts {found.id}", lambda: words.hosts_of(records, found))
    if sending.member is None:
        return words.reminder(found, sending.now, hosts)
    reminded = sending.once(f"reminded {found.id}", lambda: reminded_now(records, found))
    answer = reminded.get(sending.member.id)
    if answer is None:
        return None
    message = sending.once(
        f"reminder {found.id} {answer}",
        lambda: _with_note(
            records, found, words.own_reminder(found, sending.now, hosts, answer), sending
        ),
    )
    message = _entered(records, found, sending, message)
    heard = tuple(map(Paragraph, listening_of(records, sending, found)))
    message = replace(message, blocks=(*heard, *message.blocks)) if heard else message
    message = _as_mailed(message, found, sending)
    asked = sending.once(f"consents {found.id}", lambda: consents.all_of(records, found))
    if consents.is_asked_in(found, sending.member, sending.kind, asked):
        return with_question(message, found)
    return message


def _as_mailed(message: Message, planned: Session, sending: Sending) -> Message:
    """Let those say that they were there who don't see the post in a channel that asks for it."""
    begun = sending.now >= planned.starts_at
    if sending.member is None or not begun or not is_mailed(sending.member):
        return message
    return replace(message, buttons=(*message.buttons, was_there(planned)))


def _with_note(records: Records, planned: Session, message: Message, sending: Sending) -> Message:
    """Tell those who read the original, before the session only: once begun, it helps nobody."""
    if sending.now >= planned.starts_at:
        return message
    return replace(message, blocks=(*message.blocks, *note(records, planned, ("title",))))


@session.notice(t("Reminder for a host"), asks=True)
def host_reminder(records: Records, sending: Sending) -> Message | None:
    """Remind a host, with what those need who come or may come."""
    found = _told(records, sending)
    if found is None or found.state != "announced":
        return None
    answered = records.rsvps.answered(found.id)
    hosts = words.HostsWork(
        len(words.hosts_of(records, found)) > 1,
        checklists.due_with(records, found, sending.kind),
        checklists.handovers_for(records, found, sending.kind),
        records.roles.assistants(found.id),
        agenda_of(found, public(records, found)),
    )
    message = words.host_reminder(found, sending.now, answered, hosts)
    consent = consents.all_of(records, found).get(sending.member.id) if sending.member else None
    asks = consent is not None and not consent.answer
    return with_question(message, found) if asks else message


@session.notice(t("Note on what people need"))
def need(records: Records, sending: Sending) -> Message | None:
    """Tell a host what somebody needs who said so after the host's last reminder.

    Where there is none, whoever planned it and coordinators are told of all that people need.
    """
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or sending.member is None:
        return None
    hosts = [turn.member_id for turn in records.hosting.accepted(found.id)]
    rows = records.rsvps.needs(found.id)
    if sending.kind.startswith(GATHERED):
        others = [row for row in rows if row[1].id != sending.member.id]
        lines = words.needs(others, gaps.told(records, found, sending.member.id, sending.now))
        return words.needs_without_host(found, lines) if lines and not hosts else None
    said = [row for row in rows if need_of(row[0]) == sending.kind]
    return words.need(found, said[0]) if said and sending.member.id in hosts else None


@session.notice(t("New time of a session"), aloud=True)
def moved(records: Records, sending: Sending) -> Message | None:
    """Tell that a session was moved."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced" or str(found.revision) != sending.kind:
        return None
    before = datetime.fromisoformat(sending.args["before"])
    clocks = sending.args.get("by") == "clocks"
    told = words.moved(found, before, _author(records, sending), by_clocks=clocks)
    rows = sending.once(f"doing {found.id}", lambda: interpreting.confirmed(records, found))
    own = [row for row in rows if sending.member and row.member_id == sending.member.id]
    told = replace(told, buttons=(*told.buttons, *map(cannot, own[:1])))
    return _entered(records, found, sending, told)


@session.notice(t("Cancellation of a session"), aloud=True)
def cancelled(records: Records, sending: Sending) -> Message | None:
    """Tell that a session was cancelled, or somebody that a draft of theirs was discarded."""
    if "title" in sending.args:
        return discarding.told(sending.args, records.members.find(sending.by_id or 0))
    found = records.sessions.find(sending.about)
    if found is None or found.state != "cancelled":
        return None
    return _entered(records, found, sending, words.cancelled(found, _author(records, sending)))


@session.notice(t("Reopening of a session"), aloud=True)
def back(records: Records, sending: Sending) -> Message | None:
    """Tell that a cancelled session takes place after all."""
    found = records.sessions.find(sending.about)
    if found is None or found.state != "announced":
        return None
    return _entered(records, found, sending, words.back(found, _author(records, sending)))


def _entered(records: Records, found: Session, sending: Sending, message: Message) -> Message:
    """Add the entry for their calendar to what one person is told."""
    if sending.member is None:
        return message
    entry = sending.once(f"entry {found.id}", lambda: words.entry(records, found))
    return replace(message, event=entry)


@session.waits
def not_announced(caller: Caller, records: Records) -> tuple[Block, ...]:
    """List the sessions that somebody suggested and nobody has announced."""
    drafts = records.ahead.suggested(caller.now)
    ids = [draft.organiser_id for draft in drafts if draft.organiser_id]
    people = {member.id: member for member in records.members.many(ids)}
    return words.suggested([(one, people.get(one.organiser_id or 0)) for one in drafts])


@session.week
def my_sessions(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show what is on, what the person comes to, and what is to be answered, with buttons to do so.

    A host is not asked whether they come.
    """
    eyes, now, kept = caller.sight, caller.now, records.sessions
    coming = kept.coming_to(eyes, now)
    turns = records.hosting.turns_of(caller.member.id, eyes, now)
    hosted = [planned.id for turn, planned in turns if turn.hosts]
    ahead = [row for row in kept.ahead(eyes, now) if row[0].id not in hosted]
    on = kept.on_now(eyes, now)
    heard = heard_by(records, on, caller.member.id) if on else {}
    shown = words.SessionsListed(on, ahead, soonest(kept.drafts(eyes, now)), heard=heard)
    return words.own(coming, shown, now)
