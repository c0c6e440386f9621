"""Shows who is sent a digest, on which morning, and what is in it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.chat import Items
from bot.digest import digest_of
from bot.notices import Sending
from storage.deliveries import Delivery
from storage.people import KnownAccount, Member
from storage.polls import Poll
from storage.sessions import Session
from storage.timers import Timer
from tests.after import RECORDED, SLIDES, seeds, write_down
from tests.chatting import GROUPS, Chat, Screen
from tests.openspaces import counted
from tests.scenes import scene

WEEKLY = "Your weekly digest"
DAY = timedelta(days=1)


def plan(chat: Chat, title: str, when: str) -> None:
    chat.say("amina", f'/session plan title="{title}" when="{when}" duration=90m', "#general")
    chat.press("amina", "Announce now")


def digests(screen: Screen, name: str) -> list[str]:
    """Give when somebody was shown a digest."""
    return [one.at[8:16].replace("T", " ") for one in screen.to(f"@{name}") if one.title == WEEKLY]


def announce(chat: Chat, many: int) -> None:
    """Have many sessions announced, and a poll asked and a topic proposed for each."""
    with chat.storage.write() as transaction:
        known = transaction.known("local", "local", "amina")
        assert known is not None
        records = transaction.records(known.community_id)
        for number in range(many):
            at = chat.now + DAY + number * DAY / 400
            session = Session(
                title=f"S {number}", starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC",
                minutes=60, created_at=chat.now, state="announced", announce_at=chat.now,
                told_at=chat.now,
            )  # fmt: skip
            records.log.add(records.sessions.add(session).about, "announced", known, chat.now)
            poll = Poll(
                title=f"P {number}", minutes=60, created_at=chat.now, closes_at=chat.now + 9 * DAY
            )
            poll.state = "open"
            records.log.add(records.polls.add(poll).about, "polled", known, chat.now)


def timers(chat: Chat) -> int:
    with chat.storage.read() as transaction:
        rows = select(func.count()).select_from(Timer).where(Timer.name == "my.digest")
        return transaction.db.scalar(rows) or 0


@pytest.fixture
@scene
def weekly(three: Chat) -> Chat:
    """Have bruno in Bogotá and claire in Paris get a digest each Monday; three sessions stand."""
    for title, day in (("Water", 12), ("Older", 18), ("Cold", 19)):
        plan(three, title, f"2026-11-{day} 15:00")
    three.time("+1d")
    three.say("bruno", "/my reminders digest=weekly")
    three.say("claire", "/my reminders résumé=weekly")
    return three


def test_what_was_chosen_is_said_with_the_next_date_and_taken_back(weekly: Chat) -> None:
    chosen = weekly.say("bruno", "/my reminders digest=weekly")
    assert "a digest every Monday. The next one: Mon 9 Nov 2026, 08:00 (Bogota)" in chosen
    assert "I won't send you a digest." in weekly.press("bruno", "Stop digest")
    assert timers(weekly) == 1
    assert "The next one: Mon 9 Nov 2026, 08:00" in weekly.press("bruno", "Undo")
    monthly = weekly.say("bruno", "/my reminders digest=monthly")
    assert "The next one: Sat 28 Nov 2026, 08:00" in monthly
    assert "Before each month" in weekly.say("bruno", "/my profile region=Andes")
    assert "The next one" not in weekly.say("bruno", "/my reminders digest=none")
    assert "Je ne vous enverrai pas de résumé." in weekly.press("claire", "Arrêter le résumé")
    assert timers(weekly) == 0


def test_digest_says_what_is_new_and_next(weekly: Chat) -> None:
    weekly.time("+1h")
    plan(weekly, "Soil", "2026-11-13 15:00")
    plan(weekly, "Gone", "2026-11-14 15:00")
    for title in ("Gone", "Cold"):
        weekly.say("amina", f"/session cancel {title} reason=ill")
    weekly.say("amina", '/session move Older "2026-11-20 16:00"')
    weekly.say("amina", '/session move Water "2026-11-12 16:00"')
    weekly.press("amina", "Undo")
    weekly.say("amina", '/session plan title="Secret" when="2026-11-14 15:00"', "#general")
    weekly.say("bruno", "/session rsvp Water yes")
    weekly.say("amina", "/host ask session=Soil person=@bruno")
    shown = weekly.time("2026-11-09T13:30Z")
    assert digests(shown, "bruno") == ["09 13:00"]
    told = weekly.last("@bruno")
    assert told.text.splitlines() == [
        "New",
        "- New session: “Soil”, Fri 13 Nov 2026, 07:00 (Bogota)",
        "- Moved: “Older”, now Fri 20 Nov 2026, 08:00 (Bogota)",
        "- Cancelled: “Cold”, Thu 19 Nov 2026, 07:00 (Bogota)",
        "In the next 7 days",
        "- Water: Thu 12 Nov 2026, 07:00 (Bogota) (Coming)",
        "- Soil: Fri 13 Nov 2026, 07:00 (Bogota)",
        "Waiting for you",
        "- Can you host “Soil”?",
    ]
    (menu,) = told.choices
    assert [option.label.partition(":")[0] for option in menu.options] == ["Soil"]
    weekly.press("bruno", "Stop digest")
    assert told.title in weekly.seen("bruno").text, "what it says stays there to be read"
    weekly.press("bruno", "Undo")
    weekly.choose("bruno", "Say if you're coming", menu.options[0].label)
    assert "You're coming to “Soil”" in weekly.fill("bruno", answer="yes")
    french = weekly.last("@claire").text
    assert "Nouveautés\n- Nouvelle session\u202f: «\u202fSoil\u202f», ven. 13 nov. 2026" in french


def test_digest_says_what_stays_of_past_sessions_and_what_is_to_be_done(chat: Chat) -> None:
    seeds(chat)
    chat.say("bruno", "/my reminders digest=weekly")
    chat.say("eva", "/my reminders digest=weekly")
    chat.time("+1h")
    write_down(chat, slides=SLIDES, recording=RECORDED, actions="bruno: Send it by 2026-11-24")
    chat.say("amina", '/openspace open "Who decides?"', "#general")
    chat.press("amina", "Open now")
    chat.say("amina", "/topic propose Budgets")
    chat.time("2026-11-23T14:00Z")
    told = chat.last("@eva")
    assert "From “Seeds”: slides" in told.text, "not everybody agreed to the recording"
    assert "Open space: “Who decides?”" in told.text
    assert "1 new topic in “Who decides?”" in told.text
    assert "Waiting for you\n- Send it, by Tue 24 Nov 2026" in chat.last("@bruno").text


def test_nothing_new_and_nothing_next_sends_nothing(weekly: Chat) -> None:
    shown = weekly.time("2026-12-08T00:00Z")
    assert digests(shown, "bruno") == ["09 13:00", "16 13:00"]  # what was next, twice
    plan(weekly, "Late", "2027-02-01 15:00")
    shown = weekly.time("2026-12-22T00:00Z")
    assert digests(shown, "bruno") == ["14 13:00"]


def test_bot_that_was_down_sends_one_digest_and_none_that_is_old(weekly: Chat) -> None:
    weekly.local.clock.step(datetime(2026, 11, 10, 12, tzinfo=UTC))
    assert digests(weekly.time("+1m"), "bruno") == ["10 12:00"]
    plan(weekly, "Soil", "2027-01-13 15:00")
    weekly.local.clock.step(datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert digests(weekly.time("+1h"), "bruno") == []
    assert digests(weekly.time("+6d"), "bruno") == ["07 13:00"]
    assert "New session: “Soil”" in weekly.last("@bruno").text
    plan(weekly, "Next", "2027-12-15 15:00")
    weekly.local.clock.step(datetime(2027, 12, 13, 14, tzinfo=UTC))
    assert digests(weekly.time("+1h"), "bruno") == ["13 14:00"]


def test_digest_goes_along_with_who_moves_leaves_or_is_erased(weekly: Chat) -> None:
    plan(weekly, "Soil", "2026-11-20 15:00")
    shown = weekly.time("2026-11-09T13:30Z")
    assert digests(shown, "bruno") == ["09 13:00"]
    weekly.say("bruno", "/my profile zone=Pacific/Honolulu")
    assert digests(weekly.time("2026-11-16T20:00Z"), "bruno") == ["16 18:00"]
    weekly.leave("bruno")
    assert timers(weekly) == 1
    weekly.join("bruno", zone="America/Bogota", locale="en")
    assert timers(weekly) == 2
    weekly.say("bruno", "/my erase")
    weekly.press("bruno", "Erase everything")
    assert timers(weekly) == 1
    with weekly.storage.read() as transaction:
        gone = transaction.db.scalars(select(Member).where(Member.erased_at.is_not(None))).one()
    assert (gone.digest, gone.digest_at, gone.alarms) == ("", None, [])


def test_zone_and_quiet_hours_are_those_of_the_community_where_there_are_no_others(
    weekly: Chat,
) -> None:
    weekly.join("dina", locale="en", role="guest")
    assert "08:00 (Nairobi)" in weekly.say("dina", "/my reminders digest=weekly")
    weekly.say("amina", "/community setup zone=Asia/Kolkata quiet_to=10:30")
    assert "Mon 9 Nov 2026, 10:30 (Kolkata)" in weekly.say("dina", "/my reminders digest=weekly")
    shown = weekly.time("2026-11-09T16:00Z")
    assert (digests(shown, "dina"), digests(shown, "bruno")) == (["09 05:00"], ["09 15:30"])


def test_many_new_sessions_take_no_more_lines_and_statements(
    weekly: Chat,
) -> None:
    def statements() -> int:
        with counted(weekly) as taken, weekly.storage.read() as transaction:
            member = transaction.known("local", "local", "bruno")
            assert member is not None
            span = {"since": weekly.now - 7 * DAY, "until": weekly.now}
            given = {"often": "weekly", **{name: at.isoformat() for name, at in span.items()}}
            sending = Sending(0, "", weekly.now, 0 * DAY, member, given)
            told = digest_of(GROUPS, transaction.records(member.community_id), sending)
            assert told is not None
            lines.append(sum(len(block.items) for block in told.blocks if isinstance(block, Items)))
        return len(taken)

    lines: list[int] = []
    announce(weekly, 1)
    few = statements()
    announce(weekly, 200)
    assert statements() == few
    assert lines == [6, 12]


def test_who_takes_no_direct_messages_is_named_to_coordinators(weekly: Chat) -> None:
    with weekly.storage.write() as transaction:
        transaction.db.execute(update(KnownAccount).values(closed=True))
    weekly.time("2026-11-09T13:30Z")
    with weekly.storage.read() as transaction:
        some = select(Delivery).where(Delivery.notice == "my.digest")
        rows = transaction.db.scalars(some).all()
    assert {(row.state, row.error) for row in rows} == {("dead", "nowhere to send it")}
    assert "Digest" in weekly.say("amina", "/community deliveries")
