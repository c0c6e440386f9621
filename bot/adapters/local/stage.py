"""Lets people act: they join, speak, give commands, press buttons, choose, and fill forms in."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.adapters.local.handing import contents, cut
from bot.adapters.local.joining import let_in
from bot.adapters.local.kept import USUAL, OpenForm, PostedMessage, Somebody, handle
from bot.adapters.local.lines import (
    ChooseLine,
    DismissLine,
    FillLine,
    JoinLine,
    LeaveLine,
    PressLine,
    SayLine,
)
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.local.shown import ShownButton, ShownChoice, ShownField, ShownOption
from bot.adapters.local.standing import hand_over
from bot.asking_help import spoken
from bot.chat import Place, decoded
from bot.errors import UserError
from bot.folding import folded, normalized
from bot.i18n import Text, joined, t
from bot.options.taking import written
from bot.protocol import Call

MENTION = re.compile(r"""(?P<before>\A|[\s=])(?P<sign>[@#])(?P<name>[^\s"“”«»@#<>|]+)(?=\s|\Z)""")
QUOTED = re.compile(r'("[^"]*"|“[^“”]*”|«[^«»]*»)')
Thing = TypeVar("Thing", ShownButton, ShownChoice)


class Stage:
    """What people do in the chat. Raises UserError with one sentence when they cannot."""

    files: Mapping[str, Collection[str]] = {}
    """The options that are files, by their commands."""

    def __init__(self, platform: LocalPlatform, commands: Collection[str]) -> None:
        self.platform = platform
        self.commands = commands

    async def join(self, line: JoinLine) -> None:
        """Let somebody in, or know them anew."""
        before, who = let_in(line, self.platform.people)
        known = who.elsewhere
        if known is None:
            who = replace(who, elsewhere=self.platform.elsewhere.account(who))
        elif who.mail and not known.workspace:
            home = await self.platform.mailed_by(who.workspace)
            if not home:
                raise UserError(t("Nobody is here yet who could invite somebody by e-mail."))
            who = replace(who, elsewhere=replace(known, workspace=home))
        self.platform.meet(who)
        hand_over(self.platform, who)
        await self.platform.saved()
        if before.gone:
            await self.platform.presence(who.account(self.platform.name), True)
        await self._introduce(before)

    async def leave(self, line: LeaveLine) -> None:
        """Have somebody leave their workspace, until they join again."""
        who = self.somebody(line.who)
        self.platform.meet(replace(who, gone=True))
        await self.platform.saved()
        await self.platform.presence(who.account(self.platform.name), False)

    async def _introduce(self, who: Somebody) -> None:
        """Have the bot meet somebody at once, so that coordinators are known before they ask."""
        await self.platform.dispatch(self.call(who.handle, self.alone(who), "my.week"))

    async def say(self, line: SayLine) -> None:
        """Say plain words, or give a command, which begins with a slash."""
        speaker = self.somebody(line.who)
        place = self.place(line.where, speaker) or speaker.where or self.alone(speaker)
        if place != speaker.where:
            self.platform.meet(replace(speaker, where=place))
        if not line.words.startswith("/"):
            await self.platform.talk(place, speaker.name, line.words)
            if not place.channel:
                await self.platform.execute(self.call(line.who, place, spoken(line.words)))
            return
        command, words = self.typed(line.words, speaker.workspace)
        words, files = cut(words, self.files.get(command, ()))
        call = self.call(line.who, place, command, files)
        await self.platform.execute(replace(call, words=words, typed=True))

    async def press(self, line: PressLine) -> None:
        """Press a button: the newest one of that label or command that the person can see."""
        seen = self._seen(line)
        button, posted = _called(line, ((b, m) for m in seen for b in m.shown.buttons))
        await self._invoke(line.who, posted, button.command)

    async def choose(self, line: ChooseLine) -> None:
        """Choose from a menu: the newest one of that label or command that the person can see."""
        seen = self._seen(line)
        menus = ((one, posted) for posted in seen for one in posted.shown.choices)
        menu, posted = _called(line, menus)
        value = _chosen(menu.options, line.option)
        await self._invoke(line.who, posted, menu.command, {menu.option: value})

    async def fill(self, line: FillLine) -> None:
        """Fill fields of the open form, by name or label, and send it off."""
        opened = self.opened(line.who)
        form = opened.form.filled(
            {_field(opened.form.fields, name).name: value for name, value in line.values.items()}
        )
        who = self.somebody(line.who)
        there = {
            one.name: line.files[one.name]
            if one.name in line.files
            else self._picked(one.kind, one.value, who.workspace)
            for one in form.fields
        }
        self.platform.open(who.handle, None)
        call = self.call(line.who, opened.place, form.command, {**form.bound, **there})
        await self.platform.execute(replace(call, form="sent"), opened.origin)

    async def dismiss(self, line: DismissLine) -> None:
        """Close the open form, and have what was typed in it forgotten."""
        opened = self.opened(line.who)
        self.platform.open(self.somebody(line.who).handle, None)
        await self.platform.saved()
        if opened.form.draft:
            call = self.call(line.who, opened.place, opened.form.command)
            await self.platform.dispatch(replace(call, form="anew", draft=opened.form.draft))

    def somebody(self, name: str) -> Somebody:
        """Give who was let in under a name or a handle. Raises UserError."""
        found = self.called(name)
        if not found:
            raise UserError(t("Nobody called {name} is here. Let them in: join {name}", name=name))
        if len(found) > 1:
            handles = ", ".join(one.handle for one in found)
            raise UserError(
                t("Several people are called {name}: {handles}", name=name, handles=handles)
            )
        return found[0]

    def called(self, name: str) -> Sequence[Somebody]:
        """List who is meant by a handle, or by a name that nobody in the usual workspace has."""
        there = (one for one in self.platform.people.values() if not one.gone)
        people = {one.handle: one for one in there}
        if name in people:
            return [people[name]]
        return [one for one in people.values() if one.name == name]

    def alone(self, who: Somebody) -> Place:
        """Give the place of somebody's direct messages."""
        return self.platform.place("", workspace=who.workspace)

    def opened(self, name: str) -> OpenForm:
        """Give the form somebody has before them. Raises UserError."""
        found = self.platform.forms.get(self.somebody(name).handle)
        if found is None:
            raise UserError(t("{name} has no form open.", name=name))
        return found

    def place(self, where: str, who: Somebody) -> Place | None:
        """Read `#channel`, `#channel/thread` or `@` for a direct message; None for nothing.

        The channel is one of the workspace of whoever names it.
        """
        channel, _, thread = where.lstrip("@#").partition("/")
        if not where:
            return None
        if not channel:
            return self.alone(who)
        return self.platform.channel(channel, thread, who.workspace)

    def typed(self, words: str, workspace: str = USUAL) -> tuple[str, str]:
        """Read `/group command words` as the command's name and the words behind it."""
        head, _, rest = words.removeprefix("/").strip().partition(" ")
        verb, _, behind = rest.strip().partition(" ")
        group, full = head.lower(), f"{head}.{verb.replace('_', '-')}".lower()
        if group in self.commands and full not in self.commands:
            return group, self._mentioned(rest.strip(), workspace)
        if not verb:
            return "help", group
        return full, self._mentioned(behind.strip(), workspace)

    def call(
        self, name: str, place: Place, command: str, args: Mapping[str, str] | None = None
    ) -> Call:
        """Make the call by which somebody asks something of the bot."""
        caller = self.somebody(name)
        return Call(
            caller.account(self.platform.name),
            place,
            command,
            self.platform.now(),
            args or {},
            name=caller.name,
            locale=caller.locale,
            zone=caller.zone,
            role="" if caller.mail else caller.role,
        )

    async def _invoke(
        self, name: str, posted: PostedMessage, bound: str, more: Mapping[str, str] | None = None
    ) -> None:
        command, args = decoded(bound)
        call = self.call(name, posted.place, command, args | dict(more or {}))
        await self.platform.execute(call, posted.id)

    def _seen(self, line: PressLine | ChooseLine) -> Iterator[PostedMessage]:
        """Go through what somebody sees, narrowed to a title, a channel, or one message."""
        who = self.somebody(line.who)
        wanted, place = _plain(line.on), self.place(line.where, who)
        for posted in self.platform.visible(who.handle):
            told = _plain(f"{posted.shown.title} {posted.shown.text}")
            meant = line.message in ("", posted.id)
            if meant and wanted in told and place in (None, posted.place):
                yield posted

    def _mentioned(self, words: str, workspace: str) -> str:
        """Bring the mentions among typed words into the form the core reads."""

        def mention(found: re.Match[str]) -> str:
            kind = "person" if found["sign"] == "@" else "place"
            return found["before"] + self._picked(kind, found["sign"] + found["name"], workspace)

        pieces = QUOTED.split(words)
        pieces[::2] = [MENTION.sub(mention, piece) for piece in pieces[::2]]
        return "".join(pieces)

    def _picked(self, kind: str, raw: str, workspace: str) -> str:
        """Bring a person, a channel or a file that was named into the form the core reads."""
        name = raw.strip().lstrip("@#").partition("/")[0]
        who = self.platform.people.get(handle(name, workspace)) if kind == "person" else None
        if who is not None:
            return name if who.mail else f"<@{name}|{name}>"
        if kind == "file":
            return contents(raw)
        if kind == "place" and raw.strip().startswith("#") and name:
            return f"<#{self.platform.channel(name, workspace=workspace).channel}|{name}>"
        return raw


def _plain(words: str) -> str:
    straight = words.replace("’", "'")
    return " ".join(normalized("NFKC", straight).casefold().split())


def _called(
    line: PressLine | ChooseLine, things: Iterable[tuple[Thing, PostedMessage]]
) -> tuple[Thing, PostedMessage]:
    """Find what was meant: by its label, counts aside, or by its command, the newest first."""
    labels: list[str] = []
    for thing, posted in things:
        if _is_called(thing, line.wanted):
            return thing, posted
        labels.append(f"“{thing.label}”")
    missing = t("{name} can't see “{wanted}”.", name=line.who, wanted=line.wanted)
    there = t("Available: {labels}", labels=", ".join(list(dict.fromkeys(labels))[:8]))
    raise UserError(joined((missing, there)) if labels else missing)


def _is_called(thing: ShownButton | ShownChoice, wanted: str) -> bool:
    label, asked = _plain(thing.label), _plain(wanted)
    if label == asked or re.fullmatch(re.escape(asked) + r"[\W\d]*", label):
        return True
    command, args = decoded(thing.command)
    name, given = decoded(wanted.strip())
    return command == name and given.items() <= args.items()


def _chosen(options: tuple[ShownOption, ...], wanted: str) -> str:
    for option in options:
        if wanted == option.value or _plain(wanted) == _plain(option.label):
            return option.value
    labels = ", ".join(f"“{option.label}”" for option in options)
    raise UserError(t("Choose one of these: {labels}", labels=labels))


def _field(fields: tuple[ShownField, ...], wanted: str) -> ShownField:
    name = written(one.name for one in fields).get(folded(wanted), wanted)
    for one in fields:
        if name == one.name or _plain(wanted) == _plain(one.label):
            return one
    names: Text = t(
        "The form has no field “{wanted}”. It has: {names}",
        wanted=wanted,
        names=", ".join(one.typed or one.name for one in fields),
    )
    raise UserError(names)
