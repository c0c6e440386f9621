"""Shows that sessions stay at their hour on the wall when the rules of its clocks change."""

import zoneinfo
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata  # type: ignore[import-untyped]

from bot.app.lots import LOT
from bot.app.zone_data import ZoneData, newest
from bot.app.zones import follow_zone_data
from storage import Storage
from storage.openspace import OpenSpace
from storage.sessions import Session
from tests.chatting import Chat, Screen, chatting
from tests.zones import tzif, zone

pytestmark = pytest.mark.slow

EARLIER = {"Africa/Nairobi": zone("EAT-3:30")}
"""Clocks in Nairobi are put forward by half an hour, so that what is held there begins earlier."""


def rules(version: str, changed: dict[str, ZoneInfo] = EARLIER) -> ZoneData:
    return ZoneData(version, "made up", lambda key: changed.get(key) or ZoneInfo(key))


@contextmanager
def announced(url: str) -> Iterator[Chat]:
    """Have a session announced that bruno comes to, at three in the afternoon in Nairobi."""
    with chatting(url, datetime(2026, 11, 2, 12, 0, tzinfo=UTC)) as chat:
        chat.join("amina", zone="Africa/Nairobi", role="coordinator")
        chat.join("bruno", zone="America/Bogota")
        follow_zone_data(chat.storage, rules("2026a", {}), chat.now)
        announce(chat, "Seeds", "2026-11-10 15:00")
        chat.press("bruno", "Coming")
        yield chat


@pytest.fixture
def nairobi(sqlite_url: str) -> Iterator[Chat]:
    """Have it on SQLite."""
    with announced(sqlite_url) as chat:
        yield chat


@pytest.fixture
def anywhere(database_url: str) -> Iterator[Chat]:
    """Have it on both databases, where their statements are what is tried."""
    with announced(database_url) as chat:
        yield chat


def announce(chat: Chat, title: str, when: str) -> None:
    chat.say("amina", f'/session plan title={title} when="{when}"', "#general")
    chat.press("amina", "Announce now")


def begins(chat: Chat, title: str = "Seeds") -> str:
    with chat.storage.read() as transaction:
        rows = transaction.db.query(Session).filter_by(title=title)
        return f"{rows.one().starts_at:%d %H:%M}"


def after(chat: Chat, version: str = "2026b") -> Screen:
    """Start anew with other zone data, and give what is said because of it."""
    follow_zone_data(chat.storage, rules(version), chat.now)
    return chat.time("+1m")


def test_session_stays_at_its_hour_on_the_wall(anywhere: Chat) -> None:
    assert begins(anywhere) == "10 12:00"
    after(anywhere)
    assert begins(anywhere) == "10 11:30"


def test_those_who_come_and_the_channel_are_told_why(nairobi: Chat) -> None:
    told = after(nairobi)
    for target in ("@bruno", "#general"):
        words = told.to(target).text.replace("\u202f", " ")
        assert "“Seeds” was moved." in words
        assert "The clocks in Nairobi follow new rules. The session stays at 15:00 there." in words


def test_announcement_is_brought_up_to_date_in_its_place(nairobi: Chat) -> None:
    edited = [shown for shown in after(nairobi).to("#general") if shown.edits]
    assert [shown.title for shown in edited] == ["Seeds"]
    assert "11:30" in edited[0].text


def test_reminders_come_before_the_new_moment(nairobi: Chat) -> None:
    after(nairobi)
    assert nairobi.time("2026-11-10T10:29Z").to("#general")
    told = nairobi.time("2026-11-10T10:31Z").to("#general").text
    assert "“Seeds” begins in an hour." in told
    assert "begins" not in nairobi.time("2026-11-10T11:10Z").text


def test_host_is_asked_again(nairobi: Chat) -> None:
    nairobi.say("amina", "/host take Seeds")
    assert "Can you still host it?" in after(nairobi).to("@amina").text


def test_nobody_is_told_of_it_in_the_night(nairobi: Chat) -> None:
    nairobi.time("2026-11-04T05:00Z")
    assert not after(nairobi).to("@bruno")
    assert "follow new rules" in nairobi.time("2026-11-04T12:00Z").to("@bruno").text


def test_draft_follows_and_nobody_hears_of_it(nairobi: Chat) -> None:
    nairobi.say("amina", '/session plan title=Draft when="2026-11-11 15:00"', "#general")
    assert "Draft" not in after(nairobi).text
    assert begins(nairobi, "Draft") == "11 11:30"


def test_announcement_for_later_stays_at_its_hour_on_the_wall(nairobi: Chat) -> None:
    nairobi.say("amina", '/session plan title=Later when="2026-11-11 15:00"', "#general")
    nairobi.press("amina", "Announce later")
    assert "4 Nov" in nairobi.fill("amina", at="2026-11-04 9:00").text
    assert "Later" not in after(nairobi).text
    assert "Later" not in nairobi.time("2026-11-04T05:29Z").text
    assert nairobi.time("2026-11-04T05:30Z").to("#general")[0].title == "Later"


def test_cancelled_session_follows_and_nobody_hears_of_it(nairobi: Chat) -> None:
    nairobi.say("amina", '/session cancel Seeds reason="Rain"')
    assert "new rules" not in after(nairobi).text
    assert begins(nairobi) == "10 11:30"


def test_session_under_way_and_past_ones_stay(nairobi: Chat) -> None:
    nairobi.time("2026-11-10T12:00Z")
    assert "new rules" not in after(nairobi).text
    assert begins(nairobi) == "10 12:00"


def test_slots_and_phases_of_its_open_space_stay_where_they_are_in_it(anywhere: Chat) -> None:
    anywhere.say("amina", "/openspace open What now? session=Seeds", "#general")
    anywhere.press("amina", "Open now")
    anywhere.say(
        "amina", '/openspace dates running="2026-11-10 15:00" marketplace="2026-11-06 9:00"'
    )
    anywhere.say("amina", '/openspace slots "2026-11-10 15:15" 2 30m')
    after(anywhere)
    with anywhere.storage.read() as transaction:
        space = transaction.db.query(OpenSpace).one()
        slots = [
            one.starts_at for one in transaction.records(space.community_id).slots.of(space.id)
        ]
    assert f"{space.running_at:%d %H:%M}" == "10 11:30"
    assert f"{space.marketplace_at:%d %H:%M}" == "06 06:00"
    assert [f"{at:%d %H:%M}" for at in slots] == ["10 11:45", "10 12:15"]


def test_zone_whose_rules_stay_moves_nothing(nairobi: Chat) -> None:
    nairobi.say("bruno", '/session plan title=Bogota when="2026-11-12 15:00"', "#general")
    after(nairobi)
    assert begins(nairobi, "Bogota") == "12 20:00"


def test_same_zone_data_is_followed_once(anywhere: Chat) -> None:
    assert follow_zone_data(anywhere.storage, rules("2026b"), anywhere.now) == 1
    assert follow_zone_data(anywhere.storage, rules("2026b", {}), anywhere.now) == 0


def test_older_zone_data_moves_nothing_back(nairobi: Chat) -> None:
    after(nairobi)
    assert follow_zone_data(nairobi.storage, rules("2026a", {}), nairobi.now) == 0
    assert begins(nairobi) == "10 11:30"


def test_processes_that_start_together_tell_once(anywhere: Chat) -> None:
    with ThreadPoolExecutor(2) as starting:
        moved = starting.map(
            lambda _: follow_zone_data(anywhere.storage, rules("2026b"), anywhere.now), range(2)
        )
        assert sorted(moved) == [0, 1]
    told = [one for one in anywhere.time("+1m").to("@bruno") if "new rules" in one.text]
    assert len(told) == 1


def test_sessions_of_all_communities_follow_in_lots(anywhere: Chat) -> None:
    add(anywhere.storage, *(f"More {number}" for number in range(2 * LOT + 1)))
    assert follow_zone_data(anywhere.storage, rules("2026b"), anywhere.now) == 2 * LOT + 2


def test_process_that_dies_on_the_way_is_followed_by_another(anywhere: Chat) -> None:
    add(anywhere.storage, *(f"More {number}" for number in range(LOT)))
    add(anywhere.storage, "Last", there="Europe/Berlin")

    def dies(key: str) -> ZoneInfo:
        if key == "Europe/Berlin":
            raise SystemExit
        return EARLIER[key]

    with pytest.raises(SystemExit):
        follow_zone_data(anywhere.storage, ZoneData("2026b", "made up", dies), anywhere.now)
    assert begins(anywhere) == "10 11:30"
    follow_zone_data(anywhere.storage, rules("2026b"), anywhere.now)
    assert begins(anywhere, "Last") == "01 14:00"
    told = [one for one in anywhere.time("+1m").to("@bruno") if "new rules" in one.text]
    assert len(told) == 1


def add(storage: Storage, *titles: str, wall: str = "2026-12-01 15:00", there: str = "") -> None:
    with storage.write() as transaction:
        known = transaction.db.query(Session).filter_by(title="Seeds").one()
        for title in titles:
            planned = Session(
                title=title,
                starts_at=datetime(2026, 12, 1, 12, tzinfo=UTC),
                wall=wall,
                zone=there or known.zone,
                minutes=60,
                created_at=known.created_at,
            )
            transaction.records(known.community_id).sessions.add(planned)


@pytest.mark.parametrize(
    ("wall", "there"), [("2026-12-01 15:00", "Mars/Base"), ("at dusk", "Africa/Nairobi")]
)
def test_session_that_cannot_be_read_keeps_its_moment(nairobi: Chat, wall: str, there: str) -> None:
    add(nairobi.storage, "Odd", wall=wall, there=there)
    assert follow_zone_data(nairobi.storage, rules("2026b"), nairobi.now) == 1
    assert begins(nairobi, "Odd") == "01 12:00"


def test_second_of_two_hours_is_kept_over_new_rules(nairobi: Chat) -> None:
    changing = zone("CET-1CEST,M3.5.0,M10.5.0/3")
    add(nairobi.storage, "Second", wall="2027-10-31T02:30+01:00", there="Europe/Berlin")
    follow_zone_data(nairobi.storage, rules("2026b", {"Europe/Berlin": changing}), nairobi.now)
    assert begins(nairobi, "Second") == "31 01:30"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Have zone data be looked for in an empty folder, and then where it was before."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path])
    yield tmp_path
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache()


def test_newer_zone_data_of_the_system_wins(folder: Path) -> None:
    (folder / "tzdata.zi").write_text("# version 2099c\n")
    found = newest()
    assert (found.version, found.source) == ("2099c", "the system's")
    assert str(zoneinfo.TZPATH[0]) == str(folder)


@pytest.mark.parametrize("first_line", ["# version 2019a", "# no version is told", None])
def test_package_wins_over_old_or_nameless_zone_data(folder: Path, first_line: str | None) -> None:
    if first_line:
        (folder / "tzdata.zi").write_text(f"{first_line}\n")
    found = newest()
    assert (found.version, found.source) == (tzdata.IANA_VERSION, "of the package tzdata")
    assert found.zone("Africa/Nairobi").utcoffset(datetime(2026, 1, 1)) == timedelta(hours=3)  # noqa: DTZ001
    assert newest() == found


def test_reminders_leave_quiet_hours_whose_zone_has_new_rules(nairobi: Chat, folder: Path) -> None:
    """The session stays; but bruno, who rises at seven, is now an hour further from it."""
    (folder / "tzdata.zi").write_text("# version 2099c\n")
    (folder / "America").mkdir()
    (folder / "America" / "Bogota").write_bytes(tzif("COT+6"))
    ZoneInfo.clear_cache()
    assert follow_zone_data(nairobi.storage, newest(), nairobi.now) == 0
    assert "begins in" in nairobi.time("2026-11-09T03:45Z").to("@bruno").text
    assert "begins in" not in nairobi.time("2026-11-09T13:00Z").to("@bruno").text


def test_dates_of_a_programme_stay_those_of_its_rule(nairobi: Chat) -> None:
    nairobi.say(
        "amina", '/programme plan Circle rule="every Thursday at 15:00" count=5', "#general"
    )
    nairobi.press("amina", "Announce the series")
    after(nairobi)
    nairobi.time("+1d")
    with nairobi.storage.read() as transaction:
        dates = transaction.db.query(Session).filter_by(title="Circle").all()
    assert [f"{date.starts_at:%H:%M}" for date in dates] == ["11:30"] * 5
    assert {date.wall[11:] for date in dates} == {"15:00"}
