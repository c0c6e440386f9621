"""Shows that what somebody wrote into a form comes back when the form is refused."""

from sqlalchemy import text

from tests.chatting import Chat
from tests.openspaces import gather

WORDS = "The hall is under water, and so is the road to it. We meet again when both are dry."


def overtaken(chat: Chat) -> None:
    """Have amina open a form about a session that somebody else cancels meanwhile."""
    chat.join("dirk", zone="Europe/Paris", locale="en", role="core")
    assert chat.say("amina", "/session change Hello").form.fields
    chat.say("dirk", '/session cancel Hello reason="Rain"')


def test_what_was_written_comes_back_when_somebody_was_faster(attended: Chat) -> None:
    overtaken(attended)
    refused = attended.fill("amina", description=WORDS).to("@amina")
    assert "“Hello” was cancelled." in refused
    assert WORDS in refused.text


def test_what_was_written_comes_back_when_something_breaks(attended: Chat) -> None:
    assert attended.say("amina", "/session change Hello").form.fields
    with attended.storage.write() as transaction:
        transaction.db.execute(text("DROP TABLE rsvps"))
    refused = attended.fill("amina", description=WORDS).to("@amina")
    assert WORDS in refused.text


def test_nothing_comes_back_of_what_was_chosen_only(attended: Chat) -> None:
    overtaken(attended)
    assert "You wrote" not in attended.fill("amina", title="", format="talk").text


def test_who_adds_a_lot_in_a_minute_is_asked_to_wait(chat: Chat) -> None:
    space = gather(chat)
    for number in range(20):
        space.say("bruno", f"/topic propose Number {number}")
    refused = space.say("bruno", "/topic propose One more")
    assert "Please wait a minute" in refused
    assert "Please wait" not in space.say("amina", "/topic propose Mine")
    space.time("+61s")
    assert "Please wait" not in space.say("bruno", "/topic propose One more")
