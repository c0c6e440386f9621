"""Shows that coordinators see what waits and what failed, and decide what becomes of it."""

from datetime import datetime

import pytest
from sqlalchemy import select, update

from bot.chat import Paragraph
from bot.i18n import languages, render
from bot.wording.community import NOTICES, UNKNOWN, trouble, why
from storage.community import Channel
from storage.deliveries import Delivery
from tests.chatting import Chat
from tests.spaces import counted
from tests.test_house import NOTICES as DECLARED


@pytest.fixture
def two(chat: Chat) -> Chat:
    """Let a coordinator and a member in, who both come to a session."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="en", role="member")
    chat.say("amina", '/session plan title=Hello when="2026-11-05 15:00"', "#general")
    chat.press("amina", "Announce now")
    chat.press("bruno", "Coming")
    return chat


def fail(chat: Chat, state: str = "dead", error: str = "expired") -> None:
    """Let the reminders for Bruno fail."""
    with chat.storage.write() as transaction:
        waiting = Delivery.member_id.is_not(None) & (Delivery.state == "pending")
        values = {"state": state, "error": error, "due_at": chat.now}
        transaction.session.execute(update(Delivery).where(waiting).values(values))


def states(chat: Chat, **of: object) -> list[str]:
    with chat.storage.read() as transaction:
        rows = transaction.session.scalars(select(Delivery).where(Delivery.member_id.is_not(None)))
        return sorted(row.state for row in rows if row.notice == "session.reminder")


def test_what_waits_is_listed_with_whom_it_is_for(two: Chat) -> None:
    screen = two.say("amina", "/community deliveries")
    assert "4 messages wait" in screen.text
    assert "A reminder of a session to @bruno" in screen.text
    assert "A reminder of a session to #general" in screen.text
    assert "Nothing failed" in screen.text


def test_nothing_to_send_is_said_plainly(chat: Chat) -> None:
    chat.join("amina", role="coordinator")
    assert "Nothing waits" in chat.say("amina", "/community deliveries").text


def test_only_coordinators_look_and_decide(two: Chat) -> None:
    fail(two)
    two.say("amina", "/community deliveries")
    again = two.seen("amina")[-1].buttons[0].command
    assert "do not have the right" in two.say("bruno", "/community deliveries").text
    name, _, args = again.partition("?")
    forged = two.forge("bruno", name, "#general", **dict([args.split("=")]))
    assert "do not have the right" in forged.text
    assert states(two) == ["dead", "dead"]


def test_failed_one_is_sent_again(two: Chat) -> None:
    fail(two)
    assert "of no use any more" in two.say("amina", "/community deliveries").text
    screen = two.press("amina", "Send again")
    assert "I am sending it again" in screen.to("@amina").text
    assert "Hello" in screen.to("@bruno").text
    assert states(two) == ["dead", "sent"]


def test_sent_again_twice_goes_out_once(two: Chat) -> None:
    fail(two)
    two.say("amina", "/community deliveries")
    again = two.seen("amina")[-1].buttons[0].command
    name, _, args = again.partition("?")
    shown = [two.forge("amina", name, "#general", **dict([args.split("=")])) for _ in range(2)]
    assert len([one for screen in shown for one in screen.to("@bruno")]) == 1
    assert "did not fail" in shown[1].text


def test_channel_that_was_lost_is_tried_anew(two: Chat) -> None:
    with two.storage.write() as transaction:
        row = transaction.session.scalars(
            select(Delivery).where(Delivery.channel_id.is_not(None), Delivery.state == "pending")
        ).first()
        assert row
        row.state, row.error = "dead", "TargetLost: not_in_channel"
        home = transaction.records(row.community_id)
        home.channels.get(row.channel_id or 0).lost = "not_in_channel"
    assert "cannot post in that channel" in two.say("amina", "/community deliveries").text
    assert "Hello" in two.press("amina", "Send again").to("#general").text


def test_whoever_announces_in_a_channel_that_was_lost_finds_out_whether_it_still_is(
    two: Chat,
) -> None:
    with two.storage.write() as transaction:
        transaction.session.execute(update(Channel).values(lost="not_in_channel"))
    two.say("amina", '/session plan title="Seeds" when="2026-11-20 15:00"', "#general")
    assert "Seeds" in two.press("amina", "Announce now").to("#general").text


def test_reminder_that_is_sent_again_after_the_session_is_needed_no_more(two: Chat) -> None:
    fail(two)
    two.say("amina", "/community deliveries")
    two.time("2027-01-01T12:00Z")
    assert two.press("amina", "Send again").to("@bruno").text == ""
    assert "cancelled" in states(two)


def test_unknown_one_says_to_look_first(two: Chat) -> None:
    fail(two, "unknown", "Uncertain: timeout")
    assert "may have arrived" in two.say("amina", "/community deliveries").text


def test_one_sent_again_unseen_is_shown_as_perhaps_doubled(two: Chat) -> None:
    assert "twice" not in two.say("amina", "/community deliveries").text
    fail(two, "sent")
    with two.storage.write() as transaction:
        transaction.session.execute(update(Delivery).values(looked=2))
    screen = two.say("amina", "/community deliveries")
    assert "If one stands there twice" in screen.text
    assert screen.text.count("A reminder of a session to @bruno") == 2


@pytest.mark.parametrize("locale", languages())
def test_coordinators_are_told_when_nobody_knows(locale: str) -> None:
    told = {"notice": "session.reminder", "error": "Refused: x", "state": "unknown", "advice": ""}
    first = trouble(told).blocks[0]
    assert isinstance(first, Paragraph)
    assert render(UNKNOWN, locale, str) in render(first.text, locale, str)


def test_dropped_one_stays_dropped_whatever_is_wanted_later(two: Chat) -> None:
    two.say("amina", "/community deliveries")
    chosen = next(one for one in two.seen("amina")[-1].choices if one.label == "Drop one")
    to_bruno = next(one.label for one in chosen.options if "bruno" in one.label)
    assert "I dropped it" in two.choose("amina", "Drop one", to_bruno).text
    two.press("bruno", "Coming", "")
    two.say("amina", "/me reminders=both")
    assert len(two.time("+4d").to("@bruno")) == 1


def test_one_that_has_gone_out_is_not_dropped(two: Chat) -> None:
    two.say("amina", "/community deliveries")
    chosen = next(one for one in two.seen("amina")[-1].choices if one.label == "Drop one")
    first = chosen.options[0].value
    two.time("+4d")
    said = two.forge("amina", "community.drop", "#general", delivery=first)
    assert "too late to drop" in said.text


def test_delivery_of_another_community_is_not_found(two: Chat) -> None:
    fail(two)
    with two.storage.write() as transaction:
        other = transaction.community_at("local", "elsewhere", two.now, "en", "UTC")
        transaction.session.execute(update(Delivery).values(community_id=other.id))
        theirs = transaction.session.scalars(select(Delivery.id)).first()
    for command in ("community.send-again", "community.drop"):
        said = two.forge("amina", command, "#general", delivery=str(theirs))
        assert "not here any more" in said.text
    assert states(two) == ["dead", "dead"]


@pytest.mark.parametrize("id", ["0", "-1", "x", "9" * 30, "١٢"])
def test_forged_delivery_is_not_found(two: Chat, id: str) -> None:
    said = two.forge("amina", "community.drop", "#general", delivery=id)
    assert "not here any more" in said.text


def test_coordinators_are_told_in_kind_words(two: Chat) -> None:
    with two.storage.write() as transaction:
        late = {"expires_at": datetime.fromisoformat("2026-11-02T08:30Z")}
        waiting = Delivery.member_id.is_not(None) & (Delivery.state == "pending")
        transaction.session.execute(update(Delivery).where(waiting).values(late))
    told = two.time("+4d").to("@amina").text
    assert "A reminder of a session did not go out: it was late" in told
    assert "session.reminder" not in told


def test_every_notice_has_kind_words() -> None:
    assert set(DECLARED) - set(NOTICES) == set()


@pytest.mark.parametrize("error", ["Refused: too long", "no notice a.b", "Busy: wait", ""])
def test_every_end_has_words(error: str) -> None:
    assert why(error).template
    assert languages()


def test_number_of_statements_does_not_grow_with_what_failed(two: Chat) -> None:
    fail(two)
    two.say("amina", "/community deliveries")
    with counted(two) as few:
        two.say("amina", "/community deliveries")
    for number in range(4):
        two.join(f"guest{number}", role="member")
        two.press(f"guest{number}", "Coming")
    fail(two)
    with counted(two) as many:
        assert "10 messages did not arrive" in two.say("amina", "/community deliveries").text
    assert len(many) == len(few)
