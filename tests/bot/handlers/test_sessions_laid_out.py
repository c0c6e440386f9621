"""Shows how sessions are laid out for a phone: facts first, lists with pages."""

from tests.chatting import Chat


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
        "Coming: 0 · Maybe: 0 · Can't come: 0",
        "> Who decides?",
        "A long story",
        "Agenda",
        "- Arrive",
    ]
