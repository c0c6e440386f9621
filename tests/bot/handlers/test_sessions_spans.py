"""Shows encounters of several days, and whose support is credited."""

import pytest

from tests.chatting import Chat
from tests.hosts import core_group
from tests.scenes import scene

PLAN = (
    '/session plan title=Encounter when="2026-11-18 09:00" until="2026-11-20 17:00"'
    ' partners="Ford Foundation"'
)


@pytest.fixture
@scene
def encounter(chat: Chat) -> Chat:
    """Announce three days in Nairobi."""
    core_group(chat)
    chat.say("amina", PLAN, "#general")
    chat.press("amina", "Announce now")
    return chat


def test_both_days_and_the_partners_are_announced(encounter: Chat) -> None:
    told = encounter.last("#general").text
    assert "From Wed 18 Nov 2026, 09:00 (Nairobi), 06:00 UTC to Fri 20 Nov 2026, 17:00" in told
    assert "With the support of: Ford Foundation" in told
    assert "56" not in told


def test_it_is_on_until_its_last_day_and_reminded_before_the_first(encounter: Chat) -> None:
    encounter.say("amina", "/session rsvp Encounter yes")
    reminded = encounter.time("2026-11-18T05:30Z").to("@amina")
    assert "begins in 24 hours" in reminded
    encounter.time("2026-11-20T10:00Z")
    assert "On now, until Fri 20 Nov 2026" in encounter.say("amina", "/session list")
    assert "is over" in encounter.time("2026-11-20T15:00Z").to("#general")


def test_a_move_keeps_the_span_and_a_change_of_the_end_the_beginning(encounter: Chat) -> None:
    encounter.say("amina", '/session move Encounter when="2026-11-25 09:00"')
    assert "to Fri 27 Nov 2026, 17:00" in encounter.last("#general").text
    encounter.say("amina", '/session change Encounter until="2026-11-26 12:00"')
    assert "to Thu 26 Nov 2026, 12:00" in encounter.last("#general").text


def test_the_form_of_a_change_leaves_the_span_as_it_is(encounter: Chat) -> None:
    form = encounter.say("amina", "/session change Encounter").form
    assert {one.name: one.value for one in form.fields}["until"] == "2026-11-20 17:00"
    encounter.fill("amina", partners="Misereor")
    told = encounter.last("#general").text
    assert "to Fri 20 Nov 2026, 17:00" in told
    assert "Misereor" in told


@pytest.mark.parametrize(
    ("until", "wrong"),
    [("2026-11-18 08:00", "end before it begins"), ("2026-12-18 08:00", "14 days at most")],
)
def test_an_end_that_makes_no_sense_is_asked_again(chat: Chat, until: str, wrong: str) -> None:
    core_group(chat)
    words = f'/session plan title=Long when="2026-11-18 09:00" until="{until}"'
    form = chat.say("amina", words, "#general").form
    assert wrong in {one.name: one.error for one in form.fields}["until"]
