"""Shows what comes of the times and titles people type for a session."""

import pytest

from tests.bot.handlers.test_sessions import PLAN
from tests.chatting import Chat


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2026-10-01 15:00", "has passed: Thu 1 Oct 2026, 15:00"),
        ("today at 02:00", "has passed: Mon 2 Nov 2026, 02:00"),
        ("Friday 3 December 15:00", "That date is Thu 3 Dec 2026. Please check the day"),
        ("31 February 15:00", "doesn't exist"),
        ("2026-11-10 25:00", "doesn't exist"),
        ("next Wednesday", "time of day is missing"),
        ("soon", "I don't understand “soon” in a date"),
        ("2226-11-10 15:00", "too far away"),
    ],
)
def test_wrong_moment_is_asked_again_with_all_that_was_typed(
    three: Chat, when: str, sentence: str
) -> None:
    form = three.say("amina", f'/session plan title="Kept" when="{when}"', "#general").form
    fields = {field.name: field for field in form.fields}
    assert fields["title"].value == "Kept"
    assert fields["when"].value == when
    assert sentence in fields["when"].error.replace("\u202f", " ")


def test_hour_of_the_night_may_have_meant_the_afternoon(three: Chat) -> None:
    three.say("claire", '/session plan title="Trois" when="demain à 3h"', "#general")
    screen = three.press("claire", "Je voulais dire 15:00")
    assert "mar. 3 nov. 2026, 15:00 (Paris)" in screen
    assert "Je voulais dire" not in screen


@pytest.mark.parametrize("when", ["tomorrow 7am", "tomorrow at noon", "midnight", "2026-11-10 3pm"])
def test_hour_of_the_day_is_not_asked_about(three: Chat, when: str) -> None:
    screen = three.say("amina", f'/session plan title="Day" when="{when}"', "#general")
    assert screen.labels == ["Announce now", "Announce later", "Move", "Change", "Discard"]


def test_negative_length_is_asked_again(three: Chat) -> None:
    words = PLAN.format(title="Kept").replace("90m", "-60m")
    assert "I didn't understand this length. Write it like" in three.say("amina", words, "#general")


def test_ten_thousand_characters_of_title_are_asked_again(three: Chat) -> None:
    assert "Please shorten it to 150." in three.say(
        "amina", PLAN.format(title="x" * 10_000), "#general"
    )


@pytest.mark.parametrize("title", ["\u200b\u200b", "\u202e\u2066", " ", "\u00ad"])
def test_title_of_nothing_visible_is_asked_again(three: Chat, title: str) -> None:
    screen = three.say("amina", PLAN.format(title=title), "#general")
    assert screen.form.fields[0].name == "title"


def test_title_that_turns_the_words_around_is_straightened(three: Chat) -> None:
    screen = three.say("amina", PLAN.format(title="abc\u202edef"), "#general")
    assert screen[0].title == "abcdef"


@pytest.mark.parametrize("title", ["العدالة المناخية", "👩‍🌾🌍", "Ça va?"])
def test_title_of_any_script_stays(three: Chat, title: str) -> None:
    assert three.say("amina", PLAN.format(title=title), "#general")[0].title == title


def test_label_with_an_apostrophe_is_pressed_however_it_is_typed(three: Chat) -> None:
    three.say("claire", '/session plan title=Forum when="2026-11-10 15:00"', "#general")
    labels = three.seen("claire").labels
    curly = next(label for label in labels if "’" in label)
    assert three.press("claire", curly.replace("’", "'"))


def test_zones_of_one_name_are_shown_once(three: Chat) -> None:
    three.say("bruno", "/my profile zone=Etc/UTC")
    shown = three.say("bruno", PLAN.format(title="Kept"), "#general").text
    assert shown.count("Time in UTC:") == 1


def test_time_with_an_end_is_answered_in_the_language_of_who_wrote_it(three: Chat) -> None:
    form = three.say("claire", '/session plan title=Sol when="jeudi 15h-16h"').form
    assert "sans la fin" in str(next(field.error for field in form.fields if field.error))


def test_people_and_channels_in_what_is_written_stand_by_their_names(three: Chat) -> None:
    shown = three.say("amina", PLAN.format(title="Tea") + " description=@bruno", "#general")
    assert "@bruno" in shown.text
    assert "<@" not in shown.text
    asked = three.say("amina", "/session show Milk with @bruno at #general")
    assert "nothing called “Milk with @bruno at #general”" in asked.text


def test_a_mistyped_command_gives_people_back_by_their_names(three: Chat) -> None:
    assert "> Tea with @bruno" in three.say("amina", "/sessoin show Tea with @bruno").text


@pytest.mark.parametrize("digits", ["0" * 20, "9" * 20, "0" * 20 + "9" * 20, "9" * 5000, "٣" * 20])
@pytest.mark.parametrize(
    "line",
    [
        "/session show {}",
        "/host ask person={}",
        "/session announce session={}",
        "/session plan title={} when={} duration={}",
        "/session plan title=Kept when=“in {} days”",
        "/openspace slots start=“tomorrow 3pm” count={} length={} pause={}",
        "/openspace rooms “Garden ({})”",
        "/my profile quiet_from={} zone=+{}",
        "/topic show {}",
        "/community channels announcements={}",
    ],
)
def test_number_of_any_length_is_answered(three: Chat, line: str, digits: str) -> None:
    assert "something went wrong" not in three.say("amina", line.replace("{}", digits), "#general")


@pytest.mark.parametrize("digits", ["0" * 20, "9" * 20])
def test_number_that_can_be_no_id_names_nothing(three: Chat, digits: str) -> None:
    three.say("amina", PLAN.format(title="Kept"), "#general")
    shown = three.say("amina", f"/session show {digits}")
    assert f"I found nothing called “{digits}” here." in shown


def test_title_of_digits_is_found_though_no_id_is_as_long(three: Chat) -> None:
    three.say("amina", PLAN.format(title="1" * 30), "#general")
    assert "1" * 30 in three.say("amina", f"/session show {'1' * 30}").text


def test_more_than_anybody_types_is_refused_before_it_is_read(three: Chat) -> None:
    shown = three.say("amina", f"/session show {'<#a|' * 10_000}")
    assert "characters long. Please shorten it to 20,000." in shown


def test_more_than_anybody_fills_in_is_asked_again(three: Chat) -> None:
    three.say("amina", "/session plan")
    shown = three.fill("amina", title="Kept", when="x" * 20_001)
    errors = {field.name: field.error for field in shown.form.fields}
    assert errors["when"] == "This is 20,001 characters long. Please shorten it to 20,000."


def test_name_longer_than_a_database_compares_is_not_found(three: Chat) -> None:
    three.say("amina", PLAN.format(title="Kept"), "#general")
    assert "I found nothing called" in three.say("amina", f"/session show {'é' * 19_000}")
    assert "I don't know who" in three.say("amina", f"/host ask person={'é' * 19_000}")


def title_asked(three: Chat) -> str:
    three.say("amina", "/session plan", "#general")
    form = three.last("@amina").form
    assert form is not None
    return form["title"].value


def test_form_that_was_refused_is_given_again_until_it_is_dismissed(three: Chat) -> None:
    three.say("amina", "/session plan", "#general")
    three.fill("amina", title="Fishbowl", when="some day")
    three.say("amina", "/my week")
    assert title_asked(three) == "Fishbowl"
    three.dismiss("amina")
    assert title_asked(three) == ""


def test_bare_hour_is_the_afternoon_and_the_other_is_one_press_away(three: Chat) -> None:
    screen = three.say("amina", '/session plan title="Call" when="tomorrow at 3"', "#general")
    assert "3 Nov 2026, 15:00" in screen
    assert "3 Nov 2026, 03:00" in three.press("amina", "I meant 03:00")


def test_length_behind_the_hour_is_that_of_the_session(three: Chat) -> None:
    when = "tomorrow 3pm, 90 min"
    screen = three.say("amina", f'/session plan title="Call" when="{when}"', "#general")
    assert "\n1 h 30 min" in screen


def test_date_that_can_be_two_is_asked_about(three: Chat) -> None:
    form = three.say("amina", '/session plan title="Call" when="12/2/2027 3pm"', "#general").form
    error = form["when"].error
    assert "several things" in error
    assert "12 Feb 2027" in error
    assert "2 Dec 2027" in error


def test_zone_that_is_not_known_is_named(three: Chat) -> None:
    form = three.say("amina", '/session plan title="Call" when="3pm tomorrow XYZ"', "#general").form
    assert "I don't know the time zone “XYZ”" in form["when"].error


def test_session_moved_to_a_day_keeps_its_hour(three: Chat) -> None:
    three.say("amina", '/session plan title="Call" when="2026-11-10 15:00"', "#general")
    three.press("amina", "Announce now")
    moved = three.say("amina", '/session move Call when="21 January 2027"')
    assert "Thu 21 Jan 2027, 15:00" in moved
