"""Shows that whoever is named in an agenda is asked, and named in public only once they agree."""

import pytest

from tests.chatting import Chat
from tests.scenes import scene

PLAN = '/session plan title=Soil when="2026-11-10 15:00" duration=90m agenda="{}"'
TALK = "15:00 Welcome (amina)\\n15:20 Talk on compost (bruno)\\n& Posters (Feminist Academy)"


@pytest.fixture
@scene
def asked(three: Chat) -> Chat:
    """Have bruno be asked to contribute to a session that amina announced."""
    three.say("amina", PLAN.format(TALK), "#general")
    three.press("amina", "Announce now")
    three.time("2026-11-02T14:00Z")
    return three


def test_only_who_is_named_is_asked_when_it_is_announced(three: Chat) -> None:
    preview = three.say("amina", PLAN.format(TALK), "#general")
    assert "Once it's announced, I'll ask @bruno to contribute." in preview
    assert not preview.to("@bruno")
    three.press("amina", "Announce now")
    post = three.seen("amina").to("#general").text
    assert "Welcome (@amina)" in post
    assert "Posters (Feminist Academy)" in post
    assert "bruno" not in post
    told = three.time("2026-11-02T14:00Z").to("@bruno")
    assert "@amina asks you to contribute to “Soil”." in told
    assert "07:20 Talk on compost" in told.text.replace("\u202f", " ")


def test_a_yes_stands_in_the_announcement(asked: Chat) -> None:
    screen = asked.press("bruno", "I'll do it")
    assert "Talk on compost (@bruno)" in screen.to("#general")
    assert "You contribute: " in screen.to("@bruno")
    assert not screen.to("@amina")


def test_whoever_named_somebody_hears_of_a_no(asked: Chat) -> None:
    screen = asked.press("bruno", "I can't")
    assert "@bruno can't contribute to “Soil”: Talk on compost" in screen.to("@amina")
    assert "You said you can't contribute to “Soil”." in screen.to("@bruno")
    assert "You're on the agenda" not in screen.to("@bruno")
    assert "bruno" not in asked.say("claire", "/session agenda Soil")
    assert "@bruno can't contribute: Talk on compost" in asked.say("amina", "/session show Soil")
    assert "Talk on compost (@bruno)" in asked.press("bruno", "I'll do it").to("#general")


def test_nobody_is_asked_again_for_the_same_item(asked: Chat) -> None:
    asked.press("bruno", "I'll do it")
    more = TALK.replace("compost", "the compost") + "\\n16:00 Songs (claire)"
    screen = asked.say("amina", f'/session change Soil agenda="{more}"')
    assert not [shown for shown in screen.to("@bruno") if not shown.edits]
    assert "Talk on the compost (@bruno)" in screen.to("#general")
    assert "Songs" in screen.to("@claire")


def test_whoever_is_taken_out_is_told_once(asked: Chat) -> None:
    without = TALK.replace("(bruno)", "(claire)")
    screen = asked.say("amina", f'/session change Soil agenda="{without}"')
    told = [shown for shown in screen.to("@bruno") if not shown.edits]
    assert len(told) == 1
    assert "You aren't on the agenda any more" in told[0].text
    assert "on its agenda any more" in asked.forge(
        "bruno", "session.contribute", session="Soil", answer="yes"
    )
    again = asked.say("amina", f'/session change Soil agenda="{TALK}"')
    assert "@amina asks you to contribute" in again.to("@bruno")


def test_whoever_was_not_asked_yet_hears_nothing(three: Chat) -> None:
    three.say("amina", PLAN.format(TALK), "#general")
    three.press("amina", "Announce now")  # in Bogotá it is three at night
    three.say("amina", f'/session change Soil agenda="{TALK.replace("(bruno)", "")}"')
    assert not three.time("2026-11-02T15:00Z").to("@bruno")


def test_cancelled_sessions_ask_nobody(three: Chat) -> None:
    three.say("amina", PLAN.format(TALK), "#general")
    three.press("amina", "Announce now")
    three.say("amina", "/session cancel Soil")
    three.fill("amina")
    assert "contribute" not in three.time("2026-11-02T15:00Z").to("@bruno")
    asks = three.say("amina", "/session reopen Soil")
    assert "asks you to contribute" in asks.to("@bruno")


def test_contributors_hear_of_a_move_and_of_a_cancellation(asked: Chat) -> None:
    asked.press("bruno", "I'll do it")
    asked.say("amina", '/session move Soil "2026-11-11 15:00"')
    assert "moved" in asked.time("+2m").to("@bruno")
    asked.say("amina", "/session cancel Soil")
    assert "cancelled" in asked.fill("amina").to("@bruno")


def test_several_of_a_name_are_asked_about(three: Chat) -> None:
    for name, called in (("ana", "Ana Ruiz"), ("other", "Ana Sy")):
        three.join(name, zone="Europe/Paris", locale="en")
        three.say(name, f'/my profile name="{called}"')
    told = three.say("amina", PLAN.format("15:00 Songs (Ana)"), "#general")
    assert "Several people are called Ana. Who contributes “Songs”?" in told
    assert "I'll ask" in three.choose("amina", "session.contributor", "Ana Sy (other)")
    three.say("amina", "/session announce Soil")
    told = three.time("+2m")
    heard = three.seen("other").to("@other").text + three.seen("ana").to("@ana").text
    assert heard.count("asks you to contribute") == 1
    assert "asks you to contribute" in three.seen("other").to("@other")


def test_somebody_who_is_erased_is_in_no_agenda(asked: Chat) -> None:
    asked.press("bruno", "I'll do it")
    asked.say("amina", PLAN.format("15:00 Talk (bruno)").replace("Soil", "Draft"), "#general")
    asked.say("bruno", "/my erase")
    screen = asked.press("bruno", "Erase everything")
    assert "bruno" not in screen.to("#general").text
    assert "bruno" not in asked.say("claire", "/session agenda Soil")
    assert "bruno" not in asked.say("amina", "/session show Draft")


def test_dates_of_a_programme_ask_when_they_are_announced(three: Chat) -> None:
    words = (
        '/programme plan title=Weekly rule="every Tuesday at 15:00" announce_ahead="1 day" '
        'agenda="15:00 Talk (bruno)"'
    )
    three.say("amina", words, "#general")
    three.press("amina", "Announce the series")
    first = three.time("2026-11-02T15:00Z").to("@bruno").text
    assert first.count("asks you to contribute") == 1
    assert "Talk" not in three.time("2026-11-09T11:00Z").to("@bruno")
    second = three.time("2026-11-09T15:00Z").to("@bruno").text
    assert second.count("asks you to contribute") == 1
