"""Gathers what all areas offer: the help, and a person's own desk."""

from collections.abc import Iterable
from typing import Annotated

from bot.calls import Reply, Say
from bot.chat import Block, CommandRef, Items, Message, Option, Paragraph, Rule, button, choice
from bot.commands import Caller, Command, Group
from bot.i18n import Text, plain, t
from bot.kinds import Line
from storage import Records

Asked = Annotated[str, Line(t("Command"))]


def home(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Make the groups that speak of all others: `/help` and `/desk`."""
    known = tuple(groups)
    help = Group("help", t("What I can do"))
    desk = Group("desk", t("What is next for you"))

    @help.command(reads=True, alone=True)
    def show_help(caller: Caller, records: Records, about: Asked = "") -> Reply:
        """Show what I can do for you here."""
        asked = [group for group in known if group.name == about.strip("/").split(" ")[0]]
        return Say(_group_help(caller, asked[0]) if asked else _overview(caller, known))

    @desk.command(reads=True, alone=True)
    def show_desk(caller: Caller, records: Records) -> Reply:
        """Show what is next for you: sessions, turns as host, topics."""
        blocks: list[Block] = []
        for group in known:
            for part in group.parts:
                added = part(caller, records)
                blocks += [*([Rule()] if blocks and added else []), *added]
        hello = t("Hello {name}, this is next for you", name=caller.member.name)
        own = [button(t("My settings"), "me") for group in known if group.name == "me"]
        return Say(Message(hello, tuple(blocks), (button(t("What I can do"), "help"), *own)))

    return help, desk


def _open_to(caller: Caller, group: Group) -> list[Command]:
    return [c for c in group.commands.values() if c.listed and caller.is_at_least(c.who)]


def _overview(caller: Caller, groups: tuple[Group, ...]) -> Message:
    shown = [group for group in groups if _open_to(caller, group)]
    lines = tuple(
        t("{command}: {title}", command=_open_to(caller, group)[0].ref, title=group.title)
        if len(_open_to(caller, group)) == 1
        else t("{group} …: {title}", group=CommandRef(group.name), title=group.title)
        for group in shown
    )
    options = tuple(Option(group.name, group.title) for group in shown)
    more = choice(t("Tell me more about"), "help", "about", options)
    how = Paragraph(t("Every command opens a form when you type nothing behind it."))
    return Message(t("What I can do"), (how, Items(lines)), choices=(more,))


def _group_help(caller: Caller, group: Group) -> Message:
    commands = _open_to(caller, group)
    lines = tuple(_line(command) for command in commands)
    options = tuple(Option(c.name, c.help) for c in commands)
    buttons = tuple(button(plain(o.label), o.value) for o in options if _ready(group, o.value))
    return Message(group.title, (Items(lines),), buttons[:5])


def _ready(group: Group, name: str) -> bool:
    command = next(c for c in group.commands.values() if c.name == name)
    return not any(argument.required for argument in command.arguments)


def _line(command: Command) -> Text:
    return t("{command}: {title}", command=command.ref, title=command.help)
