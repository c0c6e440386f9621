"""Lets people go where they like while a space runs, and write down what came of it."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import button, said
from bot.commands import EVERYONE, Caller
from bot.domain import topics as domain
from bot.errors import FieldError, UserError
from bot.handlers.openspace.group import (
    in_time,
    live,
    not_now,
    phase_of,
    space_of,
    topic,
    under_way,
)
from bot.handlers.openspace.options import SpaceOption, TopicOption
from bot.handlers.openspace.words import topics as words
from bot.i18n import t
from bot.options.basic import LongText, YesNo
from bot.protocol import Reply, Say
from storage import Records
from storage.openspace import OpenSpace
from storage.topics import Topic

AT_TOPICS = t("You can go to topics and leave them while the open space is running.")


def _running(caller: Caller, space: OpenSpace) -> None:
    if phase_of(space, caller.now) != "running":
        raise UserError(not_now(AT_TOPICS, phase_of(space, caller.now)))


@topic.command(title=t("Go to a topic"), submit=t("Go there"), who=EVERYONE)
def join(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Go to a topic; you leave the one you're at."""
    topic = live(records, topic)
    space = space_of(records, topic)
    _running(caller, space)
    before = domain.join(records, topic, caller.member.id)
    return Say(words.joined_in(records.topics.whole(space), topic, before))


@topic.command(title=t("Leave a topic"), submit=t("Leave"), who=EVERYONE)
def leave(caller: Caller, records: Records, space: SpaceOption | None = None) -> Reply:
    """Leave the topic you're at."""
    space = under_way(caller, records, space)
    _running(caller, space)
    where = records.topics.presence(space.id, caller.member.id)
    if where is None:
        raise UserError(t("You're not at any topic at the moment."))
    left = records.topics.get(where.topic_id)
    domain.leave(records, space, where)
    told = t("You've left “{title}”. Go wherever you like.", title=title_of(left))
    board = button(t("See the board"), "openspace.board", space=space.id)
    return Say(said(told, board, button(t("Undo"), "topic.join", topic=left.id)))


def _as_written(caller: Caller, records: Records, topic: Topic) -> Mapping[str, Any]:
    in_time("note", records.openspaces.get(topic.openspace_id), caller.now)
    found = records.notes.by(live(records, topic).about, caller.member.id)
    if found is None:
        return {"named": True}
    return {part: getattr(found, part) for part in PARTS}


PARTS = ("discussed", "insights", "actions", "resources", "named")
ACTIONS = t("One per line, with who and by when: Amina: write to the ministry, 3 March")


@topic.command(title=t("Write notes"), submit=t("Save"), adds=True, fill=_as_written)
def notes(
    caller: Caller,
    records: Records,
    topic: TopicOption,
    discussed: Annotated[str, LongText(t("What was discussed"))] = "",
    insights: Annotated[str, LongText(t("Insights"), t("What you take away from it"))] = "",
    actions: Annotated[str, LongText(t("Actions"), ACTIONS)] = "",
    resources: Annotated[
        str, LongText(t("Resources"), t("Links, papers, people: one per line"))
    ] = "",
    named: Annotated[bool, YesNo(t("Show my name under these notes"))] = True,
) -> Reply:
    """Write down what came of a topic, or change what you wrote."""
    topic = live(records, topic)
    space = space_of(records, topic)
    in_time("note", space, caller.now)
    if not discussed:
        raise FieldError("discussed", t("Write a few words about what you discussed."))
    written = (discussed, insights, actions, resources, named)
    domain.note(records, topic, dict(zip(PARTS, written, strict=True)), caller.actor)
    told = t("Thank you. I've saved your notes on “{title}”.", title=title_of(topic))
    again = button(t("Change notes"), "topic.notes", topic=topic.id)
    read = button(t("Proceedings so far"), "openspace.proceedings", space=space.id)
    return Say(said(told, again, read))
