"""Shows who did what to coordinators, with the undo of what may still be undone."""

import pytest

from tests.chatting import Chat
from tests.openspaces import CHANGE, QUESTION, YOUNG, on_to, topic_id, with_board, with_topics
from tests.scenes import scene


@pytest.fixture
@scene
def acted(three: Chat) -> Chat:
    """Have a session announced, moved and cancelled, and a role given."""
    three.time("2026-11-02T14:00Z")  # nobody sleeps
    three.say("amina", '/session plan title="Budgets" when="2026-11-10 15:00"', "#general")
    three.press("amina", "Announce now")
    three.say("amina", '/session move Budgets when="2026-11-12 15:00"')
    three.say("amina", '/session cancel Budgets reason="Rain"')
    three.say("amina", "/community role @bruno core")
    return three


def test_log_says_who_did_what_the_latest_first(acted: Chat) -> None:
    lines = acted.say("amina", "/community log").text.replace("\u202f", " ").splitlines()
    told = [line.partition("(Nairobi): ")[2] or line for line in lines]
    acts = [line for line in told if line.startswith(("•", "-", "@"))]
    assert [line.partition("@amina ")[2][:14] for line in acts] == [
        "gave @bruno th",
        "cancelled “Bud",
        "moved “Budgets",
        "announced “Bud",
        "planned “Budge",
    ]


def test_log_is_for_coordinators(acted: Chat) -> None:
    assert "can do that." in acted.say("bruno", "/community log")


def test_log_of_a_community_where_nothing_was_done_is_empty(three: Chat) -> None:
    assert "There's nothing in the log yet" in three.say("amina", "/community log")


def test_log_undoes_only_what_was_done_last(acted: Chat) -> None:
    menus = acted.say("amina", "/community log")[0].choices[:-1]
    assert [[one.label for one in menu.options] for menu in menus] == [
        ["@amina cancelled “Budgets”. Rain"],
        ["@amina gave @bruno this role: Core group."],
    ]


def test_what_is_chosen_in_the_log_is_undone_and_said_to_be(acted: Chat) -> None:
    acted.say("amina", "/community log")
    acted.choose("amina", "session.undo", "@amina cancelled “Budgets”. Rain")
    told = acted.say("amina", "/community log")
    assert "@amina cancelled “Budgets”. Rain (undone)" in told
    assert "@amina reopened “Budgets”." in told


def test_log_is_narrowed_to_a_kind_of_thing_or_a_person(acted: Chat) -> None:
    acted.say("amina", "/community log")
    told = acted.choose("amina", "Show only", "Roles and people")
    assert "gave @bruno this role" in told
    assert "Budgets" not in told
    none = "There's nothing like that in the log."
    assert none in acted.say("amina", "/community log about=turns")
    assert none in acted.say("amina", "/community log by=@claire")
    assert "moved “Budgets”" in acted.say("amina", "/community log by=@amina about=sessions")


def test_log_says_which_settings_were_changed_by_whom(three: Chat) -> None:
    three.say("amina", "/community setup zone=Nairobi", "#general")
    three.say("amina", "/community setup quiet_from=21:00 quiet_to=07:00 reminders=#general")
    three.say("amina", "/community rota runs=no")
    told = three.say("amina", "/community log about=settings")
    assert "@amina set the community up." in told
    assert "@amina changed settings: quiet hours and channel for reminders." in told
    assert "@amina has me look for no hosts by myself." in told
    three.say("amina", "/community setup quiet_from=21:00")
    assert told.text == three.say("amina", "/community log about=settings").text


def test_log_keeps_nothing_of_what_nobody_else_knows_of(acted: Chat) -> None:
    acted.say("bruno", '/session plan title=Canary when="2026-11-11 15:00"')
    assert "Canary" not in acted.say("amina", "/community log")


def test_whoever_is_erased_is_somebody_in_the_log(acted: Chat) -> None:
    acted.join("dirk", zone="Europe/Paris", locale="en", role="coordinator")
    acted.say("amina", "/my erase")
    acted.press("amina", "Erase everything")
    assert "Somebody cancelled “Budgets”." in acted.say("dirk", "/community log")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("withdrew", "@bruno no longer agrees to the recording of “Budgets”."),
        ("named", "@bruno named who contributes to “Budgets”."),
        ("of a newer version", "@bruno changed “Budgets”."),
    ],
)
def test_log_words_what_happens_around_a_session(acted: Chat, what: str, words: str) -> None:
    with acted.storage.write() as transaction:
        bruno = transaction.known("local", "local", "bruno")
        assert bruno is not None
        log = transaction.records(bruno.community_id).log
        log.add(log.latest(0, 9, "session")[0].about, what, bruno, acted.now)
    assert words in acted.say("amina", "/community log")


def test_log_has_pages_of_twenty(acted: Chat) -> None:
    for number in range(20):
        acted.say("amina", f"/session change Budgets duration={number + 5}m")
        acted.say("amina", f"/community role @claire {('core', 'member')[number % 2]}")
    assert acted.say("amina", "/community log").labels[:1] == ["Next page"]
    earlier = acted.press("amina", "Next page")
    assert "@amina announced “Budgets”." in earlier
    assert earlier.labels[0] == "Previous page"
    acted.press("amina", "Previous page")
    assert "announced" not in acted.last("@amina").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_log_has_no_page_of_nonsense(acted: Chat, page: str) -> None:
    assert "from 1 to 1,000" in acted.say("amina", f"/community log page={page}").text


def test_whoever_gets_a_role_hears_from_whom(acted: Chat) -> None:
    told = acted.say("amina", "/community role @claire core").to("@claire").text
    assert "@amina vous a donné un nouveau rôle" in told


def test_role_can_be_taken_back_by_another_coordinator_from_the_person(acted: Chat) -> None:
    acted.join("dirk", zone="Europe/Paris", locale="en", role="coordinator")
    assert "@amina gave @bruno this role: Core group." in acted.say("dirk", "/people show @bruno")
    told = acted.press("dirk", "Undo")
    assert "@bruno now has this role: Member" in told.to("@dirk").text
    assert "Undo" not in acted.say("claire", "/people show @bruno").labels


def test_role_of_the_last_coordinator_is_not_taken_back(acted: Chat) -> None:
    undo = acted.say("amina", "/community role @bruno coordinator")[0].buttons[0].command
    acted.say("amina", "/community role @amina member")
    refused = acted.forge("bruno", "community.undo", entry=undo.partition("=")[2])
    assert "needs a coordinator" in refused


def test_phase_is_taken_back_by_another_who_leads_from_the_space(chat: Chat) -> None:
    with_topics(chat)
    on_to(chat, "gathering")
    chat.join("eva", zone="Europe/Paris", locale="en", role="core")
    shown = chat.say("eva", "/openspace show")
    assert f"@maria moved “{QUESTION}” on to this phase: Marketplace." in shown
    chat.press("eva", "Undo")
    assert "Phase: Gathering topics" in chat.say("maria", "/openspace show")
    assert "Undo" not in chat.say("maria", "/openspace show").labels


def test_withdrawn_topic_is_found_by_those_who_may_bring_it_back(chat: Chat) -> None:
    with_topics(chat)
    chat.say("bruno", f"/topic withdraw {YOUNG}")
    assert "Withdrawn topics" not in chat.say("amina", "/topic list").labels
    chat.say("maria", "/topic list")
    chat.choose("maria", "Withdrawn topics", YOUNG)
    assert "@bruno withdrew" in chat.last("@maria").text
    chat.press("maria", "Undo")
    assert YOUNG in chat.say("amina", "/topic list")


def test_merged_topics_are_made_two_again_from_the_topic(chat: Chat) -> None:
    with_topics(chat)
    pair = {"topic": topic_id(chat, YOUNG), "other": topic_id(chat, CHANGE)}
    chat.forge("bruno", "topic.merge", **pair)
    chat.forge("amina", "topic.agree", **pair)
    shown = chat.say("maria", f"/topic show {YOUNG}")
    assert f"@amina merged “{CHANGE}” into “{YOUNG}”." in shown
    chat.press("maria", "Undo")
    assert CHANGE in chat.say("maria", "/topic list")


def test_topic_that_was_moved_on_the_board_since_is_not_put_back(chat: Chat) -> None:
    with_board(chat)
    topic = topic_id(chat, YOUNG)
    chat.forge("maria", "openspace.take-off", topic=topic)
    undo = chat.last("@maria").buttons[0].command
    chat.press("maria", undo)
    chat.forge("maria", "openspace.take-off", topic=topic)
    again = chat.forge("maria", "topic.undo", entry=undo.partition("=")[2])
    assert "nothing to undo any more" in again
