"""Shows that coordinators see what waits and what failed, and decide what becomes of it."""

from datetime import datetime

import pytest
from sqlalchemy import select, update

from bot.i18n import languages
from bot.wording.undelivered import UNKNOWN, why
from storage.community import Channel
from storage.deliveries import Delivery
from tests.chatting import Chat
from tests.openspaces import counted
from tests.undelivered import fail, lose_channel, states


def test_what_waits_is_listed_with_whom_it_is_for(attended: Chat) -> None:
    screen = attended.say("amina", "/community deliveries")
    assert "5 messages are waiting" in screen.text
    assert "Reminder of a session (@bruno)" in screen.text
    assert "Reminder of a session (#general)" in screen.text
    assert "Nothing failed" in screen.text


def test_nothing_to_send_is_said_plainly(chat: Chat) -> None:
    chat.join("amina", role="coordinator")
    assert "Nothing is waiting" in chat.say("amina", "/community deliveries").text


def test_only_coordinators_look_and_decide(attended: Chat) -> None:
    fail(attended)
    attended.say("amina", "/community deliveries")
    again = attended.seen("amina")[-1].buttons[0].command
    assert "can do that." in attended.say("bruno", "/community deliveries").text
    name, _, args = again.partition("?")
    forged = attended.forge("bruno", name, "#general", **dict([args.split("=")]))
    assert "can do that." in forged.text
    assert states(attended) == ["dead", "dead"]


def test_failed_one_is_sent_again(attended: Chat) -> None:
    fail(attended)
    assert "out of date" in attended.say("amina", "/community deliveries").text
    screen = attended.press("amina", "Send again")
    assert "I'm sending it again" in screen.to("@amina").text
    assert "Hello" in screen.to("@bruno").text
    assert states(attended) == ["dead", "sent"]


def test_sent_again_twice_goes_out_once(attended: Chat) -> None:
    fail(attended)
    attended.say("amina", "/community deliveries")
    again = attended.seen("amina")[-1].buttons[0].command
    name, _, args = again.partition("?")
    shown = [attended.forge("amina", name, "#general", **dict([args.split("=")])) for _ in range(2)]
    assert len([one for screen in shown for one in screen.to("@bruno")]) == 1
    assert "again: it didn't fail" in shown[1].text


def test_channel_that_was_lost_is_tried_anew(attended: Chat) -> None:
    lose_channel(attended)
    assert "can't post in that channel" in attended.say("amina", "/community deliveries").text
    assert "Hello" in attended.press("amina", "Send again").to("#general").text


def test_whoever_announces_in_a_channel_that_was_lost_finds_out_whether_it_still_is(
    attended: Chat,
) -> None:
    with attended.storage.write() as transaction:
        transaction.db.execute(update(Channel).values(lost="not_in_channel"))
    attended.say("amina", '/session plan title="Seeds" when="2026-11-20 15:00"', "#general")
    assert "Seeds" in attended.press("amina", "Announce now").to("#general").text


def test_reminder_is_not_sent_again_after_the_session(attended: Chat) -> None:
    fail(attended)
    attended.say("amina", "/community deliveries")
    attended.time("2027-01-01T12:00Z")
    refused = attended.press("amina", "Send again")
    assert "out of date" in refused.to("@amina")
    assert not refused.to("@bruno")


def test_unknown_one_says_to_look_first(attended: Chat) -> None:
    fail(attended, "unknown", "Uncertain: timeout")
    assert "may have arrived" in attended.say("amina", "/community deliveries").text


def test_one_sent_again_unseen_is_shown_as_perhaps_doubled(attended: Chat) -> None:
    assert "twice" not in attended.say("amina", "/community deliveries").text
    fail(attended, "sent")
    with attended.storage.write() as transaction:
        transaction.db.execute(update(Delivery).values(looked=2))
    screen = attended.say("amina", "/community deliveries")
    assert "If you see one twice" in screen.text
    assert screen.text.count("Reminder of a session (@bruno)") == 2


def test_coordinators_are_told_when_nobody_knows(attended: Chat) -> None:
    fail(attended, "unknown", "Refused: x")
    assert UNKNOWN.template in attended.say("amina", "/community deliveries").text


def test_dropped_one_stays_dropped_whatever_is_wanted_later(attended: Chat) -> None:
    attended.say("amina", "/community deliveries")
    chosen = next(one for one in attended.seen("amina")[-1].choices if one.label == "Discard one")
    to_bruno = next(one.label for one in chosen.options if "bruno" in one.label)
    assert "I discarded it" in attended.choose("amina", "Discard one", to_bruno).text
    attended.press("bruno", "Coming", "")
    attended.say("amina", "/my reminders before=both")
    assert len(attended.time("+4d").to("@bruno")) == 1


def test_one_that_has_gone_out_is_not_dropped(attended: Chat) -> None:
    attended.say("amina", "/community deliveries")
    chosen = next(one for one in attended.seen("amina")[-1].choices if one.label == "Discard one")
    first = chosen.options[0].value
    attended.time("+4d")
    said = attended.forge("amina", "community.drop", "#general", delivery=first)
    assert "too late to discard" in said.text


def test_delivery_of_another_community_is_not_found(attended: Chat) -> None:
    fail(attended)
    with attended.storage.write() as transaction:
        other = transaction.community_at("local", "elsewhere", attended.now, "en", "UTC")
        transaction.db.execute(update(Delivery).values(community_id=other.id))
        theirs = transaction.db.scalars(select(Delivery.id)).first()
    for command in ("community.send-again", "community.drop"):
        said = attended.forge("amina", command, "#general", delivery=str(theirs))
        assert "isn't here any more" in said.text
    assert states(attended) == ["dead", "dead"]


@pytest.mark.parametrize("id", ["0", "-1", "x", "9" * 30, "١٢"])
def test_forged_delivery_is_not_found(attended: Chat, id: str) -> None:
    said = attended.forge("amina", "community.drop", "#general", delivery=id)
    assert "isn't here any more" in said.text


def test_coordinators_are_told_in_kind_words(attended: Chat) -> None:
    with attended.storage.write() as transaction:
        late = {"expires_at": datetime.fromisoformat("2026-11-02T08:30Z")}
        waiting = Delivery.member_id.is_not(None) & (Delivery.state == "pending")
        transaction.db.execute(update(Delivery).where(waiting).values(late))
    told = attended.time("+4d").to("@amina").text
    assert "Reminder of a session, for @bruno: it's out of date now" in told
    assert "session.reminder" not in told


@pytest.mark.parametrize("error", ["Refused: too long", "no notice a.b", "Busy: wait", ""])
def test_every_end_has_words(error: str) -> None:
    assert why(error).template
    assert languages()


def test_number_of_statements_does_not_grow_with_what_failed(attended: Chat) -> None:
    fail(attended)
    attended.say("amina", "/community deliveries")
    with counted(attended) as few:
        attended.say("amina", "/community deliveries")
    for number in range(4):
        attended.join(f"guest{number}", role="member")
        attended.press(f"guest{number}", "Coming")
    fail(attended)
    with counted(attended) as many:
        assert "10 messages didn't arrive" in attended.say("amina", "/community deliveries").text
    assert len(many) == len(few)
