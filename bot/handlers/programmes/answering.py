"""Takes answers to all dates of a programme."""

from bot.commands import EVERYONE, Caller
from bot.domain.programme_answers import answer as keep
from bot.domain.programmes import ahead
from bot.handlers.programmes import words
from bot.handlers.programmes.group import programme, running
from bot.i18n import t
from bot.options.answers import Answer
from bot.options.things import ProgrammeOption
from bot.protocol import Reply, Say
from storage import Records


@programme.command(title=t("Answer for all dates"), submit=t("Answer"), who=EVERYONE)
def rsvp(caller: Caller, records: Records, programme: ProgrammeOption, answer: Answer) -> Reply:
    """Say whether you're coming to all dates of a programme; you can still answer for one alone."""
    running(programme)
    given = keep(records, programme, answer, caller.actor)
    _, later = ahead(records, programme, caller.now)
    return Say(words.answered(programme, answer, given, more=later is not None))
