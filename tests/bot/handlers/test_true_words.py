"""Shows that what the bot says is so: no turn offered that is not, no link that there is none."""

import pytest

from bot.errors import UserError
from tests.chatting import Chat
from tests.hosts import announce
from tests.openspaces import with_topics


@pytest.fixture
def topics(chat: Chat) -> Chat:
    return with_topics(chat)


def test_whoever_leaves_reads_which_of_their_turns_are_offered(hosted: Chat) -> None:
    announce(hosted, "Rivers", 1)
    hosted.say("claire", "/host take Rivers")
    hosted.say("claire", "/host ask Rivers bruno")
    hosted.press("bruno", "I'll host")
    left = hosted.say("bruno", "/host leave sure=yes").to("@bruno")[0].text
    assert "I'm offering these turns to all hosts:\n- Seeds: " in left
    assert "Rivers" not in left


def test_absence_of_one_day_is_called_by_that_day(hosted: Chat) -> None:
    hosted.say("bruno", "/host away 2026-12-20 2026-12-20")
    assert "You're available again on Sun" in hosted.press("bruno", "I'm not away")


def test_how_often_somebody_hosts_is_a_line_of_its_own(hosted: Chat) -> None:
    hosted.say("bruno", "/host join")
    assert "How often: Once a month at most" in hosted.say("bruno", "/host join often=month")


def test_host_is_reminded_of_nothing_that_there_is_not(hosted: Chat) -> None:
    reminded = hosted.time("2026-11-17T12:00Z").to("@bruno")
    assert "Nobody has said yes yet." in reminded
    assert "Find somebody to welcome people" in reminded
    assert "link" not in reminded
    assert "agenda" not in reminded


def test_those_who_come_stand_below_a_noun(attended: Chat) -> None:
    attended.say("bruno", "/my profile language=Spanish")
    assert "Asisten: @amina" not in attended.say("bruno", "/session who Hello")
    assert "Asisten: @bruno" in attended.say("bruno", "/session who Hello")


def test_topic_nobody_wants_yet_says_so_and_its_button_knows_its_reader(topics: Chat) -> None:
    shown = topics.say("amina", '/topic show "How to include young people"')
    assert "Interested: Nobody yet" in shown
    topics.press("amina", "I'm interested")
    assert "No longer interested" in topics.say("amina", "/topic show How to include").labels


@pytest.mark.parametrize(
    ("rooms", "said"),
    [
        ("Garden\n(12)", "“(12)” needs a name"),
        ("Garden\ngarden", "Two rooms are called “garden”"),
        ("x" * 90, "xxx…” is too long"),
    ],
)
def test_room_that_cannot_be_is_named(topics: Chat, rooms: str, said: str) -> None:
    refused = topics.say("maria", f'/openspace rooms rooms="{rooms}"')
    assert said in refused.form.fields[0].error


@pytest.mark.parametrize(("option", "value"), [("zone", "Mars"), ("locale", "?"), ("role", "boss")])
def test_what_is_not_known_of_who_joins_is_named(chat: Chat, option: str, value: str) -> None:
    with pytest.raises(UserError) as refused:
        chat.join("amina", **{option: value})
    assert refused.value.text.values["words"] == value
