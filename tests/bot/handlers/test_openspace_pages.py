"""Shows that long lists of open spaces and of withdrawn topics have pages."""

from storage import Records
from storage.openspace import OpenSpace
from storage.topics import Topic
from tests.chatting import Chat
from tests.openspaces import gather


def with_many(chat: Chat) -> None:
    """Have thirty closed spaces, and thirty topics withdrawn from the one that is open."""
    gather(chat)
    with chat.storage.write() as transaction:
        known = transaction.known("local", "local", "maria")
        assert known is not None
        records: Records = transaction.records(known.community_id)
        now = chat.now
        (space,) = records.openspaces.open(known.sight, now)
        for number in range(30):
            closed = OpenSpace(guiding_question=f"Q{number:02}", opened_at=now, closed_at=now)
            records.openspaces.add(closed)
            gone = Topic(openspace_id=space.id, title=f"T{number:02}", proposed_at=now)
            gone.withdrawn = True
            records.topics.add(gone)


def test_open_spaces_are_listed_on_pages(chat: Chat) -> None:
    with_many(chat)
    assert "Page 1 of 2" in chat.say("bruno", "/openspace list")
    second = chat.press("bruno", "Next page")
    assert "Q00" in second
    assert second.labels == ["Previous page", "Show"]


def test_withdrawn_topics_are_chosen_from_pages(chat: Chat) -> None:
    with_many(chat)
    chat.say("maria", "/topic list")
    chat.press("maria", "Next page")
    assert "T00" in chat.choose("maria", "Withdrawn topics", "T00")


def test_withdrawn_topics_are_still_there_after_a_tick(chat: Chat) -> None:
    with_many(chat)
    chat.say("bruno", "/topic propose Seeds")
    chat.say("maria", "/topic list")
    assert "Withdrawn topics" in chat.press("maria", "Interested: Seeds").labels
