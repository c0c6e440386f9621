"""Shows that drafts are discarded and requests withdrawn by those who may, and who hears of it."""

from tests.chatting import Chat
from tests.hosts import announce, core_group, pool


def suggested(chat: Chat) -> Chat:
    """Have bruno ask for a session of his to be announced, by day for him."""
    chat.time("2026-11-02T15:00Z")
    chat.say("bruno", '/session plan title=Seeds when="2026-11-10 15:00"', "#general")
    chat.press("bruno", "Request announcement")
    chat.press("amina", "Show")
    return chat


def test_somebody_elses_draft_is_discarded_after_asking_and_they_are_told(three: Chat) -> None:
    asked = suggested(three).press("amina", "Discard")
    assert "“Seeds” is a draft by @bruno" in asked
    assert not asked.to("@bruno")
    told = three.press("amina", "Discard")
    assert "I'll let @bruno know" in told.to("@amina")
    assert "@amina discarded your draft “Seeds”." in told.to("@bruno")


def test_reason_for_discarding_a_draft_reaches_who_planned_it(three: Chat) -> None:
    shown = suggested(three).seen("amina")[-1]
    id = next(one.command.rpartition("=")[2] for one in shown.buttons if one.label == "Discard")
    three.say("amina", f"/session cancel {id}")
    assert "No venue" in three.fill("amina", reason="No venue").to("@bruno")


def test_draft_can_be_kept_after_all(three: Chat) -> None:
    three.say("amina", '/session plan title=Seeds when="2026-11-10 15:00"', "#general")
    assert "Nobody else has seen “Seeds” yet" in three.press("amina", "Discard")
    assert "Announce now" in three.press("amina", "Keep it").labels


def test_open_space_of_somebody_else_is_discarded_after_asking(core: Chat) -> None:
    draft = core.say("claire", '/openspace open question="How do we share?"', "#general")
    id = next(one.command.rpartition("=")[2] for one in draft[0].buttons if one.label == "Discard")
    core.say("amina", f"/openspace show {id}")
    assert "is a draft by @claire" in core.press("amina", "Discard")
    assert "@amina discarded your draft" in core.press("amina", "Discard").to("@claire")


SEEDS = "Seeds: Wed 18 Nov 2026, 15:00 (Nairobi)"


def asked_to_host(chat: Chat) -> Chat:
    core_group(chat)
    pool(chat, "bruno")
    announce(chat, "Seeds")
    chat.say("amina", "/host ask Seeds @bruno")
    return chat


def test_request_to_host_is_withdrawn_before_it_is_answered(chat: Chat) -> None:
    withdrawn = asked_to_host(chat).press("amina", "Withdraw request")
    assert "no longer asking @bruno to host “Seeds”" in withdrawn.to("@amina")
    assert "You no longer need to host “Seeds”" in withdrawn.to("@bruno")


def test_request_that_was_answered_stands(chat: Chat) -> None:
    asked_to_host(chat).press("bruno", "I'll host")
    assert "too late to withdraw" in chat.press("amina", "Withdraw request")


def test_request_is_withdrawn_in_the_rota(chat: Chat) -> None:
    asked_to_host(chat).say("amina", "/host rota")
    assert "no longer asking @bruno" in chat.choose("amina", "Withdraw request", SEEDS)
    assert "waiting for" not in chat.say("amina", "/host rota")


def test_request_of_another_is_not_withdrawn_by_just_anybody(chat: Chat) -> None:
    asked_to_host(chat)
    assert "Withdraw request" not in chat.say("dan", "/host rota").labels
    assert "Only who" in chat.say("dan", "/host unask Seeds")
