"""Shows that the ledger and the player of seasons notice what goes wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

import pytest

from bot.chat import Message, Place, button, said
from bot.i18n import t
from bot.protocol import Reader
from tests.seasons.checks import HOST, Budget, Checks, at_night
from tests.seasons.ledger import Entry, Sightings
from tests.seasons.limits import PlatformLimits
from tests.seasons.playing import Played, play
from tests.seasons.reading import read
from tests.seasons.worlds import clock_of, local_world

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NIGHT = (time(22), time(7))
GENERAL = Place("local", "local", "general", "general")
SETTING = (
    "# clock 2026-11-02T12:00Z",
    "join amina zone=Africa/Nairobi locale=en role=coordinator",
    "join bruno zone=America/Bogota locale=en",
)


def entry(words: str = "Seeds", to: str = "@bruno", zone: str = "America/Bogota") -> Entry:
    return Entry(NOW, to, words, Reader("en", zone))


async def played(url: str, *lines: str) -> Played:
    """Play a season of a few lines."""
    season = read("small", (*SETTING, *lines))
    async with local_world(url, clock_of(season.clock)) as world:
        return await play(season, world, Checks(world.ledger))


def faults(found: Played) -> Sequence[str]:
    return [fault.split(": ", 1)[1].split(":")[0] for fault in found.faults]


def test_what_is_told_twice_is_found(sqlite_url: str) -> None:
    ledger = Sightings(lambda: NOW)
    checks = Checks(ledger)
    ledger.posted(GENERAL, said(t("Seeds")), Reader(), "a")
    assert [*checks.repeated(ledger.entries)] == []
    ledger.posted(GENERAL, said(t("Seeds")), Reader(), "b")
    assert "told the same twice" in next(checks.repeated(ledger.entries[1:]))


@pytest.mark.parametrize(
    ("hour", "latest", "night"),
    [
        (datetime(2026, 11, 22, 9, tzinfo=UTC), None, True),  # 4:00 in Bogotá
        (datetime(2026, 11, 22, 15, tzinfo=UTC), None, False),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 22, 11, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 4, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC), True),
    ],
)
def test_night_is_told_from_what_cannot_wait(
    hour: datetime, latest: datetime | None, night: bool
) -> None:
    assert at_night(Entry(hour, "@b", "", Reader("en", "America/Bogota")), NIGHT, latest) == night


def test_message_beyond_a_budget_is_found() -> None:
    checks, turn = Checks(Sightings(lambda: NOW)), Budget("turn", "1:0", HOST)
    assert [checks.overspent(entry(), turn) for _ in range(HOST + 1)] == [False] * HOST + [True]


def test_private_words_are_found_wherever_they_do_not_belong() -> None:
    ledger = Sightings(lambda: NOW)
    ledger.hide("zebra", ("amina",))
    ledger.forbid("okapi", "bruno")
    shown = (entry("a zebra"), entry("a zebra", "@amina"), entry("okapi", "#general"))
    assert len([*ledger.leaks(shown)]) == 2


def test_label_that_is_cut_in_the_longer_language_is_found() -> None:
    label = t("Sixty characters are shown whole, two fifths more are not.")
    shown = Entry(NOW, "@b", "", Reader(), message=Message(buttons=(button(label, "help"),)))
    (fault,) = PlatformLimits().faults(shown)
    assert fault.startswith("en-x-longer")


async def test_line_that_does_not_play_is_a_fault(sqlite_url: str) -> None:
    found = await played(sqlite_url, "bruno: /banana list", 'bruno: press "help.banana"')
    assert faults(found) == ["there is no command banana.list", "there is no command help.banana"]


async def test_option_nobody_knows_is_a_fault(sqlite_url: str) -> None:
    found = await played(sqlite_url, "amina in #general: /session list bananas=3")
    assert faults(found) == ["session.list has no option bananas"]


async def test_marked_line_that_plays_is_a_fault(sqlite_url: str) -> None:
    found = await played(sqlite_url, "amina: /help  # needs web", "amina: /x y  # needs web")
    assert faults(found) == ["plays now, take its mark away"]
    assert len(found.waits) == 2


async def test_what_is_not_seen_is_a_fault_unless_it_is_marked(sqlite_url: str) -> None:
    found = await played(
        sqlite_url,
        "amina in #general: good morning",
        '# sees #general "good evening"',
        '# sees #general "good night"  # needs web',
        '# sees #general "good morning"  # needs web',
    )
    assert [fault.split(": ")[0] for fault in found.faults] == ["small:5", "small:7"]


async def test_form_nobody_speaks_of_is_a_fault(sqlite_url: str) -> None:
    found = await played(sqlite_url, "amina in #general: /session plan")
    assert faults(found) == ["opens a form of which nothing is said to be seen"]


async def test_miscounted_messages_are_a_fault(sqlite_url: str) -> None:
    found = await played(
        sqlite_url,
        'amina in #general: /session plan title=Seeds when="2026-11-05 15:00"',
        '# sees amina "Seeds"',
        "amina: press session.announce",
        '# count 1 #general "Seeds"',
        '# count >=2 #general "Seeds"',
        '# count <=1 bruno "Seeds"',
    )
    assert [fault.split(": ")[0] for fault in found.faults] == ["small:8"]


def test_expectation_nobody_can_read_is_refused() -> None:
    with pytest.raises(ValueError, match="small:2"):
        read("small", ("# clock 2026-11-02T12:00Z", "# sees amina Seeds"))
