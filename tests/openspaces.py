"""Gets an open space going among three people in three zones."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from storage.openspace import OpenSpace
from storage.topics import Topic
from tests.chatting import START, Chat
from tests.scenes import scene

QUESTION = "How can we keep collaborating to put climate justice principles into practice?"
YOUNG = "How to include young people into climate actions"
CHANGE = "Regeneration for changemakers"
DUTCH = "Dutch politics related to climate change"
SLOTS = '/openspace slots "2026-11-02 14:00" {count} 45m pause=15'


@scene
def gather(chat: Chat) -> Chat:
    """Let three people in and open a space in #open-space; Maria is its facilitator."""
    chat.join("maria", zone="Europe/Amsterdam", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="en", role="member")
    chat.join("amina", zone="Africa/Dakar", locale="en", role="member")
    chat.say("maria", f"/openspace open {QUESTION}", "#open-space")
    chat.press("maria", "Open now")
    for name in ("bruno", "amina"):
        chat.say(name, "hello", "#open-space")
    return chat


@scene
def with_topics(chat: Chat) -> Chat:
    """Have each of the three propose the topic of their heart."""
    gather(chat)
    for name, title in (("bruno", YOUNG), ("amina", CHANGE), ("maria", DUTCH)):
        chat.say(name, f"/topic propose {title}")
    return chat


def on_to(chat: Chat, *phases: str) -> None:
    """Go on through phases, one by one, named by what comes before each."""
    for before in phases:
        shown = chat.say("maria", "/openspace next")
        assert before in shown[0].buttons[0].command
        chat.press("maria", "Continue")


@scene
def with_board(chat: Chat, rooms: str = "Garden\nPond", count: int = 2) -> Chat:
    """Have a board up at the marketplace."""
    with_topics(chat)
    on_to(chat, "gathering")
    chat.say("maria", SLOTS.format(count=count))
    chat.say("maria", "/openspace rooms")
    chat.fill("maria", rooms=rooms)
    chat.say("maria", "/openspace fill")
    chat.press("maria", "Publish the board")
    return chat


@scene
def running(chat: Chat) -> Chat:
    """Have the space running with its board."""
    with_board(chat)
    on_to(chat, "marketplace")
    return chat


def topic_id(chat: Chat, title: str) -> str:
    """Give the id of a topic, which nobody types."""
    with chat.storage.read() as transaction:
        query = Topic.__table__.select().where(Topic.title == title)
        return str(transaction.db.execute(query).mappings().one()["id"])


def elsewhere(chat: Chat) -> tuple[str, str]:
    """Make a space with a topic in another community; gives their ids."""
    with chat.storage.write() as transaction:
        community = transaction.community_at("local", "elsewhere", START, "en", "UTC")
        records = transaction.records(community.id)
        space = records.openspaces.add(OpenSpace(guiding_question="Theirs?", opened_at=START))
        topic = Topic(openspace_id=space.id, title="Their secret", proposed_at=START)
        records.topics.add(topic)
        return str(space.id), str(topic.id)


@contextmanager
def counted(chat: Chat) -> Iterator[list[str]]:
    """Collect the statements that SQLite carries out meanwhile, without the end of transactions."""
    found: list[str] = []

    def note(words: str) -> None:
        if words not in ("COMMIT", "ROLLBACK"):
            found.append(words)

    with chat.storage.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
    driver.set_trace_callback(note)
    yield found
    driver.set_trace_callback(None)
