"""Shows that the rota is seen before it is settled, explains itself, and shares turns evenly."""

from collections import Counter

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of, pool
from tests.openspaces import counted
from tests.scenes import scene


@pytest.fixture
@scene
def season(chat: Chat) -> Chat:
    """Have three in the pool and three sessions without a host."""
    core_group(chat)
    pool(chat, "amina", "bruno", "claire")
    for week, title in enumerate(("Seeds", "Rivers", "Coasts")):
        announce(chat, title, week)
    return chat


def test_the_rota_is_shown_to_one_and_asks_nobody(season: Chat) -> None:
    shown = season.say("amina", "/host rota")
    assert [one.private for one in shown] == [True]
    assert shown.text.count("nobody yet;") == 3
    assert shown.labels == ["Offer open turns…", "Ask them", "Why?"]


def test_the_rota_without_sessions_suggests_to_plan_one(chat: Chat) -> None:
    core_group(chat)
    assert "Plan a session" in chat.say("amina", "/host rota").labels


def test_members_see_the_rota_and_settle_nothing(season: Chat) -> None:
    assert season.say("dan", "/host rota").labels == ["Why?"]
    for command in ("ask-them", "offer-open", "history"):
        assert "can do that." in season.say("dan", f"/host {command}")


def test_asking_them_asks_each_proposed_host_once(season: Chat) -> None:
    season.join("eva", zone="Africa/Nairobi", locale="en", role="core")
    season.say("eva", "/host rota")
    told = season.press("eva", "Ask them")
    assert sorted(one.to for one in told if one.title.startswith("Would")) == [
        "@amina",
        "@bruno",
        "@claire",
    ]
    assert "waiting for @" in season.say("amina", "/host rota")
    assert "Ask them" not in season.say("amina", "/host rota").labels


def test_whoever_asks_them_is_shown_their_own_turn_and_not_asked(season: Chat) -> None:
    season.say("amina", "/host rota")
    told = season.press("amina", "Ask them")
    assert sorted(one.to for one in told if one.title.startswith("Would")) == ["@bruno", "@claire"]
    assert "I've asked 2 people:" in told
    assert "It would be your turn to host “Seeds”" in told.to("@amina")
    season.press("amina", "I'll host")
    assert hosts_of(season, "Seeds") == "@amina"


def test_whoever_asks_them_can_say_no_to_their_own_turn(season: Chat) -> None:
    season.say("amina", "/host rota")
    season.press("amina", "Ask them")
    assert "offered to all hosts" in season.press("amina", "Not this time").to("@amina")
    assert "Seeds, Tue" not in season.say("amina", "/my week")
    assert hosts_of(season, "Seeds") == ""


def test_who_is_asked_for_several_turns_is_counted_once(chat: Chat) -> None:
    core_group(chat)
    pool(chat, "bruno")
    for week, title in enumerate(("Seeds", "Rivers")):
        announce(chat, title, week * 4)
    chat.say("amina", "/host rota")
    told = chat.press("amina", "Ask them")
    assert "I've asked 1 person:\n- Seeds, Wed" in told
    assert "(Nairobi): @bruno\n- Rivers, Wed" in told


def test_nobody_is_said_to_be_asked_when_the_turns_are_ones_own(chat: Chat) -> None:
    core_group(chat)
    pool(chat, "amina")
    announce(chat, "Seeds")
    chat.say("amina", "/host rota")
    told = chat.press("amina", "Ask them")
    assert "I've asked" not in told
    assert told.labels == ["I'll host", "Not this time"]


def test_being_among_the_hosts_is_counted_in_days(season: Chat) -> None:
    assert "one of the hosts since Mon 2 Nov 2026\n" in season.say("amina", "/host history")


def test_what_was_not_shown_is_not_settled(season: Chat) -> None:
    season.say("amina", "/host rota")
    season.say("claire", "/host away 2026-11-10 2026-12-20")
    told = season.press("amina", "Ask them")
    assert "Something has changed since" in told
    assert not told.to("@bruno")
    season.press("amina", "Ask them")
    assert "waiting for @" in season.say("amina", "/host rota")


def test_open_turns_are_offered_together_and_once(season: Chat) -> None:
    season.say("bruno", "/host take Rivers")
    season.say("amina", "/host rota")
    before = season.press("amina", "Offer open turns…")
    assert "I'll offer these turns in #core:" in before
    assert not before.to("#core")
    told = season.press("amina", "Offer")
    [offered] = told.to("#core")
    assert offered.title == "Who can host these sessions?"
    assert offered.text.count(": nobody yet") == 2
    assert "There are no open turns" in season.forge("amina", "host.offer-open")
    assert "offered to all hosts; " in season.say("amina", "/host rota")
    season.choose("amina", "Withdraw offer", "Seeds: Wed 18 Nov 2026, 15:00 (Nairobi)")
    assert "no longer offered" in season.seen("amina")


def test_why_names_what_speaks_for_somebody_and_passes_over_the_rest(season: Chat) -> None:
    season.say("claire", "/host away 2026-11-10 2026-11-20")
    [menu] = season.say("amina", "/host rota")[-1].choices
    [seeds] = [one.label for one in menu.options if "Seeds: " in one.label]
    told = season.choose("amina", "Why?", seeds)
    assert "Why @amina for “Seeds”?" in told
    assert "@amina has 0 turns since" in told
    assert "Away that day: @claire" in told


def test_whoever_is_asked_can_ask_why(season: Chat) -> None:
    season.say("amina", "/host ask Seeds @claire")
    assert "Why @claire for “Seeds”?" in season.press("claire", "Why me?")


def test_why_says_when_nobody_is_free(chat: Chat) -> None:
    core_group(chat)
    announce(chat, "Seeds")
    assert "Nobody is free for “Seeds”" in chat.say("amina", "/host why Seeds")


def test_who_is_asked_counts_as_taken_until_they_answer(season: Chat) -> None:
    season.say("amina", "/host ask Seeds @bruno")
    rota = season.say("amina", "/host rota").text.splitlines()
    assert "@bruno" not in next(line for line in rota if "Rivers" in line)


def test_after_a_no_somebody_else_is_proposed(season: Chat) -> None:
    season.say("amina", "/host ask Seeds @amina")
    season.say("bruno", "/host ask Rivers @claire")
    season.press("claire", "Not this time")
    assert "offered to all hosts; @bruno could be asked" in season.say("amina", "/host rota")


def test_regions_take_turns_where_the_community_wants_that(season: Chat) -> None:
    for name, region in (("amina", "Africa"), ("bruno", "Africa"), ("claire", "Europe")):
        season.say(name, f"/my profile region={region}")
    season.say("amina", "/community setup alternate_regions=yes")
    season.say("amina", "/host take Seeds")
    assert "@claire could be asked" in season.say("amina", "/host rota next=2")


def test_history_counts_by_name_and_ranks_nobody(season: Chat) -> None:
    season.say("claire", "/host take Seeds")
    season.say("amina", "/host take Rivers")
    season.time("+30d")
    lines = season.say("bruno", "/host history")[0].text.splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == ["- @amina", "- @bruno", "- @claire"]
    assert "@claire: 1 turn, the last one" in lines[2]


def test_cancelled_sessions_count_for_nobody(season: Chat) -> None:
    season.say("claire", "/host take Seeds")
    season.say("amina", '/session cancel Seeds reason="Rain"')
    season.time("+30d")
    assert "@claire: no turns yet" in season.say("bruno", "/host history")


@pytest.mark.slow
def test_twelve_sessions_and_four_hosts_make_three_turns_each(chat: Chat) -> None:
    core_group(chat)
    chat.join("eva", role="core")
    pool(chat, "amina", "bruno", "claire", "eva")
    for week in range(12):
        announce(chat, f"Session {week:02}", week)
    _everybody_accepts(chat)
    hosts = Counter(hosts_of(chat, f"Session {week:02}") for week in range(12))
    assert hosts == {"@amina": 3, "@bruno": 3, "@claire": 3, "@eva": 3}


def test_whoever_is_away_for_a_month_hosts_nothing_then(chat: Chat) -> None:
    core_group(chat)
    pool(chat, "amina", "bruno", "claire")
    for week in range(8):
        announce(chat, f"Session {week:02}", week)
    chat.say("claire", "/host away 2026-11-15 2026-12-15")
    _everybody_accepts(chat)
    hosts = [hosts_of(chat, f"Session {week:02}") for week in range(8)]
    assert "@claire" not in hosts[:4]
    assert "@claire" in hosts[4:]


def _everybody_accepts(chat: Chat) -> None:
    chat.say("amina", "/host rota next=12")
    told = chat.press("amina", "Ask them")
    for shown in told:
        for button in shown.buttons:
            if button.label == "I'll host":
                chat.press(shown.to.removeprefix("@"), button.command)


def test_the_rota_needs_no_more_statements_for_more_rows(season: Chat) -> None:
    with counted(season) as few:
        season.say("amina", "/host rota next=1")
    season.say("bruno", "/host take Seeds")
    season.say("amina", "/host ask Rivers @claire")
    with counted(season) as many:
        season.say("amina", "/host rota next=12")
    assert len(many) == len(few)


def test_history_and_desk_need_no_more_statements_for_more_rows(season: Chat) -> None:
    with counted(season) as few:
        season.say("bruno", "/my week")
        season.say("bruno", "/host history")
    for title in ("Seeds", "Rivers", "Coasts"):
        season.say("bruno", f"/host take {title}")
    with counted(season) as many:
        season.say("bruno", "/my week")
        season.say("bruno", "/host history")
    assert len(many) == len(few)


def test_turns_are_not_said_to_be_offered_when_there_is_nobody_to_offer_them_to(chat: Chat) -> None:
    core_group(chat, channel="")
    announce(chat, "Seeds")
    chat.say("amina", "/host rota")
    chat.press("amina", "Offer open turns…")
    assert "I found nobody to ask" in chat.press("amina", "Offer")
    chat.say("bruno", "/host take Seeds")
    told = chat.say("bruno", "/host decline Seeds")
    assert "Nobody's hosting it at the moment." in told.to("@amina")
    assert "It's offered" not in told
