"""Shows a space running: phases, people on the move, notes, and the proceedings at the end."""

import pytest

from tests.chatting import Chat
from tests.openspaces import CHANGE, DUTCH, QUESTION, YOUNG, on_to, running, topic_id, with_topics

NOTES = {
    "discussed": "What young people need",
    "insights": "Listen first",
    "actions": "Amina: write to the ministry, 3 March",
    "resources": "https://example.org/a_b",
}


@pytest.fixture
def topics(chat: Chat) -> Chat:
    return with_topics(chat)


@pytest.fixture
def space(chat: Chat) -> Chat:
    return running(chat)


def write(chat: Chat, name: str, title: str, **given: str) -> None:
    chat.say(name, f"/topic notes {title}")
    chat.fill(name, **(NOTES | given))


def close(chat: Chat) -> str:
    """Close the space; gives the proceedings as the channel got them."""
    chat.say("maria", "/openspace close")
    shown = chat.press("maria", "Close it now")
    return shown.to("#open-space").files["proceedings.md"].decode()


def test_each_phase_is_previewed_and_then_announced(topics: Chat) -> None:
    preview = topics.say("maria", "/openspace next")
    assert [one.private for one in preview] == [True]
    shown = topics.press("maria", "Continue").to("#open-space")
    assert [one.title for one in shown if not one.edits] == [f"Marketplace: {QUESTION}"]


def test_going_on_twice_skips_no_phase(topics: Chat) -> None:
    topics.join("eva", role="core")
    for name in ("maria", "eva"):
        topics.say(name, "/openspace next", "#open-space")
    topics.together(("maria", "Continue"), ("eva", "Continue"))
    assert "Phase: Marketplace" in topics.seen("amina").to("#open-space").text


def test_going_on_can_be_undone_and_is_said(topics: Chat) -> None:
    on_to(topics, "gathering")
    shown = topics.press("maria", "Undo").to("#open-space")
    assert f"Gathering topics: {QUESTION}" in shown.text
    assert "Phase: Gathering topics" in shown.text


def test_going_on_again_after_an_undo_is_announced_again(topics: Chat) -> None:
    on_to(topics, "gathering")
    topics.press("maria", "Undo")
    topics.say("maria", "/openspace next")
    assert f"Marketplace: {QUESTION}" in topics.press("maria", "Continue").to("#open-space").text


def test_phases_begin_by_themselves_at_their_dates(topics: Chat) -> None:
    topics.say("maria", "/openspace dates")
    topics.fill("maria", marketplace="2026-11-03 10:00", running="2026-11-04 10:00")
    shown = topics.time("2026-11-03T09:01Z").to("#open-space")
    assert [one.title for one in shown if not one.edits] == [f"Marketplace: {QUESTION}"]
    assert "Phase: Marketplace" in shown.text
    assert "Phase: Conversations" in topics.time("2026-11-04T09:01Z").text


def _planned(chat: Chat) -> None:
    """Set dates for all phases and begin the first of them early."""
    chat.say("maria", "/openspace dates")
    dates = {"marketplace": "2026-11-04 11:00", "running": "2026-11-05 15:00"}
    chat.fill("maria", **dates, harvest="2026-11-05 17:00")
    on_to(chat, "gathering")


def _begun(chat: Chat, until: str) -> list[str]:
    """Turn the clock; gives what was announced on the way."""
    shown = chat.time(until).to("#open-space")
    return [one.title for one in shown if not one.edits]


def test_an_undone_phase_and_those_after_it_begin_at_their_dates(topics: Chat) -> None:
    _planned(topics)
    assert "No date" not in topics.press("maria", "Undo").text
    assert _begun(topics, "2026-11-04T10:01Z") == [f"Marketplace: {QUESTION}"]
    assert _begun(topics, "2026-11-05T14:01Z") == [f"Conversations: {QUESTION}"]
    assert _begun(topics, "2026-11-05T16:01Z") == [f"Harvest: {QUESTION}"]


def test_a_date_that_an_undo_cannot_bring_back_is_said_to_be_gone(topics: Chat) -> None:
    _planned(topics)
    assert not _begun(topics, "2026-11-04T12:00Z")
    assert "No date is set for: Marketplace." in topics.press("maria", "Undo")
    assert _begun(topics, "2026-11-05T14:01Z") == [f"Conversations: {QUESTION}"]


def test_a_date_is_not_brought_back_behind_the_phase_after_it(topics: Chat) -> None:
    _planned(topics)
    topics.say("maria", "/openspace dates")
    topics.fill("maria", running="2026-11-03 15:00")
    assert "No date is set for: Marketplace." in topics.press("maria", "Undo")
    assert _begun(topics, "2026-11-05T10:00Z") == [f"Conversations: {QUESTION}"]


def test_a_date_that_is_emptied_is_forgotten(topics: Chat) -> None:
    topics.say("maria", "/openspace dates")
    topics.fill("maria", marketplace="2026-11-03 10:00")
    topics.say("maria", "/openspace dates")
    topics.fill("maria", marketplace="")
    assert not topics.time("+3d").to("#open-space")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"marketplace": "2026-11-01 10:00"}, "marketplace"),
        ({"marketplace": "2026-11-04 10:00", "running": "2026-11-03 10:00"}, "running"),
        ({"harvest": "31 February 10:00"}, "harvest"),
    ],
)
def test_dates_that_cannot_be_are_asked_again(
    topics: Chat, given: dict[str, str], field: str
) -> None:
    topics.say("maria", "/openspace dates")
    form = topics.fill("maria", **given).form
    assert [one.name for one in form.fields if one.error] == [field]


def test_people_move_and_heads_are_counted(space: Chat) -> None:
    space.choose("amina", "Go to", DUTCH)
    space.choose("bruno", "Go to", DUTCH)
    assert f"{DUTCH} (@maria) · 2 there" in space.last("#open-space").text
    space.say("bruno", f"/topic join {CHANGE}")
    assert f"{DUTCH} (@maria) · 1 there" in space.last("#open-space").text
    assert f"{CHANGE} (@amina) · 1 there" in space.last("#open-space").text


def test_leaving_and_coming_back(space: Chat) -> None:
    space.say("amina", f"/topic join {DUTCH}")
    space.say("amina", "/topic leave")
    assert "not at any topic" in space.say("amina", "/topic leave").text
    assert "on your own" in space.press("amina", "topic.join").text


def test_nobody_joins_before_the_space_runs(topics: Chat) -> None:
    assert (
        "You can go to topics and leave them while the open space is running"
        in topics.say("amina", f"/topic join {DUTCH}").text
    )


def test_time_is_called_five_minutes_before_the_end(space: Chat) -> None:
    assert not space.time("2026-11-02T13:39Z").to("#open-space")
    shown = space.time("2026-11-02T13:41Z")
    assert "Five minutes left" in shown.to("#open-space").text
    told = [name for name in ("maria", "bruno", "amina") if shown.to(f"@{name}")]
    board = space.say("maria", "/openspace board").text.split("15:00")[0]
    titles = {"maria": DUTCH, "bruno": YOUNG, "amina": CHANGE}
    assert told == [name for name, title in titles.items() if title in board]


def test_time_is_not_called_once_the_harvest_has_begun(space: Chat) -> None:
    on_to(space, "running")
    assert "Five minutes" not in space.time("2026-11-02T13:41Z").text


def test_slots_that_move_take_their_calls_along(space: Chat) -> None:
    space.say("maria", '/openspace slots "2026-11-02 15:00" 2 45m pause=15')
    assert not space.time("2026-11-02T13:41Z")
    assert "Five minutes left" in space.time("2026-11-02T14:41Z").to("#open-space").text


def test_notes_are_taken_by_several_and_changed_by_each(space: Chat) -> None:
    write(space, "bruno", YOUNG)
    write(space, "amina", YOUNG, discussed="Amina heard this")
    form = space.say("bruno", f"/topic notes {YOUNG}").form
    assert form["discussed"].value == NOTES["discussed"]
    space.fill("bruno", insights="")
    document = close(space)
    assert "Amina heard this" in document
    assert document.count("Listen first") == 1


def test_notes_that_do_not_fit_are_not_lost(space: Chat) -> None:
    space.say("bruno", f"/topic notes {YOUNG}")
    form = space.fill("bruno", discussed="x" * 10_000, insights="precious").form
    assert form["discussed"].error
    assert form["discussed"].value == "x" * 10_000
    assert form["insights"].value == "precious"


@pytest.mark.parametrize("before", [(), ("gathering",)])
def test_notes_are_not_taken_before_the_space_runs(topics: Chat, before: tuple[str, ...]) -> None:
    on_to(topics, *before)
    shown = topics.forge("bruno", "topic.notes", topic=topic_id(topics, YOUNG), discussed="x")
    assert "You can write notes while" in shown.text


def test_notes_are_refused_before_anybody_has_written_them(topics: Chat) -> None:
    assert "You can write notes while the open space is running" in topics.say(
        "bruno", f"/topic notes {YOUNG}"
    )


def test_conveners_without_notes_are_asked_once_a_day_later(space: Chat) -> None:
    write(space, "bruno", YOUNG)
    on_to(space, "running")
    shown = space.time("+4d")
    assert DUTCH in shown.to("@maria").text
    assert CHANGE in shown.to("@amina").text
    assert not shown.to("@bruno")
    assert not space.time("+7d")


def test_nobody_is_asked_for_notes_of_a_closed_space(space: Chat) -> None:
    close(space)
    assert not space.time("+4d")


def test_the_proceedings_hold_what_came_of_it(space: Chat) -> None:
    write(space, "bruno", YOUNG)
    document = close(space)
    assert document.startswith(f"# Proceedings: {QUESTION}\n")
    assert f"## {YOUNG}\n\nConvened by bruno" in document
    assert "### Insights\n\nListen first" in document
    assert f"- Amina: write to the ministry, 3 March ({YOUNG})" in document
    assert "- https://example.org/a_b" in document
    assert f"- {DUTCH} (maria)" in document.split("## Topics without notes")[1]


def test_who_wishes_no_name_gets_none(space: Chat) -> None:
    write(space, "amina", YOUNG, named="no")
    assert "Notes by" not in close(space)


def test_markdown_in_notes_stays_what_people_wrote(space: Chat) -> None:
    write(space, "bruno", YOUNG, discussed="# Not a heading <script> *stars*")
    assert r"\# Not a heading \<script\> \*stars\*" in close(space)


def test_proceedings_are_read_in_the_language_of_the_reader(space: Chat) -> None:
    space.join("rose", zone="Europe/Paris", locale="fr")
    shown = space.say("rose", "/openspace proceedings", "#open-space")
    file = shown.files["proceedings.md"].decode()
    assert "lun. 2 nov. 2026" in file
    assert "Proceedings" not in file


def test_closing_shows_first_what_is_missing(space: Chat) -> None:
    write(space, "bruno", YOUNG)
    shown = space.say("maria", "/openspace close")
    assert DUTCH in shown.text
    assert YOUNG not in shown.text


def test_closing_twice_is_said_kindly(space: Chat) -> None:
    space.join("eva", role="core")
    for name in ("maria", "eva"):
        space.say(name, "/openspace close", "#open-space")
    space.press("maria", "Close it now")
    shown = space.press("eva", "Close it now")
    assert "is closed" in shown.text
    assert not shown.to("#open-space")


def test_nothing_is_proposed_or_noted_in_a_closed_space(space: Chat) -> None:
    id = topic_id(space, YOUNG)
    close(space)
    assert "There's no open space" in space.say("bruno", "/topic propose Late").text
    assert "Closed" in space.forge("bruno", "topic.notes", topic=id, discussed="Late").text
    assert "Late" not in space.say("bruno", "/openspace list").text


def test_a_closed_space_can_be_opened_again_for_the_harvest(space: Chat) -> None:
    close(space)
    space.press("maria", "Reopen")
    write(space, "bruno", YOUNG)
    assert "Listen first" in close(space)


def test_proceedings_of_the_last_space_are_read_when_none_is_under_way(space: Chat) -> None:
    close(space)
    assert "proceedings.md" in space.say("bruno", "/openspace proceedings").files
