"""Lets people act: they join, speak, give commands, press buttons, choose, and fill forms in."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar, get_args

from bot.adapters.local.kept import Opened, Posted, Role, Somebody
from bot.adapters.local.lines import Choose, Dismiss, Fill, Join, Press, Say
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.local.shown import ShownButton, ShownChoice, ShownField, ShownOption
from bot.chat import Account, Place, decoded
from bot.errors import UserError
from bot.i18n import Text, joined, normalized, t
from bot.moments import known_zones
from bot.protocol import Call

ROLES: tuple[Role, ...] = get_args(Role)
LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
MENTION = re.compile(r"""(?P<before>\A|[\s=])(?P<sign>[@#])(?P<name>[^\s"“”«»@#<>|]+)(?=\s|\Z)""")
QUOTED = re.compile(r'("[^"]*"|“[^“”]*”|«[^«»]*»)')
Thing = TypeVar("Thing", ShownButton, ShownChoice)


class Stage:
    """What people do in the chat. Raises UserError with one sentence when they cannot."""

    def __init__(self, platform: LocalPlatform, commands: Collection[str]) -> None:
        self.platform = platform
        self.commands = commands

    async def join(self, line: Join) -> None:
        """Let somebody in, or know them anew; the first of all administers the chat."""
        unknown = set(line.options) - {"zone", "locale", "role"}
        if unknown:
            words = t("One joins with zone, locale and role; {name} is none.", name=min(unknown))
            raise UserError(words)
        first: Role = "" if self.platform.people else "coordinator"
        before = self.platform.people.get(line.who, Somebody(line.who, role=first))
        zone, locale = _zone(line.options.get("zone", "")), _locale(line.options.get("locale", ""))
        role = _role(line.options.get("role", ""))
        self.platform.meet(
            replace(
                before,
                zone=zone or before.zone,
                locale=locale or before.locale,
                role=role or before.role,
            )
        )
        await self.platform.saved()
        await self._introduce(line.who)

    async def _introduce(self, name: str) -> None:
        """Have the bot meet somebody at once, so that coordinators are known before they ask."""
        await self.platform.dispatch(self.call(name, self.platform.place(""), "desk"))

    async def say(self, line: Say) -> None:
        """Say plain words, or give a command, which begins with a slash."""
        speaker = self.somebody(line.who)
        place = self.place(line.where) or speaker.where or self.platform.place("")
        if place != speaker.where:
            self.platform.meet(replace(speaker, where=place))
        if not line.words.startswith("/"):
            await self.platform.talk(place, line.who, line.words)
            return
        command, words = self.typed(line.words)
        await self.platform.carry_out(replace(self.call(line.who, place, command), words=words))

    async def press(self, line: Press) -> None:
        """Press a button: the newest one of that label or command that the person can see."""
        seen = self._seen(line.who, line.on, line.where)
        buttons = ((one, posted) for posted in seen for one in posted.shown.buttons)
        button, posted = _called(line, buttons)
        await self._invoke(line.who, posted, button.command)

    async def choose(self, line: Choose) -> None:
        """Choose from a menu: the newest one of that label or command that the person can see."""
        seen = self._seen(line.who, line.on, line.where)
        menus = ((one, posted) for posted in seen for one in posted.shown.choices)
        menu, posted = _called(line, menus)
        value = _chosen(menu.options, line.option)
        await self._invoke(line.who, posted, menu.command, {menu.option: value})

    async def fill(self, line: Fill) -> None:
        """Fill fields of the open form, by name or label, and send it off."""
        opened = self.opened(line.who)
        form = opened.form.filled(
            {_field(opened.form.fields, name).name: value for name, value in line.values.items()}
        )
        values = {one.name: self._picked(one.kind, one.value) for one in form.fields}
        self.platform.open(line.who, None)
        call = self.call(line.who, opened.place, form.command, {**form.bound, **values})
        await self.platform.carry_out(replace(call, filled=True), opened.origin)

    async def dismiss(self, line: Dismiss) -> None:
        """Close the open form."""
        self.opened(line.who)
        self.platform.open(line.who, None)
        await self.platform.saved()

    def somebody(self, name: str) -> Somebody:
        """Give who was let in under a name. Raises UserError."""
        found = self.platform.people.get(name)
        if found is None:
            raise UserError(t("Nobody called {name} is here. Let them in: join {name}", name=name))
        return found

    def opened(self, name: str) -> Opened:
        """Give the form somebody has before them. Raises UserError."""
        found = self.platform.forms.get(self.somebody(name).name)
        if found is None:
            raise UserError(t("{name} has no form open.", name=name))
        return found

    def place(self, where: str) -> Place | None:
        """Read `#channel`, `#channel/thread` or `@` for a direct message; None for nothing."""
        channel, _, thread = where.lstrip("@#").partition("/")
        if not where:
            return None
        return self.platform.channel(channel, thread) if channel else self.platform.place("")

    def typed(self, words: str) -> tuple[str, str]:
        """Read `/group command words` as the command's name and the words behind it."""
        head, _, rest = words.removeprefix("/").strip().partition(" ")
        verb, _, behind = rest.strip().partition(" ")
        group, full = head.lower(), f"{head}.{verb.replace('_', '-')}".lower()
        if group in self.commands and full not in self.commands:
            return group, self._mentioned(rest.strip())
        if not verb:
            return "help", group
        return full, self._mentioned(behind.strip())

    def call(
        self, name: str, place: Place, command: str, args: Mapping[str, str] | None = None
    ) -> Call:
        """Make the call by which somebody asks something of the bot."""
        caller = self.somebody(name)
        return Call(
            Account(self.platform.name, self.platform.workspace, name),
            place,
            command,
            self.platform.now(),
            args or {},
            name=name,
            locale=caller.locale,
            zone=caller.zone,
            role=caller.role,
        )

    async def _invoke(
        self, name: str, posted: Posted, bound: str, more: Mapping[str, str] | None = None
    ) -> None:
        command, args = decoded(bound)
        call = self.call(name, posted.place, command, args | dict(more or {}))
        await self.platform.carry_out(call, posted.id)

    def _seen(self, name: str, on: str, where: str) -> Iterator[Posted]:
        """Go through what somebody sees, narrowed to a title and a channel."""
        wanted, place = _plain(on), self.place(where)
        for posted in self.platform.visible(self.somebody(name).name):
            told = _plain(f"{posted.shown.title} {posted.shown.text}")
            if wanted in told and place in (None, posted.place):
                yield posted

    def _mentioned(self, words: str) -> str:
        """Bring the mentions among typed words into the form the core reads."""
        pieces = QUOTED.split(words)
        pieces[::2] = [MENTION.sub(self._mention, piece) for piece in pieces[::2]]
        return "".join(pieces)

    def _mention(self, found: re.Match[str]) -> str:
        kind = "person" if found["sign"] == "@" else "place"
        return found["before"] + self._picked(kind, found["sign"] + found["name"])

    def _picked(self, kind: str, raw: str) -> str:
        """Bring a person or a channel that was named into the form the core reads."""
        name = raw.strip().lstrip("@#")
        if kind == "person" and name in self.platform.people:
            return f"<@{name}|{name}>"
        if kind == "place" and raw.strip().startswith("#") and name:
            return f"<#{self.platform.channel(name).channel}|{name}>"
        return raw


def _zone(words: str) -> str:
    if words and words not in known_zones():
        raise UserError(t("I do not know this time zone. Write it like Africa/Nairobi."))
    return words


def _locale(words: str) -> str:
    if words and not LOCALE.fullmatch(words):
        raise UserError(t("A language is written as a code, like en or es-419."))
    return words


def _role(words: str) -> Role:
    for role in ROLES:
        if words == role:
            return role
    raise UserError(t("A role is one of these: {roles}", roles=", ".join(ROLES[1:])))


def _plain(words: str) -> str:
    straight = words.replace("’", "'")
    return " ".join(normalized("NFKC", straight).casefold().split())


def _called(line: Press | Choose, things: Iterable[tuple[Thing, Posted]]) -> tuple[Thing, Posted]:
    """Find what was meant: by its label, counts aside, or by its command, the newest first."""
    labels: list[str] = []
    for thing, posted in things:
        if _is_called(thing, line.wanted):
            return thing, posted
        labels.append(f"“{thing.label}”")
    missing = t("{name} does not see “{wanted}”.", name=line.who, wanted=line.wanted)
    there = t("There are: {labels}", labels=", ".join(list(dict.fromkeys(labels))[:8]))
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
    raise UserError(t("One of these can be chosen: {labels}", labels=labels))


def _field(fields: tuple[ShownField, ...], wanted: str) -> ShownField:
    for one in fields:
        if wanted == one.name or _plain(wanted) == _plain(one.label):
            return one
    names: Text = t(
        "The form has no field “{wanted}”. It has: {names}",
        wanted=wanted,
        names=", ".join(one.name for one in fields),
    )
    raise UserError(names)
