"""Shows that people are known as they wish, and that a community is set up by forms."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def two(chat: Chat) -> Chat:
    """Let a coordinator and a member in."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="en", role="member")
    return chat


def test_profile_form_shows_what_is_kept(two: Chat) -> None:
    form = two.say("bruno", "/my profile").form
    values = {field.name: field.value for field in form.fields}
    assert values["zone"] == "America/Bogota"
    assert values["name"] == "bruno"


def test_profile_is_changed_field_by_field(two: Chat) -> None:
    two.say("bruno", '/my profile organisation="Red de Mujeres" languages="español, inglés"')
    assert "Red de Mujeres" in two.say("amina", "/people find mujeres")
    assert "Spanish, English" in two.say("amina", "/people show @bruno")


def test_people_are_found_by_what_they_bring_or_look_for(two: Chat) -> None:
    two.say("bruno", '/my profile brings="Rainwater kiosks" seeks=Funding region=Andes')
    for words in ("kiosks", "fund", "andes"):
        assert "bruno (Andes): Rainwater kiosks" in two.say("amina", f"/people find {words}")
    assert "didn't find anyone like that" in two.say("amina", "/people find deserts")


def test_language_chosen_is_spoken_at_once(two: Chat) -> None:
    assert "Merci" in two.say("bruno", "/my profile language=Français")
    two.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    two.press("amina", "Announce now")
    assert "5 nov. 2026" in two.press("bruno", "session.rsvp?answer=yes").to("@bruno")


def test_what_was_saved_names_it_all_and_says_what_others_see(two: Chat) -> None:
    two.say("bruno", "/my profile language=en")
    two.say("bruno", "/my reminders before=hour")
    shown = two.say("bruno", "/my profile organisation=Red").text.splitlines()
    note = shown.index("Only members of this community see this.")
    assert shown[1:note] == ["Name: bruno", "Organisation: Red", *shown[3:note]]
    assert shown[note + 1 : note + 3] == [
        "Language for messages: English",
        "Reminders: 1 hour before",
    ]


def test_who_gets_a_role_hears_of_it_once(two: Chat) -> None:
    two.time("2026-11-02T13:00Z")  # nobody sleeps
    told = two.say("amina", "/community role @bruno core")
    assert "@amina gave you a new role: Core group" in told
    again = two.say("amina", "/community role @bruno core")
    assert not again.to("@bruno")


def test_emptied_field_is_emptied_and_the_name_stays(two: Chat) -> None:
    two.say("bruno", '/my profile organisation="Old"')
    two.say("bruno", "/my profile")
    screen = two.fill("bruno", organisation="", name="")
    assert "Old" not in screen
    assert screen.to("@bruno")[-1].text.count("Organisation") == 0


def test_unknown_zone_and_language_are_asked_again(two: Chat) -> None:
    form = two.say("bruno", '/my profile zone=Atlantis languages="Klingonese"').form
    errors = {field.name: field.error for field in form.fields if field.error}
    assert set(errors) == {"zone", "languages"}


@pytest.mark.parametrize("city", ["nairobi", "Africa/Nairobi", "africa/nairobi", "New York"])
def test_zone_is_read_as_people_write_it(two: Chat, city: str) -> None:
    assert "Thank you" in two.say("bruno", f'/my profile zone="{city}"')


@pytest.mark.parametrize("words", ["GMT+3", "UTC+3", "UTC+03:00", "+3", "gmt +3", "Etc/GMT-3"])
def test_distance_from_utc_is_ahead_after_a_plus(two: Chat, words: str) -> None:
    assert "GMT+3" in two.say("bruno", f'/my profile zone="{words}"')
    screen = two.say("bruno", '/session plan title=Seeds when="2026-12-02T18:00Z"')
    assert "21:00 (GMT+3)" in screen
    values = {field.name: field.value for field in two.say("bruno", "/my profile").form.fields}
    assert values["zone"] == "GMT+3"


def test_setup_reads_a_distance_from_utc_as_people_write_it(two: Chat) -> None:
    two.say("amina", "/community setup zone=GMT+1", "#general")
    shown = two.say("amina", "/community show", "#general")
    assert "GMT+1" in shown
    assert "GMT-1" not in shown


def test_distance_that_no_zone_keeps_is_answered_with_the_wish_for_a_city(two: Chat) -> None:
    form = two.say("bruno", "/my profile zone=UTC+5:10").form
    assert "Try a city" in str(next(field.error for field in form.fields if field.error))


@pytest.mark.parametrize(
    ("words", "city"), [("EST", "New York"), ("mst", "Denver"), ("PST", "Los Angeles")]
)
def test_abbreviation_of_a_zone_is_read_as_in_dates(two: Chat, words: str, city: str) -> None:
    assert city in two.say("bruno", f"/my profile zone={words}")


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("Londres", "London"),
        ("Ciudad de México", "Mexico City"),
        ("Bruxelles", "Brussels"),
        ("heure de Genève", "Zurich"),
        ("Nairobi time", "Nairobi"),
        ("Kenia", "Nairobi"),
    ],
)
def test_zone_is_read_in_the_words_of_three_languages(two: Chat, words: str, city: str) -> None:
    assert f"Time zone: {city}" in two.say("bruno", f'/my profile zone="{words}"').text


@pytest.mark.parametrize("words", ["Mexico", "España", "États-Unis"])
def test_country_of_several_zones_is_answered_with_the_wish_for_a_city(
    two: Chat, words: str
) -> None:
    form = two.say("bruno", f'/my profile zone="{words}"').form
    assert "Try a city" in str(next(field.error for field in form.fields if field.error))


def test_name_of_emoji_is_a_name(two: Chat) -> None:
    two.say("bruno", "/my profile name=🌍👩‍🌾")
    assert "🌍👩‍🌾" in two.say("amina", "/people show @bruno")


def test_setup_is_for_coordinators(two: Chat) -> None:
    assert "can do that." in two.say("bruno", "/community setup", "#general")


def test_only_who_can_set_up_gets_the_button(two: Chat) -> None:
    assert "Change" in two.say("amina", "/community show").labels
    assert "Change" not in two.say("bruno", "/community show").labels


def test_setup_form_sets_channels_and_quiet_hours(two: Chat) -> None:
    two.say("amina", "/community setup", "#general")
    screen = two.fill(
        "amina", name="Climate CoP", announcements="#news", reminders="#today", quiet_from="21h"
    )
    assert "#news" in screen
    assert "Climate CoP" in screen
    assert "21:00" in screen


def test_emptied_channel_is_no_channel_any_more_and_what_follows_is_said(two: Chat) -> None:
    two.say("amina", "/community setup announcements=#a core_channel=#b reminders=#c", "#general")
    two.say("amina", "/community setup", "#general")
    screen = two.fill("amina", announcements="", core_channel="", reminders="")
    assert "where the session was planned" in screen
    assert "no channel; I write to each person" in screen
    assert "where the session was announced" in screen


def test_channel_that_was_left_as_it_was_stays(two: Chat) -> None:
    two.say("amina", "/community setup announcements=#news", "#general")
    two.say("amina", "/community setup", "#general")
    assert "#news" in two.fill("amina", name="Climate CoP")


def test_two_who_set_up_different_things_at_a_time_leave_each_others_alone(two: Chat) -> None:
    two.say("amina", "/community role @bruno coordinator")
    two.say("amina", "/community setup", "#general")
    two.say("bruno", "/community setup", "#general")
    two.fill("amina", name="Climate CoP", reminders="#today")
    two.fill("bruno", quiet_from="21h")
    screen = two.say("amina", "/community show")
    assert "Climate CoP" in screen
    assert "#today" in screen
    assert "21:00" in screen


def test_first_set_up_takes_the_zone_its_form_showed(chat: Chat) -> None:
    chat.join("amina", locale="en", role="coordinator")
    chat.say("amina", "/my profile zone=Africa/Nairobi")
    zone = chat.say("amina", "/community setup").form["zone"]
    chat.fill("amina", name="Climate CoP")
    assert zone.value == "Africa/Nairobi"
    assert "Nairobi" in chat.say("amina", "/community show")


def test_announcement_goes_to_the_chosen_channel_and_reminders_to_theirs(two: Chat) -> None:
    two.say("amina", "/community setup announcements=#news reminders=#today", "#general")
    two.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    assert [shown.to for shown in two.press("amina", "Announce now")][-1] == "#news"
    assert {s.to for s in two.time("+4d") if not s.edits and s.to[0] == "#"} == {"#today"}


def test_quiet_hours_of_the_community_move_its_reminders(two: Chat) -> None:
    two.say("amina", '/session plan title=Early when="2026-11-05 08:00"', "#general")
    two.press("amina", "Announce now")
    two.say("amina", "/community setup quiet_from=20:00 quiet_to=09:00", "#general")
    told = two.time("+4d").to("#general")
    hours = {shown.at[11:16] for shown in told if not shown.edits}
    assert hours == {"16:45"}  # a quarter to eight in the evening in Nairobi


def test_role_is_given_by_a_coordinator(two: Chat) -> None:
    assert "Core group" in two.say("amina", '/community role @bruno "core group"')
    assert "bruno" in two.say("bruno", "/community team")


def test_last_coordinator_stays(two: Chat) -> None:
    assert "needs a coordinator" in two.say("amina", "/community role @amina member")


def test_somebody_never_met_is_asked_again(two: Chat) -> None:
    form = two.say("amina", "/community role nobody core").form
    assert "don't know who" in form.fields[0].error


def test_help_lists_what_one_may_do(two: Chat) -> None:
    assert "/session" in two.say("bruno", "/help")
    assert "/community setup" not in two.say("bruno", "/help community")
    assert "/community setup" in two.say("amina", "/help community")


def test_my_week_says_what_is_next(two: Chat) -> None:
    two.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    two.press("amina", "Announce now")
    two.press("bruno", "Coming")
    assert "Hello" in two.say("bruno", "/my week")


def test_my_week_lets_answer_what_is_ahead_and_change_ones_mind(two: Chat) -> None:
    two.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    two.press("amina", "Announce now")
    assert "You haven't answered yet:" in two.say("bruno", "/my week")
    two.press("bruno", "Coming")
    week = two.say("bruno", "/my week")
    assert "You're coming to 1 session:" in week
    assert "You haven't answered yet:" not in week
    two.press("bruno", "Can't come")
    assert "You haven't said yes to any upcoming session." in two.say("bruno", "/my week")


def test_reminders_follow_whoever_travels(chat: Chat) -> None:
    chat.join("amina", zone="Africa/Nairobi", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="en")
    chat.say("amina", '/session plan title=Seeds when="2026-11-04 15:00"', "#general")
    chat.press("amina", "Announce now")
    chat.press("bruno", "Coming")
    chat.join("bruno", zone="America/Sao_Paulo", locale="en")
    [day_before] = chat.time("2026-11-04T10:59Z").to("@bruno")
    assert "24 hours" in day_before.title
    assert "is starting now" in chat.time("2026-11-04T12:00Z").to("@bruno")


@pytest.mark.parametrize("words", ["Spanish", "español", "Espagnol", "es"])
def test_people_are_found_by_language(two: Chat, words: str) -> None:
    two.say("bruno", '/my profile languages="inglés, español"')
    assert "bruno" in two.say("amina", f"/people find {words}")
    assert "didn't find anyone like that" in two.say("amina", "/people find French")


@pytest.mark.parametrize("words", ["French", "francés", "Français"])
def test_language_of_a_community_is_read_by_name_and_among_its_languages(
    two: Chat, words: str
) -> None:
    shown = two.say("amina", f"/community setup language={words}", "#general")
    assert "Languages: French\n" in shown.text
    shown = two.say("amina", '/community setup languages="English, Spanish"', "#general")
    assert "Languages: French, English, Spanish\n" in shown.text


def test_set_up_offers_the_zone_most_members_are_in(chat: Chat) -> None:
    chat.join("amina", zone="America/New_York", locale="en", role="coordinator")
    for name in ("bruno", "claire"):
        chat.join(name, zone="Africa/Nairobi", locale="en", role="member")
    assert "Nairobi" in chat.say("amina", "/community setup", "#general").form["zone"].value


def test_role_is_known_whichever_apostrophe_a_keyboard_writes(three: Chat) -> None:
    three.join("luc", locale="fr", role="coordinator")
    for typed in ("groupe d'animation", "groupe d’animation"):
        screen = three.say("luc", f'/communauté rôle @bruno "{typed}"', "#general")
        assert "@bruno a maintenant ce rôle" in screen
