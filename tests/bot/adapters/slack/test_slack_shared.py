"""Tests several processes that take signed requests: whichever is asked, nothing is done twice."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from bot.app.key_values import PlatformKeyValues
from bot.app.slack import KEPT_FOR, PLATFORM
from storage import Storage
from tests.bot.adapters.slack.conftest import NOW
from tests.bot.adapters.slack.pairs import Pair, PairWorker, opened
from tests.fakes.slack.seen import seen

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def pair(database_url: str) -> AsyncIterator[Pair]:
    """Give two processes that take signed requests."""
    async for made in opened(database_url, "http"):
        yield made


async def test_a_command_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await pair.both("slash", pair.amina.slash_body("count up", pair.general))
    assert pair.counted() == "1"


async def test_a_command_that_comes_to_both_at_once_is_carried_out_once(pair: Pair) -> None:
    body = urlencode(pair.amina.slash_body("count up", pair.general)).encode()
    now = str(int(time.time()))
    for worker in (pair.one, pair.two):
        pair.slack.url = worker.url
        assert (await pair.slack.request(body, FORM, timestamp=now))[0] == 200
    await pair.settled()
    assert pair.counted() == "1"


async def test_a_press_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await pair.to(pair.one, "slash", pair.amina.slash_body("count up", pair.general))
    found = pair.amina.thing("More")
    action = {key: found.element[key] for key in ("action_id", "type", "text", "value")}
    await pair.both("interactive", pair.amina.action_body(found, action))
    assert pair.counted() == "2"


async def asked(pair: Pair, command: str = "named") -> None:
    """Have a form be open before Amina."""
    await pair.to(pair.one, "slash", pair.amina.slash_body(f"count {command}", pair.general))


async def test_a_form_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await asked(pair)
    body = pair.amina.submission_body(pair.amina.modal, {"title": "Kite"})
    acks = await pair.both("interactive", body)
    assert (pair.counted(), acks[0]) == ("1", acks[1])


async def test_a_form_sent_off_again_in_doubt_is_carried_out_once(pair: Pair) -> None:
    await asked(pair)
    for _ in range(2):
        body = pair.amina.submission_body(pair.amina.modal, {"title": "Kite"})
        await pair.to(pair.two, "interactive", body)
    assert pair.counted() == "1"


async def test_a_form_that_was_corrected_is_carried_out(pair: Pair) -> None:
    await asked(pair)
    for title in ("a title that is far too long for this", "Kite"):
        body = pair.amina.submission_body(pair.amina.modal, {"title": title})
        ack = await pair.to(pair.two, "interactive", body)
    assert (pair.counted(), ack["response_action"]) == ("1", "clear")


async def test_a_long_form_goes_on_in_another_process(pair: Pair) -> None:
    await asked(pair, "long")
    pair.slack.url = pair.two.url
    await pair.amina.submit(title="Kite", q3="third")
    pair.slack.url = pair.one.url
    await pair.amina.submit(q60="last")
    await pair.one.settled()
    assert pair.amina.last.text == "Kite: 1 so far. 3: third, 60: last"


async def test_a_long_form_outlives_a_restart_of_everything(pair: Pair) -> None:
    await asked(pair, "long")
    await pair.amina.submit(title="Kite", q3="third")
    fresh = PairWorker(pair.slack, str(pair.one.storage.engine.url), "http")
    await fresh.app.start()
    body = pair.amina.submission_body(pair.amina.modal, {})
    await pair.to(fresh, "interactive", body)
    assert pair.amina.last.text == "Kite: 1 so far. 3: third"
    await fresh.stop()


async def test_last_page_of_a_long_form_that_comes_to_both_is_carried_out_once(pair: Pair) -> None:
    await asked(pair, "long")
    await pair.amina.submit(title="Kite")
    body = pair.amina.submission_body(pair.amina.modal, {"q60": "last"})
    acks = await pair.both("interactive", body)
    assert (pair.counted(), acks[0]) == ("1", acks[1])


async def test_what_was_typed_is_kept_no_longer_than_it_is_of_use(pair: Pair) -> None:
    await asked(pair, "long")
    await pair.amina.submit(title="Kite", q3="third")
    assert [draft.filled["q3"] for draft in pair.drafts()] == ["third"]
    await pair.amina.submit()
    assert pair.drafts() == []


async def test_a_long_form_that_was_left_opens_with_what_was_typed(pair: Pair) -> None:
    await asked(pair, "long")
    await pair.amina.submit(title="Kite")
    await asked(pair, "long")
    assert "You started this form earlier" in seen(pair.amina.modal["blocks"])
    await pair.amina.press("Start over")
    await pair.settled()
    title = pair.amina.submission_body(pair.amina.modal, {})["view"]["state"]["values"]["title"]
    assert title["title"]["value"] is None


async def test_a_mention_that_comes_to_both_is_answered_once(pair: Pair) -> None:
    event = {"type": "app_mention", "user": "UAMINA", "text": "hi", "channel": pair.general}
    for worker in (pair.one, pair.two):
        pair.slack.url = worker.url
        await pair.slack.event(event, id="Ev-same")
        await worker.settled()
    assert len(pair.amina.seen) == len(pair.one.calls) + len(pair.two.calls) == 1


async def test_old_notes_are_forgotten_when_the_bot_starts(sqlite_url: str) -> None:
    storage, now = Storage(sqlite_url), [NOW]
    notes = PlatformKeyValues(storage, PLATFORM, KEPT_FOR, lambda: now[0])
    for name in ("state:a", "heard:a", "behind:a", "other"):
        await notes.put(name, "words")
    now[0] += timedelta(days=2)
    await notes.put("state:b", "words")
    await notes.forget()
    names = ("state:a", "state:b", "heard:a", "behind:a", "other")
    kept = [bool(await notes.get(name)) for name in names]
    assert kept == [False, True, False, True, True]
    storage.close()


async def test_old_notes_are_forgotten_while_the_bot_runs(sqlite_url: str) -> None:
    storage, now = Storage(sqlite_url), [NOW]
    notes = PlatformKeyValues(storage, PLATFORM, KEPT_FOR, lambda: now[0])
    assert [await notes.first("heard:a"), await notes.first("heard:a")] == [True, False]
    now[0] += timedelta(days=2)
    assert await notes.first("heard:a")
    storage.close()
