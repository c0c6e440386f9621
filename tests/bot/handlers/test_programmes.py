"""Plans, starts and answers series as people do, and looks at what becomes of their dates."""

import pytest

from tests.chatting import Chat
from tests.programmes import MONTHLY, WEEKLY, community, started


@pytest.fixture
def monthly(chat: Chat) -> Chat:
    """Have last Wednesdays announced, the first on 25 November."""
    return started(chat)


@pytest.fixture
def weekly(chat: Chat) -> Chat:
    """Have six Thursdays announced: 5 Nov, 12 Nov …, each three days ahead."""
    return started(chat, f"{WEEKLY} count=6 announce_ahead=3d")


def test_preview_shows_rule_dates_and_clock_changes(chat: Chat) -> None:
    community(chat)
    told = chat.say("maria", f"/programme plan {MONTHLY}", "#cop")
    assert "On the last Wednesday of each month at 15:00" in told
    for day in ("25 Nov 2026", "30 Dec 2026", "27 Jan 2027", "28 Apr 2027"):
        assert day in told
    assert "14:00 (UTC)" in told
    assert "28 March" in told


def test_preview_names_the_day_where_it_is_another_one(chat: Chat) -> None:
    community(chat)
    told = chat.say("maria", '/programme plan Owls rule="every Friday at 23:30 in Bogotá"', "#cop")
    assert "6 Nov 2026, 23:30 (Bogota) · Sat 7 Nov 2026, 04:30 (UTC)" in told


def test_log_says_which_date_of_a_series_it_was(weekly: Chat) -> None:
    weekly.say("maria", '/session cancel "Circle, 12 November" reason=Rain', "#cop")
    logged = weekly.say("maria", "/community log", "#cop")
    assert "cancelled “Circle, Thu 12 Nov 2026, 16:00 (Amsterdam)”. Rain" in logged


def test_nobody_else_sees_a_draft(chat: Chat) -> None:
    community(chat)
    chat.say("maria", f"/programme plan {MONTHLY}", "#cop")
    assert "There are no programmes yet" in chat.say("amina", "/programme list")


def test_series_is_one_post_with_all_dates(monthly: Chat) -> None:
    posts = [shown for shown in monthly.everything if shown.to == "#cop"]
    assert [shown.title for shown in posts] == ["CoLab"]
    assert "27 Oct 2027" in posts[0].text


def test_each_date_is_announced_at_its_own_time(monthly: Chat) -> None:
    assert "25 Nov" not in monthly.time("2026-11-11T13:59Z").to("#cop")
    told = monthly.time("2026-11-11T14:00Z").to("#cop")
    assert "25 Nov 2026, 15:00" in told
    assert "[All dates]" in told


def test_later_dates_are_promised_only_where_there_are_some(monthly: Chat) -> None:
    assert "If dates are added" in monthly.press("amina", "Coming to all dates")
    monthly.say("maria", f"/programme plan {WEEKLY} count=6", "#cop")
    monthly.press("maria", "Announce the series")
    assert "If dates are added" not in monthly.say("amina", "/programme rsvp Circle coming")


def test_form_says_lengths_in_the_words_of_its_reader(weekly: Chat) -> None:
    form = weekly.say("bruno", "/programme change Circle").form
    assert form["announce_ahead"].value == "3 días"
    assert "[Deshacer]" in weekly.fill("bruno", title="Ronda")


def test_four_dates_at_least_are_there(monthly: Chat) -> None:
    dates = ("25 Nov", "30 Dec", "27 Jan", "24 Feb", "31 Mar")
    assert [day in monthly.say("amina", "/session list") for day in dates] == [True] * 4 + [False]
    monthly.time("2026-11-25T16:00Z")
    assert "31 Mar" in monthly.say("amina", "/session list")


@pytest.mark.nightly
def test_two_years_in_one_step_make_every_date_once(monthly: Chat) -> None:
    monthly.time("2028-11-05T13:00Z")
    told = monthly.say("maria", "/programme show CoLab past=yes")
    assert told.text.count("15:00 (Amsterdam)") >= 20
    assert "Page 1 of 2" in told


def test_daily_series_is_made_in_lots(chat: Chat) -> None:
    started(chat, 'title="Stand-up" rule="daily at 9:00"')
    chat.time("+5m")
    told = chat.say("maria", "/session list")
    assert "Page 1 of 5" in told


def test_answer_to_all_dates_holds_for_later_ones(monthly: Chat) -> None:
    told = monthly.press("amina", "Coming to all dates")
    assert "You're coming to all dates of “CoLab”" in told
    monthly.time("2026-12-26T09:00Z")
    assert "You're coming to 4 sessions" in monthly.say("amina", "/my week")


def test_no_to_one_date_leaves_the_others(monthly: Chat) -> None:
    monthly.press("amina", "Coming to all dates")
    told = monthly.say("amina", '/session rsvp "CoLab, 30 Dec" no')
    assert "for this date only: Wed 30 Dec 2026, 17:00 (Nairobi)" in told
    assert "You're coming to 3 sessions" in monthly.say("amina", "/my week")
    again = monthly.say("amina", "/programme rsvp CoLab yes")
    assert "What you said for one date stays" in again
    assert "You're coming to 3 sessions" in monthly.say("amina", "/my week")


def test_cancelled_date_is_not_taken_for_the_series(monthly: Chat) -> None:
    monthly.press("amina", "Coming to all dates")
    monthly.say("maria", '/session move "CoLab, 30 Dec" when="17 Dec 15:00"')
    monthly.say("maria", '/session cancel "CoLab, 27 Jan" reason=Holidays')
    monthly.time("+2m")
    assert "@maria moved a date of “CoLab”." in monthly.seen("amina")
    assert "@maria cancelled a date of “CoLab”." in monthly.seen("amina")


def test_answer_to_many_dates_says_how_many_are_not_listed(chat: Chat) -> None:
    started(chat, f"{WEEKLY} count=8")
    told = chat.press("amina", "Coming to all dates")
    assert "And 2 more dates." in told


def test_yes_to_one_date_says_nothing_of_the_others(monthly: Chat) -> None:
    monthly.time("2026-11-12T09:00Z")
    monthly.press("amina", "Coming", "CoLab")
    assert "You're coming to 1 session" in monthly.say("amina", "/my week")
    assert "[All dates]" in monthly.say("amina", '/session rsvp "CoLab, 25 Nov" yes')


def test_who_no_longer_comes_to_all_keeps_what_they_said_of_one(monthly: Chat) -> None:
    monthly.press("amina", "Coming to all dates")
    monthly.say("amina", '/session rsvp "CoLab, 30 Dec" yes')
    assert "Coming" in monthly.press("amina", "No to all dates")
    assert "You're coming to 1 session" in monthly.say("amina", "/my week")


def test_skipped_date_is_told_to_those_who_come(monthly: Chat) -> None:
    monthly.press("amina", "Coming to all dates")
    told = monthly.say("maria", '/session cancel "CoLab, 30 Dec" reason="Holidays."')
    assert "Holidays." in told.to("@amina")
    assert "14:00 UTC: cancelled" in told.to("#cop")


def test_answer_to_a_skipped_date_is_refused_kindly(monthly: Chat) -> None:
    monthly.time("2026-11-12T09:00Z")
    monthly.say("maria", '/session cancel "CoLab, 25 Nov" reason="Holidays."')
    assert "was cancelled" in monthly.say("amina", '/session rsvp "CoLab, 25 Nov" yes')


def test_moved_date_touches_no_other(monthly: Chat) -> None:
    monthly.say("maria", '/session move "CoLab, 30 Dec" when="2027-02-01 15:00"')
    told = monthly.say("amina", "/session list")
    assert "1 Feb 2027" in told
    assert "30 Dec" not in told
    assert "27 Jan 2027" in told
    monthly.time("2027-01-17T13:00Z")
    assert "1 Feb 2027" in monthly.time("2027-01-18T15:00Z").to("#cop")  # two weeks before it


def test_date_with_a_title_of_its_own_keeps_it(monthly: Chat) -> None:
    monthly.say("maria", '/session change "CoLab, 30 Dec" title="Looking back"')
    monthly.say("maria", "/programme change CoLab title=Laboratory")
    told = monthly.say("amina", "/session list")
    assert "Looking back: Wed 30 Dec" in told
    assert "Laboratory: Wed 27 Jan" in told


def test_partners_are_credited(chat: Chat) -> None:
    started(chat, f"{WEEKLY} partners=KNOW")
    assert "With the support of: KNOW" in chat.last("#cop").text
    assert "With the support of: KNOW" in chat.say("amina", '/session show "Circle, 5 Nov"')


def test_rule_that_never_happens_is_refused(chat: Chat) -> None:
    community(chat)
    told = chat.say("maria", '/programme plan Leap rule="every 30 February at 10:00"', "#cop")
    assert told.form.fields[1].error


def test_two_ends_are_refused(chat: Chat) -> None:
    community(chat)
    told = chat.say("maria", f'/programme plan {WEEKLY} count=3 until="30 Dec"', "#cop")
    assert "not both" in told


def test_members_plan_no_programmes(chat: Chat) -> None:
    community(chat)
    assert "Only the core group" in chat.say("amina", f"/programme plan {WEEKLY}", "#cop")
