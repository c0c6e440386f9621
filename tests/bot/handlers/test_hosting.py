"""Shows how turns find their hosts: volunteers first, a no is always fine, nobody is surprised."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of, pool


def test_an_open_turn_is_offered_where_the_core_group_talks(seeds: Chat) -> None:
    told = seeds.press("amina", "Find a host").to("#core")
    assert told[0].title == "Who can host “Seeds”?"
    assert told.labels == ["I'll take it", "Details"]


def test_without_a_core_channel_the_free_hosts_are_asked_directly(chat: Chat) -> None:
    core_group(chat, channel="")
    pool(chat, "bruno", "claire")
    chat.say("claire", "/host away 2026-11-10 2026-11-20")
    announce(chat, "Seeds")
    told = chat.press("amina", "Find a host")
    assert told.to("@bruno").labels == ["I'll take it", "Details"]
    assert not told.to("@claire")


def test_offering_to_nobody_is_refused_with_advice(chat: Chat) -> None:
    core_group(chat, channel="")
    announce(chat, "Seeds")
    assert "invite more hosts" in chat.press("amina", "Find a host")
    assert "nobody yet, and I found nobody to ask" in chat.say("amina", "/host rota")


def test_taking_shows_in_the_announcement_and_in_the_offer(offered: Chat) -> None:
    told = offered.press("bruno", "I'll take it")
    assert "has a host now" in told.to("#core")
    assert hosts_of(offered, "Seeds") == "@bruno"
    assert "@bruno is hosting “Seeds”." in told.to("@amina")


def test_the_second_to_press_is_told_kindly_who_was_faster(offered: Chat) -> None:
    told = offered.together(("bruno", "I'll take it"), ("claire", "I'll take it"))
    assert "was faster and is hosting “Seeds”. Thank you all the same!" in told
    assert hosts_of(offered, "Seeds") in ("@bruno", "@claire")


def test_the_second_can_host_it_together_when_the_first_agrees(hosted: Chat) -> None:
    hosted.say("claire", "/host take Seeds")
    assert hosted.press("claire", "Ask to co-host").to("@bruno").labels[0] == "Yes, let's"
    assert hosts_of(hosted, "Seeds") == "@bruno"
    hosted.press("bruno", "Yes, let's")
    assert hosts_of(hosted, "Seeds") == "@bruno, @claire"


def test_a_partner_who_is_not_needed_hears_it_kindly(hosted: Chat) -> None:
    hosted.say("claire", "/host together Seeds")
    assert "isn't adding another host" in hosted.press("bruno", "Not this time").to("@claire")
    assert hosts_of(hosted, "Seeds") == "@bruno"


def test_only_a_host_lets_partners_in(hosted: Chat) -> None:
    hosted.say("claire", "/host together Seeds")
    assert "already been answered" in hosted.say("claire", "/host agree Seeds @claire")
    assert hosts_of(hosted, "Seeds") == "@bruno"


def test_three_hosts_are_plenty(hosted: Chat) -> None:
    hosted.join("eva", role="core")
    for name in ("claire", "amina"):
        hosted.say(name, "/host together Seeds")
        hosted.press("bruno", "Yes, let's")
    assert "already has three hosts" in hosted.say("eva", "/host together Seeds")
    assert "already has three hosts" in hosted.say("bruno", "/host ask Seeds @eva")


def test_a_member_who_would_host_is_shown_how_to_join(offered: Chat) -> None:
    told = offered.say("dan", "/host take Seeds")
    assert told.labels == ["Join the hosts"]
    assert hosts_of(offered, "Seeds") == ""


def test_whoever_planned_a_session_may_host_it(core: Chat) -> None:
    core.say("dan", '/session plan title="Rivers" when="2026-11-20 15:00"', "#general")
    core.press("dan", "Request announcement")
    core.press("amina", "Announce now")
    core.say("dan", "/host take Rivers")
    assert hosts_of(core, "Rivers") == "@dan"


def test_pressing_accept_twice_changes_nothing_more(hosted: Chat) -> None:
    again = hosted.say("bruno", "/host accept Seeds")
    assert "You're already hosting “Seeds”." in again
    assert [shown.to for shown in again] == ["@bruno"]


def test_declining_after_accepting_offers_the_turn_to_all(hosted: Chat) -> None:
    told = hosted.say("bruno", "/host decline Seeds")
    assert "I'll still host" in told.to("@bruno").labels
    assert "Who can host “Seeds”?" in told.to("#core")
    assert "Nobody's hosting it at the moment." in told.to("@amina")
    assert hosts_of(hosted, "Seeds") == ""


def test_a_no_can_be_taken_back(hosted: Chat) -> None:
    hosted.say("bruno", "/host decline Seeds")
    hosted.press("bruno", "I'll still host")
    assert hosts_of(hosted, "Seeds") == "@bruno"


def test_declining_what_one_was_never_asked_is_refused(offered: Chat) -> None:
    assert "weren't asked to host" in offered.say("claire", "/host decline Seeds")


def test_a_host_keeps_an_offered_turn_until_somebody_takes_it(hosted: Chat) -> None:
    told = hosted.say("bruno", "/host offer Seeds")
    assert "@bruno offered their turn." in told.to("#core")
    assert hosts_of(hosted, "Seeds") == "@bruno"
    assert "@claire is hosting “Seeds”." in hosted.press("claire", "I'll take it").to("@bruno")
    assert hosts_of(hosted, "Seeds") == "@claire"


def test_an_offer_can_be_taken_back(hosted: Chat) -> None:
    hosted.say("bruno", "/host offer Seeds")
    assert "has a host now" in hosted.press("bruno", "Withdraw offer").to("#core")
    hosted.say("claire", "/host take Seeds")
    assert hosts_of(hosted, "Seeds") == "@bruno"


def test_an_offer_nobody_needs_can_be_taken_back(offered: Chat) -> None:
    told = offered.press("amina", "Withdraw offer")
    assert "is no longer offered" in told.to("#core")


def test_offering_twice_posts_once(offered: Chat) -> None:
    again = offered.say("claire", "/host offer Seeds")
    assert "is already offered to all hosts" in again
    assert not again.to("#core")


def test_others_cannot_offer_the_turn_of_a_host(hosted: Chat) -> None:
    assert "can do that." in hosted.say("claire", "/host offer Seeds")
    assert "can do that." in hosted.say("claire", "/host withdraw Seeds")


def test_a_coordinator_can_offer_for_a_host_who_is_told(hosted: Chat) -> None:
    told = hosted.say("amina", "/host offer Seeds")
    assert "It's offered to all hosts." in told.to("@bruno")


def test_somebody_can_be_asked_and_whoever_asked_hears_a_no(seeds: Chat) -> None:
    asked = seeds.say("amina", "/host ask Seeds @claire").to("@claire")
    assert asked.labels == ["I'll host", "Not this time", "Why me?", "Details"]
    told = seeds.press("claire", "Not this time")
    assert "@claire can't host “Seeds” this time. It's offered" in told.to("@amina")
    assert "Who can host “Seeds”?" in told.to("#core")


def test_nobody_is_asked_twice(seeds: Chat) -> None:
    seeds.say("amina", "/host ask Seeds @claire")
    assert (
        "has already been asked"
        in seeds.say("amina", "/host ask Seeds @claire").form.fields[0].error
    )
    seeds.press("claire", "Not this time")
    assert "can't host" in seeds.say("amina", "/host ask Seeds @claire").form.fields[0].error


def test_the_question_is_edited_when_somebody_else_takes_the_turn(seeds: Chat) -> None:
    seeds.say("amina", "/host ask Seeds @claire")
    told = seeds.say("bruno", "/host take Seeds").to("@claire")
    assert "You no longer need to host “Seeds”." in told
    assert "@bruno is hosting it." in told
    assert not told.labels


def test_a_first_time_host_is_offered_a_partner_who_has_done_it(hosted: Chat) -> None:
    announce(hosted, "Rivers", week=1)
    announce(hosted, "Coasts", week=2)
    assert "hosted before" not in hosted.say("claire", "/host take Rivers")
    hosted.say("claire", "/host decline Rivers")
    hosted.time("2026-11-18T17:00Z")
    assert "Ask bruno" in hosted.say("claire", "/host take Coasts").labels
    assert hosted.press("claire", "Ask bruno").to("@bruno").labels[0] == "I'll host"
    hosted.press("bruno", "I'll host")
    assert hosts_of(hosted, "Coasts") == "@claire, @bruno"


@pytest.mark.parametrize("command", ["take", "accept", "decline", "offer", "together", "why"])
def test_turns_of_a_cancelled_session_are_refused_a_year_later(hosted: Chat, command: str) -> None:
    hosted.say("amina", '/session cancel Seeds reason="Rain"')
    assert "was cancelled" in hosted.say("claire", f"/host {command} Seeds")
    hosted.time("+365d")
    assert "was cancelled" in hosted.say("claire", f"/host {command} Seeds")


def test_turns_of_a_past_session_are_refused(hosted: Chat) -> None:
    hosted.time("+60d")
    assert "“Seeds” is over." in hosted.say("claire", "/host take Seeds")


@pytest.mark.parametrize("command", ["take", "accept", "decline", "offer", "ask", "swap", "why"])
def test_sessions_of_another_community_are_out_of_reach(hosted: Chat, command: str) -> None:
    told = hosted.forge("claire", f"host.{command}", session="1234567890123456789")
    assert "found nothing called" in told
    assert hosts_of(hosted, "Seeds") == "@bruno"


def test_drafts_have_no_turns(core: Chat) -> None:
    shown = core.say("amina", '/session plan title="Draft" when="2026-11-20 15:00"', "#general")
    session = shown[0].buttons[0].command.rpartition("=")[2]
    assert "isn't here any more" in core.forge("claire", "host.take", session=session)


def test_a_wish_to_host_together_can_be_taken_back(hosted: Chat) -> None:
    hosted.say("claire", "/host together Seeds")
    assert (
        "is waiting for an answer"
        in hosted.say("bruno", "/host ask Seeds @claire").form.fields[0].error
    )
    assert "Yes, let's" not in hosted.press("claire", "Withdraw request").to("@bruno").labels


def test_members_ask_nobody_and_join_first(hosted: Chat) -> None:
    assert "can do that." in hosted.say("dan", "/host ask Seeds @dan")
    assert "Join the hosts" in hosted.say("dan", "/host together Seeds").labels
    assert (
        "is already hosting it"
        in hosted.say("amina", "/host ask Seeds @bruno").form.fields[0].error
    )


def test_asking_oneself_is_volunteering(seeds: Chat) -> None:
    seeds.say("claire", "/host ask Seeds @claire")
    assert hosts_of(seeds, "Seeds") == "@claire"


def test_each_of_several_hosts_offers_their_own_turn(hosted: Chat) -> None:
    hosted.say("claire", "/host together Seeds")
    hosted.press("bruno", "Yes, let's")
    assert "Each of them can only offer their own turn" in hosted.say("amina", "/host offer Seeds")
    assert "“Seeds” is already offered" not in hosted.say("claire", "/host offer Seeds")


def test_a_host_outside_the_pool_is_invited_to_join(offered: Chat) -> None:
    told = offered.say("amina", "/host take Seeds")
    assert "not in the hosts' rota yet" in told
    assert "Join the hosts" in told.to("@amina").labels


def test_a_member_who_hands_a_turn_back_may_take_it_again(seeds: Chat) -> None:
    seeds.say("amina", "/host ask Seeds @dan")
    seeds.press("dan", "I'll host")
    assert "I'll still host" in seeds.say("dan", "/host decline Seeds").labels
    seeds.press("dan", "I'll still host")
    assert hosts_of(seeds, "Seeds") == "@dan"


def test_a_member_who_hands_a_turn_back_is_told_who_took_it(seeds: Chat) -> None:
    seeds.say("amina", "/host ask Seeds @dan")
    seeds.press("dan", "I'll host")
    seeds.say("dan", "/host decline Seeds")
    seeds.press("bruno", "I'll take it")
    assert "@bruno was faster and is hosting “Seeds”." in seeds.press("dan", "I'll still host")


def test_what_would_be_refused_is_not_offered_with_a_no(seeds: Chat) -> None:
    seeds.say("amina", "/host ask Seeds @dan")
    assert "I'll still host" not in seeds.press("dan", "Not this time").labels


def test_a_host_who_leaves_a_partner_behind_is_not_offered_the_turn(hosted: Chat) -> None:
    hosted.say("claire", "/host together Seeds")
    hosted.press("bruno", "Yes, let's")
    told = hosted.say("claire", "/host decline Seeds").to("@claire")
    assert told.labels == ["Ask to co-host"]
    assert hosted.press("claire", "Ask to co-host").to("@bruno").labels[0] == "Yes, let's"


def test_whoever_offers_a_turn_directly_is_not_asked_themselves(chat: Chat) -> None:
    core_group(chat, channel="")
    pool(chat, "amina", "bruno")
    announce(chat, "Seeds")
    told = chat.press("amina", "Find a host")
    assert [one.to for one in told if one.title == "Who can host “Seeds”?"] == ["@bruno"]
