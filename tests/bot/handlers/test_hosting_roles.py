"""Shows the roles beside hosting: they have pools and turns of their own, and are no hosts."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of
from tests.scenes import scene


@pytest.fixture
@scene
def helped(chat: Chat) -> Chat:
    """Announce two sessions; bruno and claire take turns at the notes."""
    core_group(chat)
    for title, week in (("Seeds", 2), ("Rivers", 4)):
        announce(chat, title, week)
    for name in ("bruno", "claire"):
        chat.say(name, "/host join role=notes", "#core")
    return chat


def announced(chat: Chat) -> str:
    """Read the announcement of Seeds."""
    return [one for one in chat.seen("amina").to("#general") if one.title == "Seeds"][-1].text


def test_role_without_a_pool_is_neither_offered_nor_asked(helped: Chat) -> None:
    none = "Welcome: nobody takes turns at this yet"
    assert none in helped.say("amina", "/host offer Seeds role=welcome", "#core")
    told = helped.say("amina", "/host ask Seeds @bruno role=welcome", "#core")
    assert none in told
    assert not told.to("@bruno")


def test_whoever_takes_a_role_stands_in_the_announcement_and_hosts_nothing(helped: Chat) -> None:
    helped.say("amina", "/host offer Seeds role=scribe", "#core")
    helped.press("bruno", "I'll do it: Notes")
    assert "\nNotes: @bruno\n" in announced(helped)
    assert hosts_of(helped, "Seeds") == ""
    helped.say("dan", "/host join role=welcome", "#general")
    helped.say("dan", "/host take Seeds role=welcome", "#general")
    assert "Notes: @bruno · Welcome: @dan" in helped.say("claire", "/session show Seeds")
    assert "was faster" in helped.say("claire", "/host take Seeds role=scribe", "#core")
    assert "@bruno: no turns yet" not in helped.say("amina", "/host history")


def test_one_post_offers_all_roles_and_is_kept_current(helped: Chat) -> None:
    helped.say("dan", "/host join role=welcome", "#general")
    helped.say("amina", "/host offer Seeds role=scribe", "#core")
    told = helped.say("amina", "/host offer Seeds role=welcome", "#core").to("#core")
    assert "- Notes: nobody yet\n- Welcome: nobody yet" in told
    told = helped.press("bruno", "I'll do it: Notes").to("#core")
    assert "- Welcome: nobody yet\n- Notes: @bruno" in told
    helped.press("amina", "Withdraw offer")
    assert "has all the help it needs" in helped.seen("claire").to("#core")


def test_post_of_roles_nobody_took_says_that_the_session_began(helped: Chat) -> None:
    helped.say("dan", "/host join role=welcome", "#general")
    helped.say("amina", "/host offer Seeds role=welcome", "#core")
    helped.time("+60d")
    told = helped.seen("claire").to("#core")
    assert "has all the help it needs" not in told
    assert "“Seeds” has already begun." in told


def test_one_has_one_part_in_a_session(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    other = "You already have another part in “Seeds”, or were asked to."
    assert other in helped.say("bruno", "/host take Seeds", "#core")
    assert "@bruno" not in hosts_of(helped, "Seeds")
    told = helped.say("amina", "/host ask Seeds @bruno", "#core")
    assert "bruno already has another part in “Seeds”" in told
    helped.say("claire", "/host take Rivers", "#core")
    assert other.replace("Seeds", "Rivers") in helped.say(
        "claire", "/host take Rivers role=scribe", "#core"
    )


def test_rota_proposes_nobody_who_has_another_part(helped: Chat) -> None:
    helped.say("bruno", "/host join", "#core")
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    shown = helped.say("amina", "/host rota").text
    assert "Seeds, Wed 2 Dec 2026, 15:00 (Nairobi): nobody yet, and I found nobody" in shown
    assert "Rivers, Wed 16 Dec 2026, 15:00 (Nairobi): nobody yet; @bruno could be" in shown
    helped.say("bruno", "/host take Rivers", "#core")
    shown = helped.say("amina", "/host rota role=scribe").text
    assert "Notes: whose turn it is at the next sessions" in shown
    assert "Seeds, Wed 2 Dec 2026, 15:00 (Nairobi): @bruno" in shown
    assert "Rivers, Wed 16 Dec 2026, 15:00 (Nairobi): nobody yet; @claire could be" in shown


def test_turns_of_each_role_are_counted_apart(helped: Chat) -> None:
    for title in ("Seeds", "Rivers"):
        helped.say("bruno", f"/host take {title}", "#core")
        helped.say("bruno", f"/host decline {title}", "#core")
    helped.say("claire", "/host take Seeds role=scribe", "#core")
    assert "nobody yet; @bruno could be asked" in helped.say("amina", "/host rota role=scribe")


def test_rota_asks_and_whoever_asked_hears_a_no(helped: Chat) -> None:
    helped.say("amina", "/host rota role=scribe", "#core")
    asked = helped.press("amina", "Ask them")
    assert "Notes at “Seeds”: would you take it on?" in asked
    helped.press("bruno", "I'll do it")
    assert "Notes: @" in announced(helped) or "Notes: @bruno" in helped.say(
        "amina", "/session show Rivers"
    )
    told = helped.press("claire", "Not this time")
    assert "@claire can't this time." in told.to("@amina")


def test_request_can_be_withdrawn(helped: Chat) -> None:
    helped.say("amina", "/host ask Seeds @bruno role=scribe", "#core")
    assert "Notes at “Seeds”: I'm no longer asking @bruno." in helped.press(
        "amina", "Withdraw request"
    )
    assert "Notes at “Seeds”: you no longer need to do it." in helped.seen("bruno").to("@bruno")


def test_role_is_swapped_with_a_colleague(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    helped.say("claire", "/host take Rivers role=scribe", "#core")
    helped.say("bruno", "/host swap Seeds @claire", "#core")
    asked = helped.choose("bruno", "Their session", "Rivers: Wed 16 Dec 2026, 09:00 (Sao Paulo)")
    assert "bruno asks you: Notes at “Seeds”?" in asked.to("@claire")
    told = helped.press("claire", "Agree")
    assert "claire agreed" in told.to("@bruno")
    assert "\nNotes: @claire\n" in announced(helped)
    assert "Notes: @bruno" in helped.say("amina", "/session show Rivers")


def test_swap_of_a_role_speaks_of_the_role(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    helped.say("bruno", "/host give Seeds @claire", "#core")
    withdrawn = helped.press("bruno", "Withdraw request")
    assert "Notes at “Seeds”: I'm no longer asking @claire." in withdrawn.to("@bruno")
    helped.say("bruno", "/host give Seeds @claire", "#core")
    lapsed = helped.time("+31d").to("@bruno")
    assert "Notes at “Seeds”: @claire hasn't answered, so it's still your turn." in lapsed
    assert "you're hosting" not in lapsed


def test_log_says_which_turn_was_handed_back(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    helped.say("bruno", "/host decline Seeds", "#core")
    assert "@bruno gave back a turn: Notes at “Seeds”." in helped.say("amina", "/community log")


def test_move_and_cancellation_reach_those_who_help(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    helped.say("amina", '/session move Seeds "2026-12-03 15:00"', "#general")
    told = helped.time("+1m").to("@bruno")
    assert "Notes at “Seeds”: the time has changed. Can you still do it?" in told
    helped.press("bruno", "I'll do it")
    helped.say("amina", "/session cancel Seeds reason=Rain", "#general")
    assert "cancelled “Seeds”" in helped.seen("bruno").to("@bruno")


def test_helper_is_reminded_and_the_host_reads_who_helps(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    helped.say("claire", "/host take Seeds", "#core")
    told = helped.time("2026-11-29T12:00Z")
    assert not told.to("@bruno")
    assert "\nNotes: @bruno\n" in told.to("@claire").text
    reminded = helped.time("2026-12-01T12:00Z").to("@bruno")
    assert "Notes at “Seeds”: don't forget, it's your turn." in reminded
    told = helped.press("bruno", "I can't do it")
    assert "Who can help at “Seeds”?" in told.to("#core")
    assert not told.to("@claire")


def test_leaving_a_role_hands_its_turns_back_and_no_others(helped: Chat) -> None:
    helped.say("bruno", "/host take Seeds role=scribe", "#core")
    helped.say("bruno", "/host take Rivers", "#core")
    assert "Notes at “Seeds”: it's your turn." in helped.say("bruno", "/my week")
    assert "you still have turns" in helped.say("bruno", "/host leave role=scribe")
    helped.press("bruno", "Leave and offer turns")
    assert "Notes: @bruno" not in announced(helped)
    assert hosts_of(helped, "Rivers") == "@bruno"
    assert "Notes: you're not on this rota." in helped.say("bruno", "/host leave role=scribe")
