"""Shows that members say at which hours they can come, and that nobody but them sees it."""

import io
from contextlib import closing
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from storage.people import Member
from tests.chatting import Chat
from tests.scenes import scene


@pytest.fixture
@scene
def two(chat: Chat) -> Chat:
    """Let a coordinator and a member in."""
    chat.join("amina", zone="Africa/Nairobi", locale="en", role="coordinator")
    chat.join("bruno", zone="America/Bogota", locale="es", role="member")
    return chat


def test_hours_are_read_back_in_the_words_of_who_said_them(two: Chat) -> None:
    shown = two.say("amina", '/my hours possible="weekdays 2-5pm" excluded="23:00-07:00"')
    assert shown.text.splitlines()[:4] == [
        "Your hours", "Possible: Mon–Fri 14:00–17:00", "Not possible: 23:00–07:00",
        "Time zone: Nairobi",
    ]  # fmt: skip
    assert "Nobody sees your hours" in shown
    assert "Posible: lun–vie 9:00–12:00" in two.say(
        "bruno", '/mi horarios posible="lunes a viernes de 9 a 12"'
    )


def test_form_shows_what_was_said_and_a_field_left_alone_stays(two: Chat) -> None:
    two.say("amina", '/my hours possible="Sat 9-12" unwelcome=evenings excluded=Sundays')
    form = two.press("amina", "Change").form
    values = {field.name: field.value for field in form.fields}
    assert values == {
        "possible": "Sat 09:00–12:00", "unwelcome": "18:00–22:00", "excluded": "Sun all day",
    }  # fmt: skip
    wrong = two.fill("amina", possible="banana", unwelcome="").form
    assert "“banana”" in next(field.error for field in wrong.fields if field.name == "possible")
    told = two.fill("amina", possible="9-12", unwelcome="")
    assert told.text.splitlines()[1:3] == ["Possible: 09:00–12:00", "Not possible: Sun all day"]


def test_hours_that_contradict_each_other_are_kept_and_named(two: Chat) -> None:
    assert "the stricter one counts" in two.say("amina", '/my hours possible=9-12 excluded="11-13"')
    assert "excluded every hour" in two.say("amina", '/my hours excluded="any time"')


def test_who_has_no_time_zone_is_led_to_say_it(chat: Chat) -> None:
    chat.join("nora", zone="", locale="en", role="member")
    shown = chat.say("nora", "/my hours possible=9-12")
    assert "I don't know your time zone yet" in shown
    assert "Set my time zone…" in shown.labels


def test_hours_are_forgotten_handed_over_and_erased(two: Chat) -> None:
    two.say("bruno", "/my hours possible=9-12")
    assert "Posible: 9:00–12:00" in two.press("bruno", "Olvidar mis horarios")
    assert "Todavía no indicaste horarios" in two.forge("bruno", "my.forget-hours")
    two.say("bruno", '/my hours excluded="20:15-7"')
    with ZipFile(io.BytesIO(two.say("bruno", "/my data").files["my-data.zip"])) as archive:
        assert b"20:15" in archive.read("my-data.json")
    two.say("bruno", "/my erase")
    two.press("bruno", "my.erase-now")
    with closing(two.storage.engine.connect()) as connection:
        kept = select(Member.hours, Member.languages).where(Member.erased_at.is_not(None))
        assert connection.execute(kept).all() == [({}, [])]
