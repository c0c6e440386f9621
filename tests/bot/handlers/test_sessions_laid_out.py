"""Shows how sessions are laid out for a phone: facts first, lists with pages."""

from datetime import timedelta

from storage.sessions import Session
from tests.chatting import Chat, Screen


def test_facts_stand_above_what_is_long(three: Chat) -> None:
    facts = ' format=fishbowl link="https://meet.example/a" languages="English, Spanish"'
    long = ' guiding-question="Who decides?" description="A long story" agenda="Arrive"'
    three.say(
        "amina",
        '/session plan title=Fairness when="2026-11-10 15:00" duration=90m' + facts + long,
        "#general",
    )
    three.press("amina", "Announce now")
    shown = three.last("#general").text.splitlines()[1:]
    assert shown == [
        "1 h 30 min · Fishbowl · English, Spanish",
        "Link: https://meet.example/a",
        "Nobody has answered yet.",
        "> Who decides?",
        "A long story",
        "Agenda",
        "- Arrive",
    ]


def with_many(chat: Chat, count: int) -> None:
    """Let so many sessions be announced, one each day."""
    chat.say("bruno", "/my profile")
    with chat.storage.write() as transaction:
        known = transaction.known("local", "local", "bruno")
        assert known is not None
        records = transaction.records(known.community_id)
        for number in range(1, count + 1):
            at = chat.now + timedelta(days=number)
            wall = at.isoformat()[:16]
            title = f"Circle {number:03}"
            made = Session(
                title=title, starts_at=at, wall=wall, zone="UTC", minutes=60,
                created_at=chat.now, state="announced", told_at=chat.now,
            )  # fmt: skip
            records.sessions.add(made)


def titles(screen: Screen) -> list[str]:
    """Give the titles of the sessions that are listed."""
    return [line[2:12] for line in screen.text.splitlines() if line.startswith("- Circle")]


def test_sessions_are_listed_on_pages(three: Chat) -> None:
    with_many(three, 45)
    assert "Page 1 of 3" in (first := three.say("bruno", "/session list"))
    assert titles(first)[-1] == "Circle 020"
    assert first.labels == ["Next page", "Show"]
    third = [three.press("bruno", "Next page") for _ in range(2)][-1]
    assert third[0].edits
    assert titles(third) == [f"Circle {number:03}" for number in range(41, 46)]
    assert "Page 3 of 3" in third
    assert third.labels == ["Previous page", "Show"]


def test_few_sessions_are_on_no_page(three: Chat) -> None:
    with_many(three, 20)
    assert "Page" not in three.say("bruno", "/session list")


def test_session_to_answer_is_chosen_from_pages(three: Chat) -> None:
    with_many(three, 45)
    shown = three.say("bruno", "/session rsvp answer=yes")
    assert "Page 1 of 3" in shown
    three.press("bruno", "Next page")
    screen = three.choose("bruno", "Session", "Circle 021: Mon 23 Nov 2026, 03:00 (Bogota)")
    assert "You're coming to “Circle 021”" in screen


def test_session_of_few_is_asked_for_in_a_form(three: Chat) -> None:
    with_many(three, 5)
    assert three.say("bruno", "/session rsvp").form.fields[0].name == "session"


def test_people_found_are_listed_on_pages(three: Chat) -> None:
    for number in range(20):
        three.join(f"mia{number:02}", role="member")
    assert "Page 1 of 2" in three.say("amina", "/people find mi")
    assert "mia19" in three.press("amina", "Next page")
