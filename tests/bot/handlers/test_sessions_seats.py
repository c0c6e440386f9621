"""Shows sessions with few seats: who has one, who waits, who moves up, and who is told."""

import pytest

from tests.chatting import Chat
from tests.programmes import started
from tests.scenes import scene

PLAN = '/session plan title="Seeds" when="2026-11-10 15:00" {more}'


@scene
def announced(chat: Chat, more: str) -> Chat:
    """Have a session announced that five people can answer."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    for name, zone in (("bruno", "Europe/Rome"), ("dan", "Europe/Lisbon"), ("eva", "Asia/Manila")):
        chat.join(name, zone=zone, locale="en")
    chat.join("claire", zone="Europe/Paris", locale="fr")
    chat.say("amina", PLAN.format(more=more), "#general")
    chat.press("amina", "Announce now")
    return chat


@pytest.fixture
def full(chat: Chat) -> Chat:
    """Have both seats taken, by bruno and dan; eva and claire wait."""
    announced(chat, "capacity=2")
    for name in ("bruno", "dan", "eva"):
        chat.press(name, "Coming")
    chat.press("claire", "Coming")
    return chat


def test_whoever_says_yes_too_late_hears_their_place_on_the_list(full: Chat) -> None:
    assert "“Seeds” is full: you're on the waiting list." in full.seen("eva")
    assert "You're the first on it." in full.seen("eva")
    assert "1 personne est avant vous" in full.seen("claire")


def test_announcement_counts_seats_and_who_waits(full: Chat) -> None:
    full.time("+1m")
    assert "Coming: 2 of 2 · Waiting list: 2 · Maybe: 0" in full.last("#general").text


def test_who_comes_names_those_with_a_seat_and_those_who_wait(full: Chat) -> None:
    told = full.say("amina", "/session who Seeds").text
    assert "Attending: @bruno, @dan" in told
    assert "On the waiting list: @eva, @claire" in told


def test_first_who_waits_moves_up_and_can_give_the_seat_back(full: Chat) -> None:
    moved = full.press("bruno", "Can't come")
    moved += full.time("+1m")
    assert "There's a seat for you: “Seeds”" in "\n".join(s.title for s in moved if s.to == "@eva")
    assert not any("seat" in shown.title for shown in moved if shown.to == "@claire")
    back = full.press("eva", "Give my seat back") + full.time("+1m")
    assert "Une place pour vous" in "".join(s.title for s in back if s.to == "@claire")


def test_nobody_is_woken_for_a_seat(full: Chat) -> None:
    full.time("2026-11-02T18:00Z")  # two at night in Manila
    full.press("bruno", "Can't come")
    assert not full.time("+1h").to("@eva")
    assert "There's a seat" in full.time("2026-11-03T00:00Z").to("@eva").text


def test_seat_lost_again_before_the_morning_is_never_told(full: Chat) -> None:
    full.time("2026-11-02T18:00Z")
    full.press("bruno", "Can't come")
    full.say("amina", "/session change Seeds capacity=1")
    assert not [s for s in full.time("2026-11-03T04:00Z").to("@eva") if "seat" in s.title.lower()]
    assert "(On the waiting list)" in full.say("eva", "/session list").text


def test_lower_capacity_is_told_to_those_who_lose_their_seat(full: Chat) -> None:
    told = full.say("amina", "/session change Seeds capacity=1") + full.time("+1m")
    assert "“Seeds” has fewer seats now" in "\n".join(s.title for s in told if s.to == "@dan")
    assert not any("seats" in shown.title for shown in told if shown.to == "@bruno")


def test_without_a_limit_all_have_a_seat(full: Chat) -> None:
    told = full.say("amina", "/session change Seeds capacity=0") + full.time("+1m")
    assert "There's a seat for you" in "\n".join(s.title for s in told if s.to == "@eva")


def test_only_those_with_a_seat_are_reminded(full: Chat) -> None:
    reminded = full.time("2026-11-10T12:01Z")
    assert reminded.to("@dan")
    assert not [shown for shown in reminded.to("@eva") if "begins" in shown.title]


def test_whoever_is_erased_leaves_the_list(full: Chat) -> None:
    full.say("eva", "/my erase")
    full.press("eva", "Erase everything")
    moved = full.press("bruno", "Can't come") + full.time("+1m")
    assert "Une place pour vous" in "".join(s.title for s in moved if s.to == "@claire")


def test_whoever_comes_back_to_yes_stands_at_the_end(full: Chat) -> None:
    full.press("dan", "Can't come")
    full.press("dan", "Coming", on="Seeds")
    assert "1 person is before you" in full.seen("dan")


def test_last_seat_goes_to_one_of_thirty_who_press_at_once(chat: Chat) -> None:
    announced(chat, "capacity=1")
    crowd = [f"p{number:02}" for number in range(30)]
    for name in crowd:
        chat.join(name, zone="UTC", locale="en")
    chat.together(*((name, "Coming") for name in crowd))
    waiting = [name for name in crowd if "waiting list" in chat.seen(name)]
    assert len(waiting) == 29
    assert "Waiting list: 29" in chat.say("amina", "/session show Seeds")


def test_after_closing_nobody_says_yes_but_everybody_no(chat: Chat) -> None:
    announced(chat, 'closes="2 days"')
    assert "Sign-up closes" in chat.last("#general").text
    chat.press("bruno", "Coming")
    chat.time("2026-11-08T13:00Z")
    assert "Sign-up is closed." in chat.last("#general").text
    assert "Sign-up for “Seeds” closed" in chat.forge(
        "dan", "session.rsvp", session="Seeds", answer="yes"
    )
    assert "You can't come" in chat.press("bruno", "Can't come")


@pytest.mark.parametrize(
    ("locale", "closes", "becomes"),
    [
        ("en", "3 hours before", "3 h before the start"),
        ("es", "2 días antes", "2 d antes del inicio"),
        ("es", "3 horas antes", "3 h antes del inicio"),
        ("fr", "2 jours avant", "2 j avant le début"),
        ("fr", "la veille", "1 j avant le début"),
    ],
)
def test_closing_is_read_as_its_form_shows_it(
    chat: Chat, locale: str, closes: str, becomes: str
) -> None:
    announced(chat, "")
    chat.join("lucia", zone="America/Santiago", locale=locale, role="coordinator")
    assert becomes in chat.say("lucia", f'/session change Seeds closes="{closes}"')


def test_closing_goes_along_when_the_session_moves(chat: Chat) -> None:
    announced(chat, 'closes="2026-11-09 15:00"')
    chat.say("amina", '/session move Seeds "2026-11-12 15:00"')
    assert "11 Nov" in chat.say("bruno", "/session show Seeds").text


def test_closing_after_the_start_is_refused(chat: Chat) -> None:
    announced(chat, "")
    told = chat.say("amina", '/session change Seeds closes="2026-11-11 15:00"', "#general")
    assert "That's after it begins." in told


def test_coordinator_who_answers_for_themselves_just_answers(chat: Chat) -> None:
    announced(chat, "")
    told = chat.say("amina", "/session answer-for Seeds person=amina answer=yes")
    assert "You're coming to “Seeds”" in told
    assert "said for you" not in chat.seen("amina")


def test_coordinator_answers_for_somebody_who_is_told_by_whom(chat: Chat) -> None:
    announced(chat, "capacity=1")
    told = chat.say("amina", "/session answer-for Seeds person=dan answer=yes")
    assert "I've noted for @dan, “Seeds”: Coming." in told
    chat.time("+1m")
    assert "@amina said for you that you're coming to “Seeds”" in chat.seen("dan")
    assert "@amina answered “Seeds” for @dan." in chat.say("amina", "/community log")
    again = chat.say("amina", "/session answer-for Seeds person=dan answer=yes")
    assert "Nothing's changed" in again
    assert "You can't come" in chat.press("dan", "Can't come", on="said for you")


def test_nobody_answers_for_somebody_who_left(chat: Chat) -> None:
    announced(chat, "")
    chat.leave("dan")
    assert "dan has left." in chat.say("amina", "/session answer-for Seeds person=dan answer=yes")


def test_members_cannot_answer_for_others(chat: Chat) -> None:
    announced(chat, "")
    told = chat.say("bruno", "/session answer-for Seeds person=dan answer=yes")
    assert "Only coordinators can do that." in told


def test_who_comes_has_pages(chat: Chat) -> None:
    announced(chat, "")
    for number in range(55):
        chat.join(f"p{number:02}", zone="UTC", locale="en")
        chat.press(f"p{number:02}", "Coming")
    first = chat.say("amina", "/session who Seeds")
    assert "Coming: 55" in first
    assert "p49" in first
    assert "p50" not in first
    assert "p54" in chat.press("amina", "Next page")


def test_date_that_is_full_is_named_in_the_answer_to_all_dates(chat: Chat) -> None:
    started(chat, 'title="Circle" rule="every Thursday at 16:00" count=3 capacity=1')
    chat.time("+1m")
    chat.press("amina", "Coming to all dates")
    told = chat.press("claire", "Coming to all dates")
    assert told.text.count("liste d’attente") == 1
    assert "12 nov" in told.text


def test_nudge_asks_once_those_who_came_before(chat: Chat) -> None:
    started(chat, 'title="Circle" rule="every Thursday at 16:00" count=3 announce_ahead="6 days"')
    chat.time("2026-11-04T09:00Z")
    chat.press("amina", "Coming", on="Circle")
    asked = chat.time("2026-11-10T13:00Z")
    assert "Are you coming to “Circle”?" in asked.to("@amina").text
    assert not asked.to("@claire")
    assert not [s for s in chat.time("2026-11-11T12:00Z").to("@amina") if "Are you" in s.title]


def test_nobody_is_nudged_who_answered_or_wants_no_reminders(chat: Chat) -> None:
    started(chat, 'title="Circle" rule="every Thursday at 16:00" count=3 announce_ahead="6 days"')
    chat.time("2026-11-04T09:00Z")
    chat.press("amina", "Coming", on="Circle")
    chat.say("amina", "/my reminders before=none")
    assert not chat.time("2026-11-10T13:00Z").to("@amina")
