"""Shows the help and the week to people of different roles."""

from collections.abc import Iterator

import pytest

from bot.chat import Block, Items, Message, Paragraph, Rule, said
from bot.commands import COORDINATORS, Caller, Command
from bot.dispatcher import Dispatcher
from bot.groups import Group
from bot.handlers import groups as areas
from bot.home import home
from bot.i18n import t
from bot.protocol import Call, Reply, Say
from storage import Records, Storage
from tests.toys import call, toy, wording

chores = Group("chores", t("Chores"))
quiet = Group("quiet", t("Nothing to see"))
games = Group("games", t("Games"))
MY_WEEK = "CommandRef(group='my', command='week'): My week"


@chores.command(who=COORDINATORS)
def sweep(caller: Caller, records: Records) -> Reply:
    """Sweep the floor."""
    return Say(said(t("Swept")))


@games.week
def my_games(caller: Caller, records: Records) -> tuple[Block, ...]:
    return (Paragraph(t("You have games.")),)


@quiet.week
def nothing(caller: Caller, records: Records) -> tuple[Block, ...]:
    return ()


@chores.week
def my_chores(caller: Caller, records: Records) -> tuple[Block, ...]:
    return (Paragraph(t("You have chores.")),)


@pytest.fixture
def bot(sqlite_url: str) -> Iterator[Dispatcher]:
    storage = Storage(sqlite_url)
    groups = (toy, games, quiet, chores)
    yield Dispatcher(storage, [*groups, *home(groups)])
    storage.close()


def message(bot: Dispatcher, asked: Call) -> Message:
    reply = bot.execute(asked).reply
    assert isinstance(reply, Say)
    assert reply.private
    return reply.message


def _say_nothing(caller: Caller, records: Records) -> Reply:
    return Say(said(t("Nothing.")))


def lines(shown: Message) -> list[str]:
    lists = [block.items for block in shown.blocks if isinstance(block, Items)]
    return [wording(item) for items in lists for item in items]


def test_help_lists_the_groups_one_may_use(bot: Dispatcher) -> None:
    shown = message(bot, call("help"))
    assert lines(shown) == ["CommandRef(group='toy', command='') …: Toys", MY_WEEK]
    assert [option.value for option in shown.choices[0].options] == ["toy", "my"]


def test_help_of_a_coordinator_lists_more_with_the_command_of_a_group_of_one(
    bot: Dispatcher,
) -> None:
    shown = message(bot, call("help", role="coordinator"))
    assert lines(shown) == [
        "CommandRef(group='toy', command='') …: Toys",
        f"{chores.commands['sweep'].ref}: Chores",
        MY_WEEK,
    ]


@pytest.mark.parametrize("about", ["toy", "/toy", "about=toy"])
def test_help_on_a_group_lists_its_commands(bot: Dispatcher, about: str) -> None:
    shown = message(bot, call("help", about))
    assert wording(shown.title) == "Toys"
    assert len(lines(shown)) == len([one for one in toy.commands.values() if one.listed]) - 1


def test_help_has_buttons_for_the_first_five_which_open_their_forms(bot: Dispatcher) -> None:
    shown = message(bot, call("help", "toy"))
    names = ["add", "see", "change", "stumble", "refuse"]
    assert [one.call for one in shown.buttons] == [f"toy.{name}" for name in names]


def test_groups_and_commands_stand_in_the_order_that_is_asked_for() -> None:
    group = Group("toy", t("Toys"), first=("see", "add"))
    for verb in ("add", "lose", "see"):
        group.commands[verb] = Command("toy", verb, _say_nothing)
    group.commands["hide"] = Command("toy", "hide", _say_nothing, listed=False)
    assert [one.verb for one in group.listed()] == ["see", "add", "lose"]
    names = [one.name for one in areas()]
    assert names.index("session") < names.index("host") < names.index("community")


@pytest.mark.parametrize("about", ["nothing", "/", "x" * 100, "gizmo"])
def test_help_on_what_is_not_there_shows_everything(bot: Dispatcher, about: str) -> None:
    assert wording(message(bot, call("help", about)).title) == "What I can do"


def test_home_greets_and_parts_what_areas_add_with_lines(bot: Dispatcher) -> None:
    shown = message(bot, call("my.week"))
    assert wording(shown.title) == "Hello Amina, here's what's next for you"
    assert shown.blocks == (
        Paragraph(t("You have games.")), Rule(), Paragraph(t("You have chores.")),
    )  # fmt: skip
    assert [one.call for one in shown.buttons] == ["help"]
