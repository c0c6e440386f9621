"""Names the things of the areas that commands are about."""

from typing import Annotated

from bot.chat import CommandRef
from bot.i18n import (
    t,
)
from bot.options.people import PersonKind
from bot.options.references import Reference, SessionKind, Unnamed
from storage.log import LogEntry
from storage.openspace import OpenSpace
from storage.people import Member
from storage.sessions import Session
from storage.topics import Topic

_PLAN = t("There is no session yet. Plan one: {how}", how=CommandRef("session", "plan"))
_PROPOSE = t("No topic was proposed yet. Propose one: {how}", how=CommandRef("topic", "propose"))
SessionOption = Annotated[Session, SessionKind(t("Session"), none=_PLAN)]
SpaceOption = Annotated[OpenSpace, Reference(t("Open space"), area="openspaces")]
TopicOption = Annotated[Topic, Reference(t("Topic"), area="topics", none=_PROPOSE)]
NOTHING_TO_UNDO = t("There is nothing to undo any more.")
EntryOption = Annotated[LogEntry, Unnamed(t("What was done"), area="log", none=NOTHING_TO_UNDO)]
PersonOption = Annotated[Member, PersonKind(t("Person"))]
