"""Shows the board: slots, rooms, how it is filled, and topics moved by hand."""

import pytest

from tests.chatting import Chat, Screen
from tests.openspaces import (
    CHANGE,
    DUTCH,
    SLOTS,
    YOUNG,
    counted,
    on_to,
    running,
    topic_id,
    with_board,
    with_topics,
)


@pytest.fixture
def topics(chat: Chat) -> Chat:
    return with_topics(chat)


@pytest.fixture
def board(chat: Chat) -> Chat:
    return with_board(chat)


def rooms(chat: Chat, words: str) -> Screen:
    chat.say("maria", "/openspace rooms")
    return chat.fill("maria", rooms=words)


def place(chat: Chat, title: str, room: str, slot: int = 0) -> Screen:
    """Move a topic by hand."""
    chat.say("maria", f"/openspace move {title}")
    slots = chat.last("@maria").choices[0].options
    chat.choose("maria", "openspace.place", slots[slot].label)
    return chat.choose("maria", "Where", _option(chat, room))


def _option(chat: Chat, room: str) -> str:
    options = chat.last("@maria").choices[0].options
    return next(one.label for one in options if one.label.startswith(room))


def test_a_board_is_filled_at_the_marketplace_only(topics: Chat) -> None:
    assert "marketplace" in topics.say("maria", "/openspace fill").text


def test_nobody_is_led_to_filling_a_board_in_another_phase(topics: Chat) -> None:
    assert "Fill the board" not in rooms(topics, "Garden").labels
    for words in (SLOTS.format(count=2), "/openspace show", "/openspace board"):
        assert "Fill the board" not in topics.say("maria", words).labels
    on_to(topics, "gathering")
    for words in (SLOTS.format(count=2), "/openspace show", "/openspace board"):
        assert "Fill the board" in topics.say("maria", words).labels


@pytest.mark.parametrize("missing", ["Slots", "Rooms"])
def test_a_board_without_slots_or_rooms_says_what_it_lacks(topics: Chat, missing: str) -> None:
    on_to(topics, "gathering")
    if missing == "Rooms":
        topics.say("maria", SLOTS.format(count=2))
    else:
        rooms(topics, "Garden")
    shown = topics.say("maria", "/openspace fill")
    assert shown.labels == [missing]


def test_a_board_without_topics_is_not_filled(topics: Chat) -> None:
    for title in (YOUNG, CHANGE, DUTCH):
        topics.forge("maria", "topic.withdraw", topic=topic_id(topics, title), reason="Rain")
    on_to(topics, "gathering")
    assert "There are no topics yet" in topics.say("maria", "/openspace fill").text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"start": "2026-11-01 10:00"}, "start"),
        ({"start": "nonsense"}, "start"),
        ({"count": "0"}, "count"),
        ({"count": "many"}, "count"),
        ({"length": "2m"}, "length"),
        ({"length": "20h"}, "length"),
        ({"pause": "-5"}, "pause"),
    ],
)
def test_slots_that_cannot_be_are_asked_again(
    topics: Chat, given: dict[str, str], field: str
) -> None:
    topics.say("maria", "/openspace slots")
    right = {"start": "2026-11-03 10:00", "count": "3", "length": "1h", "pause": "10"}
    form = topics.fill("maria", **(right | given)).form
    assert [one.name for one in form.fields if one.error] == [field]


def test_slots_are_shown_back_and_offered_for_change(topics: Chat) -> None:
    shown = topics.say("maria", SLOTS.format(count=2))
    assert shown.text.count("00 (Amsterdam)") >= 2
    form = topics.say("maria", "/openspace slots").form
    filled = {one.name: one.value for one in form.fields}
    assert filled["count"] == "2"
    assert (filled["length"], filled["pause"]) == ("45m", "15")


def test_slots_on_another_day_than_the_space_are_asked_about(chat: Chat) -> None:
    running(chat)
    tomorrow = SLOTS.replace("11-02", "11-03").format(count=2)
    assert "some of these slots" not in chat.say("maria", SLOTS.format(count=2)).text.lower()
    shown = chat.say("maria", tomorrow)
    assert "on the day of the open space, Mon 2 Nov 2026. Is that what you meant?" in shown


@pytest.mark.parametrize(
    "words",
    ["Garden\ngarden", "(12)", "\n".join(f"Room {n}" for n in range(26)), "x" * 81, "\u200b"],
)
def test_rooms_that_cannot_be_are_asked_again_with_what_was_typed(topics: Chat, words: str) -> None:
    form = rooms(topics, words).form
    assert form["rooms"].error
    assert form["rooms"].value == words


def test_first_slot_in_the_afternoon_may_be_meant_for_the_night(topics: Chat) -> None:
    screen = topics.say("maria", '/openspace slots "3 November at 2" 2 45m pause=15')
    assert "14:00" in screen
    screen = topics.press("maria", "I meant 02:00")
    assert "02:00" in screen
    assert "03:00" in screen
    assert "Slots" in screen.labels[0]


def test_rooms_have_places_and_links_if_one_likes(topics: Chat) -> None:
    shown = rooms(topics, "Garden (12) https://meet.example.org/g\nRoom 1\nPond: 8\n")
    assert "Garden · 12 places · https://meet.example.org/g" in shown.text
    assert "- Room 1\n- Pond · 8 places" in shown.text
    assert topics.say("maria", "/openspace rooms").form["rooms"].value.count("\n") == 2


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("Garden, Hall", "- Garden\n- Hall"),
        ("Garden (12), Hall; Pond", "- Garden · 12 places\n- Hall\n- Pond"),
        ("Garden, 12, Hall, 30", "- Garden · 12 places\n- Hall · 30 places"),
        ("Garden, upper end\nHall", "- Garden, upper end\n- Hall"),
    ],
)
def test_rooms_in_one_line_stand_behind_commas(topics: Chat, typed: str, listed: str) -> None:
    assert listed in rooms(topics, typed).text


def test_a_link_in_brackets_is_no_part_of_the_name(topics: Chat) -> None:
    shown = rooms(
        topics, "Kitchen (https://meet.example.org/k)\nPond (8) https://example.org/a_(b)"
    )
    assert "- Kitchen · https://meet.example.org/k\n" in shown.text
    assert "- Pond · 8 places · https://example.org/a_(b)" in shown.text


def test_a_filled_board_is_a_preview_until_it_is_put_up(topics: Chat) -> None:
    on_to(topics, "gathering")
    topics.say("maria", SLOTS.format(count=2))
    rooms(topics, "Garden\nPond")
    shown = topics.say("maria", "/openspace fill")
    assert "I'm filling the board" in shown[0].text
    assert [one.to for one in shown] == ["@maria", "@maria"]
    assert "No place" in topics.say("amina", "/openspace board", "#open-space").text
    topics.press("maria", "Publish the board")
    assert "No place" not in topics.say("amina", "/openspace board").text


def test_more_topics_than_cells_are_named_with_the_reason(chat: Chat) -> None:
    with_board(chat, rooms="Garden", count=1)
    shown = chat.say("maria", "/openspace fill")
    assert "No place" in shown.text
    assert "more topics than places" in shown.text


def test_the_board_in_the_channel_is_edited_in_place(board: Chat) -> None:
    place(board, DUTCH, "Pond", slot=1)
    posts = [one for one in board.seen("amina").to("#open-space") if "Board" in one.title]
    assert len(posts) == 1
    assert f"Pond: {DUTCH}" in posts[0].text


def test_what_was_moved_by_hand_stays_when_the_board_is_filled_anew(board: Chat) -> None:
    place(board, DUTCH, "Pond", slot=1)
    board.say("maria", "/openspace fill")
    board.press("maria", "Publish the board")
    slots = board.say("amina", "/openspace board").text.split(" (Dakar)")
    assert f"Pond: {DUTCH}" in slots[2]


def test_a_move_can_be_undone(board: Chat) -> None:
    before = board.say("amina", "/openspace board").text
    place(board, DUTCH, "Pond", slot=1)
    board.press("maria", "Undo")
    assert board.say("amina", "/openspace board").text == before


def test_a_taken_place_is_swapped_only_when_one_says_so(board: Chat) -> None:
    before = board.say("amina", "/openspace board").text
    there = next(title for title in (YOUNG, CHANGE) if f"Garden: {title}" in before)
    shown = place(board, DUTCH, "Garden", slot=1 if before.index(there) > 120 else 0)
    if "Swap" in shown.text:
        assert board.say("amina", "/openspace board").text == before
        board.press("maria", "Swap them")
    assert f"Garden: {DUTCH}" in board.say("amina", "/openspace board").text


def test_two_who_move_to_one_place_at_once_do_not_both_get_it(board: Chat) -> None:
    ids = [topic_id(board, title) for title in (YOUNG, CHANGE)]
    board.say("maria", f"/openspace move {YOUNG}")
    slot = board.last("@maria").choices[0].options[1].value
    board.choose("maria", "openspace.place", slot)
    room = board.last("@maria").choices[0].options[1].value
    board.forge("maria", "openspace.place", topic=ids[0], slot=slot, room=room)
    shown = board.forge("maria", "openspace.place", topic=ids[1], slot=slot, room=room)
    assert shown.labels == ["Swap them", "Choose another place"]


def test_a_topic_can_be_taken_off_and_unpinned(board: Chat) -> None:
    place(board, DUTCH, "Pond", slot=1)
    board.say("maria", f"/openspace move {DUTCH}")
    assert "can change places" in board.press("maria", "Unpin").text
    board.press("maria", "Take off the board")
    assert "No place" in board.say("amina", "/openspace board").text


def test_members_cannot_move_topics(board: Chat) -> None:
    assert "can do that." in board.say("amina", f"/openspace move {CHANGE}")


def test_a_slot_of_another_space_is_not_taken(board: Chat) -> None:
    board.say("maria", "/openspace open What else?", "#other")
    board.press("maria", "Open now")
    board.say("bruno", "/topic propose Elsewhere", "#other")
    board.say("maria", "/openspace next", "#other")
    board.press("maria", "Continue")
    board.forge("maria", "openspace.move", topic=topic_id(board, YOUNG))
    slot = board.last("@maria").choices[0].options[0].value
    other = topic_id(board, "Elsewhere")
    shown = board.forge("maria", "openspace.place", topic=other, slot=slot)
    assert "isn't here any more" in shown.text


def test_a_room_with_a_pinned_topic_is_not_removed(board: Chat) -> None:
    place(board, DUTCH, "Pond", slot=1)
    form = rooms(board, "Garden").form
    assert DUTCH in form["rooms"].error
    assert DUTCH in board.say("amina", "/openspace board").text.split("Pond:")[1]


def test_a_room_without_pins_can_go_and_topics_are_said_to_have_no_place(board: Chat) -> None:
    assert "lost" in rooms(board, "Garden").text
    assert "No place" in board.last("#open-space").text


def test_no_room_is_removed_under_those_who_meet_there(chat: Chat) -> None:
    running(chat)
    assert rooms(chat, "Attic").form["rooms"].error


def test_fewer_slots_leave_topics_without_a_place(board: Chat) -> None:
    assert "1 topic lost" in board.say("maria", SLOTS.format(count=1)).text


def test_conveners_who_clash_are_named_to_the_facilitator(board: Chat) -> None:
    board.say("amina", "/topic propose Another of mine")
    board.say("maria", SLOTS.format(count=3))
    rooms(board, "Garden\nPond\nAttic")
    place(board, CHANGE, "Attic", slot=2)
    place(board, "Another of mine", "Pond", slot=2)
    shown = board.say("maria", "/openspace board")
    assert "@amina convenes topics that meet at the same time" in shown.text
    assert "same time" not in board.say("bruno", "/openspace board").text


def test_the_board_needs_no_more_statements_for_more_topics(board: Chat) -> None:
    with counted(board) as few:
        board.say("amina", "/openspace board")
    for number in range(15):
        board.join(f"p{number}")
        board.say(f"p{number}", f"/topic propose Number {number}", "#open-space")
    with counted(board) as many:
        board.say("amina", "/openspace board")
    assert len(many) == len(few)
