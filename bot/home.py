"""Gathers what all areas offer: the help, and what is next for somebody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from bot.arguments import Argument
from bot.chat import (
    Block,
    Button,
    CommandRef,
    Heading,
    Items,
    Message,
    Option,
    Paragraph,
    Quote,
    Rule,
    button,
    choice,
    encoded,
    said,
)
from bot.commands import COORDINATORS, EVERYONE, Caller, Command
from bot.digest import digest_of
from bot.errors import UnknownCommand, UserError
from bot.examples import example
from bot.groups import Group
from bot.i18n import Text, joined, plain, t
from bot.names import LIKE, NAME, behind, called, letters, likeness, meant
from bot.notices import Sending
from bot.options.basic import Number, OneOf, SeveralOf, Sought
from bot.options.command_line import as_seen
from bot.protocol import Call, Reply, Say
from storage import Records

TEAM = "community.team"
SHOWN = 5
"""How many commands of a group can be pressed in its help; bare, each opens its form."""
WRITTEN = ("text", "long")
"""Widgets that somebody writes into."""

Asked = Annotated[str, Sought(t("Command"))]


def home(areas: Iterable[Group]) -> tuple[Group, ...]:
    """Make the commands that speak of all areas: `/help`, and `/my week` among what is mine."""
    known = tuple(areas)
    own = {group.name: group for group in known}.get("my") or Group("my", t("My week"))
    mine = replace(own, commands={**own.commands}, first=("week", *own.first))
    everything = (*(group for group in known if group is not own), mine)
    help = Group("help", t("What I can do"))

    @help.command(title=t("What I can do"), submit=t("Show"), who=EVERYONE, reads=True, alone=True)
    def show_help(caller: Caller, records: Records, about: Asked = "") -> Reply:
        """Show what I can do for you here."""
        if command := _command_meant(caller, about, everything):
            return Say(_command_help(command))
        asked = _group_meant(about, everything)
        if asked or not about:
            return Say(_group_help(caller, asked) if asked else _overview(caller, everything))
        open_to = [command for group in everything for command in _open_to(caller, group)]
        near = meant(about, open_to)
        return Say(unknown(about, near) if near else _overview(caller, everything, about))

    @mine.command(title=t("My week"), submit=t("Show"), who=EVERYONE, reads=True)
    def week(caller: Caller, records: Records) -> Reply:
        """Show what's next for you: sessions, turns as host, topics."""
        blocks: list[Block] = []
        for group in everything:
            for part in group.parts:
                added = part(caller, records)
                blocks += [*([Rule()] if blocks and added else []), *added]
        blocks += _waiting(caller, records, everything)
        hello = t("Hello {name}, here's what's next for you", name=caller.member.name)
        own = [button(t("My profile"), "my.profile")] if "profile" in mine.commands else []
        return Say(Message(hello, tuple(blocks), (_more(), *own)))

    @mine.notice(t("Digest"))
    def digest(records: Records, sending: Sending) -> Message | None:
        """Tell somebody what is new, what is next, and what waits for them."""
        return digest_of(everything, records, sending)

    return (*everything, help)


def _waiting(caller: Caller, records: Records, groups: Iterable[Group]) -> Sequence[Block]:
    """Give what waits for coordinators, under one heading; nothing where nothing does."""
    if not caller.is_at_least(COORDINATORS):
        return ()
    lines = [block for group in groups for part in group.waiting for block in part(caller, records)]
    return (Rule(), Heading(t("Waiting for coordinators")), *lines) if lines else ()


def _group_meant(words: str, groups: Sequence[Group]) -> Group | None:
    """Find the group that somebody asks about, in whatever language, also with a wrong letter."""
    head = letters(words)[:NAME]
    like = {g.name: max(likeness(head, name) for name in called(g.name)) for g in groups}
    group = max(groups, key=lambda group: like[group.name], default=None)
    return group if group and like[group.name] >= LIKE else None


def _command_meant(caller: Caller, words: str, groups: Sequence[Group]) -> Command | None:
    """Find the command that somebody names in whatever language, or that is its whole group."""
    said_now = letters(words)
    named = {
        " ".join(pair).strip(): command
        for group in groups
        for command in _open_to(caller, group)
        for pair in zip(called(group.name), called(command.verb), strict=True)
    }
    return named.get(said_now)


def unknown(words: str, near: Sequence[Command], call: Call | None = None) -> Message:
    """Answer what is no command with those that may have been meant, and with what was given."""
    asked = t("I don't know “{words}”. Did you mean this?", words=_spaced(words))
    lines = Items(tuple(_line(command) for command in near))
    blocks = (Paragraph(asked), lines, *(_quoted(call) if call else ()))
    buttons = tuple(_leading_to(command, command.raw(call) if call else {}) for command in near)
    return Message(blocks=blocks, buttons=(*buttons, _more()))


def _spaced(name: str) -> str:
    """Write the name of a command as it is typed."""
    return " ".join(name.split(".", 1))


def _leading_to(command: Command, given: Mapping[str, str]) -> Button:
    """Lead to a command, with what was given as far as a button carries that."""
    with suppress(ValueError):
        return Button(command.title, encoded(command, given))
    return button(command.title, command)


def lost(call: Call, commands: Iterable[Command]) -> Message:
    """Answer what is no command: with those of the caller's that may have been meant, if any.

    Where nothing is like it, its group is shown.
    """
    listed = [command for command in commands if command.listed]
    if near := meant(call.command, listed):
        return unknown(call.command, near, call)
    words = letters(call.command)
    if there := [c for c in listed if behind(words, called(c.group))]:
        asked = Paragraph(t("I don't know “{words}”.", words=_spaced(call.command)))
        lines = Items(tuple(_line(command) for command in there))
        return Message(blocks=(asked, lines, *_quoted(call)), buttons=(_more(),))
    if near := meant(call.command.partition(".")[0], listed):
        return unknown(call.command, near, call)
    why = UnknownCommand().text
    if call.typed:
        why = t("I don't know “{words}”.", words=_spaced(call.command))
    return Message(blocks=(Paragraph(why), *_quoted(call)), buttons=(_more(),))


def _quoted(call: Call) -> tuple[Block, ...]:
    """Give back what somebody wrote, so that they need not write it twice."""
    return (Paragraph(t("You wrote:")), Quote(plain(as_seen(call.words)))) if call.words else ()


def given_back(message: Message, call: Call, commands: Mapping[str, Command]) -> Message:
    """Add to a refusal what was written into the form, so that nobody need write it twice."""
    command = commands.get(call.command)
    if command is not None and command.typed(call).unknown:
        return replace(message, blocks=(*message.blocks, *_quoted(call)))
    if not call.filled or command is None:
        return message
    texts = [one.name for one in command.arguments if one.kind.widget in WRITTEN]
    given = command.raw(call)
    asked = [name for name in call.args if command.questions and name.startswith("q")]
    given |= {name: call.args[name] for name in asked if name not in given}
    wrote = [raw for name in (*texts, *asked) if (raw := given.get(name, "").strip())]
    if not wrote:
        return message
    quotes = (Quote(plain(raw)) for raw in wrote)
    return replace(message, blocks=(*message.blocks, Paragraph(t("You wrote:")), *quotes))


CUT_OFF = said(
    t(
        "Sorry, I can't reach my records right now. Check in a minute whether this was done. "
        "If not, try again."
    )
)


BY_BUTTON = t(
    "That only works with a button. Open what it's about, like a session or a topic, and press it "
    "there."
)
ONLY: Mapping[str, Text] = {
    "member": t("Only members can do that. You're a guest here."),
    "core": t("Only the core group can do that."),
    "coordinator": t("Only coordinators can do that."),
}
"""Who may do what a caller may not, by the least role."""
UNSURE = t(
    "I couldn't check what you're allowed to do here: your workspace didn't tell me in time who "
    "you are. Please try again in a moment."
)


def refuse_typed(call: Call, command: Command, *, opens: bool) -> None:
    """Refuse what only buttons lead to when it is typed and a form opens, or nothing is named.

    Raises UserError.
    """
    if call.typed and not command.listed and (opens or not call.words):
        raise UserError(BY_BUTTON)


def failed(incident: str) -> Message:
    """Apologise for what broke; the number of the incident stands in the log."""
    return said(
        t(
            "Sorry, something went wrong on my side and nothing was changed. If it happens "
            "again, give this number to whoever runs me: {incident}.",
            incident=incident,
        )
    )


def not_allowed(why: Text, commands: Collection[str]) -> Message:
    """Refuse what somebody has no right to, and lead to those who have it."""
    team = button(t("Who to ask"), TEAM)
    return said(why, *((team,) if TEAM in commands else ()))


def _more() -> Button:
    return button(t("What I can do"), "help")


def _open_to(caller: Caller, group: Group) -> list[Command]:
    return [command for command in group.listed() if caller.is_at_least(command.who)]


def _overview(caller: Caller, groups: tuple[Group, ...], asked: str = "") -> Message:
    shown = [group for group in groups if _open_to(caller, group)]
    lines = tuple(
        t("{command}: {title}", command=_open_to(caller, group)[0].ref, title=group.title)
        if len(_open_to(caller, group)) == 1
        else t("{group} …: {title}", group=CommandRef(group.name), title=group.title)
        for group in shown
    )
    options = tuple(Option(group.name, group.title) for group in shown)
    more = choice(t("Tell me more about"), "help", "about", options)
    how = Paragraph(t("Type a command on its own: if it needs more, I'll open a form."))
    lost = (Paragraph(t("I don't know “{words}”.", words=asked)),) if asked else ()
    return Message(t("What I can do"), (*lost, how, Items(lines)), choices=(more,))


def _group_help(caller: Caller, group: Group) -> Message:
    commands = _open_to(caller, group)
    lines = tuple(_line(command) for command in commands)
    buttons = tuple(button(one.title, one) for one in commands[:SHOWN])
    return Message(group.title, (Items(lines),), buttons)


def _command_help(command: Command) -> Message:
    """Say what a command takes, each option as it is typed."""
    options = Items(tuple(_option(argument) for argument in command.arguments))
    none = Paragraph(t("This command needs nothing else."))
    form = button(command.title, command)
    return Message(command.help, (options if command.arguments else none,), (form, _more()))


def _option(argument: Argument) -> Text:
    kind = argument.kind
    typed = example(argument.name, kind)
    label = (
        t("{typed} · {label}, required", typed=typed, label=kind.label)
        if argument.required
        else t("{typed} · {label}", typed=typed, label=kind.label)
    )
    return joined([label, *_takes(argument)], ". ")


def _takes(argument: Argument) -> list[Text]:
    """Say what a kind says of itself, and which values there are."""
    kind = argument.kind
    said_of_it = [kind.hint] if kind.hint else []
    if isinstance(kind, Number):
        return [t("From {least} to {most}", least=kind.least, most=kind.most), *said_of_it]
    if isinstance(kind, OneOf | SeveralOf):
        values = joined([option.label for option in kind.options], ", ")
        return [t("One of these: {values}", values=values), *said_of_it]
    return said_of_it


def _line(command: Command) -> Text:
    return t("{command}: {title}", command=command.ref, title=command.help)
