"""Takes topics in, shows them, and who would like to be there."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from bot.authored import title_of
from bot.chat import Message, button, said
from bot.commands import EVERYONE, Caller
from bot.domain import topics as domain
from bot.errors import FieldError, UserError
from bot.handlers.openspace.group import (
    Description,
    Title,
    in_time,
    leads,
    live,
    may_change,
    phase_of,
    space_of,
    topic,
    under_way,
)
from bot.handlers.openspace.options import SpaceOption, TopicOption
from bot.handlers.openspace.words import topics as words
from bot.i18n import Text, t
from bot.options.basic import LongText
from bot.options.things import NOTHING_TO_UNDO
from bot.protocol import Change, Reply, Say
from bot.undoing import lasting
from bot.wording import log as log_words
from bot.wording.log import undo_of
from bot.wording.pages import LISTED, Page, page_of
from storage import Records
from storage.log import LogEntry
from storage.openspace import OpenSpace
from storage.topics import Topic, Whole


@topic.command(title=t("Propose a topic"), submit=t("Propose"), adds=True)
def propose(
    caller: Caller,
    records: Records,
    title: Title,
    description: Description = "",
    space: SpaceOption | None = None,
) -> Reply:
    """Propose a topic you'd like to convene; a title is enough."""
    space = under_way(caller, records, space)
    records.openspaces.hold(space)
    in_time("propose", space, caller.now)
    whole = records.topics.whole(space)
    if before := _called(whole, title):
        return Say(words.twice(whole, before, description))
    proposed = Topic(
        openspace_id=space.id,
        title=title,
        description=description,
        proposed_at=caller.now,
        convener_id=caller.member.id,
    )
    domain.propose(records, space, proposed)
    return Say(words.proposed(proposed))


def _called(whole: Whole, title: str) -> Topic | None:
    wanted = _plain(title)
    return next((one for one in whole.topics if _plain(one.title) == wanted), None)


def _plain(title: str) -> str:
    """Compare titles by their letters, however they are written."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    letters = "".join(sign if sign.isalnum() else " " for sign in folded)
    return " ".join(letters.split()) or folded.strip()


@topic.command(title=t("See the topics"), submit=t("View"), who=EVERYONE, reads=True)
def list_(
    caller: Caller, records: Records, space: SpaceOption | None = None, page: Page = 0
) -> Reply:
    """List the topics and say where you'd like to be."""
    space = under_way(caller, records, space)
    told = _listed(caller, records, records.topics.whole(space), page)
    return Change(told) if page else Say(told)


def _listed(caller: Caller, records: Records, whole: Whole, page: int) -> Message:
    """Word a page of the topics, and of those withdrawn ones that the caller may bring back."""
    space, own = whole.space, caller.member.id
    gone, leading = records.topics.withdrawn(space.id, LISTED), leads(caller, space)
    gone = [one for one in gone if leading or one.convener_id == own]
    return words.listed(whole, own, phase_of(space, caller.now), page, gone)


@topic.command(title=t("See a topic"), submit=t("View"), who=EVERYONE, reads=True)
def show(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Show a topic and everything about it."""
    topic = records.topics.lead(topic)
    space, parts = records.openspaces.get(topic.openspace_id), records.topics.together(topic)
    leading = leads(caller, space)
    mine = leading or caller.member.id in [part.convener_id for part in parts]
    if topic.withdrawn and mine:
        gone = said(t("“{title}” has been withdrawn.", title=title_of(topic)))
        return Say(_acted(records, parts, gone))
    topic, whole = live(records, topic), records.topics.whole(space)
    phase = phase_of(space, caller.now)
    told = words.shown(whole, topic, phase, caller.member.id, leads=leading)
    return Say(_acted(records, parts, told) if mine else told)


def _acted(records: Records, parts: Sequence[Topic], told: Message) -> Message:
    """Say who withdrew, moved or merged a topic last, with the undo of that."""
    about = parts[0].about
    found = (
        records.log.last([about], "withdrawn", "restored"),
        records.log.last([about], "changed"),
        records.log.last([about], "placed", "swapped"),
        records.log.last([part.about for part in parts], "merged", "separated"),
    )
    lasts = lasting(records, [entry for entry in found if entry])
    acts, undo = log_words.acts(records, lasts, lasts)
    return replace(told, blocks=(*told.blocks, *acts), buttons=(*told.buttons, *undo))


@topic.command(title=t("Mark your interest"), submit=t("Confirm"), who=EVERYONE)
def want(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Say that you'd like to be at a topic, or no longer; it's a hint, not a vote."""
    topic = live(records, topic)
    return Say(words.toggled(topic, wants=_toggle(caller, records, topic)))


@topic.command(title=t("Tick a topic"), submit=t("Tick"), who=EVERYONE, listed=False)
def tick(caller: Caller, records: Records, topic: TopicOption) -> Reply:
    """Say in the list that you'd like to be at a topic, or no longer."""
    topic = live(records, topic)
    _toggle(caller, records, topic)
    space = records.openspaces.get(topic.openspace_id)
    whole = records.topics.whole(space)
    page = page_of([one.id for one in whole.topics], topic.id)
    return Change(_listed(caller, records, whole, page))


def _toggle(caller: Caller, records: Records, one: Topic) -> bool:
    space = space_of(records, one)
    in_time("want", space, caller.now)
    return domain.want(records, one, caller.member.id)


def _as_it_is(caller: Caller, records: Records, topic: Topic) -> Mapping[str, Any]:
    return {"title": title_of(topic), "description": topic.description}


@topic.command(title=t("Change a topic"), submit=t("Save"), may=may_change, fill=_as_it_is)
def change(
    caller: Caller,
    records: Records,
    topic: TopicOption,
    title: Title | None = None,
    description: Description | None = None,
) -> Reply:
    """Change the title of your topic, or say more about it."""
    space = _own(caller, records, topic)
    before = _called(records.topics.whole(space), title or "")
    if title and before and before.id != topic.id:
        raise FieldError(
            "title", t("There's already a topic with this title. Merge the two instead?")
        )
    about = topic.description if description is None else description
    entry = domain.change(records, topic, title or topic.title, about, caller.actor)
    again = button(t("Change"), "topic.change", topic=topic.id)
    return Say(said(t("I've changed “{title}”.", title=title_of(topic)), again, undo_of(entry)))


def change_back(caller: Caller, records: Records, one: Topic, entry: LogEntry) -> Message:
    """Say of a topic what was said before it was changed, if it still is as that left it."""
    space, before = _own(caller, records, one), entry.before
    if one.withdrawn or not entry.after or domain.said_of(one) != entry.after:
        raise UserError(NOTHING_TO_UNDO)
    namesake = _called(records.topics.whole(space), before["title"])
    if namesake and namesake.id != one.id:
        raise UserError(
            t("There's another topic with this title now: “{title}”.", title=title_of(namesake))
        )
    domain.set_back(records, one, entry, caller.actor)
    return said(t("“{title}” is back to what it was before.", title=title_of(one)))


@topic.farewell
def unname(caller: Caller, records: Records) -> None:
    """Have topics of somebody who is erased go on without a convener, wherever they are shown."""
    domain.erase(records, caller.member)


def _own(caller: Caller, records: Records, one: Topic) -> OpenSpace:
    """Give the space of a topic that can be changed now."""
    space = space_of(records, one)
    in_time("propose", space, caller.now)
    return space


def _would_withdraw(caller: Caller, records: Records, topic: Topic) -> Text:
    others = domain.others_convening(records, live(records, topic), caller.actor)
    return words.would_withdraw(topic, others) if others else Text("")


@topic.command(
    title=t("Withdraw a topic"),
    submit=t("Withdraw"),
    may=may_change,
    foretells=_would_withdraw,
)
def withdraw(
    caller: Caller,
    records: Records,
    topic: TopicOption,
    reason: Annotated[str, LongText(t("Reason"), limit=500)] = "",
) -> Reply:
    """Withdraw a topic; where others convene it, you first see who'll be told."""
    topic = live(records, topic)
    _own(caller, records, topic)
    entry = domain.withdraw(records, topic, reason, caller.actor)
    return Say(said(t("I've withdrawn “{title}”.", title=title_of(topic)), undo_of(entry)))


def bring_back(caller: Caller, records: Records, one: Topic) -> Message:
    """Bring a topic back that was withdrawn."""
    space = _own(caller, records, one)
    if not one.withdrawn:
        raise UserError(NOTHING_TO_UNDO)
    if _called(records.topics.whole(space), one.title):
        raise UserError(
            t("There's another topic with this title now: “{title}”.", title=title_of(one))
        )
    domain.restore(records, one, caller.actor)
    return said(t("“{title}” is back.", title=title_of(one)))
