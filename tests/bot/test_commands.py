"""Holds declarations to what every surface is made from: names, options, help."""

from datetime import timedelta
from typing import Annotated

import pytest

from bot.app.parts import all_groups
from bot.arguments import is_reference
from bot.chat import CommandRef, Message, said
from bot.commands import COORDINATORS, CORE, MEMBERS, Caller
from bot.groups import Group
from bot.i18n import Text, t
from bot.notices import Sending
from bot.options.basic import Line, Number
from bot.protocol import Reply, Say
from storage import Records
from tests.toys import NOW, toy, wording

OWN = {"session.note", "topic.notes"}
PUBLIC = {"session.plan", "session.again"}
"""What their forms show of a session, everybody sees who finds it."""
"""Forms that show somebody only what they wrote themselves."""
LINE = Annotated[str, Line(t("Title"))]


def run(caller: Caller, records: Records, title: LINE, size: LINE | None = None) -> Reply:
    """Do something.

    And more.
    """
    return Say(said(t("Done")))


def silent(caller: Caller, records: Records) -> Reply:
    return Say(said(t("Done")))


def vague(caller: Caller, records: Records, title: str) -> Reply:
    return Say(said(t("Done")))


def torn(caller: Caller, records: Records, title: Annotated[LINE, Number(t("Size"))]) -> Reply:
    return Say(said(t("Done")))


@pytest.fixture
def group() -> Group:
    return Group("odd", t("Odd things"))


def test_command_is_named_by_its_function(group: Group) -> None:
    run.__name__ = "print_all_"
    made = group.command(run)
    run.__name__ = "run"
    assert made.name == "odd.print-all"
    assert made.ref == CommandRef("odd", "print-all")
    assert wording(made.help) == "Do something."


def test_lone_command_is_named_by_its_group(group: Group) -> None:
    made = group.command(alone=True)(run)
    assert made.name == "odd"
    assert made.ref == CommandRef("odd")


def test_options_follow_from_the_signature(group: Group) -> None:
    made = group.command(run)
    named = [(one.name, one.required, wording(one.kind.label)) for one in made.arguments]
    assert named == [("title", True, "Title"), ("size", False, "Title")]


@pytest.mark.parametrize("function", [vague, torn])
def test_option_of_no_kind_or_two_is_a_mistake(group: Group, function: object) -> None:
    made = group.command(function)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="which kind of option"):
        _ = made.arguments


def test_command_without_a_docstring_has_no_help(group: Group) -> None:
    assert not group.command(silent).help


def test_two_commands_of_one_name_are_a_mistake(group: Group) -> None:
    group.command(run)
    with pytest.raises(ValueError, match=r"odd\.run is declared twice"):
        group.command(run)


def test_notice_is_named_by_its_function(group: Group) -> None:
    @group.notice(Text("A thing"), live=True)
    def told(records: Records, sending: Sending) -> Message | None:
        return None

    assert group.notices == {"odd.told": told}
    assert told.live
    assert not toy.notices["toy.told"].name.startswith("odd")


def test_what_many_deliveries_need_is_found_once() -> None:
    sending = Sending(1, "first", NOW, timedelta(), None, {})
    numbers = [2, 1]
    assert [sending.once("thing", numbers.pop), sending.once("thing", numbers.pop)] == [1, 1]


def test_command_that_shows_a_thing_in_its_form_says_who_may() -> None:
    for command in (one for group in all_groups() for one in group.commands.values()):
        things = [one for one in command.arguments if is_reference(one)]
        if command.fill and things and command.who not in (CORE, COORDINATORS):
            assert command.may or command.name in OWN | PUBLIC, command.name


def test_commands_are_for_members_unless_they_say_otherwise(group: Group) -> None:
    assert group.command(run).who == MEMBERS
