"""Options for the things of open spaces."""

from typing import Annotated

from bot.chat import CommandRef
from bot.i18n import t
from bot.options.references import Reference
from storage.openspace import OpenSpace
from storage.topics import Topic

_PROPOSE = t(
    "There are no topics yet. Members can propose one: {how}", how=CommandRef("topic", "propose")
)
SpaceOption = Annotated[OpenSpace, Reference(t("Open space"), area="openspaces")]
TopicOption = Annotated[Topic, Reference(t("Topic"), area="topics", none=_PROPOSE)]
