"""Shows that coordinators settle all that failed at once, or send it somewhere else."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.app.running import REMEMBERED
from storage.deliveries import Delivery
from storage.people import KnownAccount
from storage.sessions import Session
from storage.timers import Timer
from tests.chatting import Chat
from tests.undelivered import fail, lose_channel, set_all, set_one, states


def session_id(chat: Chat) -> str:
    """Give the id of the session, which nobody types."""
    with chat.storage.read() as transaction:
        return str(transaction.db.scalar(select(Session.id)))


def test_newest_of_all_that_failed_are_sent_again_at_once(attended: Chat) -> None:
    attended.forge("amina", "session.rsvp", "#general", answer="yes", session=session_id(attended))
    fail(attended)
    attended.say("amina", "/community deliveries")
    screen = attended.press("amina", "Send all again")
    assert "I'm sending 2 messages again." in screen.to("@amina").text
    assert len(screen.to("@bruno")) == 1
    assert states(attended) == ["dead", "dead", "sent", "sent"]
    assert "Send again" not in attended.say("amina", "/community deliveries").labels


def test_what_would_say_nothing_any_more_is_not_offered_for_sending(attended: Chat) -> None:
    fail(attended)
    assert "Send again" in attended.say("amina", "/community deliveries").labels
    again = attended.seen("amina")[-1].buttons[0].command.partition("?")[2].split("=")[1]
    attended.say("amina", '/session cancel Hello reason="Rain"')
    shown = attended.say("amina", "/community deliveries")
    assert "Send again" not in shown.labels
    assert "out of date" in shown
    refused = attended.forge("amina", "community.send-again", delivery=again)
    assert "out of date" in refused


def test_what_may_have_arrived_is_not_sent_again_with_the_others(attended: Chat) -> None:
    fail(attended)
    set_one(attended, state="unknown")
    attended.say("amina", "/community deliveries")
    assert (
        "may have arrived" in attended.forge("amina", "community.send-all-again", "#general").text
    )
    assert states(attended) == ["sent", "unknown"]


def test_people_and_places_are_let_in_again_with_all_that_failed(attended: Chat) -> None:
    fail(attended)
    with attended.storage.write() as transaction:
        transaction.db.execute(update(KnownAccount).values(closed=True))
    assert attended.forge("amina", "community.send-all-again", "#general").to("@bruno")


def test_all_that_failed_is_dropped_when_that_is_sure(attended: Chat) -> None:
    fail(attended)
    set_one(attended, state="unknown")
    attended.say("amina", "/community deliveries")
    screen = attended.press("amina", "Discard all")
    assert "2 messages didn't arrive. Discard them for good?" in screen.text
    assert states(attended) == ["dead", "unknown"]
    assert "I discarded 2 messages." in attended.press("amina", "Discard all").text
    assert states(attended) == ["dropped", "dropped"]


def test_what_failed_is_kept_when_somebody_thinks_again(attended: Chat) -> None:
    fail(attended)
    attended.say("amina", "/community deliveries")
    attended.press("amina", "Discard all")
    assert "2 messages didn't arrive" in attended.press("amina", "Keep them").text
    assert states(attended) == ["dead", "dead"]


def test_one_alone_needs_no_buttons_for_all(attended: Chat) -> None:
    set_one(attended, state="dead", error="expired", due_at=attended.now)
    attended.say("amina", "/community deliveries")
    assert not [one for one in attended.seen("amina")[-1].buttons if "all" in one.label]


def test_what_failed_in_a_channel_that_is_gone_is_sent_in_another(attended: Chat) -> None:
    lose_channel(attended)
    attended.say("amina", "/community deliveries")
    attended.press("amina", "Send elsewhere")
    screen = attended.fill("amina", channel="#random")
    assert "I'm sending it in #random." in screen.to("@amina").text
    assert "Nothing failed" in screen.to("@amina").text
    assert "Hello" in screen.to("#random").text
    assert not screen.to("#general")


def test_what_another_channel_was_told_is_not_said_there_twice(attended: Chat) -> None:
    lose_channel(attended)
    for _ in range(2):
        attended.say("amina", "/community deliveries")
        attended.press("amina", "Send elsewhere")
        screen = attended.fill("amina", channel="#random")
        set_all(attended, "dropped", state="dead")
    assert (
        "#random already has this message or will get it soon, so I discarded this one."
        in screen.text
    )
    assert not screen.to("#random")


def test_channel_that_is_well_again_may_be_chosen_too(attended: Chat) -> None:
    lose_channel(attended)
    attended.say("amina", "/community deliveries")
    attended.press("amina", "Send elsewhere")
    assert "Hello" in attended.fill("amina", channel="#general").to("#general").text


def test_where_another_channel_failed_too_it_is_tried_there_once_more(attended: Chat) -> None:
    lose_channel(attended)
    with attended.storage.write() as transaction:
        [row] = transaction.db.scalars(select(Delivery).where(Delivery.state == "dead"))
        records = transaction.records(row.community_id)
        there = records.channels.meet("local", "home", "random", "random")
        assert records.undelivered.elsewhere(row, there.id, attended.now)
        [other] = records.deliveries.all(select(Delivery).where(Delivery.channel_id == there.id))
        for one, state in ((row, "unknown"), (other, "dead")):
            transaction.db.refresh(one)
            one.state = state
        transaction.db.flush()
        assert records.undelivered.elsewhere(row, there.id, attended.now)
        transaction.db.refresh(other)
        assert other.state == "pending"
        assert not records.undelivered.elsewhere(row, there.id, attended.now)


def test_what_nobody_decided_on_for_a_month_is_dropped(attended: Chat) -> None:
    fail(attended)
    for days, left in ((33, ["dead", "dead"]), (34, ["dropped", "dropped"])):
        with attended.storage.write() as transaction:
            transaction.queue.prune(attended.now + timedelta(days=days) - REMEMBERED)
        assert states(attended) == left


def test_what_did_not_happen_by_itself_is_listed_and_tried_again(attended: Chat) -> None:
    with attended.storage.write() as transaction:
        dead = {"state": "dead", "error": "ValueError: 7", "since": attended.now}
        transaction.db.execute(update(Timer).values(dead))
    shown = attended.say("amina", "/community deliveries").text
    assert "Start or end of a session, “Hello”, " in shown
    assert "something went wrong on my side" in shown
    assert "I'm trying it again" in attended.press("amina", "Try again").text
    assert "Nothing failed" in attended.say("amina", "/community deliveries").text
