"""Tests that people get sessions into their own calendars."""

import re

import pytest

from tests.chatting import Chat
from tests.scenes import scene

ADDRESS = "https://bot.example.org"


@pytest.fixture
@scene
def series(chat: Chat) -> Chat:
    """Have a series of six dates announced."""
    chat.join("mona", zone="Africa/Cairo", locale="en", role="coordinator")
    chat.join("awa", zone="Africa/Dakar", locale="fr")
    chat.say("mona", "/community setup name=HIC zone=UTC announcements=#general", "#general")
    chat.say(
        "mona",
        '/programme plan title="Co-learning spaces" rule="every month on the last Wednesday at '
        '10:00" first=2026-11-25 count=6 duration=2h link=https://video.example.org/1',
    )
    chat.press("mona", "programme.start")
    chat.time("+1m")
    return chat


def lines_of(content: bytes) -> list[str]:
    """Give the lines of a calendar, unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_all_dates_are_each_an_entry_of_their_own(series: Chat) -> None:
    series.press("awa", "programme.rsvp?answer=yes")
    given = series.press("awa", "my.feed")
    lines = lines_of(given.files["calendar.ics"])
    uids = [line for line in lines if line.startswith("UID:")]
    assert len({*uids}) == len(uids) == 6
    assert {"BEGIN:VTIMEZONE", "DTSTART;TZID=Africa/Cairo:20261125T100000"} <= {*lines}
    assert "adresse publique" in given.text  # what whoever runs the bot has to do
    series.say("mona", '/session change session="Co-learning spaces, 25 Nov" title="Rent"')
    again = lines_of(series.press("awa", "my.feed").files["calendar.ics"])
    assert [line for line in again if line.startswith("UID:")] == uids
    assert again.count("SUMMARY:Rent") == 1


def test_session_comes_as_a_file_with_the_way_to_answer(series: Chat) -> None:
    series.say("awa", '/session rsvp session="Co-learning spaces, 25 Nov" answer=yes')
    given = series.press("awa", "session.calendar")
    text = "\n".join(lines_of(given.files["calendar.ics"]))
    assert "Vous avez dit que vous venez" in text
    assert "URL:https://video.example.org/1" in text
    assert "calendar.google.com" in given.text
    assert "Si la session est déplacée" in given.text
    dates = series.press("awa", "programme.calendar").files["calendar.ics"]
    assert lines_of(dates).count("BEGIN:VEVENT") == 6
    series.time("2026-11-25T12:00Z")
    assert "déplacée" not in series.press("awa", "session.calendar").text  # it is over


def test_cancelled_date_says_so_and_why(series: Chat) -> None:
    series.say("mona", '/session cancel session="Co-learning spaces, 25 Nov" reason="Strike"')
    given = series.say("awa", '/programme calendar programme="Co-learning"')
    text = "\n".join(lines_of(given.files["calendar.ics"]))
    assert "SUMMARY:Annulée" in text
    assert "STATUS:CANCELLED" in text
    assert "Strike" in text
    alone = series.say("mona", '/session calendar session="Co-learning spaces, 25 Nov"')
    assert "to have your calendar say so" in alone.text
    assert "If the session moves" not in alone.text


def test_alarms_are_for_the_calendar_alone(series: Chat) -> None:
    series.press("awa", "programme.rsvp?answer=yes")
    chosen = series.say("awa", '/my alarms before="30 min"').text
    assert "30 minutes" in chosen
    assert "prochain fichier" in chosen  # no app reads an address yet
    file = series.press("awa", "my.feed").files["calendar.ics"]
    assert lines_of(file).count("TRIGGER:-PT30M") == 6
    refused = series.say("awa", '/my alarms before="8 in the morning"')
    assert "combien de temps avant" in refused.text
    series.say("awa", '/my alarms before="never"')
    assert b"TRIGGER" not in series.press("awa", "my.feed").files["calendar.ics"]


def test_addresses_are_there_where_the_bot_has_one(series: Chat) -> None:
    series.local.dispatcher.web_address = ADDRESS
    series.say("mona", "/my calendar")
    given = series.press("mona", "my.feed")
    tokens = re.findall(rf"{ADDRESS}/calendar/([\w-]{{22}})\.ics", given.text)
    assert tokens
    assert "8 to 24 hours" in given.text
    assert "calendar.ics" not in given.files  # there is nothing in it yet
    assert "1 private address" in series.say("mona", "/my calendar").text
    assert "can't be undone" in series.press("mona", "my.feed-off").text
    assert "switched off" in series.press("mona", "my.close-feeds").text
