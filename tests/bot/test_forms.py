"""Shows what a form is filled in with: what was understood, as every widget can show it."""

from collections.abc import Iterator
from typing import Annotated

import pytest

from bot.chat import said
from bot.commands import Caller
from bot.dispatcher import Dispatcher
from bot.errors import FieldError
from bot.groups import Group
from bot.i18n import t
from bot.options.things import PersonOption
from bot.options.times import DayKind, MomentKind
from bot.protocol import Form, Reply, Say
from storage import Records, Storage
from tests.toys import NOW, Title, asked, call, spoken

lending = Group("lending", t("Lending"))
When = Annotated[object, MomentKind(t("When"))]
Back = Annotated[object, DayKind(t("Back"))]


@lending.command
def lend(
    caller: Caller,
    records: Records,
    person: PersonOption,
    title: Title,
    when: When | None = None,
    back: Back | None = None,
) -> Reply:
    """Lend something to somebody."""
    if title == "grudge":
        raise FieldError("person", t("Not to them."))
    return Say(said(t("{title} to {who}", title=title, who=person.name)))


@pytest.fixture
def dispatcher(sqlite_url: str) -> Iterator[Dispatcher]:
    storage = Storage(sqlite_url)
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        members = transaction.records(home.id).members
        members.meet("toy", "home", "u1", "Ana <x> | María", NOW)
        members.meet("elsewhere", "far", "e1", "Zoë", NOW)
    yield Dispatcher(storage, [lending])
    storage.close()


def values(form: Form) -> dict[str, str]:
    return {field.name: field.value for field in form.fields if field.value}


def filled(dispatcher: Dispatcher, **given: str) -> Form:
    """Give the form that asks for the title, which is missing."""
    return asked(dispatcher.execute(call("lending.lend", args=given)))


@pytest.mark.parametrize("written", ["u1", "@ana <x> | maría", "<@u1|somebody>"])
def test_person_who_was_understood_is_filled_in_as_a_mention(
    dispatcher: Dispatcher, written: str
) -> None:
    assert values(filled(dispatcher, person=written)) == {"person": "<@u1|Ana <x | María>"}


def test_person_filled_in_is_read_back(dispatcher: Dispatcher) -> None:
    given = values(filled(dispatcher, person="u1")) | {"title": "Kite"}
    assert spoken(dispatcher.execute(call("lending.lend", args=given))).startswith("Kite to Ana")


def test_person_who_is_not_on_here_is_settled_instead(dispatcher: Dispatcher) -> None:
    form = filled(dispatcher, person="Zoë")
    assert [field.name for field in form.fields] == ["title", "when", "back"]
    sent = call("lending.lend", args={**form.bound, "title": "Kite"}, form="sent")
    assert spoken(dispatcher.execute(sent)) == "Kite to Zoë"


def test_person_who_is_refused_is_asked_for_again_wherever_they_are(dispatcher: Dispatcher) -> None:
    sent = call("lending.lend", args={"person": "Zoë", "title": "grudge"}, form="sent")
    form = asked(dispatcher.execute(sent))
    assert [field.name for field in form.fields if field.error] == ["person"]


def test_person_nobody_knows_stays_as_it_was_typed(dispatcher: Dispatcher) -> None:
    assert values(filled(dispatcher, person="Nobody")) == {"person": "Nobody"}


def test_moment_in_words_is_filled_in_as_a_picker_takes_it(dispatcher: Dispatcher) -> None:
    form = filled(dispatcher, when="tomorrow 3pm", back="2 December 2026")
    assert values(form) == {"when": "2026-11-23 15:00", "back": "2026-12-02"}


def test_moment_that_was_not_understood_stays_as_it_was_typed(dispatcher: Dispatcher) -> None:
    assert values(filled(dispatcher, when="some day")) == {"when": "some day"}
