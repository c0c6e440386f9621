"""Shows what could not be delivered or did not happen, and has it tried again or dropped."""

from typing import Annotated

from bot.chat import Place
from bot.commands import COORDINATORS, Caller
from bot.errors import UserError
from bot.handlers.community.group import community
from bot.handlers.community.words import undelivered
from bot.i18n import t
from bot.options.basic import YesNo
from bot.options.people import PlaceKind
from bot.options.references import Unnamed
from bot.protocol import Change, Reply, Say
from storage import Records
from storage.deliveries import Delivery
from storage.jobs import Job
from storage.timers import Timer

NOT_BROKEN = t("This is done by now, or I'm already trying it again.")
NOT_FAILED = t(
    "I can't send this message again: it didn't fail, it's already on its way, or it's out of date."
)
TimerOption = Annotated[Timer, Unnamed(t("Timer"), area="timers")]
JobOption = Annotated[Job, Unnamed(t("Background task"), area="jobs")]
DeliveryOption = Annotated[Delivery, Unnamed(t("Message"), area="undelivered")]


@community.command(title=t("Check deliveries"), submit=t("View"), who=COORDINATORS, reads=True)
def deliveries(caller: Caller, records: Records) -> Reply:
    """See what's waiting to be sent and what failed."""
    return Say(undelivered.queue(records, caller.now))


@community.command(
    title=t("Send a message again"), submit=t("Send again"), who=COORDINATORS, listed=False
)
def send_again(caller: Caller, records: Records, delivery: DeliveryOption) -> Reply:
    """Send a message again that didn't arrive."""
    if not records.undelivered.again(delivery, caller.now):
        raise UserError(NOT_FAILED)
    _try_anew(records, delivery)
    return Change(undelivered.queue(records, caller.now, t("I'm sending it again.")))


@community.command(
    title=t("Try a task again"), submit=t("Try again"), who=COORDINATORS, listed=False
)
def try_again(
    caller: Caller, records: Records, timer: TimerOption | None = None, job: JobOption | None = None
) -> Reply:
    """Try again to finish a task that failed."""
    tried = timer is not None and records.timers.again(timer, caller.now)
    if not tried and not (job is not None and records.jobs.again(job, caller.now)):
        raise UserError(NOT_BROKEN)
    return Change(undelivered.queue(records, caller.now, t("I'm trying it again.")))


@community.command(
    title=t("Send a message elsewhere"), submit=t("Send"), who=COORDINATORS, listed=False
)
def send_elsewhere(
    caller: Caller,
    records: Records,
    delivery: DeliveryOption,
    channel: Annotated[Place, PlaceKind(t("Channel"))],
) -> Reply:
    """Send a message to another channel when it didn't arrive in its own."""
    there = records.channels.meet(
        channel.platform, channel.workspace, channel.channel, channel.name
    )
    there.lost = ""
    told = records.deliveries.is_told(delivery, there.id)
    if not records.undelivered.elsewhere(delivery, there.id, caller.now):
        raise UserError(NOT_FAILED)
    return Say(undelivered.queue(records, caller.now, undelivered.sent_elsewhere(there, told=told)))


@community.command(
    title=t("Send all again"), submit=t("Send again"), who=COORDINATORS, listed=False
)
def send_all_again(caller: Caller, records: Records) -> Reply:
    """Send all messages again that didn't arrive."""
    deliveries = records.undelivered.all_again(caller.now)
    _try_anew(records, *deliveries)
    return Change(undelivered.queue(records, caller.now, undelivered.sent_again(len(deliveries))))


def _try_anew(records: Records, *deliveries: Delivery) -> None:
    """Forget that a place or a person could not be reached: they may have been let in again."""
    places = {id for one in deliveries for id in (one.channel_id, one.fallback_id) if id}
    for channel in records.channels.in_use():
        channel.lost = "" if channel.id in places else channel.lost
    people = {one.member_id for one in deliveries if one.member_id}
    for member in records.members.many(list(people)):
        for account in member.accounts:
            account.closed = False


@community.command(
    title=t("Discard a message"), submit=t("Discard message"), who=COORDINATORS, listed=False
)
def drop(caller: Caller, records: Records, delivery: DeliveryOption) -> Reply:
    """Discard a message that shouldn't be sent."""
    if not records.undelivered.drop(delivery):
        raise UserError(
            t("It's too late to discard this message: it's been sent, or it's being sent now.")
        )
    return Change(undelivered.queue(records, caller.now, t("I discarded it.")))


@community.command(
    title=t("Discard all messages"), submit=t("Discard all"), who=COORDINATORS, listed=False
)
def drop_all(
    caller: Caller, records: Records, sure: Annotated[bool, YesNo(t("Discard all of them"))] = False
) -> Reply:
    """Discard all messages that didn't arrive."""
    if not sure:
        return Change(undelivered.drop_all(records))
    return Change(
        undelivered.queue(
            records, caller.now, undelivered.dropped(records.undelivered.drop_failed())
        )
    )
