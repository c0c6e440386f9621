"""Shows whom people can ask about access, of a session and of a whole series."""

from tests.chatting import Chat
from tests.programmes import WEEKLY


def test_contact_for_access_is_named_until_they_are_gone(attended: Chat) -> None:
    attended.join("sara", locale="en")
    assert "Access" not in attended.say("bruno", "/session show Hello")
    named = attended.say("amina", "/session change session=Hello contact=@sara")
    assert "Access: ask @sara" in named.to("@amina")
    assert "[Undo]" not in named.to("@amina"), "the log keeps no id of a person"
    assert "Access: ask @sara" in named.to("#general")
    assert "whom people ask about access to “Hello”" in attended.say("amina", "/community log")
    again = attended.say("amina", '/session plan title=Two when="2026-11-06 15:00" like=Hello')
    assert "Access: ask @sara" in again
    attended.say("sara", "/my erase")
    attended.press("sara", "Erase everything")
    assert "Access" not in attended.say("bruno", "/session show Hello")


def test_contact_is_taken_back_in_the_form(attended: Chat) -> None:
    attended.say("amina", "/session change session=Hello contact=@bruno")
    attended.say("amina", "/session plan title=Two contact=@bruno")
    assert "Access: ask @bruno" in attended.fill("amina", when="2026-11-06 15:00")
    attended.say("amina", "/session change session=Hello")
    assert "Nobody is named any more" in attended.fill("amina", contact="")
    assert "Access" not in attended.say("bruno", "/session show Hello")


def test_contact_of_a_series_is_that_of_its_dates(attended: Chat) -> None:
    attended.say("amina", f"/programme plan {WEEKLY} count=2 contact=@bruno", "#general")
    attended.press("amina", "Announce the series")
    assert "Access: ask @bruno" in attended.say("bruno", '/session show "Circle, 5 November"')
    attended.say("amina", "/programme change programme=Circle contact=@amina")
    assert "Access: ask @amina" in attended.say("bruno", '/session show "Circle, 12 November"')
