"""Holds to what comes of lines: what is seen, when it is sent, what is said of those misread."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.local import Player
from storage.queue import Portion
from tests.chatting import START, Chat, Screen

PLAN = '/session plan title="Locally led" when="2026-11-20 15:00" duration=90m'


LATER, LEASE = timedelta(days=90), timedelta(minutes=1)


@pytest.fixture
def player(chat: Chat) -> Player:
    return Player(chat.stage, chat.local)


def play(chat: Chat, player: Player, *lines: str) -> Screen:
    """Play lines and give what was shown."""
    before = len(chat.everything)

    async def all_of_them() -> None:
        for line in lines:
            await player.play(line)

    chat.runner.run(all_of_them())
    return Screen(chat.everything[before:])


def begun(chat: Chat, player: Player) -> None:
    play(
        chat,
        player,
        "join amina zone=Africa/Nairobi locale=en",
        "join bruno zone=America/Bogota locale=es",
        f"amina in #general: {PLAN}",
        "amina: press session.announce",
    )


def test_lines_play_a_whole_story(chat: Chat, player: Player) -> None:
    begun(chat, player)
    shown = play(chat, player, "bruno: press session.rsvp?answer=yes")
    assert "Coming: 1" in shown.to("#general").text
    assert not player.failed


def test_count_changes_at_once_and_the_clock_steps_on(chat: Chat, player: Player) -> None:
    begun(chat, player)
    play(chat, player, "bruno: press session.rsvp?answer=yes")
    assert timedelta(0) < chat.now - START <= timedelta(seconds=5)


def test_deliveries_go_out_at_their_own_moments_in_order(chat: Chat, player: Player) -> None:
    begun(chat, player)
    play(chat, player, "bruno: press session.rsvp?answer=yes")
    times = [shown.at for shown in play(chat, player, "time +30d")]
    assert times == sorted(times)
    assert "2026-11-19T12:00:00Z" in times
    assert "2026-11-20T11:00:00Z" in times
    assert chat.now > datetime(2026, 12, 2, tzinfo=UTC)


def test_each_reminder_is_sent_once_however_time_is_cut(chat: Chat, player: Player) -> None:
    begun(chat, player)
    shown = play(chat, player, *["time +7h"] * 70)
    assert len([one for one in shown.to("#general") if "begins" in one.title]) == 2


def test_line_that_cannot_be_read_is_said_and_the_rest_goes_on(chat: Chat, player: Player) -> None:
    shown = play(chat, player, "nonsense", "join amina", "who")
    assert [bool(one.error) for one in shown] == [True, False]
    assert "@amina: coordinator" in shown.text
    assert player.failed


@pytest.mark.parametrize(
    "line",
    ["time 2026-10-01T00:00Z", "time soon", "zoe: /my week", "amina: press X", "join a zone=x"],
)
def test_line_that_cannot_be_carried_out_is_an_error(chat: Chat, player: Player, line: str) -> None:
    play(chat, player, "join amina")
    [shown] = play(chat, player, line)
    assert shown.error
    assert player.failed


def test_time_alone_says_what_time_it_is(chat: Chat, player: Player) -> None:
    assert "2 Nov 2026" in play(chat, player, "time").text


def test_help_names_each_kind_of_line(chat: Chat, player: Player) -> None:
    words = play(chat, player, "help").text
    assert all(f"{word}" in words for word in ("join", "press", "choose", "fill", "time", "quit"))


def test_nobody_there_is_said_with_what_to_do(chat: Chat, player: Player) -> None:
    assert "join" in play(chat, player, "who").text


def test_quit_ends_and_everything_else_goes_on(chat: Chat, player: Player) -> None:
    async def both() -> list[bool]:
        return [await player.play(line) for line in ("help", "nonsense", "", "quit")]

    assert chat.runner.run(both()) == [True, True, True, False]


def test_words_said_are_shown_and_nothing_else(chat: Chat, player: Player) -> None:
    begun(chat, player)
    [shown] = play(chat, player, "bruno in #general: /not a command".replace("/", ""))
    assert (shown.to, shown.text) == ("#general", "bruno: not a command")


def test_many_messages_at_once_share_their_writes(chat: Chat) -> None:
    async def many() -> None:
        platform = chat.local.platform
        place = platform.channel("general")
        await asyncio.gather(*(platform.talk(place, "amina", f"{n}") for n in range(200)))

    chat.join("amina")
    chat.runner.run(many())
    assert [shown.text for shown in chat.seen("amina")][-1] == "amina: 199"


@pytest.mark.parametrize("state", ["leased", "sending"])
def test_reminder_left_by_a_killed_run_is_sent_once(chat: Chat, player: Player, state: str) -> None:
    begun(chat, player)
    with chat.storage.write() as transaction:
        rows = transaction.queue.claim("killed", chat.now + LATER, LEASE - LATER, Portion(1))
        if state == "sending":
            transaction.queue.begin_sending(rows, "killed")
    shown = play(chat, player, "time +30d")
    assert len([one for one in shown.to("#general") if "begins" in one.title]) == 2
    assert "late" not in shown.text


def test_what_a_terminal_would_obey_is_taken_out(chat: Chat, player: Player) -> None:
    shown = play(chat, player, "join amina", "amina in #a: \x1b[2Jhi\x07", 'amina: press "\x1b[2J"')
    assert "amina: [2Jhi" in shown.text
    assert "\x1b" not in shown.text
