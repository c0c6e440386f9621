"""Shows that past sessions are listed, and sessions are found by what was said of them."""

import asyncio

import pytest
from sqlalchemy import select, update

from bot.app.sweep import gather, sweep
from storage import Records
from storage.assets import DRAFTED, NOTES, RECORDING, SLIDES, Asset
from storage.sessions import Session
from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def held(hosted: Chat) -> Chat:
    """Have a session hosted by bruno be over, and another one to come."""
    hosted.say("amina", "/community setup languages=English,Spanish", "#general")
    said = 'description="Who decides about the Río" agenda="Opening\\nWorld café" languages=Spanish'
    hosted.say("amina", f"/session change Seeds {said} partners=Metropolis place=Library")
    plan = '/session plan title="Seeds and soil" when="2026-12-20 15:00" languages=English'
    hosted.say("amina", plan, "#general")
    hosted.press("amina", "Announce now")
    hosted.time("2026-11-20T09:00Z")
    return hosted


def keep(chat: Chat, title: str, *assets: tuple[str, str, str]) -> None:
    """Keep what stays of a session: kind, words and state of each."""
    with chat.storage.write() as transaction:
        session = transaction.db.scalars(select(Session).where(Session.title == title)).one()
        records = transaction.records(session.community_id)
        for kind, words, state in assets:
            asset = Asset(about=session.about, kind=kind, at=chat.now, words=words, state=state)
            records.assets.add(asset)
        follow_now(records, session, chat)


def follow_now(records: Records, session: Session, chat: Chat) -> None:
    records.touched.add(session)
    chat.following(records, chat.now)


def find(chat: Chat, words: str, who: str = "dan", more: str = "") -> str:
    return chat.say(who, f'/session list find="{words}" {more}').text


def test_past_sessions_are_listed_with_host_language_and_what_was_kept(held: Chat) -> None:
    keep(held, "Seeds", (NOTES, "All of it", "kept"), (SLIDES, "", "kept"))
    held.say("dan", "/session list")
    told = held.press("dan", "Past sessions")
    line = next(line for line in told.text.splitlines() if "Seeds:" in line)
    assert line.endswith("· @bruno · Spanish · slides, notes")
    assert "soil" not in told


@pytest.mark.parametrize(
    "words",
    ["seeds", "RIO decide", "café", "opening world", "bruno", "metropolis", "library", "S"],
)
def test_session_is_found_by_what_was_said_of_it(held: Chat, words: str) -> None:
    assert "Seeds:" in find(held, words)


@pytest.mark.parametrize("words", ["rio water", "%", "_", "soil seeds opening", "a\\b", "'; drop"])
def test_session_is_not_found_by_what_was_not_said(held: Chat, words: str) -> None:
    assert "I found no session with" in find(held, words)


def test_nothing_found_in_a_language_is_said_of_that_language(held: Chat) -> None:
    told = find(held, "seeds", more="past=yes language=English")
    assert "I found no session with “seeds” in English." in told


def test_what_is_to_come_stands_before_what_is_past(held: Chat) -> None:
    told = find(held, "seeds")
    assert told.index("Seeds and soil:") < told.index("Seeds:")
    assert "soil" not in find(held, "seeds", more="past=yes")


def test_language_leaves_the_others_out(held: Chat) -> None:
    assert "Seeds:" not in find(held, "seeds", more="language=English")
    assert "Seeds:" in find(held, "seeds", more="language=Spanish")
    ahead = held.say("dan", "/session list language=English")
    assert "Seeds and soil:" in ahead
    assert "· English" in ahead
    assert "There's no session in Spanish here." in held.say("dan", "/session list language=es")


def test_words_that_are_too_long_or_none_are_asked_for_again(held: Chat) -> None:
    assert "shorten it to 150" in find(held, "a" * 19_000)
    assert "shorten it to 20,000" in find(held, "a" * 20_000)
    assert "Seeds and soil:" in find(held, "   ")


@pytest.mark.parametrize("words", ["ورشة عمل", "🌱", "❤", "学习", "שלום"])
def test_any_script_and_sign_is_found(held: Chat, words: str) -> None:
    plan = '/session plan title="ورشة عمل 🌱 ❤️ 学习圈 שלום" when="2026-12-21 15:00"'
    held.say("amina", plan, "#general")
    held.press("amina", "Announce now")
    assert "ورشة" in find(held, words)


def test_what_was_kept_is_found_a_year_later(held: Chat) -> None:
    keep(held, "Seeds", (NOTES, "Tres mapas del mismo río", "kept"))
    held.time("2027-11-25T09:00Z")
    assert "Seeds:" in find(held, "mapas rio")


def test_hidden_words_find_nothing(held: Chat) -> None:
    keep(
        held,
        "Seeds",
        (NOTES, "canaryminutes", DRAFTED),
        (RECORDING, "canaryrecording", "kept"),
    )
    held.say("amina", '/session plan title=Canarydraft when="2026-12-24 15:00"', "#general")
    held.say("bruno", '/session plan title="Canarylater" when="2026-12-27 15:00"', "#general")
    held.press("bruno", "Announce later")
    held.fill("bruno", at="2026-12-20 15:00")
    assert "Canarylater" in find(held, "canarylater", "bruno")
    for words in ("canarylater", "canaryminutes", "canaryrecording", "canarydraft"):
        assert "I found no session with" in find(held, words)
    assert "I found no session with" in find(held, "canarydraft", "amina")


def test_recording_that_is_withheld_is_not_said_to_be_kept(held: Chat) -> None:
    keep(held, "Seeds", (RECORDING, "", "kept"), (SLIDES, "", "kept"))
    assert "· slides" in find(held, "seeds")  # its host was not asked about a recording


def test_session_that_an_older_version_wrote_is_found(held: Chat) -> None:
    with held.storage.write() as transaction:
        transaction.db.execute(update(Session).values(search_words=""))
    assert "Seeds:" in find(held, "seeds")
    assert "I found no session with" in find(held, "metropolis")
    asyncio.run(gather(held.storage))
    assert "Seeds:" in find(held, "metropolis")
    assert asyncio.run(sweep(held.storage, held.now)) == 0


def test_host_is_found_by_the_new_name_and_not_by_the_old_one(held: Chat) -> None:
    held.say("bruno", "/my profile name=Beatriz")
    held.time("+1m")
    assert "Seeds:" in find(held, "beatriz metropolis")
    assert "I found no session with" in find(held, "bruno")


def test_host_who_is_erased_is_not_found_by_name(held: Chat) -> None:
    held.say("bruno", "/my erase")
    held.press("bruno", "Erase everything")
    assert "I found no session with" in find(held, "bruno")
    held.time("+1m")
    assert "Seeds:" in find(held, "metropolis")


def test_cancelled_session_is_found_and_said_to_be(held: Chat) -> None:
    held.say("amina", '/session cancel "Seeds and soil" reason=Rain')
    assert "Cancelled: Seeds and soil" in find(held, "soil")


def test_many_are_found_in_pages(held: Chat) -> None:
    for number in range(21):
        day = f"2026-12-{number + 2:02} 10:00"
        held.say("amina", f'/session plan title="Water {number}" when="{day}"', "#general")
        held.press("amina", "Announce now")
        held.time("+1m")
    assert "21 sessions" in find(held, "wáter")
    assert "Water 20:" in held.press("dan", "Next page")
