"""Shows that coordinators read why what is due does not go out."""

from datetime import timedelta

import pytest

from bot.app.doubt import Doubt
from bot.errors import Busy
from bot.scheduler.trusted_clock import PATIENCE, TrustedClock
from storage import Storage
from storage.undelivered import DOUBTED
from tests.chatting import START, Chat
from tests.undelivered import fail

REASONS = [
    ("Busy: asked to wait 30 s", "asked me to wait"),
    ("NotThere: asked to wait 60 s", "won't let me in"),
    ("quiet hours", "it's waiting until this person's quiet hours are over"),
    ("Unworded 2: KeyError: x", "I'll try again"),
]


@pytest.mark.parametrize(("error", "said"), REASONS)
def test_what_was_tried_says_why_it_waits(attended: Chat, error: str, said: str) -> None:
    fail(attended, "pending", error)
    assert said in attended.say("amina", "/community deliveries").text


def test_what_was_not_tried_says_nothing_besides(attended: Chat) -> None:
    text = attended.say("amina", "/community deliveries").text
    assert not [one for _, one in REASONS if one in text]


def test_time_that_nobody_confirms_is_said_where_something_waits(attended: Chat) -> None:
    with attended.storage.write() as transaction:
        transaction.key_values.put(DOUBTED, "yes", attended.now)
    assert (
        "no platform confirms what time it is"
        in attended.say("amina", "/community deliveries").text
    )


async def silent() -> None:
    """Give no answer."""
    raise Busy(1)


@pytest.mark.parametrize("seconds", [PATIENCE + 1, 10])
async def test_doubt_is_kept_until_somebody_confirms_the_time(
    database_url: str, seconds: float
) -> None:
    storage, passed, kept = Storage(database_url), [0.0], []
    watch = TrustedClock(lambda: START + timedelta(seconds=passed[0]), lambda: passed[0])
    doubt = Doubt(storage, watch)
    for more, references in ((0, [silent]), (seconds, [silent]), (1, [])):
        passed[0] += more
        await watch.sure(references)
        await doubt.keep()
        with storage.read() as transaction:
            kept.append(transaction.key_values.get(DOUBTED))
    assert kept == ["", "yes" if seconds > PATIENCE else "", ""]
    storage.close()
