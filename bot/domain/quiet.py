"""Decides which notices keep the quiet hours of those they are for: one table for all of them."""

from collections.abc import Mapping
from enum import Enum


class Quiet(Enum):
    """What becomes of a notice that would reach somebody at night."""

    WAITS = "waits for the morning"
    UNLESS_BEGUN = "waits for the morning, unless the session begins by then"
    AT_ITS_TIME = "is set for an hour outside quiet hours from the start"
    AT_ONCE = "is sent at its time"
    CHANNEL = "is posted in channels"


QUIET: Mapping[str, Quiet] = {
    "session.announced": Quiet.CHANNEL,
    "session.mailed": Quiet.UNLESS_BEGUN,
    "session.closing_round": Quiet.CHANNEL,
    "session.suggested": Quiet.UNLESS_BEGUN,
    "session.questions": Quiet.CHANNEL,
    "session.taken_up": Quiet.UNLESS_BEGUN,
    "session.reminder": Quiet.AT_ITS_TIME,
    "session.host_reminder": Quiet.AT_ITS_TIME,
    "session.need": Quiet.UNLESS_BEGUN,
    "session.interpreting": Quiet.UNLESS_BEGUN,
    "session.interpreter_answered": Quiet.UNLESS_BEGUN,
    "session.gap": Quiet.UNLESS_BEGUN,
    "session.seat": Quiet.UNLESS_BEGUN,
    "session.nudge": Quiet.WAITS,
    "session.answered_for": Quiet.UNLESS_BEGUN,
    "session.moved": Quiet.UNLESS_BEGUN,
    "session.cancelled": Quiet.UNLESS_BEGUN,
    "session.back": Quiet.UNLESS_BEGUN,
    "session.kept": Quiet.WAITS,
    "session.action_due": Quiet.AT_ITS_TIME,
    "session.action_passed": Quiet.WAITS,
    "session.changed": Quiet.UNLESS_BEGUN,
    "session.polled": Quiet.CHANNEL,
    "session.poll_result": Quiet.WAITS,
    "session.running": Quiet.CHANNEL,
    "session.contribution": Quiet.UNLESS_BEGUN,
    "session.contribution_declined": Quiet.UNLESS_BEGUN,
    "my.digest": Quiet.AT_ITS_TIME,
    "programme.announced": Quiet.CHANNEL,
    "programme.mailed": Quiet.WAITS,
    "programme.fair_hours": Quiet.WAITS,
    "programme.renewal": Quiet.WAITS,
    "programme.rescheduled": Quiet.WAITS,
    "programme.ended": Quiet.WAITS,
    "programme.changed": Quiet.WAITS,
    "host.asked": Quiet.UNLESS_BEGUN,
    "host.offered": Quiet.UNLESS_BEGUN,
    "host.offered_all": Quiet.UNLESS_BEGUN,
    "host.outdated": Quiet.CHANNEL,
    "host.replaced": Quiet.CHANNEL,
    "host.changed": Quiet.UNLESS_BEGUN,
    "host.unfilled": Quiet.UNLESS_BEGUN,
    "host.declined": Quiet.UNLESS_BEGUN,
    "host.wished": Quiet.UNLESS_BEGUN,
    "host.swap_asked": Quiet.UNLESS_BEGUN,
    "host.answered": Quiet.UNLESS_BEGUN,
    "host.swap_lapsed": Quiet.UNLESS_BEGUN,
    "host.gone": Quiet.WAITS,
    "host.wants_in": Quiet.WAITS,
    "host.admitted": Quiet.WAITS,
    "host.roles_offered": Quiet.UNLESS_BEGUN,
    "host.role_reminder": Quiet.AT_ITS_TIME,
    "host.checklist_due": Quiet.AT_ITS_TIME,
    "host.after": Quiet.AT_ITS_TIME,
    "topic.done": Quiet.WAITS,
    "topic.merger_wished": Quiet.WAITS,
    "topic.merged": Quiet.WAITS,
    "topic.merger_declined": Quiet.WAITS,
    "openspace.proposal": Quiet.WAITS,
    "openspace.space": Quiet.CHANNEL,
    "openspace.discarded": Quiet.WAITS,
    "openspace.board": Quiet.CHANNEL,
    "openspace.phase": Quiet.CHANNEL,
    "openspace.time_up": Quiet.AT_ONCE,
    "openspace.notes_wanted": Quiet.WAITS,
    "openspace.harvested": Quiet.CHANNEL,
    "community.role_told": Quiet.WAITS,
    "community.invited": Quiet.WAITS,
    "community.trouble": Quiet.WAITS,
    "community.import_read": Quiet.WAITS,
    "community.imported": Quiet.WAITS,
    "community.canary": Quiet.CHANNEL,
}
"""Held to the notices there are, and to the table in docs/operations.md, by a test."""
