"""Plants words in everything that is hidden, in a storage in which calls leave nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session as Opened

from storage import Records, Storage, Transaction
from storage.actions import ActionItem
from storage.assets import DRAFTED, HELD, NOTES, RECORDING, Asset
from storage.checklists import ChecklistItem
from storage.consents import TO_RECORD, Consent
from storage.deliveries import Wanted
from storage.hosting import Stay, Turn
from storage.imports import READY, Import
from storage.interpreters import INTERPRETATION, Interpreter
from storage.jobs import Job
from storage.openspace import OpenSpace, Room, Slot
from storage.people import Member
from storage.polls import DRAFT, NO, OPEN, Poll, PollAnswer, PollDate
from storage.programmes import Programme
from storage.sessions import Session
from storage.tables import Owned
from storage.timers import Timer
from storage.topics import Topic
from storage.writes import writes

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PEOPLE = {
    "gus": "guest", "mia": "member", "cora": "core", "carl": "coordinator",
    "orla": "member", "hana": "member",
}  # fmt: skip


class Rehearsal(Storage):
    """A storage that undoes each transaction at its end, and counts what it would write.

    Forms that are asked are kept for whoever asks, whatever they are about: they do not count.
    """

    changed = 0

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction like any other, but keep nothing of it."""
        self.changed = 0
        with self.engine.connect() as connection:
            connection.begin()
            with Opened(connection, join_transaction_mode="rollback_only") as session:
                session.info["connection"] = connection
                with writes(session) as written:
                    yield Transaction(session)
                    session.flush()
                self.changed = sum(" drafts " not in statement for statement in written)


@dataclass
class Planted:
    """What there is to name, by ids, of each area that options refer to.

    What is `hidden` can be called by the first word of its title; the second must not be shown.
    """

    open: dict[str, int] = field(default_factory=dict)
    hidden: dict[str, list[int]] = field(default_factory=dict)
    elsewhere: dict[str, list[int]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def plant(storage: Storage) -> Planted:
    """Keep a community with hidden things, and another whose things are all hidden from it."""
    planted = Planted()
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        records = transaction.records(home.id)
        people = {name: _person(records, "home", name, role) for name, role in PEOPLE.items()}
        planted.people = {name: member.id for name, member in people.items()}
        people["orla"].brings = "Bringsword canarybrings"
        records.channels.choose("announces", records.channels.meet("toy", "home", "c1", "general"))
        _sessions(records, people, planted)
        _open_spaces(records, people, planted)
        _checklists(records, people, planted)
        _polls(records, people, planted)
        other = transaction.community_at("toy", "elsewhere", NOW, "en", "UTC")
        _elsewhere(transaction.records(other.id), planted)
    return planted


def _person(records: Records, workspace: str, name: str, role: str) -> Member:
    member = records.members.meet("toy", workspace, name, name.title(), NOW)
    member.role = role
    return member


def _session(handle: str, canary: str, state: str, **given: Any) -> Session:
    words = f"{handle} {canary}"
    at = NOW + 9 * DAY
    return Session(
        title=words, starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC", minutes=60,
        created_at=NOW - DAY, state=state, description=words, agenda=words, guiding_question=words,
        link=f"https://{canary}.example/x", languages=["en", "fr"], **given,
    )  # fmt: skip


def _sessions(records: Records, people: dict[str, Member], planted: Planted) -> None:
    own = {"organiser_id": people["orla"].id}
    past, later = NOW - DAY / 2, NOW + DAY
    kept = {
        "open": _session("Openword", "seen", "announced", announce_at=past, told_at=past, **own),
        "draft": _session("Draftword", "canarydraft", "draft", **own),
        "waiting": _session(
            "Waitingword", "canarywaiting", "announced", announce_at=later, told_at=later, **own
        ),
        "cancelled": _session(
            "Cancelledword", "canarycancelled", "cancelled", announce_at=past, **own
        ),
    }
    for session in kept.values():
        records.sessions.add(session)
    planted.open["sessions"] = kept["open"].id
    planted.open |= _after(records, kept["open"], "canary")
    planted.hidden["sessions"] = [kept[name].id for name in ("draft", "waiting", "cancelled")]
    reason = records.log.add(kept["waiting"].about, "cancelled", people["orla"], NOW)
    reason.reason = "canaryreason"
    planted.hidden["log"] = [reason.id]
    for name in ("open", "waiting"):
        records.hosting.settle(kept[name], people["hana"].id, "accepted", NOW)
    records.hosting.keep(Stay(member_id=people["hana"].id, joined_at=NOW - 9 * DAY))
    records.rsvps.answer(kept["open"].id, people["orla"].id, "yes", NOW)
    answer = records.rsvps.answer_of(kept["open"].id, people["orla"].id)
    assert answer is not None
    answer.note = "Noteword canarynote"


def _after(records: Records, session: Session, words: str) -> dict[str, int]:
    """Keep what only hosts see of a session and of what stays of it; gives the ids by area."""
    minutes = Asset(about=session.about, kind=NOTES, at=NOW, words=f"{words}minutes")
    link = f"https://{words}recording.example/x"
    recording = Asset(about=session.about, kind=RECORDING, at=NOW, url=link, state=HELD)
    minutes.state = DRAFTED
    asked = Consent(about=session.about, purpose=TO_RECORD, asked_at=NOW, name=f"{words}consent")
    item = ActionItem(about=session.about, words="Write", created_at=NOW)
    records.assets.add(recording)
    task = Interpreter(
        session_id=session.id, kind=INTERPRETATION, language="fr", asked_at=NOW,
        name=f"{words}interpreter",
    )  # fmt: skip
    return {
        "interpreters": records.interpreters.add(task).id,
        "assets": records.assets.add(minutes).id,
        "consents": records.consents.add(asked).id,
        "actions": records.actions.add(item).id,
    }


def _checklists(records: Records, people: dict[str, Member], planted: Planted) -> None:
    """Keep what hosts have to do and hand over, and programmes."""
    words = "Handword canaryhandover"
    item = ChecklistItem(words="Test the link", days=-1, created_at=NOW)
    records.checklists.hand_over(planted.open["sessions"], words, people["hana"].id, NOW)
    opened = Programme(title="Series", minutes=60, created_at=NOW, state="running")
    draft = Programme(title="Programword canaryprogramme", minutes=60, created_at=NOW)
    planted.open["checklists"] = records.checklists.add(item).id
    planted.open["programmes"] = _programme(records, opened)
    planted.hidden["programmes"] = [_programme(records, draft)]


def _polls(records: Records, people: dict[str, Member], planted: Planted) -> None:
    """Keep a poll that somebody answered, and one that is still a draft."""
    own = people["orla"].id
    for name, words in (("open", "Hours"), ("hidden", "Pollword canarypoll")):
        poll, date = _poll(records, words, OPEN if name == "open" else DRAFT, own)
        _note(planted, name, "polls", poll)
        _note(planted, name, "poll_dates", date)
    poll_id, date_id = planted.open["polls"], planted.open["poll_dates"]
    records.poll_answers.add(
        PollAnswer(
            poll_id=poll_id,
            date_id=date_id,
            member_id=people["hana"].id,
            answer=NO,
            answered_at=NOW,
        )
    )


def _poll(
    records: Records, words: str, state: str, organiser_id: int | None = None
) -> tuple[Poll, PollDate]:
    """Keep a poll on one hour."""
    at, closes = NOW + 9 * DAY, NOW + 3 * DAY
    poll = Poll(
        title=words, minutes=60, created_at=NOW, closes_at=closes, organiser_id=organiser_id
    )
    poll.state = state
    records.polls.add(poll)
    date = PollDate(poll_id=poll.id, starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC")
    return poll, records.poll_dates.add(date)


def _programme(records: Records, programme: Programme) -> int:
    """Keep a programme that meets on Thursdays."""
    records.programmes.add(programme)
    records.programmes.put_rule(programme, "2026-11-05 16:00", "UTC", "FREQ=WEEKLY;BYDAY=TH")
    return programme.id


def _open_spaces(records: Records, people: dict[str, Member], planted: Planted) -> None:
    waiting = planted.hidden["sessions"][1]
    channel = records.channels.announcing()[0].id
    lead: dict[str, Any] = {"facilitator_id": people["hana"].id, "session_id": waiting}
    opened = OpenSpace(guiding_question="Seeds?", opened_at=NOW - DAY, **lead)
    draft = OpenSpace(guiding_question="Spaceword canaryspace", **lead)
    for space, name in ((opened, "open"), (draft, "hidden")):
        records.openspaces.add(space)
        records.placements.put(space.about, [channel])
        at = NOW + 2 * DAY
        words = "Garden" if name == "open" else "Roomword canaryroom"
        link = f"https://{words.split()[-1]}.example/x"
        slot = records.slots.add(Slot(openspace_id=space.id, starts_at=at, ends_at=at + DAY / 24))
        room = records.rooms.add(Room(openspace_id=space.id, name=words, link=link))
        for area, thing in (("openspaces", space), ("slots", slot), ("rooms", room)):
            _note(planted, name, area, thing)
    topic = Topic(
        openspace_id=opened.id, title="Soil", proposed_at=NOW, convener_id=people["orla"].id
    )
    planted.open["topics"] = records.topics.add(topic).id


def _note(planted: Planted, name: str, area: str, thing: Owned) -> None:
    if name == "open":
        planted.open[area] = thing.id
    else:
        planted.hidden[area] = [thing.id]


def _import(records: Records, words: str) -> int:
    problems = [[1, "cancelled", words]]
    read = Import(created_at=NOW, content=words, state=READY, problems=problems)
    return records.imports.add(read).id


def _elsewhere(records: Records, planted: Planted) -> None:
    """Keep the same things in another community, where all of them can be seen."""
    words = "Elseword canaryelsewhere"
    zoe = _person(records, "elsewhere", words, "coordinator")
    session = _session("Elseword", "canaryelsewhere", "announced", announce_at=NOW, told_at=NOW)
    records.sessions.add(session)
    records.hosting.add(Turn(session_id=session.id, state="open", changed_at=NOW))
    channel = records.channels.meet("toy", "elsewhere", "c9", words)
    space = records.openspaces.add(OpenSpace(guiding_question=words, opened_at=NOW))
    slot = Slot(openspace_id=space.id, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY)
    topic = Topic(openspace_id=space.id, title=words, proposed_at=NOW)
    records.deliveries.send(
        session.about, "session.announced", Wanted("x", NOW, channel_id=channel.id)
    )
    (delivery,) = records.deliveries.about(session.about)
    timer = Timer(about=session.about, name="session.goes_on", due_at=NOW, state="dead")
    job = Job(about=space.about, name="openspace.board", asked_at=NOW, due_at=NOW, state="failed")
    programme = Programme(title=words, minutes=60, created_at=NOW, state="running")
    item = ChecklistItem(words=words, days=-1, created_at=NOW)
    poll, date = _poll(records, words, OPEN)
    planted.elsewhere = {
        "imports": [_import(records, words)],
        "polls": [poll.id],
        "poll_dates": [date.id],
        "programmes": [_programme(records, programme)],
        "checklists": [records.checklists.add(item).id],
        "sessions": [session.id],
        **{area: [id] for area, id in _after(records, session, "canaryelse").items()},
        "openspaces": [space.id],
        "slots": [records.slots.add(slot).id],
        "rooms": [records.rooms.add(Room(openspace_id=space.id, name=words)).id],
        "topics": [records.topics.add(topic).id],
        "undelivered": [delivery.id],
        "lost_posts": [delivery.id],
        "timers": [records.timers.add(timer).id],
        "jobs": [records.jobs.add(job).id],
        "log": [records.log.add(space.about, "advanced", None, NOW, {"phase": "canaryphase"}).id],
        "people": [zoe.id],
        "channels": [channel.id],
    }
