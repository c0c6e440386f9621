"""Words for coordinators what waits to be sent, and what could not be."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.chat import (
    Actions,
    Block,
    Button,
    Items,
    Message,
    Moment,
    Option,
    Paragraph,
    Person,
    Place,
    button,
    choice,
    said,
)
from bot.commands import COORDINATORS, CORE, mentioned
from bot.domain.reminders import ANNOUNCED
from bot.handlers import called
from bot.handlers.community.words import failed as not_happened
from bot.handlers.community.words.setting_up import place
from bot.i18n import Text, t, tn
from bot.wording.undelivered import (
    ENDS,
    UNKNOWN,
    UNWORDED,
    announcing,
    kind_of,
    missing,
    why,
)
from storage import Records
from storage.community import Channel
from storage.deliveries import FAILED, OPEN, Delivery

FEW, MORE = 5, 10
"""How many are shown of what failed and of what waits."""
WAITS: Mapping[str, Text] = {
    "Busy": t("the platform asked me to wait."),
    "NotThere": t("the platform isn't connected, or it won't let me in."),
    "quiet hours": t("it's waiting until this person's quiet hours are over."),
    UNWORDED: t("something went wrong on my side when I was writing it. I'll try again."),
}
"""Why things wait that were tried, in the same way."""
CLOSED = ("PersonClosed", "nowhere to send it")
OPENED = t(
    "It would help if they allowed direct messages from me in their privacy settings. "
    "Until then, please tell them yourself."
)
"""What helps where somebody takes no direct messages."""
IN_DOUBT = t(
    "I'm not sending anything right now: no platform confirms what time it is, "
    "and my own clock may be wrong. I'll carry on as soon as one answers. If that "
    "takes long, tell whoever runs me."
)


def trouble(records: Records, told: Mapping[str, str], role: str) -> Message | None:
    """Word that something could not be delivered, and what its reader can do.

    Where all went out, and only something beside it is in the way, there is advice alone. An
    announcement that stands by now, or is of no use any more, is needed no more.
    """
    if told.get("notice") == ANNOUNCED and told.get("about", "").startswith("session:"):
        return _unannounced(records, told, role)
    return _failed_to(records, told, coordinates=role == COORDINATORS)


def _unannounced(records: Records, told: Mapping[str, str], role: str) -> Message | None:
    """Word that a session was not announced."""
    session = records.sessions.find(int(told["about"].partition(":")[2]))
    channel = records.channels.find(int(told.get("channel") or 0))
    if session is None or session.state != "announced" or channel is None:
        return None
    if all(row.channel_id != channel.id for row in records.undelivered.of(session.about)):
        return None
    words = missing(session, channel, told["error"], told["state"])
    acts = announcing(session) if role in (CORE, COORDINATORS) else ()
    more = (Paragraph(Text(told["advice"])),) if told.get("advice") else ()
    if not acts:
        more = (*more, Paragraph(t("A coordinator can announce it again.")))
    more_buttons = (see(),) if role == COORDINATORS else ()
    return Message(
        t("An announcement is missing"), (Paragraph(words), *more), (*acts, *more_buttons)
    )


def see() -> Button:
    """Give the button that leads to what failed."""
    return button(t("See what failed"), "community.deliveries")


def _failed_to(records: Records, told: Mapping[str, str], *, coordinates: bool) -> Message:
    """Word that a message did not arrive; of one to a person, who that is."""
    if not told.get("notice"):
        return Message(t("I need your help"), (Paragraph(Text(told["advice"])),))
    title = t("A message didn't arrive")
    what = called(told.get("notice", ""))
    words = t("{what}: {why}", what=what, why=why(told.get("error", "")))
    if person := records.members.find(int(told.get("member") or 0)):
        named = {"what": what, "who": mentioned(person), "why": why(told.get("error", ""))}
        words = t("{what}, for {who}: {why}", **named)
    if told.get("state") == "unknown":
        title = t("A message may not have arrived")
        words = t("{what}: {why}", what=what, why=UNKNOWN)
    again = t("A coordinator can send it again.")
    if coordinates:
        again = t("You can send it again from there.")
    advice = Text(told["advice"]) if told.get("advice") else again
    advice = OPENED if kind_of(told.get("error", "")) in CLOSED else advice
    more = (see(),) if coordinates else ()
    return Message(title, (Paragraph(words), Paragraph(advice)), more)


def queue(records: Records, now: datetime, done: Text | None = None) -> Message:
    """Word what waits to be sent and what failed, with buttons to send it again or drop it."""
    counts = records.undelivered.counts()
    failed, waiting = records.undelivered.failed(FEW), records.undelivered.waiting(MORE)
    doubled = records.undelivered.perhaps_doubled(FEW)
    names = _Names(records, (*failed, *waiting, *doubled))
    broken = not_happened.listed(records)
    blocks: list[Block] = [*([Paragraph(done)] if done else []), *broken]
    useful = records.undelivered.useful(now) if failed else {}
    blocks += _failed(failed, counts, useful, names) if failed or not broken else ()
    blocks += _doubled(doubled, names)
    blocks += [Paragraph(IN_DOUBT)] if waiting and records.undelivered.in_doubt() else []
    blocks += _waiting(waiting, sum(counts.get(state, 0) for state in OPEN), names)
    return Message(t("What I still have to send"), tuple(blocks))


def _failed(
    rows: Sequence[Delivery],
    counts: Mapping[str, int],
    useful: Mapping[int, str],
    names: "_Names",
) -> Iterator[Block]:
    dead, count = [*useful.values()].count("dead"), sum(counts.get(state, 0) for state in FAILED)
    if not rows:
        yield Paragraph(t("Nothing failed."))
        return
    yield Paragraph(tn("{count} message didn't arrive.", "{count} messages didn't arrive.", count))
    for row in rows:
        when, end = Moment(row.due_at), _end(row, useful=row.id in useful)
        yield Paragraph(t("{what}, {when}: {why}", what=names.of(row), when=when, why=end))
        yield Actions(tuple(_ways(row, lost=names.lost(row), useful=row.id in useful)))
    if count > len(rows):
        yield Paragraph(t("These are the newest ones."))
    again = (button(t("Send all again"), "community.send-all-again"),) if dead > 1 else ()
    drop = (button(t("Discard all"), "community.drop-all", "danger"),) if count > 1 else ()
    if again or drop:
        yield Actions((*again, *drop))


def _ways(row: Delivery, *, lost: bool, useful: bool) -> Iterator[Button]:
    """Offer what can be done with a message that failed."""
    if useful:
        yield button(t("Send again"), "community.send-again", delivery=row.id)
    if useful and lost:
        yield button(t("Send elsewhere"), "community.send-elsewhere", delivery=row.id)
    yield button(t("Discard"), "community.drop", "danger", delivery=row.id)


def sent_again(count: int) -> Text:
    """Say how many messages are sent again."""
    if not count:
        return t("There's nothing to send again.")
    return tn("I'm sending {count} message again.", "I'm sending {count} messages again.", count)


def sent_elsewhere(there: Channel, *, told: bool) -> Text:
    """Say that a message is sent in another channel, or was not needed there."""
    if told:
        return t(
            "{place} already has this message or will get it soon, so I discarded this one.",
            place=place(there),
        )
    return t("I'm sending it in {place}.", place=place(there))


def drop_all(records: Records) -> Message:
    """Ask whether all that failed is to be dropped."""
    counts = records.undelivered.counts()
    count = sum(counts.get(state, 0) for state in FAILED)
    words = tn(
        "{count} message didn't arrive. Discard it for good?",
        "{count} messages didn't arrive. Discard them for good?",
        count,
    )
    drop = button(t("Discard all"), "community.drop-all", "danger", sure="yes")
    return said(words, drop, button(t("Keep them"), "community.deliveries"))


def dropped(count: int) -> Text:
    """Say how many messages were dropped."""
    if not count:
        return t("There's nothing to discard.")
    return tn("I discarded {count} message.", "I discarded {count} messages.", count)


def _doubled(rows: Sequence[Delivery], names: "_Names") -> Iterator[Block]:
    if rows:
        yield Paragraph(
            t("I was cut off while sending these and couldn't find them, so I sent them "
"again. If you see one twice, delete the older one:")
        )  # fmt: skip
        lines = (t("{what}, {when}", what=names.of(one), when=Moment(one.due_at)) for one in rows)
        yield Items(tuple(lines))


def _waiting(rows: Sequence[Delivery], count: int, names: "_Names") -> Iterator[Block]:
    if not rows:
        yield Paragraph(t("Nothing is waiting to be sent."))
        return
    yield Paragraph(
        tn("{count} message is waiting. Next:", "{count} messages are waiting. Next:", count)
    )
    yield Items(tuple(_line(row, names.of(row)) for row in rows))
    options = tuple(Option(str(row.id), names.short(row)) for row in rows)
    yield Actions(choices=(choice(t("Discard one"), "community.drop", "delivery", options),))


def _line(row: Delivery, what: Text) -> Text:
    """Word one that waits, with what keeps it where it was tried."""
    when, why = Moment(row.due_at), WAITS.get(kind_of(row.error))
    if why is None:
        return t("{what}, {when}", what=what, when=when)
    return t("{what}, {when}: {why}", what=what, when=when, why=why)


class _Names:
    """Words deliveries by what they are and whom they are for."""

    def __init__(self, records: Records, rows: Sequence[Delivery]) -> None:
        ids = {row.member_id for row in rows if row.member_id}
        self.members = {member.id: member for member in records.members.many(list(ids))}
        self.channels = {channel.id: channel for channel in records.channels.in_use()}

    def of(self, row: Delivery) -> Text:
        what, whom = called(row.notice), self._whom(row)
        return t("{what} ({whom})", what=what, whom=whom) if whom else what

    def short(self, row: Delivery) -> Text:
        """Word one for a menu, which shows no mentions."""
        what, whom = called(row.notice), self._whom(row)
        name = f"#{whom.name}" if isinstance(whom, Place) else whom and whom.name
        return t("{what} ({whom})", what=what, whom=str(name)[:30]) if name else what

    def lost(self, row: Delivery) -> bool:
        """Say whether its channel cannot be posted in any more."""
        channel = self.channels.get(row.channel_id or 0)
        return channel is not None and bool(channel.lost)

    def _whom(self, row: Delivery) -> Person | Place | None:
        if row.member_id in self.members:
            return mentioned(self.members[row.member_id])
        if row.channel_id in self.channels:
            return place(self.channels[row.channel_id])
        return None


def _end(row: Delivery, *, useful: bool) -> Text:
    if row.state == "unknown":
        return UNKNOWN
    return why(row.error) if useful else ENDS["expired"]
