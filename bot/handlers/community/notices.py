"""Words what coordinators are told, and whoever was given a role."""

from bot.chat import Block, Message
from bot.commands import COORDINATORS, Caller
from bot.handlers.community.group import community
from bot.handlers.community.words import deleted, failed, undelivered
from bot.handlers.community.words import setting_up as words
from bot.i18n import t
from bot.notices import Sending
from bot.wording import log as log_words
from storage import Records
from storage.deliveries import GONE


@community.notice(t("Notice of a new role"))
def role_told(records: Records, sending: Sending) -> Message | None:
    """Tell somebody which role they were given."""
    member = sending.member
    if member is None or not sending.kind.startswith(member.role):
        return None
    return words.role_told(member, log_words.author(records, sending.args.get("entry")))


@community.notice(t("Notice of a problem"))
def trouble(records: Records, sending: Sending) -> Message | None:
    """Tell a coordinator what could not be delivered, or did not happen by itself."""
    if "what" in sending.args:
        return failed.trouble(records, sending.args)
    if sending.args.get("error") == GONE:
        return deleted.trouble(records, sending.args, sending.member, sending.now)
    role = sending.member.role if sending.member else ""
    return undelivered.trouble(records, sending.args, role)


@community.notice(t("Test message"))
def canary(records: Records, sending: Sending) -> Message | None:
    """Say something in a channel to see whether it arrives."""
    return words.canary()


@community.week
def not_set_up(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Lead coordinators to the set-up, as long as the community has none."""
    leads = caller.is_at_least(COORDINATORS)
    return words.not_set_up() if leads and not records.community.set_up else ()


@community.waits
def what_failed(caller: Caller, records: Records) -> tuple[Block, ...]:
    """Show coordinators that something failed."""
    kinds = (records.undelivered.failed, records.timers.dead, records.jobs.failed)
    return failed.in_week() if any(find(1) for find in kinds) else ()
