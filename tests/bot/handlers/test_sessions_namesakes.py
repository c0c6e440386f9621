"""Shows that of several sessions with one title nobody's is acted on unasked."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene


def plan(chat: Chat, when: str, title: str = "CoLab") -> str:
    """Have a session announced, and give its id."""
    chat.say("amina", f'/session plan title="{title}" when="{when}"', "#general")
    chat.press("amina", "Announce now")
    return str(chat.last("#general").buttons[0].command).split("session=")[1].split("&")[0]


@pytest.fixture
@scene
def twice(three: Chat) -> tuple[str, str]:
    """Have two sessions of one title: in November and in December."""
    return plan(three, "2026-11-25 15:00"), plan(three, "2026-12-16 15:00")


def shown(chat: Chat, words: str, name: str = "amina") -> list[tuple[str, str]]:
    """Give what can be chosen in the form that a command opens."""
    [field] = [one for one in chat.say(name, words).form.fields if one.name == "session"]
    return [(one.value, one.label.replace("\u202f", " ")) for one in field.options]


@pytest.mark.parametrize("command", ["session cancel", "session move", "session show", "host take"])
def test_which_one_is_asked_with_the_date_in_the_readers_zone(
    three: Chat, twice: tuple[str, str], command: str
) -> None:
    assert shown(three, f"/{command} CoLab") == [
        (twice[0], "CoLab: Wed 25 Nov 2026, 15:00 (Nairobi)"),
        (twice[1], "CoLab: Wed 16 Dec 2026, 15:00 (Nairobi)"),
    ]


def test_the_one_that_is_chosen_is_cancelled(three: Chat, twice: tuple[str, str]) -> None:
    three.say("amina", '/session cancel CoLab reason="Holidays"')
    assert "Which one do you mean?" in three.seen("amina")
    three.fill("amina", session=twice[1])
    assert "Wed 16 Dec" in three.last("#general").text
    assert "has been cancelled" in three.last("#general").text


def test_the_one_that_is_chosen_can_be_typed_as_it_is_shown(
    three: Chat, twice: tuple[str, str]
) -> None:
    label = shown(three, "/session show CoLab")[1][1]
    assert "16 Dec" in three.say("amina", f'/session show "{label}"')


def test_cancelled_or_past_one_is_not_in_the_way_of_the_only_one_to_come(
    three: Chat, twice: tuple[str, str]
) -> None:
    plan(three, "2026-11-03 15:00")
    three.time("+2d")
    three.forge("amina", "session.cancel", session=twice[0], reason="Rain")
    assert "16 Dec" in three.say("amina", "/host take CoLab")


def test_cancelled_and_past_ones_are_listed_last(three: Chat, twice: tuple[str, str]) -> None:
    past = plan(three, "2026-11-03 15:00")
    three.time("+2d")
    three.forge("amina", "session.cancel", session=twice[0], reason="Rain")
    later = plan(three, "2027-01-20 15:00")
    listed = [value for value, _ in shown(three, "/session show CoLab")]
    assert listed == [twice[1], later, past, twice[0]]


def test_menus_tell_them_apart(three: Chat, twice: tuple[str, str]) -> None:
    [menu] = three.say("amina", "/session list")[-1].choices
    assert ["25 Nov" in one.label for one in menu.options] == [True, False]
