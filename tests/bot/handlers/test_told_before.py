"""Shows what would happen to whom before it is done: cancelled, withdrawn."""

from tests.chatting import Chat


def test_button_to_cancel_says_first_who_is_told_and_asks_for_a_reason(attended: Chat) -> None:
    attended.press("bruno", "session.who")
    attended.say("amina", "/session show Hello")
    asked = attended.press("amina", "Cancel session…")
    assert "I'll tell #general and 1 person." in asked.form.intro
    assert [field.name for field in asked.form.fields] == ["reason"]
    assert not asked.to("#general")
    cancelled = attended.fill("amina", reason="No venue")
    assert "No venue" in cancelled.to("#general")


def test_reason_can_be_left_out(attended: Chat) -> None:
    attended.say("amina", "/session cancel Hello")
    assert "@amina cancelled “" in attended.fill("amina").to("#general")


def test_session_chosen_in_the_form_is_shown_before_it_is_cancelled(attended: Chat) -> None:
    attended.say("amina", "/session cancel")
    asked = attended.fill("amina", session="Hello")
    assert "I'll tell" in asked.form.intro
    assert "cancelled" in attended.fill("amina").to("#general")


def test_session_that_nobody_knows_is_discarded_after_asking(three: Chat) -> None:
    three.say("amina", '/session plan title=Seeds when="2026-11-10 15:00"', "#general")
    assert (
        "Nobody else has seen “Seeds” yet" in three.say("amina", "/session cancel Seeds").form.intro
    )
    assert "discarded" in three.fill("amina")
