"""Shows that an event of the server follows its session, and stands in nobody's way."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from discord.utils import utcnow

from bot.chat import CalendarEvent, Message, MessageRef, Place
from bot.i18n import plain
from bot.protocol import Reader
from tests.contracts.adapter import Scripted
from tests.fakes.discord_server import House, Server, server
from tests.fakes.discord_spec import wrong
from tests.toys import toy


class Mirrored:
    """A session whose announcement is posted and edited in a server."""

    def __init__(self, made: Server, house: House) -> None:
        self.made = made
        self.house = house
        begin = utcnow() + timedelta(days=400)
        self.event = CalendarEvent(
            "session:1",
            plain("Fishbowl"),
            begin,
            begin + timedelta(hours=1),
            plain("https://x.org"),
        )
        self.ref: MessageRef | None = None

    async def tell(self, **changed: Any) -> None:
        """Announce it, or edit the announcement, with what has changed."""
        self.event = replace(self.event, **changed)
        message = Message(self.event.title, event=self.event, thread=True)
        if self.ref is None:
            place = Place("discord", self.made.workspace, str(self.made.channel.id))
            self.ref = await self.made.adapter.post(place, message, Reader(), "k")
        else:
            await self.made.adapter.edit(self.ref, message, Reader())

    @property
    def sent(self) -> list[Any]:
        """What left about events."""
        return [body for _, _, body in self.made.bodies("/scheduled-events")]


@pytest.fixture
async def mirrored() -> AsyncIterator[Mirrored]:
    async with server(Scripted(), [toy]) as (made, house):
        yield Mirrored(made, house)
        assert [fault for one in made.bodies() for fault in wrong(*one)] == []


async def test_session_is_an_event_with_a_place_and_an_end(mirrored: Mirrored) -> None:
    await mirrored.tell()
    [body] = mirrored.sent
    assert (body["name"], body["entity_type"]) == ("Fishbowl", 3)
    assert body["entity_metadata"] == {"location": "https://x.org"}
    assert body["scheduled_end_time"] > body["scheduled_start_time"]


async def test_session_without_a_place_names_the_announcement(mirrored: Mirrored) -> None:
    await mirrored.tell(location=plain(""))
    assert mirrored.sent[0]["entity_metadata"]["location"]


async def test_link_too_long_for_a_location_leads_the_description(mirrored: Mirrored) -> None:
    link = "https://teams.example/l/meetup-join/" + "x" * 400
    await mirrored.tell(location=plain(link), about=plain("long story " * 90))
    body = mirrored.sent[0]
    assert body["entity_metadata"] == {"location": "See the announcement"}
    assert body["description"].startswith(f"{link}\n\nlong story")
    assert len(body["description"]) <= 1000
    assert "discord.com/channels/" in body["description"]


async def test_event_carries_no_markdown(mirrored: Mirrored) -> None:
    await mirrored.tell(title=plain("**Fishbowl**"), about=plain("# Who _decides_?"))
    assert mirrored.sent[0]["name"] == "Fishbowl"
    assert mirrored.sent[0]["description"].startswith("Who decides?")


async def test_nothing_is_sent_while_nothing_has_changed(mirrored: Mirrored) -> None:
    for _ in range(3):
        await mirrored.tell()
    assert len(mirrored.sent) == 1


async def test_moved_session_moves_its_event(mirrored: Mirrored) -> None:
    await mirrored.tell()
    later = mirrored.event.ends_at + timedelta(days=1)
    await mirrored.tell(starts_at=later, ends_at=later + timedelta(hours=2))
    assert mirrored.sent[1]["scheduled_start_time"] == later.isoformat()


async def test_cancelled_session_cancels_its_event_once(mirrored: Mirrored) -> None:
    await mirrored.tell()
    for _ in range(2):
        await mirrored.tell(state="cancelled")
    assert [body.get("status") for body in mirrored.sent] == [None, 4]


async def test_session_that_takes_place_after_all_gets_another_event(mirrored: Mirrored) -> None:
    await mirrored.tell()
    await mirrored.tell(state="cancelled")
    await mirrored.tell(state="on")
    assert [body.get("name") for body in mirrored.sent] == ["Fishbowl", None, "Fishbowl"]


async def test_session_that_has_begun_is_not_mirrored_anew(mirrored: Mirrored) -> None:
    await mirrored.tell(starts_at=utcnow() - timedelta(days=900))
    assert mirrored.sent == []


async def test_event_is_cut_to_what_fits(mirrored: Mirrored) -> None:
    long = plain("word " * 400)
    await mirrored.tell(title=long, about=long, location=long)
    [body] = mirrored.sent
    assert (len(body["name"]), len(body["description"])) <= (100, 1000)
    assert "announcement" in body["description"]


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [(403, 50013, "Create Events"), (400, 30038, "100 events"), (400, 50035, "")],
)
async def test_announcement_stands_where_no_event_can_be(
    mirrored: Mirrored, status: int, code: int, told: str
) -> None:
    path = "/guilds/*/scheduled-events"
    mirrored.made.env.inject_error("POST", path, status=status, code=code)
    await mirrored.tell()
    assert mirrored.ref is not None
    assert bool(told) == any(told and told in words for words, _ in mirrored.house.told)


async def test_what_stands_in_the_way_of_events_is_told_once(mirrored: Mirrored) -> None:
    for title in ("One", "Two"):
        path = "/guilds/*/scheduled-events"
        mirrored.made.env.inject_error("POST", path, status=403, code=50013)
        await mirrored.tell(title=plain(title))
    assert len(mirrored.house.told) == 1


async def test_event_somebody_deleted_is_not_made_again(mirrored: Mirrored) -> None:
    await mirrored.tell()
    mirrored.made.env.backend.get_guild(mirrored.made.guild.id).scheduled_events.clear()
    for title in ("One", "Two"):
        await mirrored.tell(title=plain(title))
    assert [method for method, *_ in mirrored.made.bodies("/scheduled-events")] == ["POST", "PATCH"]


async def test_announcement_stands_where_no_thread_can_be_opened(mirrored: Mirrored) -> None:
    path = "/channels/*/messages/*/threads"
    mirrored.made.env.inject_error("POST", path, status=403, code=50013)
    await mirrored.tell()
    assert mirrored.ref is not None
    assert mirrored.ref.place.thread == ""


async def test_thread_of_a_cancelled_session_is_archived(mirrored: Mirrored) -> None:
    await mirrored.tell()
    await mirrored.tell(state="cancelled")
    assert [body for method, _, body in mirrored.made.bodies("/channels/") if method == "PATCH"][
        -1
    ] == {"archived": True}
