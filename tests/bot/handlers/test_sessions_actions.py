"""Shows what becomes of what was agreed on: reminders on the day, done, passed on, put off."""

import pytest

from tests.after import seeds, write_down
from tests.chatting import Chat
from tests.scenes import scene

MORNING = "2026-12-01T00:00Z"
"""Nine in the morning of the first of December in Tokyo, where dan is."""


@pytest.fixture
@scene
def agreed(chat: Chat) -> Chat:
    """Have dan take something on until the first of December."""
    seeds(chat)
    write_down(chat, actions="dan: write to the speakers, 1 December\nmeet again")
    return chat


def test_owner_is_reminded_once_in_the_morning_of_their_zone(agreed: Chat) -> None:
    assert "write to the speakers" not in agreed.time("2026-11-30T23:59Z").to("@dan")[1:]
    (told,) = agreed.time(MORNING).to("@dan")
    assert told.title == "Today: write to the speakers"
    assert [*told.labels] == ["Done", "Pass on", "Put off"]
    assert not agreed.time("2026-12-03T12:00Z").to("@dan")


def test_what_is_done_is_shown_and_not_reminded(agreed: Chat) -> None:
    assert "You took on 1 action:" in agreed.say("dan", "/my week")
    agreed.press("dan", "Done")
    assert "write to the speakers (done)" in agreed.say("bruno", "/session show Seeds")
    assert not [one for one in agreed.time(MORNING).to("@dan") if "Today" in one.title]


def test_what_is_passed_on_is_told_by_whom(agreed: Chat) -> None:
    agreed.say("dan", "/my week")
    agreed.press("dan", "Pass on")
    told = agreed.fill("dan", person="@claire").to("@claire")
    assert "dan passed on to you from “Seeds”: write to the speakers" in told
    assert not [one for one in agreed.time(MORNING).to("@dan") if "Today" in one.title]
    assert "Today: write" in agreed.time("2026-12-01T08:00Z").to("@claire")


def test_what_is_put_off_is_reminded_then(agreed: Chat) -> None:
    agreed.say("dan", "/my week")
    agreed.press("dan", "Put off")
    agreed.fill("dan", day="3 December")
    assert not [one for one in agreed.time(MORNING).to("@dan") if "Today" in one.title]
    assert "Today: write" in agreed.time("2026-12-03T00:00Z").to("@dan")


def test_today_is_the_owners_day_when_put_off(agreed: Chat) -> None:
    agreed.say("dan", "/my profile zone=America/Santiago")
    agreed.time("2026-12-02T01:00Z")
    agreed.say("dan", "/my week")
    agreed.press("dan", "Put off")
    assert "That day has passed" in agreed.fill("dan", day="30 November 2026")
    assert "I've put it off." in agreed.fill("dan", day="today")


def test_moving_to_another_zone_moves_the_morning(agreed: Chat) -> None:
    agreed.say("dan", '/my profile zone="Europe/Paris"')
    assert not [one for one in agreed.time(MORNING).to("@dan") if "Today" in one.title]
    assert "Today: write" in agreed.time("2026-12-01T08:00Z").to("@dan")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("dan, write it up, by Friday", "dan: write it up, by Fri"),
        ("dan: escribir el acta antes del 4 de diciembre", "dan: escribir el acta, by"),
        ("Ana : relire le texte d’ici le 4 décembre", "Ana: relire le texte, by"),
        ("order 10 chairs, 3 tables", "order 10 chairs, 3 tables"),
    ],
)
def test_lines_are_read_as_people_write_them(chat: Chat, line: str, read: str) -> None:
    seeds(chat)
    write_down(chat, actions=line)
    assert read in chat.say("bruno", "/session show Seeds")


def test_line_with_an_impossible_day_is_named(chat: Chat) -> None:
    seeds(chat)
    assert "I can't read who does what until when: “dan: write, 31 February”." in write_down(
        chat, actions="dan: write, 31 February"
    )


def test_others_do_not_touch_it(agreed: Chat) -> None:
    week = agreed.say("dan", "/my week")
    done = next(b.command for one in week for b in one.buttons if b.label == "Done")
    refused = agreed.say("eva", f"/session action-done item={done.partition('=')[2]}")
    assert "whoever takes notes and the core group can do that" in refused


def test_today_is_the_day_of_whoever_puts_off(agreed: Chat) -> None:
    agreed.say("dan", '/my profile zone="America/Santiago"')
    agreed.time("2026-11-26T01:00Z")
    agreed.say("dan", "/my week")
    agreed.press("dan", "Put off")
    assert "I've put it off." in agreed.fill("dan", day="25 November 2026")


def test_action_is_not_passed_on_to_somebody_who_left(agreed: Chat) -> None:
    agreed.leave("claire")
    agreed.say("dan", "/my week")
    agreed.press("dan", "Pass on")
    assert "claire has left. Please choose somebody else." in agreed.fill("dan", person="claire")


def test_guest_can_do_what_they_took_on(agreed: Chat) -> None:
    agreed.join("gil", zone="UTC", locale="en", role="guest")
    agreed.say("dan", "/my week")
    agreed.press("dan", "Pass on")
    agreed.fill("dan", person="gil")
    agreed.say("gil", "/my week")
    assert "I've marked it as done" in agreed.press("gil", "Done")
