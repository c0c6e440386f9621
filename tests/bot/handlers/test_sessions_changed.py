"""Shows that the form that changes a session writes only what somebody altered in it."""

from tests.bot.handlers.test_sessions import PLAN
from tests.chatting import Chat


def test_two_who_change_different_things_at_a_time_leave_each_others_alone(three: Chat) -> None:
    three.say("amina", "/community role @bruno coordinator")
    three.say("amina", PLAN.format(title="Soil") + ' languages="English"', "#general")
    three.press("amina", "Announce now")
    three.say("amina", "/session change Soil")
    three.say("bruno", "/session change Soil")
    three.fill("amina", title="Living soil", duration="2h")
    three.fill("bruno", description="Bring a handful.", languages="")
    shown = three.say("amina", "/session show Living")
    assert shown[0].title == "Living soil"
    assert "\n2 h" in shown
    assert "Bring a handful." in shown
    assert "English" not in shown


def test_form_that_is_asked_again_still_knows_what_it_began_with(three: Chat) -> None:
    three.say("amina", PLAN.format(title="Soil"), "#general")
    three.press("amina", "Change")
    assert "I didn't understand this length. Write it like" in three.fill("amina", duration="long")
    form = three.last("@amina").form
    assert form is not None
    three.forge("amina", "session.change", session=form.bound["session"], title="Living soil")
    assert three.fill("amina", duration="2h")[0].title == "Living soil"
