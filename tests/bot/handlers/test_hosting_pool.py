"""Shows how people join the hosts, are away from them, and leave."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of, pool, series
from tests.scenes import scene


@pytest.fixture
@scene
def bruno_hosts(core: Chat) -> Chat:
    """Have bruno in the pool and the host of Seeds, on 18 November at 9 in his morning."""
    pool(core, "bruno")
    announce(core, "Seeds")
    core.say("bruno", "/host take Seeds")
    return core


def test_joining_twice_keeps_one_place_and_the_newer_wish(core: Chat) -> None:
    core.say("bruno", "/host join")
    again = core.choose("bruno", "How often at most", "Once a month at most")
    assert "You're one of the hosts.\nHow often: Once a month at most" in again
    assert core.say("amina", "/host history").text.count("@bruno") == 1


def test_a_member_joins_when_a_coordinator_agrees(core: Chat) -> None:
    asked = core.say("dan", "/host join often=month")
    assert "part of the core group" in asked.to("@amina")
    assert "no turns yet" not in core.say("amina", "/host history")
    assert "You're one of the hosts now" in core.press("amina", "Agree").to("@dan")
    assert "@dan: no turns yet" in core.say("dan", "/host history")


def test_a_member_who_asks_twice_bothers_the_coordinators_once_a_day(core: Chat) -> None:
    core.say("dan", "/host join")
    assert not core.say("dan", "/host join").to("@amina")
    core.time("+1d")
    assert core.say("dan", "/host join").to("@amina")


def test_nobody_admits_themselves(core: Chat) -> None:
    core.say("dan", "/host join")
    assert "can do that." in core.say("dan", "/host admit @dan")
    core.press("amina", "Agree")
    assert "is one of the hosts now" in core.say("amina", "/host admit @dan")


def test_leaving_with_turns_says_first_what_becomes_of_them(bruno_hosts: Chat) -> None:
    told = bruno_hosts.say("bruno", "/host leave")
    assert "You're still hosting 1 session. When you leave, I'll offer it to all hosts." in told
    assert hosts_of(bruno_hosts, "Seeds") == "@bruno"
    told = bruno_hosts.press("bruno", "Leave and offer turns")
    assert "Who can host “Seeds”?" in told.to("#core")
    assert hosts_of(bruno_hosts, "Seeds") == ""


def test_leaving_with_nobody_to_ask_says_which_sessions_nobody_hosts(chat: Chat) -> None:
    core_group(chat, channel="")
    pool(chat, "bruno")
    announce(chat, "Seeds")
    chat.say("bruno", "/host take Seeds")
    chat.say("bruno", "/host leave")
    left = chat.press("bruno", "Leave and offer turns")
    assert left.to("@amina").labels[:2] == ["Ask somebody", "See who's free"]
    told = left.to("@bruno")
    assert "I found nobody to ask" in told
    assert "Seeds: " in told
    assert "offered to all" not in told


def test_leaving_a_partner_behind_offers_nothing(bruno_hosts: Chat) -> None:
    bruno_hosts.say("amina", "/host ask Seeds @claire")
    bruno_hosts.press("claire", "I'll host")
    bruno_hosts.say("bruno", "/host leave")
    told = bruno_hosts.press("bruno", "Leave and offer turns")
    assert "offered to all" not in told
    assert "nobody to ask" not in told
    assert hosts_of(bruno_hosts, "Seeds") == "@claire"


def test_leaving_answers_what_one_was_asked(core: Chat) -> None:
    pool(core, "bruno")
    announce(core, "Seeds")
    core.say("amina", "/host ask Seeds @bruno")
    assert "@bruno can't host" in core.say("bruno", "/host leave").to("@amina")


def test_leaving_twice_and_coming_back(core: Chat) -> None:
    assert "not one of the hosts" in core.say("bruno", "/host leave")
    core.say("bruno", "/host join")
    core.press("bruno", "See next turns")
    assert "Join again" in core.say("bruno", "/host leave").labels
    assert "You're one of the hosts now" in core.press("bruno", "Join again")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("2026-12-10 2026-12-01", "before the first. Choose the same day"),
        ("2026-10-01 2026-10-10", "The last day has already passed"),
        ("2026-12-01 2031-12-01", "You can be away for a year at most"),
        ("2026-12-01 2046-12-01", "ten years ahead at most"),
        ("2026-12-01 2026-12-32", "doesn't exist"),
    ],
)
def test_days_away_that_make_no_sense_are_asked_again(core: Chat, days: str, sentence: str) -> None:
    form = core.say("bruno", f"/host away {days}").form
    assert sentence in form.fields[1].error
    assert form.fields[0].value


def test_days_away_can_be_taken_back(core: Chat) -> None:
    assert "away from Tue 1 Dec" in core.say("bruno", "/host away 2026-12-01 2026-12-10")
    assert "away from Tue 1 Dec" in core.say("bruno", "/my week")
    core.press("bruno", "I'm not away")
    assert "away" not in core.say("bruno", "/my week")
    assert "have no absence that begins on that day" in core.say("bruno", "/host there 2026-12-01")


def test_days_away_that_overlap_become_one(core: Chat) -> None:
    core.say("bruno", "/host away 2026-12-01 2026-12-10")
    told = core.say("bruno", "/host away 2026-12-05 2026-12-20")
    assert "from Tue 1 Dec 2026 to Sun 20 Dec 2026" in told
    assert told.labels == ["I'm not away"]


def test_days_away_ask_what_becomes_of_a_turn_in_them(bruno_hosts: Chat) -> None:
    told = bruno_hosts.say("bruno", "/host away 2026-11-18 2026-11-18")
    assert "What should I do with them?" in told
    assert hosts_of(bruno_hosts, "Seeds") == "@bruno"
    bruno_hosts.press("bruno", "Offer my turn")
    assert "@bruno offered their turn" in bruno_hosts.last("#core").text


def test_days_away_are_days_of_the_hosts_own_zone(core: Chat) -> None:
    core.say("amina", '/session plan title="Late" when="2026-11-19 01:30"', "#general")
    core.press("amina", "Announce now")
    core.say("bruno", "/host take Late")  # the evening of the 18th in São Paulo
    assert "What should I do" not in core.say("bruno", "/host away 2026-11-19 2026-11-19")
    assert "What should I do" in core.say("bruno", "/host away 2026-11-18 2026-11-18")


def test_my_week_shows_turns_with_what_can_be_done(bruno_hosts: Chat) -> None:
    week = bruno_hosts.say("bruno", "/my week")
    assert "You're hosting “Seeds”:" in week
    assert {"Swap", "Offer my turn", "I can't host"} <= set(week.labels)
    bruno_hosts.press("bruno", "Offer my turn")
    assert "I'll keep it" in bruno_hosts.say("bruno", "/my week").labels
    bruno_hosts.press("bruno", "I'll keep it")
    assert "I'll keep it" not in bruno_hosts.say("bruno", "/my week").labels


def test_my_week_shows_what_one_was_asked(core: Chat) -> None:
    announce(core, "Seeds")
    core.say("amina", "/host ask Seeds @dan")
    assert "You've been asked to host “Seeds”" in core.say("dan", "/my week")
    core.press("dan", "host.accept")
    assert hosts_of(core, "Seeds") == "@dan"


def test_joining_again_without_a_wish_keeps_the_one_before(core: Chat) -> None:
    core.say("bruno", "/host join often=month")
    assert "You're one of the hosts.\nHow often: Once a month at most" in core.say(
        "bruno", "/host join"
    )


def test_the_newer_wish_counts_of_a_member_who_asks_twice(core: Chat) -> None:
    core.say("dan", "/host join often=month")
    told = core.say("dan", "/host join often=quarter")
    assert "How often: Once a quarter at most" in told.to("@dan")
    assert not told.to("@amina")
    core.say("dan", "/host join")
    core.press("amina", "Agree")
    assert "You're one of the hosts.\nHow often: Once a quarter at most" in core.say(
        "dan", "/host join"
    )


def test_a_host_who_left_the_core_group_is_heard_as_well(core: Chat) -> None:
    core.say("dan", "/host join")
    core.press("amina", "Agree")
    core.say("amina", "/community role @dan member")
    told = core.say("dan", "/host join often=month")
    assert "You're one of the hosts.\nHow often: Once a month at most" in told
    assert not told.to("@amina")


def test_host_of_a_programme_is_proposed_for_its_dates_alone(core: Chat) -> None:
    series(core, "Rivers", announce(core, "First", week=4))
    announce(core, "Seeds")
    told = core.say("bruno", "/host join programme=Rivers", "#core")
    assert "You're one of the hosts of “Rivers” now." in told
    shown = core.say("amina", "/host rota").text
    assert "Seeds, Wed 18 Nov 2026, 15:00 (Nairobi): nobody yet, and I found nobody" in shown
    assert "First, Wed 16 Dec 2026, 15:00 (Nairobi): nobody yet; @bruno could be asked" in shown
    assert "Nobody is free for “Seeds”" in core.say("amina", "/host why Seeds")
    assert "@bruno" not in core.say("amina", "/host why Seeds")
    core.say("bruno", "/host join", "#core")
    assert "Seeds, Wed 18 Nov 2026, 15:00 (Nairobi): nobody yet; @bruno could be" in core.say(
        "amina", "/host rota"
    )


def test_leaving_a_programme_keeps_the_other_turns(core: Chat) -> None:
    series(core, "Rivers", announce(core, "First", week=4))
    announce(core, "Seeds")
    core.say("bruno", "/host join programme=Rivers", "#core")
    for title in ("First", "Seeds"):
        core.say("bruno", f"/host take {title}", "#core")
    assert "You're still hosting 1 session." in core.say("bruno", "/host leave programme=Rivers")
    told = core.press("bruno", "Leave and offer turns").to("@bruno")
    assert "You've left the hosts of “Rivers”." in told
    assert hosts_of(core, "Seeds") == "@bruno"
    assert hosts_of(core, "First") == ""


def test_member_asks_to_join_a_programme(core: Chat) -> None:
    series(core, "Rivers", announce(core, "First", week=4))
    asked = core.say("dan", "/host join programme=Rivers")
    assert "@dan would like to join the hosts of “Rivers”." in asked.to("@amina")
    assert "@dan would like to join the hosts of “Rivers”." in core.say("amina", "/my week")
    assert "of “Rivers” now." in core.press("amina", "Agree").to("@dan")
    refused = core.say("claire", "/host leave programme=Rivers")
    assert "You're not one of the hosts." in refused
