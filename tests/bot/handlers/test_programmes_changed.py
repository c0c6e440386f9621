"""Changes series from a date on, ends and renews them, and looks at who hears of it."""

import pytest

from tests.chatting import Chat
from tests.programmes import MONTHLY, WEEKLY, started


@pytest.fixture
def weekly(chat: Chat) -> Chat:
    """Have six Thursdays announced, to all of which amina comes."""
    started(chat, f"{WEEKLY} count=6 announce_ahead=3d")
    chat.press("amina", "Coming to all dates")
    return chat


def test_other_rule_moves_dates_and_tells_once(weekly: Chat) -> None:
    told = weekly.say("maria", '/programme change Circle rule="every Tuesday at 17:00"')
    assert "6 dates move" in told
    heard = weekly.time("+2m").to("@amina")
    assert len(heard) == 1
    assert "10 Nov 2026, 19:00 (Nairobi)" in heard
    assert "You're coming to 6 sessions" in weekly.say("amina", "/my week")


def test_other_rule_keeps_the_number_of_dates(weekly: Chat) -> None:
    weekly.say("maria", '/programme change Circle rule="every Tuesday at 17:00"')
    assert "6 times" in weekly.say("maria", "/programme show Circle")


def test_rule_changed_from_a_date_on_leaves_those_before(weekly: Chat) -> None:
    weekly.say("maria", '/programme change Circle rule="every Friday at 16:00" from="20 Nov"')
    told = weekly.say("amina", "/session list")
    for day in ("Thu 5 Nov", "Thu 12 Nov", "Thu 19 Nov", "Fri 27 Nov"):
        assert day in told


def test_date_that_somebody_moved_stays_when_the_rule_changes(weekly: Chat) -> None:
    weekly.say("maria", '/session move "Circle, 12 Nov" when="2026-11-13 18:00"')
    weekly.say("maria", '/programme change Circle rule="every Tuesday at 17:00"')
    told = weekly.say("maria", "/session list")
    assert "Fri 13 Nov 2026, 18:00" in told
    assert told.text.count("Circle: ") == 6


def test_skipped_date_stays_skipped_when_the_rule_changes(weekly: Chat) -> None:
    weekly.say("maria", '/session cancel "Circle, 12 Nov" reason=Away')
    weekly.say("maria", '/programme change Circle rule="every Thursday at 18:00"')
    weekly.time("+3m")
    told = weekly.say("amina", "/session list")
    assert "12 Nov" not in told
    assert "19 Nov 2026, 20:00" in told


def test_undone_in_time_nobody_hears_of_it(weekly: Chat) -> None:
    weekly.say("maria", '/programme change Circle rule="every Tuesday at 17:00"')
    weekly.press("maria", "Undo")
    assert not weekly.time("+3m").to("@amina")
    assert "Thu 12 Nov" in weekly.say("amina", "/session list")


def test_undone_later_those_who_heard_hear_again(weekly: Chat) -> None:
    weekly.say("maria", '/programme change Circle rule="every Tuesday at 17:00"')
    weekly.time("+3m")
    weekly.press("maria", "Undo")
    assert "12 Nov" in weekly.time("+3m").to("@amina")


def test_end_says_first_what_it_does(weekly: Chat) -> None:
    told = weekly.say("maria", "/programme end Circle")
    assert "6 dates after today would be called off" in told
    assert "1 person" in told


def test_ended_programme_meets_no_more(weekly: Chat) -> None:
    weekly.say("maria", '/programme end Circle last="13 Nov"')
    heard = weekly.time("+2m").to("@amina")
    assert "The last dates" in heard
    told = weekly.say("amina", "/session list")
    assert "Thu 12 Nov" in told
    assert "19 Nov" not in told
    weekly.time("2026-11-20T10:00Z")
    assert "Circle: ended" in weekly.say("amina", "/programme list")


def test_language_leaves_other_programmes_out_of_the_list(weekly: Chat) -> None:
    weekly.say("maria", "/community setup languages=English,Spanish", "#general")
    weekly.say("maria", "/programme change Circle languages=Spanish")
    assert "· Spanish" in weekly.say("maria", "/programme list language=Spanish")
    told = weekly.say("maria", "/programme list language=English")
    assert "There's no programme in English here." in told


def test_end_can_be_undone_by_whoever_may(weekly: Chat) -> None:
    weekly.say("maria", '/programme end Circle last="13 Nov"')
    weekly.time("+5m")
    log = weekly.say("maria", "/community log")
    assert "maria ended “Circle”" in log
    weekly.press("maria", "programme.undo")
    assert "Thu 10 Dec" in weekly.say("amina", "/session list")


def test_coordinator_is_asked_before_the_last_date_whether_it_goes_on(weekly: Chat) -> None:
    told = weekly.time("2026-12-04T12:00Z").to("@maria")
    assert "coming to its last date" in told
    assert "“Circle” ends on" in weekly.say("maria", "/my week")
    assert weekly.say("maria", "/programme renew Circle count=3").to("@maria").text.count("3") >= 1
    weekly.time("+1d")
    assert "Thu 31 Dec" in weekly.say("amina", "/session list")
    assert "“Circle” ends on" not in weekly.say("maria", "/my week")
    assert "until 31 December 2026" in weekly.say("maria", "/programme show Circle")


def test_renewed_series_keeps_its_every_other_week(chat: Chat) -> None:
    started(chat, 'title="Odd" rule="every 2 weeks on Thursday at 16:00" count=2')
    chat.time("2026-11-30T10:00Z")
    chat.say("maria", "/programme renew Odd count=2")
    told = chat.say("amina", "/session list")
    assert "Thu 3 Dec" in told
    assert "Thu 17 Dec" in told


def test_series_without_end_needs_no_renewal(chat: Chat) -> None:
    started(chat, MONTHLY)
    assert "has no last date" in chat.say("maria", "/programme renew CoLab")


def test_rules_are_said_with_the_city_of_their_hour_and_the_day_they_begin(chat: Chat) -> None:
    started(chat, MONTHLY)
    chat.say("amina", "/programme rsvp CoLab yes")
    changed = 'rule="first Wednesday of the month at 16:00" from="1 June 2027"'
    told = chat.say("maria", f"/programme change CoLab {changed}")
    assert "I'll tell the channel and 1 person." in told
    shown = chat.say("amina", "/programme show CoLab")
    assert "On the last Wednesday of each month at 15:00 (Amsterdam)" in shown
    assert "From 2 June 2027: On the first Wednesday of each month at 16:00 (Amsterdam)" in shown
    assert "From 2 June 2027" in chat.time("+2m").to("@amina")


def test_end_before_dates_that_are_only_listed_is_told(chat: Chat) -> None:
    started(chat, MONTHLY)
    assert "All dates after today would be called off" in chat.say("maria", "/programme end CoLab")
    assert "I'll tell the channel" in chat.fill("maria", last="1 July 2027")
    assert "is ending" in chat.time("+2m").to("#cop")


def test_days_that_have_passed_are_refused_in_their_field(chat: Chat) -> None:
    started(chat, 'title=Odd rule="every Thursday at 16:00" count=2')
    rule = 'rule="every Friday at 9:00"'
    passed = "That date has passed"
    for line, field, words in (
        ('renew Odd until="1 May 2020"', "until", "Please choose a day after the last date"),
        ('end Odd last="1 May 2020"', "last", passed),
        (f'change Odd {rule} from="1 May 2020"', "from", passed),
        (f'plan New {rule} until="1 May 2020"', "until", passed),
    ):
        form = chat.say("maria", f"/programme {line}").form
        assert words in next(one.error for one in form.fields if one.name == field)
        chat.dismiss("maria")
    assert "12 Nov" in chat.say("maria", "/programme show Odd")


def test_series_that_ended_long_ago_goes_on_for_a_year(chat: Chat) -> None:
    started(chat, f'{WEEKLY} until="30 Nov 2026"')
    chat.time("2028-11-20T10:00Z")
    assert "until 23 November 2029" in chat.say("maria", "/programme renew Circle")
    assert "Thu 23 Nov 2028" in chat.say("amina", "/session list")


def test_handover_is_written_for_the_last_date_that_was_held(chat: Chat) -> None:
    started(chat, WEEKLY)
    chat.say("bruno", "/host join")
    chat.say("bruno", '/host take "Circle, 5 Nov"')
    chat.time("2026-11-06T10:00Z")
    told = chat.say("bruno", '/host handover Circle note="Bring lamps."')
    assert not any(shown.form for shown in told)


def test_date_that_a_rule_called_off_says_by_whom_with_the_undo(weekly: Chat) -> None:
    weekly.say("maria", "/programme end Circle last=2026-11-20")
    shown = weekly.say("maria", '/session show "Circle, 26 November"')
    assert "has been cancelled" in shown
    assert "Undo" in shown.labels
    weekly.press("maria", "Undo")
    assert "has been cancelled" not in weekly.say("maria", '/session show "Circle, 26 November"')


def test_change_shows_what_it_changes_and_one_press_tells_those_coming(weekly: Chat) -> None:
    told = weekly.say("maria", "/programme change Circle place=Hall")
    assert "none → Hall" in told
    assert not [shown for shown in told.to("@amina") if not shown.edits]
    assert "none → Hall" in weekly.press("maria", "Tell those who are coming").to("@amina")
    assert "told them already" in weekly.press("maria", "Tell those who are coming")
    assert "Hall → none" in weekly.press("maria", "Undo").to("@amina")
