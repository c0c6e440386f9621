"""Shows that an agenda has times: in each reader's own, in the channel while it is on, and odd."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

TALK = "15:20 Fishbowl on soil (fishbowl)"
AGENDA = rf"15:00 Welcome\n{TALK}\n& Pictures (Feminist Academy)\n16:00 Way on"
PLAN = '/session plan title=Soil when="2026-11-10 15:00" duration=90m link=https://meet.example/s'


@pytest.fixture
@scene
def soil(three: Chat) -> Chat:
    """Have a session with an agenda be announced, from noon to half past one UTC."""
    three.say("amina", f'{PLAN} agenda="{AGENDA}"', "#general")
    three.press("amina", "Announce now")
    return three


def plan(chat: Chat, agenda: str, when: str = "2026-11-10 15:00", duration: str = "90m") -> str:
    """Plan a session with an agenda; gives its preview."""
    words = f'/session plan title=Soil when="{when}" duration={duration} agenda="{agenda}"'
    return chat.say("amina", words, "#general").text.replace("\u202f", " ")


def test_each_reads_the_agenda_in_their_own_time(soil: Chat) -> None:
    assert "- 15:20 Fishbowl on soil (Fishbowl)" in soil.say("amina", "/session show Soil")
    shown = soil.say("bruno", "/session agenda Soil")
    assert "- 07:20 Fishbowl on soil (Fishbowl)\n- & Pictures (Feminist Academy)" in shown
    assert "https://meet.example/s" in shown
    assert "13:20 Fishbowl on soil" in soil.say("claire", "/session agenda Soil")


def test_agenda_without_times_looks_as_it_is_written(three: Chat) -> None:
    assert "Agenda\n- Welcome\n- Work" in plan(three, "Welcome\\n• Work")
    three.press("amina", "Announce now")
    assert "On now" not in three.time("2026-11-10T12:30Z").to("#general")


def test_channel_sees_what_is_on_in_one_post_that_is_edited(soil: Chat) -> None:
    begun = soil.time("2026-11-10T12:00Z").to("#general")
    post = next(shown for shown in begun if shown.title == "On now: Soil")
    assert "Now: Welcome" in post.text
    assert "Fishbowl on soil" in post.text
    changed = soil.time("2026-11-10T12:20Z").to("#general")
    edited = [shown for shown in changed if shown.title == "On now: Soil"]
    assert [shown.edits for shown in edited] == [post.id]
    assert "Pictures" in edited[0].text
    assert "Way on" in edited[0].text
    over = soil.time("2026-11-10T13:31Z").to("#general")
    assert "This session is over." in over


def test_what_is_on_stands_where_sessions_are_looked_for(soil: Chat) -> None:
    soil.time("2026-11-10T12:30Z")
    for words in ("/session list", "/my week"):
        told = soil.say("bruno", words)
        assert "Now: Fishbowl on soil · Pictures" in told
        assert "Way on" in told
    order = soil.say("bruno", "/session agenda Soil")
    assert "- Now: 07:20 Fishbowl on soil" in order
    assert "- Next: 08:00 Way on" in order


def test_channel_is_spared_by_one_press_that_can_be_undone(soil: Chat) -> None:
    soil.time("2026-11-10T12:00Z")
    assert "planned the session" in soil.press("bruno", "Stop this for everyone", on="On now: Soil")
    off = soil.press("amina", "Stop this for everyone", on="On now: Soil")
    assert "don't follow the agenda here any more" in off.to("#general")
    assert not soil.time("2026-11-10T12:21Z").to("#general")
    assert "Follow the agenda" not in soil.say("bruno", "/session agenda Soil")
    assert "Follow the agenda" in soil.say("amina", "/session agenda Soil")
    assert "Fishbowl on soil" in soil.press("amina", "Undo").to("#general")
    assert "changed" in soil.say("amina", "/community log")


@pytest.mark.parametrize(
    ("agenda", "says"),
    [
        ("15:00 Work\\n18:00 More", "takes longer than the session"),
        ("14:30 Doors\\n15:00 Work", "begins before the session does"),
        ("15:00 Work\\n16:00 End\\n15:30 More", "weren't in order"),
        ("15:00–15:40 Work\\n15:30 More", "Two items of the agenda overlap"),
    ],
)
def test_preview_says_what_is_odd_and_forbids_nothing(three: Chat, agenda: str, says: str) -> None:
    assert says in plan(three, agenda)
    assert "Announce now" in three.last("@amina").labels


def test_gaps_are_no_item(three: Chat) -> None:
    plan(three, "15:00–15:20 Welcome\\n15:40 Work")
    three.press("amina", "Announce now")
    three.time("2026-11-10T12:00Z")
    shown = three.time("2026-11-10T12:20Z").to("#general")
    assert "Now:" not in shown
    assert "Work" in shown


def test_agenda_goes_over_midnight_and_a_change_of_clocks(three: Chat) -> None:
    three.say("claire", "/my timezone Europe/Paris")
    words = '/session plan title=Nuit when="2027-03-27 23:00" duration=5h agenda="{}"'
    agenda = "23:00 Veille\\n00:30 Chants\\n03:30 Silence"
    told = three.say("claire", words.format(agenda), "#general").text.replace("\u202f", " ")
    assert "- 00:30 Chants" in told
    assert "- 03:30 Silence" in told
    assert "Announce" not in told


def test_times_go_along_when_the_session_is_moved_and_back(soil: Chat) -> None:
    soil.say("amina", '/session move Soil "2026-11-10 17:00"')
    assert "- 17:20 Fishbowl on soil" in soil.say("amina", "/session show Soil")
    soil.press("amina", "Undo")
    assert "- 15:20 Fishbowl on soil" in soil.say("amina", "/session show Soil")


def test_agenda_that_was_written_for_the_new_hour_stays(three: Chat) -> None:
    plan(three, "16:00 Welcome\\n16:30 Work", "2026-11-10 15:00", "60m")
    moved = three.say("amina", '/session move Soil "2026-11-10 16:00"').text
    assert "- 16:00 Welcome" in moved.replace("\u202f", " ")


def test_agenda_of_a_programme_goes_along_with_its_rule(three: Chat) -> None:
    words = '/programme plan title=Weekly rule="every Tuesday at 15:00" agenda="15:10 Talk"'
    three.say("amina", words, "#general")
    three.press("amina", "Announce the series")
    three.say("amina", '/programme change Weekly rule="every Tuesday at 17:00"')
    for day in ("10 November", "24 November"):
        assert "17:10 Talk" in three.say("amina", f'/session agenda "Weekly, {day}"')


def test_hosts_are_reminded_with_the_agenda(soil: Chat) -> None:
    soil.say("amina", "/host take Soil")
    told = soil.time("2026-11-08T16:00Z").to("@amina").text.replace("\u202f", " ")
    assert "- 15:20 Fishbowl on soil" in told


def test_another_session_at_another_hour_has_the_agenda_at_that_hour(soil: Chat) -> None:
    told = soil.say(
        "amina", '/session plan title=More when="2026-11-12 17:00" like=Soil', "#general"
    )
    assert "- 17:20 Fishbowl on soil" in told
