"""Shows that a post somebody deleted is told once, shown where it is missed, and posted again."""

import pytest
from sqlalchemy import delete as delete_from

from storage.deliveries import Delivery
from storage.lost_posts import LostPosts
from tests.chatting import Chat, Screen
from tests.hosts import english
from tests.openspaces import with_board
from tests.programmes import WEEKLY, community, started

DELETED = "A post was deleted"
AGAIN = ("Post it again", "Post it elsewhere")


def delete(chat: Chat, words: str, where: str) -> None:
    """Have somebody delete the newest message in a channel that has some words or a button."""
    chat.say("maria" if "maria" in chat.local.platform.people else "amina", "/my week", "@")
    seen = {id: one.seen(chat.now) for id, one in chat.local.platform.messages.items()}
    above = {id: shown for id, shown in seen.items() if shown.to == where and not shown.thread}
    there = [id for id, shown in above.items() if words in Screen([shown])]
    del chat.local.platform.messages[there[-1]]


def told(screen: Screen, *to: str) -> list[str]:
    """List who was told that something was deleted."""
    return [shown.to for shown in screen if shown.title == DELETED and (not to or shown.to in to)]


def lost(chat: Chat) -> str:
    """Give the id of the post that is missed."""
    with chat.storage.read() as transaction:
        home = transaction.community_at("local", "local", chat.now, "en", "UTC")
        [row] = LostPosts(transaction.db, home.id).all(LostPosts(transaction.db, home.id).mine())
        return str(row.id)


@pytest.fixture
def series(chat: Chat) -> Chat:
    return started(chat, WEEKLY)


CHANGE = "/programme change Circle description="


def test_series_that_was_deleted_is_told_once_and_posted_again(series: Chat) -> None:
    english(series, "bruno")
    delete(series, "Coming to all dates", "#cop")
    screen = series.say("bruno", f"{CHANGE}Talk")
    assert sorted(told(screen)) == ["@bruno", "@maria"]
    assert "The announcement of “Circle” in #cop was deleted." in screen
    assert not told(series.say("maria", f"{CHANGE}Listen"))
    shown = series.say("maria", "/programme show Circle", "#other")
    assert shown[-1].labels[:2] == AGAIN
    assert "was deleted" not in series.say("amina", "/programme show Circle", "#other")
    assert "Listen" in series.press("maria", "Post it again").to("#cop")
    edited = series.say("maria", f"{CHANGE}Sing")
    assert "Sing" in edited.to("#cop")
    assert not told(edited)


def test_board_and_announcement_of_an_open_space_are_posted_again(chat: Chat) -> None:
    with_board(chat)
    delete(chat, "Garden", "#open-space")
    screen = chat.say("bruno", "/topic propose Water", "#other")
    assert told(screen) == ["@maria"]
    assert "The board of “How can we keep" in screen
    shown = chat.say("maria", "/openspace show", "#other")
    assert shown[-1].labels[:2] == AGAIN
    assert "Garden" in chat.press("maria", "Post it again").to("#open-space")
    assert "was deleted" not in chat.say("maria", "/openspace show", "#other")


def test_offer_that_was_deleted_is_shown_on_the_rota_and_posted_elsewhere(chat: Chat) -> None:
    community(chat)
    chat.say("bruno", "/host join", "#core")
    chat.say("maria", '/session plan title="Soil" when="2026-11-20 15:00"', "#cop")
    chat.press("maria", "Announce now")
    chat.press("maria", "Find a host")
    delete(chat, "Soil", "#core")
    assert told(chat.say("maria", '/session change Soil title="Soils"')) == ["@maria"]
    shown = chat.say("maria", "/host rota", "#other")
    assert "The offer to host “Soils” in #core was deleted." in shown
    chat.press("maria", "Post it elsewhere")
    assert "Soils" in chat.fill("maria", channel="#other").to("#other")
    assert "was deleted" not in chat.say("maria", "/host rota", "#other")


def test_request_that_was_deleted_is_posted_again_by_who_asked(chat: Chat) -> None:
    community(chat)
    chat.say("amina", '/session plan title="Soil" when="2026-11-20 15:00"', "#cop")
    chat.press("amina", "Request announcement")
    delete(chat, "Soil", "#core")
    screen = chat.say("amina", '/session change Soil title="Soils"')
    assert sorted(told(screen)) == ["@amina", "@maria"]
    assert "The request to announce “Soils” in #core was deleted." in screen
    assert "Soils" in chat.press("amina", "Post it again").to("#core")


def test_only_the_core_group_and_who_posted_it_can_post_it_again(series: Chat) -> None:
    delete(series, "Coming to all dates", "#cop")
    series.say("maria", f"{CHANGE}Talk")
    post = lost(series)
    for command in ("community.post-again", "community.post-elsewhere"):
        forged = series.forge("amina", command, "#other", post=post, channel="#other")
        assert "Only the core group and whoever posted it can do that." in forged
        assert not forged.to("#cop")
    series.press("maria", "Post it again")
    assert "isn't here any more" in series.forge("maria", "community.post-again", post=post)


def test_post_of_which_nothing_else_is_kept_is_posted_again(series: Chat) -> None:
    with series.storage.write() as transaction:
        old = delete_from(Delivery).where(Delivery.notice == "programme.announced")
        transaction.db.execute(old)
    delete(series, "Coming to all dates", "#cop")
    assert told(series.say("maria", f"{CHANGE}Talk")) == ["@maria"]
    assert "Talk" in series.press("maria", "Post it again").to("#cop")


def test_nothing_is_told_of_a_post_that_is_of_no_use_any_more(attended: Chat) -> None:
    delete(attended, "Hello", "#general")
    assert not told(attended.say("amina", "/session cancel Hello sure=yes"))


def test_whole_channel_that_was_deleted_is_no_deleted_post(attended: Chat) -> None:
    delete(attended, "Hello", "#general")
    attended.local.platform.channels.clear()
    assert not told(attended.say("bruno", "/session rsvp Hello maybe"))
