"""Shows what people are told of a session by whoever announces, moves or cancels it."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

PLAN = '/session plan title="{title}" when="2026-11-10 15:00" duration=90m'


@pytest.fixture
@scene
def planned(three: Chat) -> Chat:
    """Have a session planned that nobody else knows of yet."""
    three.say("amina", PLAN.format(title="Locally led adaptation"), "#general")
    return three


@pytest.fixture
@scene
def announced(planned: Chat) -> Chat:
    """Have it announced in #general."""
    planned.press("amina", "Announce now")
    return planned


def test_whoever_planned_it_hears_that_the_core_group_announces_it(three: Chat) -> None:
    three.time("2026-11-02T13:00Z")  # nobody sleeps
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    three.press("bruno", "Request announcement")
    screen = three.press("amina", "Announce now").to("@bruno")
    assert "Your session “Youth” on Tue 10 Nov" in screen
    assert "has been announced" in screen
    assert screen.labels == ["Show"]


def test_announcement_is_told_of_once_it_stands_and_not_before(three: Chat) -> None:
    three.time("2026-11-02T13:00Z")  # nobody sleeps
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    three.press("bruno", "Request announcement")
    channels = three.local.platform.channels
    general = channels.pop("general")
    failed = three.press("amina", "Announce now").to("@bruno")
    assert "has been announced" not in failed
    channels["general"] = general
    three.say("amina", "/session show Youth")
    assert "has been announced" in three.press("amina", "Try again").to("@bruno")
    assert "has been announced" not in three.time("+1d").to("@bruno")


def test_whoever_planned_it_hears_when_it_will_be_announced(three: Chat) -> None:
    three.time("2026-11-02T13:00Z")  # nobody sleeps
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    three.press("bruno", "Request announcement")
    three.press("amina", "Announce later")
    screen = three.fill("amina", at="2026-11-05 09:00").to("@bruno")
    assert "I'll announce your session “Youth” on Thu 5 Nov" in screen


def test_coordinator_who_sleeps_is_asked_to_announce_in_the_morning(three: Chat) -> None:
    three.time("2026-11-03T00:00Z")  # three at night in Nairobi
    three.say("bruno", PLAN.format(title="Youth"), "#general")
    asked = three.press("bruno", "Request announcement")
    assert "announce “Youth” when its quiet hours end." in asked.to("@bruno")
    assert not asked.to("@amina")
    assert not three.time("2026-11-03T03:59Z").to("@amina")
    assert "asked you to announce it" in three.time("2026-11-03T04:00Z").to("@amina")


def test_announcing_says_where_and_that_reminders_are_set(planned: Chat) -> None:
    screen = planned.press("amina", "Announce now").to("@amina")
    assert "in #general. I'll remind the channel a day and an hour before. Everyone" in screen
    assert screen.labels == ["Find a host", "Move", "Change", "Cancel session…"]


@pytest.mark.parametrize(
    ("when", "told"), [("in 3 hours", "an hour before. Everyone coming"), ("in 50 minutes", "")]
)
def test_announcing_promises_no_reminder_that_is_past(three: Chat, when: str, told: str) -> None:
    three.say("amina", f'/session plan title="Soon" when="{when}"', "#general")
    screen = three.press("amina", "Announce now").to("@amina")
    assert told in screen
    assert "a day and an hour" not in screen
    assert ("I'll remind" in screen) is bool(told)


def test_whoever_planned_it_hears_what_others_do_with_it(announced: Chat) -> None:
    announced.join("dirk", zone="Europe/Paris", locale="en", role="core")
    shown = announced.say("dirk", '/session move Locally "2026-11-12 15:00"', "#general")
    assert "Time in Nairobi: Thu 12 Nov 2026, 17:00" in shown.to("@dirk")
    assert not announced.time("+1m").to("@amina")
    announced.press("dirk", "session.move-to")
    assert "@dirk moved “Locally" in announced.time("+1m").to("@amina")
    cancelled = announced.say("dirk", '/session cancel Locally reason="Rain"', "#general")
    assert "won't take place" in cancelled.to("@amina")


def test_moving_and_cancelling_say_how_many_are_told(announced: Chat) -> None:
    announced.press("bruno", "Coming")
    announced.press("claire", "Maybe")
    moved = announced.say("amina", '/session move Locally "2026-11-12 15:00"', "#general")
    assert "I'll tell the channel and 2 people." in moved.to("@amina")
    announced.press("claire", "session.rsvp?answer=no")
    cancelled = announced.say("amina", '/session cancel Locally reason="Rain"', "#general")
    assert "I'll tell the channel and 1 person." in cancelled.to("@amina")


def test_moving_what_nobody_answered_tells_the_channel_alone(announced: Chat) -> None:
    moved = announced.say("amina", '/session move Locally "2026-11-12 15:00"', "#general")
    assert "I'll tell the channel." in moved.to("@amina")


def reminded(chat: Chat) -> list[str]:
    """Give the channels in which a reminder appears."""
    return [one.to for one in chat.time("+9d") if one.to[0] == "#" and "begins" in one.title]


def test_channel_that_saw_the_announcement_is_reminded(planned: Chat) -> None:
    planned.say("amina", "/community setup announcements=#news")
    planned.say("amina", '/session announce "Locally led" channel=#nucleo')
    assert "in #nucleo. I'll remind the channel" in planned.last("@amina").text
    assert reminded(planned) == ["#nucleo", "#nucleo"]


def test_channel_for_reminders_is_reminded_and_named(planned: Chat) -> None:
    planned.say("amina", "/community setup announcements=#news reminders=#agenda")
    planned.say("amina", '/session announce "Locally led" channel=#nucleo')
    assert "in #nucleo. I'll remind #agenda a day" in planned.last("@amina").text
    assert reminded(planned) == ["#agenda", "#agenda"]
