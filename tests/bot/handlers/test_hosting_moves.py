"""Shows that turns are swapped by consent only, and that they follow a session that moves."""

import pytest

from tests.chatting import Chat
from tests.hosts import announce, core_group, hosts_of, pool
from tests.scenes import scene


@pytest.fixture
@scene
def two(chat: Chat) -> Chat:
    """Have bruno host Seeds and claire host Rivers."""
    core_group(chat)
    pool(chat, "bruno", "claire")
    announce(chat, "Seeds")
    announce(chat, "Rivers", week=1)
    chat.say("bruno", "/host take Seeds")
    chat.say("claire", "/host take Rivers")
    return chat


@pytest.fixture
@scene
def asked(two: Chat) -> Chat:
    """Have bruno ask claire for a swap."""
    two.say("bruno", "/host swap Seeds @claire turn=Rivers")
    return two


def test_the_colleague_sees_both_turns_and_nothing_changes_yet(two: Chat) -> None:
    told = two.say("bruno", "/host swap Seeds @claire turn=Rivers").to("@claire")
    assert "You would host: “Seeds”" in told
    assert "@bruno would host: “Rivers”" in told
    assert (hosts_of(two, "Seeds"), hosts_of(two, "Rivers")) == ("@bruno", "@claire")


def test_agreeing_swaps_both_turns_and_tells_whoever_asked(asked: Chat) -> None:
    told = asked.press("claire", "Agree")
    assert (hosts_of(asked, "Seeds"), hosts_of(asked, "Rivers")) == ("@claire", "@bruno")
    assert "claire agreed" in told.to("@bruno")


def test_refusing_leaves_everything_as_it_is(asked: Chat) -> None:
    told = asked.press("claire", "Not this time").to("@bruno")
    assert "so you're still hosting “Seeds”" in told
    assert (hosts_of(asked, "Seeds"), hosts_of(asked, "Rivers")) == ("@bruno", "@claire")


def test_without_a_turn_in_return_one_can_choose_it_or_only_give(two: Chat) -> None:
    shown = two.say("bruno", "/host swap Seeds @claire")
    assert shown.labels == ["Just give mine", "Their session"]
    [rivers] = [one.label for one in shown[-1].choices[0].options if "Rivers: " in one.label]
    assert "You would host" in two.choose("bruno", "Their session", rivers).to("@claire")


def test_a_turn_can_be_given_to_a_colleague_who_agrees(two: Chat) -> None:
    two.say("bruno", "/host swap Seeds @claire")
    told = two.press("bruno", "Just give mine").to("@claire")
    assert "could you host “Seeds”" in told
    two.press("claire", "Agree")
    assert hosts_of(two, "Seeds") == "@claire"


def test_nobody_swaps_with_themselves(two: Chat) -> None:
    form = two.say("bruno", "/host swap Seeds @bruno").form
    assert "Choose a colleague" in form.fields[0].error


def test_a_turn_nobody_has_cannot_be_swapped(two: Chat) -> None:
    announce(two, "Coasts", week=2)
    assert "You're not hosting “Coasts”" in two.say("bruno", "/host swap Coasts @claire")
    assert "isn't hosting “Coasts”" in two.say("bruno", "/host swap Seeds @claire turn=Coasts")
    assert "isn't hosting “Rivers”" in two.say("bruno", "/host swap Seeds @amina turn=Rivers")


def test_a_swap_with_a_partner_of_the_same_session_is_refused(two: Chat) -> None:
    two.say("claire", "/host together Seeds")
    two.press("bruno", "Yes, let's")
    form = two.say("bruno", "/host swap Seeds @claire").form
    assert "is already hosting “Seeds”" in form.fields[0].error


def test_a_question_that_was_overtaken_changes_nothing(asked: Chat) -> None:
    asked.say("bruno", "/host decline Seeds")
    asked.say("amina", "/host take Seeds")
    assert "the turns have changed since" in asked.say("claire", "/host agree Seeds @bruno")
    assert (hosts_of(asked, "Seeds"), hosts_of(asked, "Rivers")) == ("@amina", "@claire")


def test_a_question_is_answered_once(asked: Chat) -> None:
    asked.press("claire", "Agree")
    assert "already been answered" in asked.say("claire", "/host agree Seeds @bruno")
    assert "already been answered" in asked.say("claire", "/host refuse Seeds @bruno")


def test_nobody_answers_for_somebody_else(asked: Chat) -> None:
    assert "already been answered" in asked.say("amina", "/host agree Seeds @bruno")
    assert hosts_of(asked, "Seeds") == "@bruno"


def test_a_swap_follows_the_session_when_it_moves(asked: Chat) -> None:
    asked.say("amina", "/session move Seeds 2026-11-19 16:00")
    assert "19 Nov" in asked.time("+1m").to("@claire")
    asked.press("claire", "Agree")
    assert hosts_of(asked, "Seeds") == "@claire"


def test_a_moved_session_asks_its_hosts_again(two: Chat) -> None:
    two.say("amina", "/session move Seeds 2026-11-19 16:00")
    told = two.time("+1m").to("@bruno")
    assert [one.title for one in told] == ["@amina moved “Seeds”. Can you still host it?"]
    assert told.labels[:2] == ["Yes, I'll host", "No, I can't"]
    assert hosts_of(two, "Seeds") == "@bruno"


def test_a_host_says_yes_to_the_new_time(two: Chat) -> None:
    two.say("amina", "/session move Seeds 2026-11-19 16:00")
    two.time("+1m")
    assert "You're hosting “Seeds”. Thank you!" in two.press("bruno", "Yes, I'll host")
    assert "You're hosting “Seeds”, which was moved" not in two.say("bruno", "/my week")


def test_a_host_who_cannot_at_the_new_time_is_free(two: Chat) -> None:
    two.say("amina", "/session move Seeds 2026-11-19 16:00")
    assert "which was moved" in two.say("bruno", "/my week")
    assert "Who can host “Seeds”?" in two.press("bruno", "No, I can't").to("#core")
    assert hosts_of(two, "Seeds") == ""


def test_a_move_that_is_undone_asks_nobody_any_more(two: Chat) -> None:
    two.say("amina", "/session move Seeds 2026-11-19 16:00")
    two.press("amina", "Undo")
    assert "was moved" not in two.say("bruno", "/my week")
    assert "was moved" not in two.time("+1h")


def test_a_host_who_moves_the_session_is_not_asked(two: Chat) -> None:
    two.say("bruno", "/session move Seeds 2026-11-19 16:00")
    told = two.press("bruno", "session.move-to")
    assert "Can you still host it?" not in told
    assert "was moved" not in two.say("bruno", "/my week")


def test_a_cancelled_session_releases_its_hosts_and_undoing_brings_them_back(two: Chat) -> None:
    two.say("amina", '/session cancel Seeds reason="Rain"')
    assert "You have no turns" in two.say("bruno", "/my week")
    two.press("amina", "Undo")
    assert hosts_of(two, "Seeds") == "@bruno"


def test_a_cancelled_session_takes_back_every_question_about_it(asked: Chat) -> None:
    asked.say("bruno", "/host offer Seeds")
    asked.say("amina", "/host together Seeds")
    asked.say("bruno", "/host ask Seeds @dan")
    told = asked.say("amina", '/session cancel Seeds reason="Rain"')
    for whom in ("#core", "@claire", "@bruno", "@dan"):
        assert "“Seeds” was cancelled, so nobody needs to host it." in told.to(whom)


def test_a_newer_question_takes_the_place_of_an_older_one(asked: Chat) -> None:
    asked.say("bruno", "/host give Seeds @claire")
    asked.press("claire", "Agree")
    assert (hosts_of(asked, "Seeds"), hosts_of(asked, "Rivers")) == ("@claire", "@claire")


def test_three_hosts_leave_no_room_for_one_who_was_asked_before(two: Chat) -> None:
    two.say("bruno", "/host ask Seeds @dan")
    for name in ("claire", "amina"):
        two.say(name, "/host together Seeds")
        two.press("bruno", "Yes, let's")
    assert "already has three hosts" in two.say("dan", "/host accept Seeds")


def open_questions(chat: Chat, name: str, label: str) -> int:
    return sum(label in shown.labels for shown in chat.seen(name).to(f"@{name}"))


def test_a_swap_is_asked_once_and_says_so_when_it_is_asked_again(asked: Chat) -> None:
    again = asked.say("bruno", "/host swap Seeds @claire turn=Rivers")
    assert "I've already asked @claire. Until they agree, you're hosting “Seeds”." in again
    assert not again.to("@claire")
    assert open_questions(asked, "claire", "Agree") == 1


def test_a_swap_that_was_refused_can_be_asked_again(asked: Chat) -> None:
    asked.press("claire", "Not this time")
    assert asked.say("bruno", "/host swap Seeds @claire turn=Rivers").to("@claire")
    assert open_questions(asked, "claire", "Agree") == 1


def test_a_newer_question_closes_the_older_one(asked: Chat) -> None:
    asked.say("bruno", "/host give Seeds @claire")
    assert open_questions(asked, "claire", "Agree") == 1
    asked.press("claire", "Agree")
    assert open_questions(asked, "claire", "Agree") == 0


def test_a_second_hand_back_leaves_one_offer_open(two: Chat) -> None:
    two.say("bruno", "/host decline Seeds")
    two.press("amina", "I'll take it")
    two.say("amina", "/host decline Seeds")
    assert sum("I'll take it" in shown.labels for shown in two.seen("amina").to("#core")) == 1
    two.press("claire", "I'll take it")
    assert hosts_of(two, "Seeds") == "@claire"


def test_a_second_wish_to_host_together_leaves_one_question(two: Chat) -> None:
    for name in ("claire", "amina"):
        two.say(name, "/host together Seeds")
        two.time("+1m")
    assert open_questions(two, "bruno", "Yes, let's") == 1


def test_who_is_asked_a_second_time_has_one_question(two: Chat) -> None:
    announce(two, "Coasts", week=2)
    for _ in range(2):
        two.say("amina", "/host ask Coasts @dan")
        two.say("bruno", "/host take Coasts")
        two.say("bruno", "/host decline Coasts")
        two.time("+20m")
    two.say("amina", "/host ask Coasts @dan")
    two.say("amina", "/host withdraw Coasts")
    assert open_questions(two, "dan", "I'll host") == 1


def test_a_message_is_said_once_to_be_out_of_date(two: Chat) -> None:
    two.say("bruno", "/host decline Seeds")
    two.press("amina", "I'll take it")
    assert "is out of date" in two.say("amina", "/host decline Seeds").to("#core")
    assert "is out of date" not in two.press("claire", "I'll take it")


def test_a_session_that_moves_again_leaves_one_question(two: Chat) -> None:
    two.say("amina", "/session move Seeds 2026-11-19 16:00")
    two.time("+2m")
    two.say("amina", "/session move Seeds 2026-11-20 16:00")
    assert "is out of date" in two.time("+2m").to("@bruno")
    assert open_questions(two, "bruno", "Yes, I'll host") == 1
    two.press("bruno", "Yes, I'll host")
    assert "You're hosting “Seeds”, which was moved" not in two.say("bruno", "/my week")


def test_a_question_after_a_move_stays_when_another_host_comes(two: Chat) -> None:
    two.say("amina", "/session move Seeds 2026-11-19 16:00")
    two.time("+2m")
    two.say("amina", "/host ask Seeds @claire")
    two.press("claire", "I'll host")
    assert "is out of date" not in two.time("+2m")
    assert open_questions(two, "bruno", "Yes, I'll host") == 1
