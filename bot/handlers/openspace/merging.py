"""Makes one topic of two similar ones, when both conveners agree."""

from typing import Annotated

from bot.authored import title_of
from bot.chat import Message, button, choice, said
from bot.commands import Caller
from bot.domain import mergers
from bot.domain.mergers import Pair
from bot.errors import NotAllowed, UserError
from bot.handlers.openspace.group import (
    CONVENERS_AND_LEADERS,
    convenes,
    in_time,
    leads,
    live,
    space_of,
    topic,
)
from bot.handlers.openspace.options import TopicOption
from bot.handlers.openspace.words import spaces as words
from bot.handlers.openspace.words import topics
from bot.i18n import t
from bot.options.references import Reference
from bot.options.things import NOTHING_TO_UNDO
from bot.protocol import Change, Reply, Say
from bot.wording.log import undo_of
from storage import Records
from storage.openspace import OpenSpace
from storage.topics import Merger, Topic, Whole

OtherOption = Annotated[Topic, Reference(t("The similar topic"), area="topics")]


def _pair(caller: Caller, records: Records, topic: Topic, other: Topic) -> tuple[Pair, OpenSpace]:
    """Give two topics that can be merged now, with their space held."""
    space = space_of(records, topic)
    one, two = live(records, topic), live(records, other)
    if one.id == two.id:
        raise UserError(t("Those are already one topic. Choose another one to merge it with."))
    if two.openspace_id != one.openspace_id:
        raise UserError(t("The two topics belong to different open spaces."))
    in_time("merge", space, caller.now)
    return (one, two), space


def _speaks(caller: Caller, whole: Whole, one: Topic) -> bool:
    """Let conveners speak for their topic; whoever leads the space for one that has none."""
    if not whole.convened(one):
        return leads(caller, whole.space)
    return convenes(caller, whole, one)


def may_settle(caller: Caller, records: Records, topic: Topic, other: Topic) -> None:
    """Let only those pass who speak for one of two topics. Raises NotAllowed."""
    pair, whole = (live(records, topic), live(records, other)), _whole(records, topic)
    if not any(_speaks(caller, whole, one) for one in pair):
        raise NotAllowed(t("Only those who convene one of the two topics can do that."))


def may_merge(caller: Caller, records: Records, topic: Topic, other: Topic | None = None) -> None:
    """Let those ask who speak for one of two topics, or lead the space. Raises NotAllowed."""
    if other is None or leads(caller, records.openspaces.get(topic.openspace_id)):
        return
    try:
        may_settle(caller, records, topic, other)
    except NotAllowed:
        asked = t("To merge topics, you need to convene one of the two or lead the open space.")
        raise NotAllowed(asked) from None


def may_separate(caller: Caller, records: Records, topic: Topic) -> None:
    """Let only those pass who convene a topic or lead the space. Raises NotAllowed."""
    whole = _whole(records, topic)
    if not convenes(caller, whole, topic) and not leads(caller, whole.space):
        raise NotAllowed(CONVENERS_AND_LEADERS)


def _whole(records: Records, topic: Topic) -> Whole:
    return records.topics.whole(records.openspaces.get(topic.openspace_id))


@topic.command(title=t("Merge two topics"), submit=t("Merge"), may=may_merge)
def merge(
    caller: Caller, records: Records, topic: TopicOption, other: OtherOption | None = None
) -> Reply:
    """Merge two similar topics once their conveners agree."""
    if other is None:
        return Say(_choose(records, live(records, topic)))
    pair, space = _pair(caller, records, topic, other)
    whole = records.topics.whole(space)
    merger = mergers.wish(records, pair, caller.now)
    if _agree(caller, records, whole, pair, merger):
        return _merged(caller, records, space, pair)
    mergers.ask(records, whole, merger, caller.actor)
    return Say(said(t("I'm asking the conveners who haven't agreed yet.")))


def _choose(records: Records, one: Topic) -> Message:
    space = records.openspaces.get(one.openspace_id)
    others = [other for other in records.topics.whole(space).topics if other.id != one.id]
    if not others:
        return said(t("There's no other topic yet."))
    asked = t("Which topic is similar to “{title}”?", title=title_of(one))
    menu = choice(t("Merge with"), "topic.merge", "other", words.options(others), topic=one.id)
    return Message(blocks=said(asked).blocks, choices=(menu,))


def _agree(caller: Caller, records: Records, whole: Whole, pair: Pair, merger: Merger) -> bool:
    """Note for which topics the caller agrees; say whether both sides do now."""
    spoken = [one.id for one in pair if _speaks(caller, whole, one)]
    return mergers.agree(records, pair, merger, spoken)


def _merged(caller: Caller, records: Records, space: OpenSpace, pair: Pair) -> Reply:
    entry = mergers.merge(records, space, pair, caller.actor)
    return Change(topics.one_now(*pair, undo_of(entry)))


@topic.command(title=t("Agree to merge"), submit=t("Agree"), may=may_settle, listed=False)
def agree(caller: Caller, records: Records, topic: TopicOption, other: OtherOption) -> Reply:
    """Agree that two topics become one."""
    pair, space = _pair(caller, records, topic, other)
    whole = records.topics.whole(space)
    if _agree(caller, records, whole, pair, _wished(records, pair)):
        return _merged(caller, records, space, pair)
    return Change(said(t("Thank you. The other side still has to agree.")))


def _wished(records: Records, pair: Pair) -> Merger:
    found = records.topics.merger(*pair)
    if found is None:
        raise UserError(t("Nobody is asking to merge these topics any more."))
    return found


@topic.command(title=t("Decline to merge"), submit=t("Keep apart"), may=may_settle, listed=False)
def decline(caller: Caller, records: Records, topic: TopicOption, other: OtherOption) -> Reply:
    """Keep two topics apart."""
    pair, space = _pair(caller, records, topic, other)
    whole = records.topics.whole(space)
    mergers.decline(records, whole, pair, _wished(records, pair), caller.actor)
    return Change(said(t("They're staying apart. Thank you for letting me know.")))


def separate(caller: Caller, records: Records, other: Topic, into: int) -> Message:
    """Make two topics again of what was merged."""
    topic, space = records.topics.get(into), space_of(records, other)
    if other.merged_into_id != topic.id:
        raise UserError(NOTHING_TO_UNDO)
    may_separate(caller, records, records.topics.lead(topic))
    in_time("merge", space, caller.now)
    mergers.separate(records, space, other, caller.actor)
    names = {"topic": title_of(topic), "other": title_of(other)}
    again = button(t("Merge them again"), "topic.merge", topic=topic.id, other=other.id)
    return said(t("“{topic}” and “{other}” are two topics again.", **names), again)
