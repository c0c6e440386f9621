"""Shows how interpreters, captions and sign language are arranged, and gaps told in good time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from babel import Locale

from bot.handlers.sessions.words.interpreters import Arranged, overview
from bot.protocol import Reader
from storage.interpreters import INTERPRETATION, Interpreter
from storage.sessions import Session
from tests.chatting import Chat
from tests.hosts import english
from tests.scenes import scene
from tests.seasons.ledger import Entry
from tests.seasons.limits import PlatformLimits

DAYS_14, DAYS_5 = "2026-11-17T20:00Z", "2026-11-26T20:00Z"


@pytest.fixture
@scene
def colab(chat: Chat) -> Chat:
    """Have Lena plan a session of three languages, in which Tomás is to speak."""
    chat.time("2026-11-02T15:00Z")
    chat.join("lena", zone="America/New_York", locale="en", role="coordinator")
    for name, zone, locale in (
        ("tomas", "America/Bogota", "es"),
        ("sol", "America/Santiago", "es"),
        ("awa", "Africa/Dakar", "fr"),
        ("odile", "Africa/Kinshasa", "fr"),
        ("jean", "America/Port-au-Prince", "fr"),
    ):
        chat.join(name, zone=zone, locale=locale, role="member")
    chat.join("moussa", zone="Africa/Dakar", locale="fr", role="guest")
    plan = '/session plan title="Men as partners" when="2026-12-01 14:00" duration=90m'
    more = 'agenda="Talk (tomas)" languages="Spanish, French, English"'
    chat.say("lena", f"{plan} {more}", "#colab")
    return chat


@pytest.fixture
@scene
def announced(colab: Chat) -> Chat:
    """Have it announced, and Tomás agree to speak."""
    colab.press("lena", "session.announce", "Men as partners")
    colab.press("tomas", "session.contribute?answer=yes")
    return colab


@pytest.fixture
@scene
def four(announced: Chat) -> Chat:
    """Have four come who need French."""
    for name in ("awa", "odile", "moussa", "jean"):
        announced.press(name, "session.rsvp?answer=yes")
        announced.choose(name, "session.interpretation", "fr")
    return announced


def name(chat: Chat, who: str, words: str) -> str:
    return chat.say(who, f'/session interpreter session="Men as partners" {words}').text


def test_act_four_of_the_colab(colab: Chat) -> None:
    asked = colab.say(
        "lena", '/session interpreter session="Men as partners" language=Spanish person=@sol'
    )
    assert "Men as partners" in asked.to("@sol")
    assert "sol" in colab.press("sol", "session.interpret?answer=yes", "Men as partners").to(
        "@lena"
    )
    public = colab.press("lena", "session.announce", "Men as partners").to("#colab")
    assert "Spanish, French, English" in public
    assert "Interpretation: Spanish (@sol)" in public
    colab.press("tomas", "session.contribute?answer=yes")
    for who in ("awa", "odile", "moussa", "jean"):
        colab.press(who, "session.rsvp?answer=yes", "Men as partners")
        colab.choose(who, "session.interpretation", "fr", "Men as partners")
    told = colab.time(DAYS_14).to("@lena")
    assert "Men as partners" in told
    assert "4 people need interpretation into French" in told
    assert "4 people need interpretation into French" in colab.say("lena", "/my week")
    assert "@Bintou" not in name(colab, "lena", 'language=French name="Bintou"')
    assert "said Bintou interprets into French" in colab.say("lena", "/community log")
    name(colab, "tomas", "language=wolof person=@odile")
    shown = colab.press("odile", "session.interpret?answer=yes", "Men as partners")
    assert "Wolof" in shown.to("#colab").text + colab.time("+1m").to("#colab").text
    colab.press("moussa", "session.rsvp?answer=yes", "Men as partners")
    assert "Merci" in colab.choose("moussa", "session.interpretation", "wo")
    assert not colab.time(DAYS_5).to("@lena"), "the gap is closed"


def test_asked_once_and_answered_by_nobody_else(announced: Chat) -> None:
    name(announced, "lena", "language=French person=@sol")
    (task,) = {one.command for one in announced.last("@sol").buttons if "yes" in one.command}
    part = task.split("part=")[1].split("&")[0]
    forged = announced.forge("tomas", "session.interpret", part=part, answer="yes")
    assert "Puede que se haya eliminado" in forged
    assert "agreed" in announced.press("sol", "session.interpret?answer=yes").to("@lena")
    again = announced.forge("sol", "session.interpret", part=part, answer="yes")
    assert not again.to("@lena")
    name(announced, "lena", "language=English person=@jean")
    assert "@jean" in name(announced, "lena", "")
    assert "@jean" not in name(announced, "tomas", "")
    assert "@sol" in name(announced, "tomas", "")
    assert "was asked before" in name(announced, "lena", "language=French person=@sol")
    english(announced, "awa")
    assert "its contributors" in name(announced, "awa", "language=French person=@awa")


def test_whoever_agreed_can_say_that_they_come_until_they_have(announced: Chat) -> None:
    announced.say("lena", "/session add-interpreter Men person=@sol language=fr")
    announced.press("sol", "session.interpret?answer=yes")
    announced.time("+1h")  # the request is worded anew
    assert "Voy" in announced.seen("sol")[-1].labels
    announced.press("sol", "session.rsvp?answer=yes")
    announced.say("lena", "/session add-interpreter Men person=@sol language=en")
    assert "Voy" not in announced.press("sol", "session.interpret?answer=yes").labels


def test_interpreters_work_in_pairs_and_are_warned_of_hosting_too(four: Chat) -> None:
    name(four, "lena", "language=French person=@sol")
    four.say("lena", "/community role @tomas core")
    four.say("tomas", "/host join")
    four.say("tomas", '/host take "Men as partners"')
    assert "Doing both at once is hard" in name(four, "lena", "language=French person=@tomas")
    assert "(asked, no answer yet)" in name(four, "lena", "")
    assert "@sol" not in four.say("awa", '/session show "Men as partners"')
    yes = "session.interpret?answer=yes"
    four.together(("sol", yes), ("tomas", yes))
    four.time("+1m")
    assert "French (@sol and @tomas)" in four.say("lena", '/session show "Men as partners"')
    left = four.press("sol", "session.interpret?answer=no").to("@tomas")
    assert "@sol no puede" in left
    assert "Nadie más" not in left
    four.press("tomas", "session.interpret?answer=no")
    assert "Nobody else has confirmed" in four.last("@lena").text
    assert "4 people" in four.time(DAYS_14).to("@tomas").text + four.seen("lena").text


@pytest.mark.parametrize("erased", [True, False])
def test_gap_is_told_twice_while_it_is_there(four: Chat, erased: bool) -> None:
    name(four, "lena", "language=French person=@tomas")
    shown = four.time(DAYS_14)
    assert len(shown.to("@lena")) == 1
    assert "into French · @tomas (asked, no answer yet)" in shown.to("@lena")
    assert not shown.to("@awa")
    name(four, "lena", "language=French person=@sol")
    four.press("sol", "session.interpret?answer=yes")
    if erased:
        four.say("sol", "/my erase")
        four.press("sol", "Borrar todo")
    else:
        four.leave("sol")
    assert "4 people need interpretation into French" in four.time(DAYS_5).to("@lena")
    assert not four.time("2026-11-27T12:00Z").to("@lena")
    four.say("awa", '/session show "Men as partners"')
    for who in ("awa", "odile", "moussa"):
        four.forge(who, "session.interpretation", session=_id(four), language="none")
    four.forge("jean", "session.rsvp", session=_id(four), answer="no")
    assert "missing" not in name(four, "lena", "")
    assert "Gaps" not in four.say("lena", "/my week")


def test_gap_that_is_closed_or_needed_no_more_is_told_to_nobody(four: Chat) -> None:
    name(four, "lena", 'language=French name="Bintou"')
    assert not four.time(DAYS_14).to("@lena")
    four.choose("lena", "Remove", "Bintou: Interpretation into French")
    for who in ("awa", "odile", "moussa", "jean"):
        four.forge(who, "session.interpretation", session=_id(four), language="none")
    assert not four.time(DAYS_5).to("@lena")


def test_gap_of_a_session_planned_late_is_told_at_once(colab: Chat) -> None:
    colab.time("2026-11-28T16:00Z")
    colab.press("lena", "session.announce", "Men as partners")
    colab.press("awa", "session.rsvp?answer=yes")
    told = colab.choose("awa", "session.interpretation", "captions").to("@lena")
    assert [one.title for one in told] == [
        "“Men as partners” begins in 3 days, and nobody has confirmed:"
    ]
    assert "1 person needs captions" in told
    needs = colab.choose("awa", "session.interpretation", "sign").to("@lena")
    assert "captions" not in needs, "told already"


def test_last_reminder_says_where_to_listen(four: Chat) -> None:
    name(four, "lena", 'language=French name="Bintou" listen="channel 2"')
    name(four, "lena", 'language=English kind="sign language" name="Ama" listen="BSL"')
    four.press("sol", "session.rsvp?answer=yes")
    assert "Sign language: Ama (BSL)" in four.say("lena", '/session show "Men as partners"')
    english(four, "awa")
    english(four, "odile")
    four.say("awa", "/my reminders before=1d")
    heard = "French is on channel 2 (Bintou)"
    before = four.time("2026-12-01T18:00Z")
    assert heard in before.to("@awa"), "her only reminder"
    assert heard not in before.to("@odile").text + before.to("@sol").text
    start = four.time("2026-12-01T19:01Z")
    assert heard in start.to("@odile")
    assert "Bintou" not in start.to("@sol")
    for words in ("/session list", "/my week", '/session show "Men as partners"'):
        assert heard in four.say("odile", words)
        assert heard not in four.say("lena", words)


def test_move_and_cancellation_are_told_to_interpreters(announced: Chat) -> None:
    name(announced, "lena", "language=French person=@awa")
    name(announced, "lena", "language=Spanish person=@sol")
    assert "pourriez" in announced.say("awa", "/my week").text.lower()
    announced.press("awa", "session.interpret?answer=yes")
    assert "French (@awa)" in announced.say("lena", '/session show "Men as partners"')
    announced.say("lena", '/session move "Men as partners" "2026-12-02 14:00"')
    moved = announced.time("+2m")
    assert any("answer=no" in one.command for one in moved.to("@awa")[0].buttons)
    assert not moved.to("@sol"), "who has not answered reads it where they were asked"
    assert announced.press("awa", "session.interpret?answer=no").to("@lena")
    announced.press("sol", "session.interpret?answer=yes")
    announced.say("lena", '/session cancel "Men as partners"')
    assert "Men as partners" in announced.fill("lena").to("@sol")


def test_odd_languages(colab: Chat) -> None:
    unknown = name(colab, "lena", "language=Klingonese name=Worf")
    assert "I don't know the language “Klingonese”. Write its name, like Spanish." in unknown
    assert "Into which language?" in name(colab, "lena", "name=Worf")
    assert "not both" in name(colab, "lena", "language=French name=Worf person=@sol")
    codes = "ar bg bn ca cs da de el en es et fa fi fr ha he hi hr hu id it ja ko lt lv ms nl no"
    many = ", ".join(f"{codes} pl pt ro ru sk sl sr sv sw th tr uk".split())
    colab.say("lena", f'/session change session="Men as partners" languages="{many}"')
    assert "Page 1 of 2" in name(colab, "lena", "")
    assert "Swahili: no interpreter" in colab.press("lena", "Next page")


def test_interpreters_hear_that_a_draft_is_gone(colab: Chat) -> None:
    name(colab, "lena", "language=French person=@sol")
    colab.press("lena", "Discard")
    gone = colab.press("lena", "Discard")
    assert "no hace falta que interpretes" in gone.to("@sol")
    assert "Puede que se haya eliminado" in colab.press("sol", "session.interpret?answer=yes")


def test_overview_of_forty_languages_fits_on_both_platforms() -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    codes = [code for code in map(str, Locale("en").languages) if len(code) == 2][:40]
    rows = [
        Interpreter(session_id=1, kind=INTERPRETATION, language=code, asked_at=at, name="x" * 100)
        for code in codes
    ]
    session = Session(
        title="x" * 150,
        starts_at=at,
        wall="2026-11-02 00:00",
        zone="UTC",
        minutes=60,
        created_at=at,
    )
    arranged = Arranged(rows, {}, dict.fromkeys(codes, 40))
    message = overview(session, arranged)
    assert [
        *PlatformLimits().faults(Entry(at, "@a", "", Reader("en", "UTC"), message=message))
    ] == []


def _id(chat: Chat) -> str:
    return str(chat.last("#colab").buttons[0].command).split("session=")[1].split("&")[0]


def test_gap_is_told_once_after_an_outage_over_both_days(four: Chat) -> None:
    four.go_on_from(replace(four.still(), now=datetime(2026, 11, 27, 20, tzinfo=UTC)))
    told = four.time("+10m").to("@lena")
    assert told.text.count("nobody has confirmed") == 1
    assert "begins in 4 days" in told
