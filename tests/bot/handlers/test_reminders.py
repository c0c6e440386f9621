"""Shows that people are reminded as they chose, and stop that in one press that can be undone."""

import pytest

from tests.chatting import Chat, Screen
from tests.scenes import scene


@pytest.fixture
@scene
def coming(chat: Chat) -> Chat:
    """Have bruno, in Nairobi, come to a session on 5 November at 15:00 with a link and a place."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="Africa/Nairobi", locale="en", role="member")
    plan = (
        '/session plan title=Seeds when="2026-11-05 15:00" link=https://meet.example/s place=Hall'
    )
    chat.say("amina", f'{plan} agenda="Welcome\\nHarvest"', "#general")
    chat.press("amina", "Announce now")
    chat.press("bruno", "Coming")
    return chat


def at(chat: Chat, until: str = "2026-11-06T00:00Z") -> list[str]:
    """Play on, and give when bruno was reminded, in UTC."""
    return [shown.at[8:16] for shown in chat.time(until).to("@bruno") if "Seeds" in shown.title]


def test_usual_reminders_are_a_day_before_and_at_the_start(coming: Chat) -> None:
    assert at(coming) == ["04T12:00", "05T12:00"]


def test_starting_now_says_where_to_go_and_what_comes_first(coming: Chat) -> None:
    coming.time("2026-11-05T11:59Z")
    shown = coming.time("2026-11-05T12:00Z").to("@bruno")
    assert "“Seeds” is starting now." in shown
    assert "https://meet.example/s" in shown
    assert "Hall" in shown
    assert "First: Welcome" in shown
    assert "[No more reminders]" in shown.text


def test_own_reminders_are_shown_back_in_words_and_come(coming: Chat) -> None:
    shown = coming.say(
        "bruno", '/my reminders before="2 days, 3 hours, 8 in the morning of the day"'
    )
    assert "coming to: 2 days before, at 08:00 on the day, and 3 hours before." in shown
    profile = coming.say("bruno", "/my profile organisation=Red")
    assert "Reminders: 2 days before, at 08:00 on the day, and 3 hours before" in profile
    assert at(coming) == ["03T12:00", "05T05:00", "05T09:00"]


def test_form_is_filled_with_what_was_chosen_and_emptied_means_never(coming: Chat) -> None:
    form = coming.say("bruno", "/my reminders").form
    assert form["before"].value == "1 day before, at the start"
    assert form["maybe"].value == "no"
    assert "won't remind you of any session" in coming.fill("bruno", before="")
    assert at(coming) == []
    coming.press("bruno", "Remind me again")
    assert "1 day before and at the start" in coming.say("bruno", "/my reminders maybe=no")


def test_words_of_each_language_choose_and_are_shown_back(coming: Chat) -> None:
    coming.join("zoe", zone="Europe/Paris", locale="fr")
    coming.join("yago", zone="Europe/Madrid", locale="es")
    french = coming.say("zoe", '/my reminders before="2 jours, à 8h le jour même et au début"')
    assert "2 jours avant, à 08:00 le jour même et au début." in french
    spanish = coming.say("yago", '/my reminders before="un día antes y 10 minutos antes"')
    assert "1 día antes y 10 minutos antes." in spanish


def test_what_is_no_reminder_is_asked_again(coming: Chat) -> None:
    assert "a year before at most" in coming.say("bruno", '/my reminders before="400 days"')
    hours = ", ".join(f"{number} hours" for number in range(1, 21))
    assert "six at most" in coming.say("bruno", f'/my reminders before="{hours}"')


def test_hour_of_the_day_is_that_where_somebody_lives_by_then(coming: Chat) -> None:
    coming.say("bruno", "/my reminders before=8:00")
    coming.say("bruno", "/my profile zone=Europe/Paris")
    assert at(coming) == ["05T07:00"]


def test_hour_in_quiet_hours_is_said_to_come_before_them(coming: Chat) -> None:
    shown = coming.say("bruno", '/my reminders before="6 in the morning"')
    assert "That hour is in quiet hours, 22:00 to 07:00: I'll remind you before them." in shown
    assert at(coming) == ["04T18:45"]


def test_start_in_the_night_is_said_the_evening_before(coming: Chat) -> None:
    coming.say("bruno", "/my profile zone=Pacific/Auckland")  # it begins at one in the morning
    assert at(coming) == ["04T08:45", "05T08:45"]


def test_start_in_the_night_is_said_to_who_says_yes_in_that_night(coming: Chat) -> None:
    coming.press("bruno", "Can't come", "Seeds")
    coming.say("bruno", "/my profile zone=Pacific/Auckland")
    coming.time("2026-11-05T11:00Z")
    coming.press("bruno", "session.rsvp?answer=yes")
    assert at(coming) == ["05T12:00"]


def test_maybe_is_reminded_only_where_somebody_wishes_it(coming: Chat) -> None:
    coming.press("bruno", "Maybe")
    said = coming.say("bruno", '/my reminders before="1 day, at the start" maybe=yes')
    assert "said yes or maybe to: 1 day before and at the start. At the start only if" in said
    shown = coming.time("2026-11-04T12:00Z").to("@bruno")
    assert "[Coming]" in shown.text
    assert at(coming) == []


def test_maybe_that_becomes_no_is_reminded_no_more(coming: Chat) -> None:
    coming.press("bruno", "Maybe")
    coming.say("bruno", "/my reminders maybe=yes")
    coming.press("bruno", "Can't come")
    assert at(coming) == []


def stopped(chat: Chat) -> Screen:
    chat.time("2026-11-04T12:00Z")
    return chat.press("bruno", "No more reminders")


def test_no_more_reminders_is_about_this_session_at_once_and_undone_there(coming: Chat) -> None:
    shown = stopped(coming)
    assert "I won't remind you of “Seeds” any more. I'll still tell you" in shown
    assert shown.labels == ["Undo", "All sessions"]
    undone = coming.press("bruno", "Undo")
    assert "I'll remind you of “Seeds” again" in undone
    assert undone[0].edits == shown[0].id
    again = coming.press("bruno", "No more reminders")
    assert again[0].edits == shown[0].id
    assert at(coming) == []


def test_no_more_reminders_leaves_other_sessions_alone(coming: Chat) -> None:
    coming.say("amina", '/session plan title=Water when="2026-11-05 17:00"', "#general")
    coming.press("amina", "Announce now")
    coming.press("bruno", "session.rsvp?answer=yes", "Water")
    coming.time("2026-11-04T12:00Z")
    coming.press("bruno", "No more reminders", "Seeds")
    titles = [shown.title for shown in coming.time("2026-11-06T00:00Z").to("@bruno")]
    assert titles == ["“Water” begins in 24 hours.", "“Water” is starting now."]


def test_all_sessions_is_undone_to_what_was_chosen_before(coming: Chat) -> None:
    coming.say("bruno", '/my reminders before="1 day, 1 hour, 8:00"')
    stopped(coming)
    shown = coming.press("bruno", "All sessions")
    assert "I won't remind you of any session." in shown
    undone = coming.press("bruno", "Undo")
    assert "1 day before, at 08:00 on the day, and 1 hour before." in undone
    assert undone[0].edits == shown[0].edits


def test_undo_of_all_leaves_what_was_chosen_since(coming: Chat) -> None:
    coming.forge("bruno", "my.stop-reminders")
    coming.say("bruno", '/my reminders before="1 hour"')
    kept = coming.forge("bruno", "my.reminders-again", before="1440m,0m")
    assert "coming to: 1 hour before." in kept


def test_undo_pressed_twice_or_after_the_session_says_what_is_true(coming: Chat) -> None:
    stopped(coming)
    id = _id(coming)
    for _ in range(2):
        assert "of “Seeds” again" in coming.forge("bruno", "session.unmute", session=id)
    coming.time("2026-11-05T12:30Z")
    assert "has already begun" in coming.forge("bruno", "session.unmute", session=id)
    coming.time("2026-11-06T12:30Z")
    assert "“Seeds” is over" in coming.forge("bruno", "session.unmute", session=id)


def test_muted_session_that_moves_is_told_but_not_reminded(coming: Chat) -> None:
    stopped(coming)
    coming.say("amina", '/session move Seeds "2026-11-07 15:00"', "#general")
    shown = coming.time("2026-11-08T00:00Z").to("@bruno")
    assert [message.title for message in shown] == ["@amina moved “Seeds”."]


def test_who_does_not_come_has_nothing_to_mute(coming: Chat) -> None:
    assert "You aren't coming" in coming.forge("amina", "session.mute", session=_id(coming))


def test_button_of_earlier_messages_still_stops_all(coming: Chat) -> None:
    assert "any session" in coming.forge("bruno", "my.reminders", before="none")
    assert at(coming) == []


def test_who_is_erased_is_not_reminded(coming: Chat) -> None:
    coming.forge("bruno", "my.erase-now", sure="yes")
    assert at(coming) == []


def _id(chat: Chat) -> str:
    return str(chat.last("#general").buttons[0].command).split("session=")[1].split("&")[0]
