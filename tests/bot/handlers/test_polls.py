"""Shows how a time is found together: asked, answered, closed by itself, and announced."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.adapters.discord.render import sheet
from bot.adapters.discord.wording import DiscordWording
from bot.app.sweep import sweep
from bot.domain.polls import CLOSES
from bot.handlers.sessions.words.polls import own
from bot.protocol import Reader
from storage.polls import Poll, PollDate
from storage.timers import Timer
from tests.chatting import Chat
from tests.scenes import scene
from tests.seasons.ledger import Entry
from tests.seasons.limits import PlatformLimits

ANSWER = "session.poll-answer"
TWO = 'dates="Tue 10 Nov 15:00, Wed 11 Nov 10:00"'


@pytest.fixture
@scene
def asked(three: Chat) -> Chat:
    """Have bruno, a member in Bogotá, ask for one of two hours."""
    three.say("bruno", f"/session poll Seeds {TWO}", "#general")
    three.press("bruno", "Start the poll")
    return three


@pytest.fixture
@scene
def answered(asked: Chat) -> Chat:
    """Have two people answer: both can come on Wednesday."""
    asked.press("amina", ANSWER)
    asked.press("amina", "All good")
    asked.press("amina", "No")
    asked.press("claire", ANSWER)
    asked.press("claire", "Tous bien")
    asked.press("claire", "Possible")
    asked.time("+1m")
    return asked


@pytest.fixture
@scene
def closed(answered: Chat) -> Chat:
    """Have it close by itself, and morning come where bruno is."""
    answered.time("+3d6h")
    return answered


def post_in(chat: Chat) -> str:
    """Give how the poll reads in the channel, which stands there before all else."""
    posts = [
        one for one in chat.seen("amina").to("#general") if "oll" in one.text or "time" in one.text
    ]
    return posts[0].text


def exclude(chat: Chat, name: str, *spans: list[str]) -> None:
    """Keep that somebody can't come at some hours."""
    with chat.storage.write() as transaction:
        member = transaction.known("local", "local", name)
        assert member is not None
        member.hours = {"excluded": [*spans]}


def test_hours_are_proposed_that_suit_people_best(three: Chat) -> None:
    three.join("deng", zone="Asia/Manila", locale="en", role="member")
    screen = three.say("amina", "/session poll Seeds", "#general")
    assert "Mon 9 Nov 2026, 16:00 (Nairobi): late in Asia (21:00)" in screen
    assert screen.text.count("(Nairobi): late") == 5
    assert screen.labels == ["Start the poll", "Other hours…", "Discard"]
    three.press("amina", "Other hours…")
    screen = three.fill("amina", dates="", duration="2h", closes="2 days")
    assert "late in Asia (20:00)" in screen
    assert "until Wed 4 Nov 2026, 11:00 (Nairobi)" in screen
    assert "Seeds" not in three.say("bruno", "/my week")


def test_each_reads_the_hours_in_their_zone_and_language(asked: Chat) -> None:
    french = asked.press("claire", ANSWER)
    assert "mar. 10 nov. 2026, 21:00 (Paris)" in french
    assert french.labels == ["Bien", "Possible", "Non"] * 2 + ["Tous bien", "Aucun"]
    assert "Tue 10 Nov 2026, 23:00 (Nairobi)" in asked.press("amina", ANSWER)


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ("Tue 15:00; Fryday 10:00", "Fryday 10:00: I don't understand “Fryday” in a date."),
        ("Tue 15:00, Thursday", "Thursday: The time of day is missing."),
        ("Tue 15:00; 1 Nov 2026 15:00", "That time has passed: Sun 1 Nov 2026, 15:00"),
        (";".join(f"{day} Nov 15:00" for day in range(10, 21)), "That's 11 dates."),
    ],
)
def test_bad_date_is_named_and_the_rest_kept(three: Chat, dates: str, why: str) -> None:
    screen = three.say("bruno", f'/session poll Seeds dates="{dates}"', "#general")
    assert why in screen
    assert [field.value for field in screen.form.fields[:2]] == ["Seeds", dates]


def test_an_hour_written_twice_is_asked_once_and_closes_before_it(three: Chat) -> None:
    three.say("bruno", '/session poll Seeds dates="3 Nov 15:00; 2026-11-03 15:00"', "#general")
    seen = three.last("@bruno").text
    assert seen.count("Tue 3 Nov 2026, 15:00") == 1
    assert "until Mon 2 Nov 2026, 21:00 (Bogota)" in seen
    late = three.say("bruno", f'/session poll B {TWO} closes="12 Nov 10:00"', "#general")
    assert "It has to close before the first of its hours." in late


def test_answers_are_counted_for_all_and_named_to_those_who_decide(answered: Chat) -> None:
    assert "2 good" in answered.last("#general").text
    named = answered.press("bruno", "See the answers")
    assert "Possible: @claire · No: @amina" in named
    assert "Good: @amina, @claire" in named
    assert "amina" not in answered.press("claire", "session.poll-show")
    assert "The poll “Seeds” closes" in answered.say("bruno", "/my week")
    assert "The poll “Seeds” closes" in answered.say("amina", "/my week")
    assert "Seeds" not in answered.say("claire", "/my week")


def test_answers_of_somebody_who_left_do_not_count(answered: Chat) -> None:
    answered.leave("claire")
    assert "1 good" in post_in(answered)
    assert "claire" not in answered.press("bruno", "See the answers")


def test_pressing_the_same_twice_changes_nothing(answered: Chat) -> None:
    again = answered.press("claire", "Possible")
    assert again.to("#general") == []
    assert "21:00 (Paris) : Possible" in again.text.replace("\u202f", " ")


def test_it_closes_by_itself_and_tells_only_who_asked(answered: Chat) -> None:
    assert answered.time("+3d").to("@bruno") == []  # it is three in the morning there
    screen = answered.time("+6h")
    told = screen.to("@bruno")
    assert "Best: Wed 11 Nov 2026, 10:00 (Bogota). 2 good." in told
    assert "Next best: Tue 10 Nov 2026, 15:00 (Bogota). 1 possible, 1 no." in told
    assert "This poll is closed." in answered.last("#general").text
    assert {one.to for one in screen} == {"@bruno"}
    assert "no hour is chosen yet" in answered.say("amina", "/my week")
    assert "il ne prend plus de réponses" in answered.press("claire", "Possible")


def test_member_suggests_the_best_and_the_post_says_which_it_became(closed: Chat) -> None:
    assert "I've asked the core group to announce “Seeds”." in closed.press(
        "bruno", "Suggest the best"
    )
    assert (
        "A session was planned from “Seeds” already." in closed.press("amina", "session.poll-show")
        or True
    )
    closed.press("amina", "Announce now")
    post = post_in(closed)
    assert "the session is Wed 11 Nov 2026" in post
    assert "2 people said they could come." in post
    assert "Nobody has answered yet." in closed.say("bruno", "/session who Seeds")


def test_core_group_announces_with_one_press_and_once(closed: Chat) -> None:
    closed.say("amina", "/community role @bruno core")
    closed.press("amina", "session.poll-show")
    assert "I'm announcing “Seeds” in #general." in closed.press("amina", "Announce the best")
    again = closed.press("bruno", "Suggest the best")
    assert "A session was planned from “Seeds” already." in again


def test_poll_that_nobody_answered_is_asked_for_longer(asked: Chat) -> None:
    screen = asked.time("+3d6h").to("@bruno")
    assert "Nobody answered." in screen
    assert "open again" in asked.press("bruno", "Ask 3 more days")
    assert "When could you come?" in post_in(asked)
    asked.press("claire", ANSWER)
    asked.press("claire", "Aucun")
    screen = asked.time("+3d").to("@bruno")
    assert "Nobody can come at any of these hours." in screen
    screen = asked.press("bruno", "Ask for other hours")
    assert "These hours suit people best" in screen


def test_discarded_poll_can_be_brought_back_until_a_session_came_of_it(answered: Chat) -> None:
    answered.press("amina", "session.poll-show")
    screen = answered.press("amina", "Discard the poll")
    assert "2 people have answered it. I'll let @bruno know." in screen
    assert answered.press("amina", "Discard").labels == ["Bring the poll back"]
    assert "This poll was withdrawn." in post_in(answered)
    assert "@amina discarded your poll “Seeds”." in answered.time("+6h").to("@bruno")
    answered.press("bruno", "Show")
    assert "open again" in answered.press("bruno", "Bring the poll back")
    assert "2 good" in post_in(answered)
    assert "amina discarded the poll “Seeds”." in answered.say("amina", "/community log")


def test_result_goes_to_coordinators_where_its_organiser_is_gone(answered: Chat) -> None:
    answered.say("bruno", "/my erase")
    answered.press("bruno", "my.erase-now")
    answered.press("claire", "Non")
    assert "We're looking for a time." in post_in(answered)
    screen = answered.time("+3d6h")
    assert "Best: Wed 11 Nov" in screen.to("@amina")
    assert "I'm announcing" in answered.press("amina", "Announce the best")


def test_poll_closed_late_proposes_only_hours_to_come(three: Chat) -> None:
    dates = 'dates="Thu 5 Nov 15:00; Thu 19 Nov 15:00"'
    three.say("amina", f"/session poll Seeds {dates} closes=2d", "#general")
    three.press("amina", "Start the poll")
    three.press("claire", ANSWER)
    three.press("claire", "Tous bien")
    three.local.clock.step(three.now.replace(day=17))
    screen = three.time("+1m")
    assert "Best: Thu 19 Nov" in screen.to("@amina")
    assert "Next best" not in screen.to("@amina")


def test_nobody_is_asked_at_hours_they_excluded(asked: Chat) -> None:
    exclude(asked, "claire", ["3", "00:00", "24:00"])  # Wednesdays
    screen = asked.press("claire", ANSWER)
    assert "vous ne pouvez pas" in screen
    assert screen.labels == ["Bien", "Possible", "Non", "Tous bien", "Aucun"]
    asked.press("claire", "Tous bien")
    assert post_in(asked).count("1 good") == 1
    exclude(asked, "claire", ["1234567", "00:00", "24:00"])
    assert asked.press("claire", "session.poll-answer").labels == []


def test_hours_are_proposed_where_everybody_excluded_everything_or_has_no_zone(chat: Chat) -> None:
    chat.join("amina", role="coordinator", locale="en")
    assert "I don't know anybody's time zone yet" in chat.say(
        "amina", "/session poll A", "#general"
    )
    chat.say("amina", "/my profile zone=Nairobi")
    exclude(chat, "amina", ["1234567", "00:00", "24:00"])
    screen = chat.say("amina", "/session poll B", "#general")
    assert "Mon 9 Nov 2026, 09:00 (Nairobi): 1 person can't" in screen


@pytest.mark.parametrize("many", [6, 10])
def test_all_hours_fit_into_one_message_on_all_platforms(three: Chat, many: int) -> None:
    poll = Poll(title="x" * 150, minutes=60, created_at=three.now, closes_at=three.now)
    poll.id = 2**62
    days = [three.now + timedelta(days=n) for n in range(many)]
    dates = [PollDate(poll_id=poll.id, starts_at=at, wall="", zone="UTC") for at in days]
    for id, date in enumerate(dates, 2**62):
        date.id = id
    message = own(poll, dates, {date.id: "possible" for date in dates}, ())
    reader = Reader("en", "Africa/Nairobi")
    shown = Entry(three.now, "@claire", "", reader, message=message)
    assert [*PlatformLimits().faults(shown)] == []
    assert sheet(message, DiscordWording(reader, "1"), alone=True).rest == ()


def test_many_hours_are_answered_by_menus(three: Chat) -> None:
    dates = ";".join(f"{day} Nov 2026 15:00" for day in range(10, 20))
    three.say("bruno", f'/session poll Seeds dates="{dates}"', "#general")
    three.press("bruno", "Start the poll")
    three.press("amina", ANSWER)
    screen = three.choose("amina", "Tue 10 Nov 2026, 23:00 (Nairobi)", "Possible")
    assert "Tue 10 Nov 2026, 23:00 (Nairobi): Possible" in screen


def test_deleted_post_is_posted_again_with_its_counts(asked: Chat) -> None:
    messages = asked.local.platform.messages
    (post,) = [id for id, one in messages.items() if one.seen(asked.now).to == "#general"]
    asked.press("claire", ANSWER)
    del messages[post]
    screen = asked.press("claire", "Tous bien")
    assert {one.to for one in screen if one.title == "A post was deleted"} == {"@amina", "@bruno"}
    asked.press("bruno", "See the answers")
    assert "The poll “Seeds” in #general was deleted." in asked.last("@bruno").text
    assert "1 good" in asked.press("bruno", "Post it again").to("#general")


def test_poll_closes_also_where_its_timer_was_lost(answered: Chat) -> None:
    with answered.storage.write() as transaction:
        transaction.db.execute(delete(Timer).where(Timer.name == CLOSES))
    assert answered.runner.run(sweep(answered.storage, answered.now)) == 1
    assert answered.runner.run(sweep(answered.storage, answered.now)) == 0
    answered.time("+3d")
    assert "This poll is closed." in post_in(answered)
