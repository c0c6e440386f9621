"""Options for the things that commands of several areas are about; an area declares its own."""

from typing import Annotated

from bot.chat import CommandRef
from bot.i18n import t
from bot.options.people import PersonKind
from bot.options.references import LastOf, ProgrammeKind, SessionKind, Unnamed
from storage.checklists import ChecklistItem
from storage.log import LogEntry
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

_PLAN = t(
    "There are no sessions yet. Members can plan one: {how}", how=CommandRef("session", "plan")
)
SessionOption = Annotated[Session, SessionKind(t("Session"), none=_PLAN)]
HeldOption = Annotated[Session, LastOf(t("Session"), none=_PLAN)]
NOTHING_TO_UNDO = t("There's nothing to undo any more.")
EntryOption = Annotated[LogEntry, Unnamed(t("What was done"), area="log", none=NOTHING_TO_UNDO)]
_PLAN_PROGRAMME = t(
    "There are no programmes yet. The core group can plan one: {how}",
    how=CommandRef("programme", "plan"),
)
ProgrammeOption = Annotated[Programme, ProgrammeKind(t("Programme"), none=_PLAN_PROGRAMME)]
PersonOption = Annotated[Member, PersonKind(t("Person"))]
ItemOption = Annotated[ChecklistItem, Unnamed(t("What's to be done"), area="checklists")]
