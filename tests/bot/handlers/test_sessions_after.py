"""Shows what stays of a session: who writes it down, who was there, who is told."""

import pytest

from tests.after import MORNING, SLIDES, TOLD, come, seeds, write_down
from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def over(chat: Chat) -> Chat:
    """Have a session be over."""
    return seeds(chat)


def test_host_is_asked_soon_after_the_end_in_one_message(over: Chat) -> None:
    (asked,) = [
        one for one in over.seen("bruno").to("@bruno") if "Thank you for hosting" in one.title
    ]
    assert "Write it down" in asked.labels
    form = over.press("bruno", "Write it down").form
    assert [field.name for field in form.fields][:5] == [
        "who", "recording", "slides", "notes", "actions",
    ]  # fmt: skip
    assert form.fields[0].value == "claire, bruno"


def test_without_hosts_whoever_planned_it_is_asked(attended: Chat) -> None:
    assert "“Hello” is over." in attended.time("2026-11-05T13:11Z").to("@amina").text
    assert attended.press("amina", "Write it down").form.fields[0].name == "who"


def test_those_who_said_yes_count_until_the_host_takes_them_out(over: Chat) -> None:
    assert "2 people were there." in write_down(over, slides=SLIDES)
    assert "3 people were there." in write_down(over, who="dan, Paul Smith")
    assert (
        over.say("bruno", "/session after Seeds").form.fields[0].value == "bruno, dan, Paul Smith"
    )


def test_those_who_answered_are_told_once_in_half_an_hour(over: Chat) -> None:
    assert "In half an hour I'll tell 2 people what stays." in write_down(over, slides=SLIDES)
    assert SLIDES not in over.time("2026-11-18T13:35Z").to("@claire")
    told = over.time(MORNING)
    for name in ("@claire", "@dan"):
        (message,) = told.to(name)
        assert message.title == "What stays of “Seeds”"
        assert SLIDES in message.text
    assert "I was there" in told.to("@dan").labels
    assert "I was there" not in told.to("@claire").labels
    assert not told.to("@eva")
    assert not told.to("@bruno")


def test_whoever_wants_no_reminders_is_not_told(over: Chat) -> None:
    over.say("dan", "/my reminders before=none")
    write_down(over, slides=SLIDES)
    assert not over.time(MORNING).to("@dan")


def test_sent_off_twice_and_by_two_nothing_is_doubled(over: Chat) -> None:
    over.say("bruno", "/session after Seeds")
    over.say("amina", "/session after Seeds")
    over.fill("bruno", who="claire, Paul", notes="We talked of seeds.", actions="dan: write it up")
    over.fill("amina", who="claire, Ana", notes="Two gardens.", actions="Ana: send the photos")
    write_down(over, notes="We talked of seeds.")
    shown = over.say("dan", "/session show Seeds").text
    assert shown.count("We talked of seeds.") == 1
    assert "Ana: send the photos" in shown
    assert "write it up" in shown
    assert "Two gardens." in over.say("dan", "/session notes Seeds page=2")
    form = over.say("amina", "/session after Seeds").form
    assert form.fields[0].value == "claire, bruno, Paul, Ana"
    assert len(over.time(MORNING).to("@claire")) == 1


def test_correction_a_month_later_says_who_made_it_and_tells_nobody(over: Chat) -> None:
    write_down(over, slides=SLIDES)
    over.time(MORNING)
    over.time("2026-12-18T12:00Z")
    over.say("amina", f"/session after Seeds slides={SLIDES}-2 who=claire")
    assert "amina corrected what stays of “Seeds”." in over.say("amina", "/session show Seeds")
    assert f"{SLIDES}-2" in over.say("dan", "/session show Seeds")
    assert not over.time("2026-12-20T12:00Z").to("@claire")


def test_whoever_says_in_time_that_they_were_there_is_told(over: Chat) -> None:
    write_down(over, slides=SLIDES)
    over.press("eva", "I was there")
    assert SLIDES in over.time(MORNING).to("@eva")


def test_people_say_themselves_that_they_were_there(over: Chat) -> None:
    assert "You were at “Seeds”" in over.press("eva", "I was there")
    assert "3 people were there." in write_down(over, slides=SLIDES)
    assert "don't count as there" in over.press("eva", "I wasn't there")
    assert "2 people were there." in write_down(over, slides=f"{SLIDES}-2")


@pytest.mark.parametrize(
    ("language", "title"),
    [("Spanish", "Lo que queda de “Seeds”"), ("French", "Ce qui reste de «\u202fSeeds\u202f»")],
)
def test_each_is_told_in_their_language(over: Chat, language: str, title: str) -> None:
    over.say("dan", f"/my profile language={language}")
    write_down(over, slides=SLIDES)
    assert title in [one.title for one in over.time(MORNING).to("@dan")]


def test_announcement_shows_what_stays(over: Chat) -> None:
    write_down(over, slides=SLIDES)
    write_down(over, links="https://a.example.org\nhttps://b.example.org")
    post = over.time(TOLD).to("#general")
    assert not post or SLIDES in post
    assert SLIDES in over.seen("dan").to("#general")


@pytest.mark.slow
def test_where_many_come_only_exceptions_are_written(over: Chat) -> None:
    come(over, "Seeds", 60)
    form = over.say("bruno", "/session after Seeds").form
    assert form.fields[0].value == ""
    assert "63 people were there." in over.fill("bruno", who="Ana Luz").to("@bruno").text
    assert "61 people were there." in write_down(over, absent="guest7, guest8")


def test_only_hosts_and_the_core_group_write_it_down(over: Chat) -> None:
    refused = "Only the session's hosts, whoever takes notes and the core group can do that."
    assert refused in over.say("dan", "/session after Seeds")


def test_table_with_formulas_and_odd_signs_is_read_as_names(over: Chat) -> None:
    table = (
        "\ufeffName (original name);Email;Minutes\n"
        "claire;claire@example.org;44\n"
        '"=HYPERLINK(""http://x.example"",""Ana"")";;3\n'
        "Jos\ufffd;;12\n"
    )
    assert "4 people were there." in write_down(over, who=table)
    shown = over.say("bruno", "/session after Seeds").form.fields[0].value
    assert "claire@example.org" not in shown
    assert "=HYPERLINK" not in shown


@pytest.mark.slow
def test_notes_of_forty_thousand_characters_are_kept_in_pages(over: Chat) -> None:
    write_down(over, notes=f"begin {'soil ' * 500}end")
    for number in range(14):
        over.press("bruno", "Add more notes")
        over.fill("bruno", text=f"page {number} {'seed ' * 570}")
    shown = over.say("dan", "/session notes Seeds")
    assert "begin soil" in shown
    assert "Page 1 of 15" in shown
    assert "page 0 seed" in over.press("dan", "Next page")
    assert "page 13 seed" in over.say("dan", "/session notes Seeds page=15")


def test_minutes_are_a_draft_until_they_are_released(over: Chat) -> None:
    draft = over.say("bruno", '/session minutes Seeds text="Machine words."')
    assert "Machine words." in draft
    assert "Machine words." not in over.say("dan", "/session show Seeds")
    assert "There are no notes yet." in over.say("dan", "/session notes Seeds")
    over.press("bruno", "Edit")
    over.fill("bruno", text="Human words.")
    over.press("bruno", "Show to everyone")
    assert "Human words." in over.say("dan", "/session notes Seeds")


def test_nothing_is_written_down_before_it_begins(chat: Chat) -> None:
    seeds(chat)
    chat.say("amina", '/session plan title=Roots when="2026-12-02 15:00"', "#general")
    chat.press("amina", "Announce now")
    assert "once the session has begun" in chat.say("amina", "/session after Roots")
    assert "once the session has begun" in chat.say("dan", "/session was-there Roots")


def test_week_shows_a_host_what_is_still_to_write_down(over: Chat) -> None:
    assert "Still to write down: “Seeds”." in over.say("bruno", "/my week")
    write_down(over, slides=SLIDES)
    assert "Still to write down" not in over.say("bruno", "/my week")
