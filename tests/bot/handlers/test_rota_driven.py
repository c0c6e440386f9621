"""Shows that the rota drives itself: it offers, asks one after the other, tells coordinators."""

from datetime import datetime, timedelta

import pytest

from tests.chatting import Chat, Screen
from tests.hosts import announce, core_group, hosts_of, pool, yes
from tests.scenes import scene

STARTS = datetime.fromisoformat("2026-12-09T12:00Z")
"""When the session of these tests begins: 15:00 in Nairobi."""


@pytest.fixture
@scene
def rota(chat: Chat) -> Chat:
    """Have the rota run by itself for two hosts, and a session five weeks ahead."""
    core_group(chat)
    chat.say("amina", "/community rota runs=yes", "#general")
    pool(chat, "bruno", "claire")
    announce(chat, "Seeds", 3)
    return chat


def until(chat: Chat, days: float) -> Screen:
    """Move the clock to some days before the session."""
    return chat.time(STARTS - timedelta(days=days) + timedelta(minutes=1))


def new(shown: Screen, to: str) -> Screen:
    """Keep the new messages to somebody, without those that were edited."""
    return Screen(one for one in shown.to(to) if not one.edits)


def test_nobody_presses_anything_and_a_turn_finds_its_host(rota: Chat) -> None:
    assert not until(rota, 21.1)
    assert [one.title for one in until(rota, 21).to("#core")] == ["Who can host “Seeds”?"]
    assert not until(rota, 14.1)
    [asked] = new(until(rota, 14), "@bruno")
    assert asked.title == "Would you host “Seeds”?"
    assert "By the rota, it's your turn." in asked.text
    yes(rota, "bruno")
    assert hosts_of(rota, "Seeds") == "@bruno"
    assert not new(until(rota, 1.1), "@amina")


def test_who_does_not_answer_is_told_kindly_and_may_still_take_it(rota: Chat) -> None:
    until(rota, 14)
    assert not until(rota, 11.1)
    shown = until(rota, 10.9)
    assert "I'm asking somebody else now." in shown.to("@bruno")
    assert not new(shown, "@bruno")
    assert "Would you host" in new(shown, "@claire")
    shown = yes(rota, "bruno")
    assert hosts_of(rota, "Seeds") == "@bruno"
    rota.time("+1m")
    assert "You no longer need to host “Seeds”." in rota.seen("claire")
    assert not new(shown, "@claire")


def test_who_gave_no_answer_is_not_said_to_have_declined(rota: Chat) -> None:
    until(rota, 10.9)
    rota.say("amina", "/host rota")
    assert "Asked for this session, without an answer: @bruno" in rota.say(
        "amina", "/host why Seeds"
    )


def test_a_no_leads_to_the_next_two_hours_later(rota: Chat) -> None:
    until(rota, 14)
    assert not new(rota.press("bruno", "Not this time"), "#core")
    assert not rota.time("+1h50m").to("@claire")
    assert "Would you host “Seeds”?" in rota.time("+20m").to("@claire")


def test_coordinators_hear_when_nobody_is_left_and_a_week_and_two_days_before(rota: Chat) -> None:
    until(rota, 11.1)
    told = new(until(rota, 7.1), "@amina")
    assert "There's nobody else I could ask." in told
    assert len(told) == 1
    [week] = new(until(rota, 6), "@amina")
    assert [*week.labels] == ["Ask somebody", "I'll host", "Move", "Cancel session…"]
    assert (
        "offered Wed 18 Nov 2026 · asked @bruno Wed 25 Nov 2026, no answer · asked @claire"
        in week.text
    )
    assert len(new(until(rota, 1.5), "@amina")) == 1
    rota.press("amina", "I'll host")
    rota.time("+1m")
    assert "“Seeds” has a host now" in rota.seen("amina")


def test_somebody_new_is_asked_after_nobody_was_left(rota: Chat) -> None:
    until(rota, 7.5)
    rota.join("eva", zone="Africa/Nairobi", locale="en", role="core")
    rota.say("eva", "/host join", "#core")
    assert "Would you host “Seeds”?" in until(rota, 6.5).to("@eva")


def test_whoever_sleeps_is_asked_in_the_morning_and_has_three_days_from_then(chat: Chat) -> None:
    core_group(chat)
    chat.say("amina", "/community rota runs=yes", "#general")
    chat.join("kenji", zone="Asia/Tokyo", locale="en", role="core")
    pool(chat, "kenji", "bruno")
    chat.say("bruno", "/host away 2026-12-01 2026-12-31", "#core")
    chat.say("amina", '/session plan title="Late" when="2026-12-09 18:00"', "#general")
    chat.press("amina", "Announce now")
    assert not chat.time("2026-11-25T21:00Z").to("@kenji")
    assert "Would you host “Late”?" in chat.time("2026-11-25T22:30Z").to("@kenji")
    assert not chat.time("2026-11-29T03:30Z")
    assert "You haven't answered" in chat.time("2026-11-29T04:30Z").to("@kenji")


def test_turns_that_are_due_within_days_are_offered_in_one_post(chat: Chat) -> None:
    core_group(chat)
    chat.say("amina", "/community rota runs=yes", "#general")
    pool(chat, "bruno", "claire")
    for week, title in enumerate(("Seeds", "Rivers", "Coasts"), 3):
        announce(chat, title, week)
    shown = chat.time("2026-11-19T12:00Z").to("#core")
    assert [one.title for one in shown] == ["Who can host these sessions?"]
    assert shown.text.count("nobody yet") == 2
    assert not chat.time("2026-12-01T11:00Z").to("#core")
    assert "Coasts" in chat.time("2026-12-02T13:00Z").to("#core")


def test_a_community_without_hosts_is_left_alone(chat: Chat) -> None:
    core_group(chat)
    chat.say("amina", "/community rota runs=yes", "#general")
    announce(chat, "Seeds", 3)
    shown = until(chat, 0.5)
    assert not shown.to("#core")
    assert not shown.to("@amina")
    assert "Waiting for coordinators" not in chat.say("amina", "/my week")


def test_switched_off_it_does_nothing_and_on_again_only_what_is_due(rota: Chat) -> None:
    rota.say("amina", "/community rota runs=no", "#general")
    assert not until(rota, 6)
    shown = rota.say("amina", "/community rota runs=yes", "#general")
    assert [one.to for one in shown] == ["@amina", "#core"]
    assert [one.to for one in new(rota.time("+2h"), "@amina")] == ["@amina"]


def test_after_an_outage_only_what_is_due_now_is_done(rota: Chat) -> None:
    rota.local.clock.step(STARTS - timedelta(days=5))
    assert [one.to for one in rota.time("+30m")] == ["#core"]


def test_two_years_later_at_once_nothing_is_said_of_what_is_over(rota: Chat) -> None:
    for week in (4, 5):
        announce(rota, f"Rivers {week}", week)
    rota.local.clock.step(STARTS + timedelta(days=730))
    shown = rota.time("+1h")
    assert not [one for one in shown.to("@bruno") + shown.to("#core") if not one.edits]


def test_a_moved_session_is_offered_by_its_new_date(rota: Chat) -> None:
    rota.say("amina", '/session move Seeds "2027-01-13 15:00"', "#general")
    assert not until(rota, 1).to("#core")
    assert "Who can host “Seeds”?" in rota.time("2026-12-23T13:00Z").to("#core")


def test_a_cancelled_session_is_not_driven_until_it_is_reopened(rota: Chat) -> None:
    until(rota, 15)
    rota.say("amina", "/session cancel Seeds")
    rota.fill("amina")
    assert not new(until(rota, 8), "@bruno")
    rota.say("amina", "/session reopen Seeds")
    assert "Would you host" in rota.time("+1d")


def test_two_who_take_it_at_once_have_one_host_and_stop_the_rota(rota: Chat) -> None:
    until(rota, 20)
    rota.together(("bruno", "I'll take it"), ("claire", "I'll take it"))
    assert hosts_of(rota, "Seeds") in ("@bruno", "@claire")
    assert "Would you host" not in until(rota, 4)


def test_when_the_last_host_leaves_coordinators_hear_of_it(rota: Chat) -> None:
    until(rota, 20)
    rota.press("bruno", "I'll take it")
    until(rota, 5)
    rota.say("bruno", "/host leave sure=yes")
    rota.say("claire", "/host leave")
    shown = new(rota.time("+1d1h"), "@amina")
    assert "“Seeds” has no host yet" in shown
    assert "@bruno gave it back" in shown


def test_what_it_did_stands_in_the_log_and_is_undone_there(rota: Chat) -> None:
    until(rota, 13.9)
    shown = rota.say("amina", "/community log")
    assert "I offered the turn for “Seeds” to all hosts." in shown
    rota.choose("amina", "Undo (turns)", "I asked @bruno to host “Seeds”.")
    assert "I'm not asking anybody else to host “Seeds”." in rota.seen("amina")
    assert not new(until(rota, 7.1), "@claire")
    assert "has no host yet" in until(rota, 6.9).to("@amina")


def test_whoever_takes_back_its_question_hears_that_it_stops(rota: Chat) -> None:
    until(rota, 13.9)
    rota.say("amina", "/host rota")
    rota.choose("amina", "Withdraw request", "Seeds: Wed 9 Dec 2026, 15:00 (Nairobi)")
    assert "I'm not asking anybody else to host “Seeds”." in rota.seen("amina")
    rota.time("+1m")
    assert "You no longer need to host “Seeds”." in rota.seen("bruno")


def test_an_offer_that_was_withdrawn_is_not_made_again(rota: Chat) -> None:
    until(rota, 20)
    rota.say("amina", "/community log")
    rota.choose("amina", "Undo (turns)", "I offered the turn for “Seeds” to all hosts.")
    assert "amina withdrew the offer" in rota.say("amina", "/community log")
    shown = until(rota, 13.9)
    assert not new(shown, "#core")
    assert "Would you host" in new(shown, "@bruno")


def test_how_it_runs_is_shown_and_changed(rota: Chat) -> None:
    shown = rota.say("amina", "/community rota offer=30 ask=1 warn=6,5", "#general")
    assert "turns offered 30 days before; hosts asked 1 day before" in shown
    assert "coordinators told 6 days and 5 days before" in rota.say("amina", "/community show")
    assert "up to four numbers" in rota.say("amina", "/community rota warn=soon")
    assert "fewer days than for the offer" in rota.say("amina", "/community rota ask=30")


def test_days_until_a_session_are_days_of_the_calendar(chat: Chat) -> None:
    core_group(chat)
    chat.say("amina", "/community rota runs=yes", "#general")
    pool(chat, "bruno")
    chat.say("amina", '/session plan title="Seeds" when="2026-11-05 00:30"', "#general")
    chat.press("amina", "Announce now")
    assert "It begins in 2 days." in chat.time("2026-11-03T12:00Z").to("@amina")


def test_what_is_announced_later_is_offered_before(chat: Chat) -> None:
    core_group(chat)
    chat.say("amina", "/community rota runs=yes", "#general")
    pool(chat, "bruno", "claire")
    chat.say("amina", '/session plan title="Seeds" when="2026-12-09 15:00"', "#general")
    chat.press("amina", "Announce later")
    chat.fill("amina", at="2026-11-28 10:00")
    assert "Who can host “Seeds”?" in until(chat, 20).to("#core")
    chat.press("bruno", "I'll take it")
    assert not until(chat, 5).to("@claire")
    assert hosts_of(chat, "Seeds") == "@bruno"


def test_who_was_silent_can_be_asked_again_by_hand(rota: Chat) -> None:
    until(rota, 10.9)
    shown = rota.say("amina", "/host ask Seeds bruno")
    assert "I've asked @bruno" in shown
    assert "By the rota" not in new(shown, "@bruno")


# What waits for coordinators


def test_coordinators_see_what_waits_for_them_and_nobody_else_does(rota: Chat) -> None:
    assert "Waiting for coordinators" not in rota.say("amina", "/my week")
    until(rota, 13.9)
    rota.say("dan", "/host join", "#core")
    shown = rota.say("amina", "/my week")
    assert "Waiting for coordinators" in shown
    line = "no host; offered Wed 18 Nov 2026 · asked @bruno Wed 25 Nov 2026, no answer yet"
    assert line in shown
    assert "@dan would like to join the hosts." in shown
    assert "Waiting for coordinators" not in rota.say("bruno", "/my week")


def test_who_is_put_aside_waits_no_more_until_they_ask_again(rota: Chat) -> None:
    rota.say("dan", "/host join", "#core")
    rota.say("amina", "/my week")
    assert "please do" in rota.press("amina", "Not now")
    assert "@dan" not in rota.say("amina", "/my week")
    rota.say("dan", "/host join", "#core")
    assert "@dan would like to join" in rota.say("amina", "/my week")


def test_suggested_sessions_wait_until_they_are_announced(rota: Chat) -> None:
    rota.say("dan", '/session plan title="Walk" when="2026-11-20 15:00"', "#general")
    rota.press("dan", "Request announcement")
    assert "@dan suggests Walk" in rota.say("amina", "/my week")
    rota.press("amina", "Announce now", "Walk")
    assert "suggests" not in rota.say("amina", "/my week")


def test_whoever_takes_back_their_own_question_hears_that_nobody_else_is_asked(rota: Chat) -> None:
    rota.say("amina", "/host ask Seeds @bruno")
    rota.press("amina", "Withdraw request")
    assert "I won't ask anybody else by myself." in rota.seen("amina")
