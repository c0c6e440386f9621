"""Shows what hosts have the next ones know: who is asked, who reads it, and who does not."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, series
from tests.scenes import scene

AFTER = "2026-11-18T13:10Z"
"""Ten minutes after the end of “Seeds”."""


@pytest.fixture
@scene
def hosted(chat: Chat) -> Chat:
    """Let bruno host the first of two sessions."""
    core_group(chat)
    announce(chat, "Seeds")
    announce(chat, "Rivers", week=4)
    chat.say("bruno", "/host take Seeds", "#core")
    return chat


def hand_over(chat: Chat, words: str = "Bring cables.") -> None:
    chat.time(AFTER)
    chat.press("bruno", "Write a handover")
    assert "Whoever hosts next will read it." in chat.fill("bruno", note=words)


def test_host_is_asked_once_soon_after_the_end(hosted: Chat) -> None:
    assert "Write a handover" not in hosted.time("2026-11-18T13:09Z").labels
    (asked,) = hosted.time(AFTER).to("@bruno")
    assert asked.title == "Thank you for hosting “Seeds”!"
    assert not hosted.time("2026-12-10T12:00Z").to("@bruno")


def test_nobody_is_asked_for_a_handover_where_nothing_is_to_come(hosted: Chat) -> None:
    hosted.say("amina", "/session cancel Rivers reason=Rain", "#general")
    hosted.time(AFTER)
    assert "Thank you for hosting" in hosted.seen("bruno")
    assert "Write a handover" not in hosted.seen("bruno")


def test_next_host_reads_it_on_taking_the_turn(hosted: Chat) -> None:
    hand_over(hosted)
    told = hosted.say("claire", "/host take Rivers", "#core").to("@claire")
    assert "From the last host, for you:\n> Bring cables." in told


def test_host_of_before_reads_it_in_the_reminder(hosted: Chat) -> None:
    assert "From the last host" not in hosted.say("claire", "/host take Rivers", "#core")
    hand_over(hosted)
    assert "Bring cables." in hosted.time("2026-12-13T12:00Z").to("@claire")
    hosted.say("bruno", '/host handover Seeds note="Bring lamps."')
    assert "Bring lamps." in hosted.time("2026-12-16T10:00Z").to("@claire")


def test_what_was_read_is_not_said_again_in_two_hours(hosted: Chat) -> None:
    hosted.say("claire", "/host take Rivers", "#core")
    hand_over(hosted)
    hosted.time("2026-12-13T12:00Z")
    reminded = hosted.time("2026-12-16T10:00Z").to("@claire")
    assert "You're hosting" in reminded
    assert "Bring cables." not in reminded


def test_form_shows_what_was_written(hosted: Chat) -> None:
    hand_over(hosted)
    assert hosted.press("bruno", "Change").form.fields[0].value == "Bring cables."
    hosted.fill("bruno", note="Bring lamps.")
    told = hosted.say("claire", "/host take Rivers", "#core")
    assert "Bring lamps." in told
    assert "Bring cables." not in told


def test_handover_goes_to_the_next_date_of_the_same_programme(hosted: Chat) -> None:
    last = announce(hosted, "Last", week=8)
    series(hosted, "Series", announce(hosted, "Before", week=1), last)
    hosted.say("bruno", "/host take Before", "#core")
    hosted.time("2026-11-26T12:00Z")
    hosted.press("bruno", "Write a handover")
    hosted.fill("bruno", note="Only for the series.")
    assert "series" not in hosted.say("claire", "/host take Rivers", "#core").to("@claire")
    assert "Only for the series." in hosted.say("claire", "/host take Last", "#core").to("@claire")


def test_others_neither_write_nor_read_it(hosted: Chat) -> None:
    refused = "Only the session's hosts and the core group can do that."
    assert "once the session has begun" in hosted.say("bruno", "/host handover Seeds note=x")
    hand_over(hosted)
    assert refused in hosted.say("dan", "/host handover Seeds note=x")
    assert refused in hosted.say("dan", "/host to-do Rivers")
    assert "Bring cables." in hosted.say("amina", "/host to-do Rivers")


def test_words_of_whoever_is_erased_go_with_them(hosted: Chat) -> None:
    hand_over(hosted)
    hosted.say("bruno", "/my erase")
    hosted.press("bruno", "Erase everything")
    assert "From the last host" not in hosted.say("claire", "/host take Rivers", "#core")
