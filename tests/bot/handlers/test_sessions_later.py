"""Shows sessions that are announced later: until then only those see them who may change them."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def later(three: Chat) -> Chat:
    """Have a session planned that is announced on 5 November, at nine in Nairobi."""
    three.say("amina", '/session plan title="Locally" when="2026-11-10 15:00"', "#general")
    three.press("amina", "Announce later")
    three.fill("amina", at="2026-11-05 09:00")
    return three


def titles(chat: Chat, until: str) -> list[tuple[str, str]]:
    """Give the titles that stand in the channel by then, each with its day and hour."""
    return [(one.title, one.at[8:13]) for one in chat.time(until).to("#general") if not one.edits]


def test_what_is_announced_later_is_not_listed_before(later: Chat) -> None:
    assert "Locally" not in later.say("bruno", "/session list")
    assert "Locally" not in later.say("bruno", "/my week")
    assert "Locally" in later.say("amina", "/session list")
    later.time("+4d")
    assert "Locally" in later.say("bruno", "/session list")


def test_nobody_else_opens_or_answers_it_before(later: Chat) -> None:
    for words in ("show Locally", "rsvp Locally yes", "change Locally", "who Locally"):
        assert "There are no sessions yet." in later.say("bruno", f"/session {words}")


def test_what_was_cancelled_before_stays_unknown(later: Chat) -> None:
    later.say("amina", '/session cancel Locally reason="Rain"')
    later.time("+10d")
    assert "There are no sessions yet." in later.say("bruno", "/session show Locally")
    assert "Cancelled: Locally" in later.say("amina", "/session show Locally")


def test_whoever_is_asked_to_host_it_sees_it(later: Chat) -> None:
    later.say("amina", "/host ask Locally @bruno")
    screen = later.say("bruno", "/session show Locally")
    assert "I'll announce it later" in screen
    assert screen.labels == []


def test_own_draft_is_said_to_be_none_that_one_can_answer(three: Chat) -> None:
    three.say("amina", '/session plan title="Locally" when="2026-11-10 15:00"', "#general")
    for words in ("/session rsvp Locally yes", "/session who Locally"):
        assert "“Locally” isn't announced yet." in three.say("amina", words)


def test_showing_it_says_when_it_is_announced(later: Chat) -> None:
    screen = later.say("amina", "/session show Locally")
    assert "I'll announce it later: Thu 5 Nov" in screen
    assert screen.labels == ["Announce now", "Announce later", "Move", "Change", "Cancel session…"]


def test_it_can_be_announced_now_after_all(later: Chat) -> None:
    later.say("amina", "/session show Locally")
    assert later.press("amina", "Announce now").to("#general")[0].title == "Locally"
    assert [title for title, _ in titles(later, "2026-11-06T08:00Z")] == []


def test_it_can_be_announced_at_another_time(later: Chat) -> None:
    later.say("amina", '/session announce-later Locally at="2026-11-06 09:00"')
    assert titles(later, "2026-11-07T08:00Z") == [("Locally", "06T06")]


def test_undoing_its_cancellation_announces_it_in_time(later: Chat) -> None:
    later.say("amina", '/session cancel Locally reason="Rain"')
    later.press("amina", "Undo")
    assert titles(later, "2026-11-07T08:00Z") == [("Locally", "05T06")]


def test_undoing_too_late_announces_it_at_once(later: Chat) -> None:
    later.say("amina", '/session cancel Locally reason="Rain"')
    assert titles(later, "2026-11-06T08:00Z") == []
    assert later.press("amina", "Undo").to("#general")[0].title == "Locally"


def test_only_the_last_choice_of_a_channel_comes_back(later: Chat) -> None:
    later.say("amina", '/session announce-later Locally at="2026-11-06 09:00" channel=#other')
    later.say("amina", '/session cancel Locally reason="Rain"')
    later.press("amina", "Undo")
    shown = later.time("2026-11-07T08:00Z")
    assert [one.to for one in shown if one.title == "Locally"] == ["#other"]


def test_nobody_is_told_of_changes_before(later: Chat) -> None:
    screen = later.say("amina", '/session move Locally "2026-11-20 15:00"')
    assert "There's nobody else to tell." in screen
    assert [shown.to for shown in screen] == ["@amina"]


def test_moved_later_it_is_announced_all_the_same(later: Chat) -> None:
    later.say("amina", '/session move Locally "2026-11-20 15:00"')
    assert titles(later, "2026-11-07T08:00Z") == [("Locally", "05T06")]


def test_it_is_not_moved_before_its_announcement(later: Chat) -> None:
    screen = later.say("amina", '/session move Locally "2026-11-04 15:00"')
    assert "That's before its announcement" in screen.form.fields[0].error


def test_moved_close_to_its_announcement_it_is_not_reminded_of_before(later: Chat) -> None:
    later.say("amina", '/session move Locally "2026-11-05 15:00"')
    assert titles(later, "2026-11-05T11:30Z")[0] == ("Locally", "05T06")


@pytest.fixture
@scene
def draft(three: Chat) -> Chat:
    """Have bruno plan a session, whose preview he loses sight of."""
    three.say("bruno", '/session plan title="Youth" when="2026-11-10 15:00"', "#general")
    return three


def test_what_one_planned_is_found_again_in_the_list(draft: Chat) -> None:
    screen = draft.say("bruno", "/session list")
    assert "You planned this, and it isn't announced yet:\n- Youth" in screen
    assert "This is a preview" in draft.choose(
        "bruno", "Show", draft.seen("bruno")[-1].choices[0].options[0].label
    )
    assert "Youth" not in draft.say("amina", "/session list")


def test_what_one_planned_stands_on_the_desk(draft: Chat) -> None:
    assert "it isn't announced yet:\nYouth: Tue 10 Nov" in draft.say("bruno", "/my week")
    assert "This is a preview" in draft.press("bruno", "Show")


def test_what_one_planned_is_named_by_its_title(draft: Chat) -> None:
    assert "This is a preview" in draft.say("bruno", "/session show youth")
    assert "There are no sessions yet" in draft.say("amina", "/session show youth")


def test_coordinator_announces_a_draft_of_theirs_by_its_title(three: Chat) -> None:
    three.say("amina", '/session plan title="Seeds" when="2026-11-10 15:00"', "#general")
    assert three.say("amina", "/session announce Seeds").to("#general")[0].title == "Seeds"


def test_what_was_planned_for_a_time_that_has_passed_is_not_listed(draft: Chat) -> None:
    draft.time("+10d")
    assert "Youth" not in draft.say("bruno", "/session list")


def test_announcing_in_the_afternoon_may_be_meant_for_the_night(later: Chat) -> None:
    later.say("amina", '/session announce-later Locally at="6 November at 4" channel=#other')
    later.press("amina", "I meant 04:00")
    screen = later.time("2026-11-07T08:00Z")
    assert [(one.title, one.at[8:13]) for one in screen.to("#other")] == [("Locally", "06T01")]
    assert not screen.to("#general")


def test_hour_after_the_session_is_not_offered_for_announcing(later: Chat) -> None:
    screen = later.say("amina", '/session announce-later Locally at="10 November at 9"')
    assert not any("I meant" in label for label in screen.labels)
