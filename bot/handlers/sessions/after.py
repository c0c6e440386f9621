"""Takes what stays of a session, and who was there."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.chat import Message
from bot.commands import EVERYONE, Caller
from bot.domain import after as domain
from bot.domain import attendance, consents
from bot.domain.actions import Action
from bot.domain.attendance import NOBODY, NamedPeople
from bot.handlers.sessions.group import session
from bot.handlers.sessions.keeping import by_id, has_begun, held_back, may_keep
from bot.handlers.sessions.words import after as words
from bot.i18n import t
from bot.options.actions import ActionsKind
from bot.options.attended import PeopleKind
from bot.options.basic import LongText, WebLink
from bot.options.links import LinksKind
from bot.options.things import HeldOption
from bot.protocol import Reply, Say
from storage import Records
from storage.assets import LINK, RECORDING, SLIDES
from storage.sessions import Session

Who = Annotated[
    NamedPeople,
    PeopleKind(
        t("Who was there"), t("Who said yes counts: add who's missing, take out who wasn't")
    ),
]
Absent = Annotated[
    NamedPeople, PeopleKind(t("Who wasn't there"), t("Who said yes and didn't come"))
]
Spoke = Annotated[
    NamedPeople, PeopleKind(t("Speakers without account"), t("I'll ask you if they agree"))
]
Recording = Annotated[str, WebLink(t("Recording"), t("Shown once those who speak agree"))]
Slides = Annotated[str, WebLink(t("Slides"), t("Where they are: https://…"))]
Notes = Annotated[str, LongText(t("Notes"), t("What it was about; you can add pages later"))]
Actions = Annotated[
    list[Action],
    ActionsKind(t("Actions"), t("One a line: Ana: write to the speakers, 15 October")),
]
Links = Annotated[list[str], LinksKind(t("Links"), t("One a line: https://…"))]


def _as_written(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    has_begun(caller, session)
    links = {kind: [one.url for one in records.assets.of(session.about, kind)]
             for kind in (RECORDING, SLIDES)}  # fmt: skip
    notes = domain.notes_of(records, session)
    return {
        "who": _listed(records, session),
        "recording": next(iter(links[RECORDING]), ""),
        "slides": next(iter(links[SLIDES]), ""),
        "notes": notes[0].words if notes else "",
        "actions": _lines(records, session),
    }


def _listed(records: Records, session: Session) -> NamedPeople | str:
    """Give who counts as there, where so few said yes that a field holds their names."""
    present = attendance.present(records, session)
    if not present.fits:
        return ""
    come = {member.id: member for member in present.come}
    others = by_id(records, sorted(present.ids - {*come}))
    fitting = others if len(present.ids) <= attendance.MOST else {}
    members = [one for id, one in (come | fitting).items() if id in present.ids]
    return NamedPeople(members, present.names) if members or present.names else ""


def _lines(records: Records, session: Session) -> list[Action]:
    items = [item for item in records.actions.of(session.about) if item.done_at is None]
    owners = by_id(records, [item.owner_id for item in items])
    return [
        Action(item.words, owners.get(item.owner_id or 0), item.name, item.due_on) for item in items
    ]


@session.command(
    title=t("Write down what stays"),
    submit=t("Save"),
    may=may_keep,
    fill=_as_written,
    shared=True,
)
def after(
    caller: Caller,
    records: Records,
    session: HeldOption,
    who: Who | None = None,
    recording: Recording | None = None,
    slides: Slides | None = None,
    notes: Notes | None = None,
    actions: Actions | None = None,
) -> Reply:
    """Write down who was at a session and what stays: recording, slides, notes, actions."""
    said = domain.WrittenDown(who, NOBODY, recording, slides, notes, actions)
    return Say(_saved(caller, records, session, said))


def _more_written(caller: Caller, records: Records, session: Session) -> Mapping[str, Any]:
    return {"links": [one.url for one in records.assets.of(session.about, LINK)]}


@session.command(
    title=t("Add links and names"),
    submit=t("Save"),
    may=may_keep,
    listed=False,
    fill=_more_written,
    shared=True,
)
def after_more(
    caller: Caller,
    records: Records,
    session: HeldOption,
    absent: Absent | None = None,
    links: Links | None = None,
    spoke: Spoke | None = None,
) -> Reply:
    """Write down who wasn't there, links, and who spoke without an account."""
    spoken = [*spoke.names, *(one.name for one in spoke.members)] if spoke else []
    said = domain.WrittenDown(absent=absent or NOBODY, links=links, spoke=spoken)
    return Say(_saved(caller, records, session, said))


def _saved(caller: Caller, records: Records, session: Session, said: domain.WrittenDown) -> Message:
    has_begun(caller, session)
    first = session.stays_at is None
    domain.write_down(records, session, said, caller.actor)
    lines = [words.present(attendance.present(records, session).count)]
    recordings = records.assets.of(session.about, RECORDING)
    if recordings:
        consents.settle(records, session, None, caller.now)
    held, buttons = held_back(caller, records, session) if recordings else ([], ())
    people = domain.readers(records, session) if first and domain.stays(records, session) else ()
    told = [words.to_be_told(len(people))] if people else []
    return words.written(session, [*lines, *held, *told], buttons)


@session.command(title=t("Say you were there"), submit=t("I was there"), who=EVERYONE)
def was_there(caller: Caller, records: Records, session: HeldOption) -> Reply:
    """Say that you were at a session; once more takes it back."""
    has_begun(caller, session)
    there = attendance.say_there(records, session, caller.actor)
    return Say(words.there(session, there=there))
