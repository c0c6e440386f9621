"""Shows how a space is opened, how topics are gathered, and what is not taken."""

import pytest

from tests.chatting import Chat
from tests.openspaces import (
    CHANGE,
    DUTCH,
    QUESTION,
    YOUNG,
    counted,
    elsewhere,
    gather,
    on_to,
    topic_id,
    with_topics,
)


@pytest.fixture
def space(chat: Chat) -> Chat:
    return gather(chat)


@pytest.fixture
def topics(chat: Chat) -> Chat:
    return with_topics(chat)


def test_opening_shows_a_preview_to_nobody_else(chat: Chat) -> None:
    chat.join("maria", role="coordinator")
    shown = chat.say("maria", f"/openspace open {QUESTION}", "#open-space")
    assert [one.private for one in shown] == [True]
    assert "#open-space" in shown.text


def test_only_who_can_open_a_space_gets_the_button(chat: Chat) -> None:
    chat.join("maria", locale="en", role="coordinator")
    chat.join("bruno", locale="en", role="member")
    assert chat.say("maria", "/openspace list").labels == ["Open one"]
    assert chat.say("bruno", "/openspace list").labels == []


def test_a_space_that_is_discarded_is_gone(chat: Chat) -> None:
    chat.join("maria", role="coordinator")
    chat.say("maria", f"/openspace open {QUESTION}", "#open-space")
    chat.press("maria", "Discard")
    chat.press("maria", "Discard")
    assert "There's no open space" in chat.say("maria", "/topic propose Late").text


def test_an_opened_space_stands_in_its_channel(space: Chat) -> None:
    post = space.seen("bruno").to("#open-space")[0]
    assert QUESTION in post.title
    assert [one.label for one in post.buttons] == ["Propose a topic", "See the topics"]


def test_members_cannot_open_or_lead(space: Chat) -> None:
    for command in ("open Why?", "next", "slots", "rooms", "fill", "close", "dates", "change"):
        shown = space.say("amina", f"/openspace {command}", "#open-space")
        assert not shown[0].form
        assert shown.labels == ["Who to ask"]


def test_a_draft_is_not_for_others(chat: Chat) -> None:
    chat.join("maria", role="coordinator")
    chat.join("amina")
    chat.say("maria", f"/openspace open {QUESTION}", "#open-space")
    command = chat.last("@maria").buttons[0].command
    id = command.partition("=")[2]
    assert QUESTION not in chat.forge("amina", "openspace.show", space=id).text
    assert "nothing to choose from" in chat.forge("amina", "openspace.begin", space=id).text


def test_a_title_is_all_a_topic_needs(space: Chat) -> None:
    space.say("bruno", "/topic propose Locally led adaptation")
    assert "Locally led adaptation (@bruno)" in space.last("#open-space").text


def test_the_post_is_edited_in_place(topics: Chat) -> None:
    posts = topics.seen("maria").to("#open-space")
    assert len([one for one in posts if QUESTION in one.title]) == 1
    assert all(title in posts.text for title in (YOUNG, CHANGE, DUTCH))


def test_the_same_title_twice_is_offered_to_join(topics: Chat) -> None:
    shown = topics.say("maria", f"/topic propose  {CHANGE.upper()}!")
    assert CHANGE in shown.text
    topics.press("maria", "I'm interested")
    assert "1 interested" in topics.last("#open-space").text


def test_what_was_written_about_a_topic_that_is_there_already_comes_back(topics: Chat) -> None:
    wrote = "What we tried in the dry years, and what we would do otherwise now."
    assert wrote in topics.say("maria", f'/topic propose "{CHANGE}" description="{wrote}"').text


@pytest.mark.parametrize("title", ["x" * 10_000, "\u200b\u200b", "\u202e"])
def test_a_title_that_cannot_be_is_asked_again(space: Chat, title: str) -> None:
    form = space.say("bruno", f'/topic propose "{title}" description="kept"').form
    assert form["title"].error
    assert form["description"].value == "kept"


@pytest.mark.parametrize(
    "title", ["🌱🌍", "العدالة المناخية", "<!channel> @everyone", "1", "O'Neill's"]
)
def test_a_title_of_any_signs_is_taken_as_it_is(space: Chat, title: str) -> None:
    space.say("bruno", f"/topic propose {title}")
    assert f"- {title} (@bruno)" in space.last("#open-space").text


def test_emoji_titles_are_told_apart(space: Chat) -> None:
    space.say("bruno", "/topic propose 🌱")
    space.say("amina", "/topic propose 🌍")
    assert "2 topics" in space.last("#open-space").text


def test_a_title_that_turns_the_words_round_is_straightened(space: Chat) -> None:
    space.say("bruno", "/topic propose ab\u202ecd")
    assert "abcd" in space.last("#open-space").text


def test_two_who_propose_the_same_at_once_make_one_topic(space: Chat) -> None:
    for name in ("bruno", "amina"):
        space.say(name, "/topic propose")
    space.fill("bruno", title="Young people")
    space.fill("amina", title="young  people")
    assert "1 topic:" in space.last("#open-space").text


def test_the_list_shows_the_question_and_takes_interest_in_place(topics: Chat) -> None:
    shown = topics.say("maria", "/topic list")
    assert shown[0].title == QUESTION
    after = topics.press("maria", f"Interested: {CHANGE}").to("@maria")
    assert after[0].edits
    assert "1 interested · including you" in after.text


def test_a_topic_is_shown_with_what_its_reader_can_do(topics: Chat) -> None:
    topics.say("maria", f"/topic want {YOUNG}")
    own = topics.say("bruno", f"/topic show {YOUNG}")
    assert all(words in own.text for words in (YOUNG, "@bruno", QUESTION, "Interested: 1"))
    assert own.labels == ["I'm interested", "Merge with another", "Change", "Withdraw"]
    other = topics.say("amina", f"/topic show {YOUNG}")
    assert other.labels == ["I'm interested"]


def test_interest_can_be_taken_back(topics: Chat) -> None:
    topics.say("maria", f"/topic want {CHANGE}")
    topics.press("maria", "Undo")
    assert "interested" not in topics.last("#open-space").text


def test_many_topics_are_chosen_from_a_menu(topics: Chat) -> None:
    for number in range(8):
        topics.say("bruno", f"/topic propose Number {number}")
    topics.say("amina", "/topic list")
    topics.choose("amina", "topic.tick", "Number 7")
    assert "Number 7 (@bruno) · 1 interested" in topics.last("#open-space").text


def test_listing_needs_no_more_statements_for_more_topics(topics: Chat) -> None:
    with counted(topics) as few:
        topics.say("amina", "/topic list")
    for number in range(20):
        topics.join(f"p{number}")
        topics.say(f"p{number}", f"/topic propose Number {number}", "#open-space")
    with counted(topics) as many:
        topics.say("amina", "/topic list")
    assert len(many) == len(few) <= 16


def test_a_withdrawn_topic_is_gone_and_can_be_brought_back(topics: Chat) -> None:
    topics.say("bruno", f"/topic withdraw {YOUNG}")
    assert YOUNG not in topics.last("#open-space").text
    topics.press("bruno", "topic.undo")
    assert YOUNG in topics.last("#open-space").text


def test_only_conveners_and_leaders_change_a_topic(topics: Chat) -> None:
    id = topic_id(topics, YOUNG)
    topics.forge("amina", "topic.withdraw", "#open-space", topic=id)
    topics.forge("amina", "topic.change", "#open-space", topic=id, title="Mine now")
    assert YOUNG in topics.say("maria", "/topic list").text
    topics.forge("maria", "topic.withdraw", "#open-space", topic=id, reason="Twice")
    assert YOUNG not in topics.say("maria", "/topic list").text


def test_a_topic_does_not_take_the_title_of_another(topics: Chat) -> None:
    id = topic_id(topics, YOUNG)
    form = topics.forge("bruno", "topic.change", topic=id, title=CHANGE).form
    assert form["title"].error


def test_two_topics_become_one_when_both_conveners_agree(topics: Chat) -> None:
    topics.time("2026-11-02T13:00Z")  # nobody sleeps
    topics.say("maria", f'/topic want "{CHANGE}"')
    asked = topics.say("bruno", f'/topic merge topic="{YOUNG}" other="{CHANGE}"')
    assert "2 topics" not in asked.text
    topics.press("amina", "topic.agree")
    assert f"{YOUNG} (@bruno, @amina) · 1 interested" in topics.last("#open-space").text
    topics.press("bruno", "topic.undo")
    assert f"{CHANGE} (@amina) · 1 interested" in topics.last("#open-space").text


def test_a_convener_can_keep_topics_apart(topics: Chat) -> None:
    topics.time("2026-11-02T13:00Z")  # nobody sleeps
    topics.say("bruno", f'/topic merge topic="{YOUNG}" other="{CHANGE}"')
    topics.press("amina", "topic.decline")
    assert CHANGE in topics.last("@bruno").text
    pair = {"topic": topic_id(topics, YOUNG), "other": topic_id(topics, CHANGE)}
    assert "agree" not in topics.forge("amina", "topic.agree", **pair).labels
    assert "3 topics" in topics.last("#open-space").text


def test_nobody_else_can_agree_to_a_merger(topics: Chat) -> None:
    topics.join("eva")
    topics.say("bruno", f'/topic merge topic="{YOUNG}" other="{CHANGE}"')
    pair = {"topic": topic_id(topics, YOUNG), "other": topic_id(topics, CHANGE)}
    for command in ("topic.agree", "topic.decline", "topic.merge"):
        topics.forge("eva", command, **pair)
    topics.press("amina", "topic.agree")
    assert "2 topics" in topics.last("#open-space").text


def test_a_topic_is_not_merged_with_itself(topics: Chat) -> None:
    shown = topics.say("bruno", f'/topic merge topic="{YOUNG}" other="{YOUNG}"')
    assert len(shown) == 1
    assert not shown[0].buttons


def test_merging_on_and_apart_again_keeps_what_was_merged_before(topics: Chat) -> None:
    topics.time("2026-11-02T13:00Z")  # nobody sleeps
    ids = [topic_id(topics, title) for title in (CHANGE, YOUNG, DUTCH)]
    topics.forge("amina", "topic.merge", topic=ids[1], other=ids[0])
    topics.press("bruno", "topic.agree")
    topics.forge("maria", "topic.merge", topic=ids[2], other=ids[1])
    topics.press("bruno", "topic.agree")
    assert f"{DUTCH} (@maria, @bruno, @amina)" in topics.last("#open-space").text
    topics.press("maria", "topic.undo")
    assert f"{YOUNG} (@bruno, @amina)" in topics.last("#open-space").text


@pytest.mark.parametrize(
    "command", ["show", "want", "tick", "join", "notes", "withdraw", "change", "merge"]
)
def test_a_topic_of_another_community_cannot_be_reached(topics: Chat, command: str) -> None:
    _, topic = elsewhere(topics)
    given = {"topic": topic, "title": "Mine", "discussed": "Mine", "other": topic}
    assert "secret" not in topics.forge("maria", f"topic.{command}", **given).text


@pytest.mark.parametrize("command", ["show", "begin", "finish", "proceedings", "put-up", "back"])
def test_a_space_of_another_community_cannot_be_reached(topics: Chat, command: str) -> None:
    space, _ = elsewhere(topics)
    shown = topics.forge("maria", f"openspace.{command}", space=space, to="gathering")
    assert "Theirs" not in shown.text
    assert "secret" not in shown.text


def test_with_several_spaces_the_one_of_the_channel_is_meant(topics: Chat) -> None:
    topics.say("maria", "/openspace open What else?", "#other")
    topics.press("maria", "Open now")
    topics.say("amina", "/topic propose Something else", "#other")
    assert "What else?" in topics.last("#other").title
    assert "Something else" in topics.last("#other").text


def test_with_several_spaces_one_is_asked_which_and_keeps_the_title(topics: Chat) -> None:
    topics.say("maria", "/openspace open What else?", "#other")
    topics.press("maria", "Open now")
    form = topics.say("amina", "/topic propose Something else", "#third").form
    assert form["title"].value == "Something else"
    assert form["space"].error
    topics.fill("amina", space="What else?")
    assert "Something else" in topics.last("#other").text


def test_topics_are_taken_until_the_harvest(topics: Chat) -> None:
    on_to(topics, "gathering", "marketplace")
    topics.say("bruno", "/topic propose Late but welcome")
    on_to(topics, "running")
    topics.say("bruno", "/topic propose Too late")
    assert "Too late" not in topics.say("maria", "/topic list").text
    assert "Late but welcome" in topics.say("maria", "/topic list").text


def test_the_desk_shows_my_topics(topics: Chat) -> None:
    shown = topics.say("bruno", "/my week")
    assert YOUNG in shown.text
    assert CHANGE not in shown.text
