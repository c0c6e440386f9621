"""Words what the bot says of programmes by itself."""

from dataclasses import replace
from datetime import datetime

from bot.chat import Block, Message, button
from bot.commands import Caller
from bot.domain import programmes as domain
from bot.domain.new_dates import tells_later
from bot.handlers.programmes import words
from bot.handlers.programmes.group import programme, rules_of
from bot.i18n import t
from bot.notices import Sending
from bot.wording import discarding
from bot.wording.log import author
from bot.wording.texts import with_others
from storage import Records
from storage.programmes import DRAFT, RUNNING


@programme.notice(t("Announcement of a programme"), live=True)
def announced(records: Records, sending: Sending) -> Message | None:
    """Announce a programme as a series, its dates kept current."""
    found = records.programmes.find(sending.about)
    if found is None or found.state == DRAFT:
        return None
    post = words.post(records, found, rules_of(records, found, sending.now), sending.now)
    return (
        post if sending.spoken_in else with_others(post, records, found, records.community.locale)
    )


@programme.notice(t("Announcement of a programme by e-mail"))
def mailed(records: Records, sending: Sending) -> Message | None:
    """Announce a programme to somebody who is reached by mail alone."""
    found = records.programmes.find(sending.about)
    if found is None or found.state != RUNNING:
        return None
    post = words.post(records, found, rules_of(records, found, sending.now), sending.now)
    keep = button(t("Add to my calendar"), "my.feed")
    return replace(post, buttons=(*post.buttons, keep))


@programme.timer(t("Next dates of a programme"))
def goes_on(records: Records, programme_id: int, now: datetime) -> None:
    """Have a programme followed: its next dates are made, or it has ended."""
    found = records.programmes.find(programme_id)
    if found is not None:
        records.touched.add(found)


@programme.timer(t("More dates of a programme"))
def makes_more(records: Records, programme_id: int, now: datetime) -> None:
    """Have a programme followed of which not all dates were made at once."""
    found = records.programmes.find(programme_id)
    if found is not None:
        records.touched.add(found)


@programme.timer(t("Question whether a programme goes on"))
def ends(records: Records, programme_id: int, now: datetime) -> None:
    """Ask before the last date of a programme whether it goes on."""
    found = records.programmes.find(programme_id)
    if found is not None:
        domain.ask_renewal(records, found, now)


@programme.notice(t("Last date of a programme"))
def renewal(records: Records, sending: Sending) -> Message | None:
    """Ask those who look after a programme before its last date whether it goes on."""
    found = records.programmes.find(sending.about)
    if found is None or found.state != RUNNING:
        return None
    dates = [d for d in records.programmes.dates(found) if d.state == "announced"]
    if not dates or sending.kind != f"last {dates[-1].id}":
        return None
    return words.renewal(found, dates[-1])


@programme.notice(t("New dates of a programme"), aloud=True)
def rescheduled(records: Records, sending: Sending) -> Message | None:
    """Tell that a programme meets by another rule."""
    found = records.programmes.find(sending.about)
    if found is None or found.state == DRAFT:
        return None
    entry, called_off = sending.args["entry"], int(sending.args["called_off"])
    if not called_off and tells_later(records, found, sending.member, entry):
        return None
    dates = records.programmes.dates(found, since=sending.now)
    by = author(records, entry)
    return words.now_meets(found, rules_of(records, found, sending.now), dates, by, called_off)


@programme.notice(t("End of a programme"), aloud=True)
def ended(records: Records, sending: Sending) -> Message | None:
    """Tell that a programme ends earlier, or somebody that a draft of theirs was discarded."""
    if "title" in sending.args:
        return discarding.told(sending.args, records.members.find(sending.by_id or 0))
    found = records.programmes.find(sending.about)
    if found is None:
        return None
    left = records.programmes.dates(found, since=sending.now)
    by = author(records, sending.args["entry"])
    return words.ends(found, [one for one in left if one.state == "announced"], by)


@programme.waits
def to_renew(caller: Caller, records: Records) -> tuple[Block, ...]:
    """List the programmes that come to their end, for whoever decides whether they go on."""
    return words.to_renew(domain.to_renew(records, caller.now))
