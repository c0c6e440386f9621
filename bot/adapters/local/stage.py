"""Lets people act: they join, speak, give commands, press buttons, choose, and fill forms in."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar, get_args
from zoneinfo import available_timezones

from bot.adapters.local.kept import Opened, Posted, Role, Somebody
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.local.shown import ShownButton, ShownChoice, ShownField, ShownOption
from bot.calls import Call
from bot.chat import Account, Place, decoded
from bot.errors import UserError
from bot.i18n import Text, joined, t

ROLES: tuple[Role, ...] = get_args(Role)
LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
MENTION = re.compile(r"""(?P<before>\A|[\s=])(?P<sign>[@#])(?P<name>[^\s"“”«»@#<>|]+)(?=\s|\Z)""")
QUOTED = re.compile(r'("[^"]*"|“[^”]*”|«[^»]*»)')
Thing = TypeVar("Thing", ShownButton, ShownChoice)


class Stage:
    """What people do in the chat. Raises UserError with one sentence when they cannot."""

    def __init__(self, platform: LocalPlatform, commands: Collection[str]) -> None:
        self.platform = platform
        self.commands = commands

    async def join(self, name: str, zone: str = "", locale: str = "", role: str = "") -> None:
        """Let somebody in, or know them anew; the first of all administers the chat."""
        if zone and zone not in available_timezones():
            raise UserError(t("I do not know the time zone {zone}.", zone=zone))
        if locale and not LOCALE.fullmatch(locale):
            raise UserError(t("{locale} is not a language code like en or es-419.", locale=locale))
        first: Role = "" if self.platform.people else "coordinator"
        before = self.platform.people.get(name, Somebody(name, role=first))
        self.platform.meet(
            replace(
                before,
                zone=zone or before.zone,
                locale=locale or before.locale,
                role=_role(role) or before.role,
            )
        )
        await self.platform.saved()

    def somebody(self, name: str) -> Somebody:
        """Give who was let in under a name."""
        found = self.platform.people.get(name)
        if found is None:
            raise UserError(t("Nobody called {name} is here. Let them in: join {name}", name=name))
        return found

    async def say(self, name: str, words: str, where: Place | None = None) -> None:
        """Say plain words, or give a command that begins with a slash."""
        speaker = self.somebody(name)
        place = where or speaker.where or self.platform.place("")
        if place != speaker.where:
            self.platform.meet(replace(speaker, where=place))
        if words.startswith("/"):
            command, rest = self.typed(words)
            await self.platform.carry_out(replace(self.call(name, place, command), words=rest))
        else:
            await self.platform.talk(place, name, words)

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

    async def press(self, name: str, wanted: str, on: str = "", where: Place | None = None) -> None:
        """Press a button: the newest one of that label or command that the person can see."""
        self.somebody(name)
        for posted in self._before(name, on, where):
            for one in posted.shown.buttons:
                if _called(one, wanted):
                    await self._invoke(name, posted, one.command)
                    return
        labels = (
            one.label for posted in self._before(name, on, where) for one in posted.shown.buttons
        )
        missing = t("{name} sees no button “{wanted}”.", name=name, wanted=wanted)
        raise UserError(joined((missing, _few(labels))))

    async def choose(self, name: str, wanted: str, option: str, on: str = "") -> None:
        """Choose from a menu: the newest one of that label or command that the person can see."""
        self.somebody(name)
        for posted in self._before(name, on, None):
            for menu in posted.shown.choices:
                if _called(menu, wanted):
                    value = _chosen(menu.options, option)
                    await self._invoke(name, posted, menu.command, {menu.option: value})
                    return
        raise UserError(t("{name} sees no menu “{wanted}”.", name=name, wanted=wanted))

    async def fill(self, name: str, values: Mapping[str, str]) -> None:
        """Fill fields of the open form, by name or label, and send it off."""
        self.somebody(name)
        opened = self.opened(name)
        form = opened.form
        filled = {one.name: one.value for one in form.fields}
        filled |= {_field(form.fields, key).name: value for key, value in values.items()}
        kinds = {one.name: one.kind for one in form.fields}
        raw = {key: self._picked(kinds[key], value) for key, value in filled.items()}
        self.platform.open(name, None)
        call = self.call(name, opened.place, form.command, {**form.bound, **raw})
        await self.platform.carry_out(replace(call, filled=True), opened.origin)

    async def dismiss(self, name: str) -> None:
        """Close the open form."""
        self.opened(name)
        self.platform.open(name, None)
        await self.platform.saved()

    def opened(self, name: str) -> Opened:
        """Give the form somebody has before them."""
        found = self.platform.forms.get(name)
        if found is None:
            raise UserError(t("{name} has no form open.", name=name))
        return found

    def call(
        self, name: str, place: Place, command: str, args: Mapping[str, str] | None = None
    ) -> Call:
        """Make the call by which somebody asks something of the bot."""
        caller = self.somebody(name)
        return Call(
            Account(self.platform.name, self.platform.space, name),
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

    def _before(self, name: str, on: str, where: Place | None) -> Iterator[Posted]:
        """Go through what somebody sees, narrowed to a title and a channel."""
        wanted = _plain(on)
        for posted in self.platform.visible(name):
            if where is not None and posted.place != where:
                continue
            if wanted in _plain(posted.shown.title) or wanted in _plain(posted.shown.text):
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


def _role(words: str) -> Role:
    for role in ROLES:
        if words == role:
            return role
    raise UserError(t("A role is one of {roles}.", roles=", ".join(ROLES[1:])))


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _called(one: ShownButton | ShownChoice, wanted: str) -> bool:
    """Say whether a button or menu was meant: by label, counts aside, or by its command."""
    label, asked = _plain(one.label), _plain(wanted)
    if label == asked or re.fullmatch(re.escape(asked) + r"[\W\d]*", label):
        return True
    command, args = decoded(one.command)
    name, given = decoded(wanted.strip())
    return command == name and given.items() <= args.items()


def _chosen(options: tuple[ShownOption, ...], wanted: str) -> str:
    for option in options:
        if wanted == option.value or _plain(wanted) == _plain(option.label):
            return option.value
    labels = ", ".join(option.label for option in options)
    raise UserError(t("One of these can be chosen: {labels}", labels=labels))


def _field(fields: tuple[ShownField, ...], wanted: str) -> ShownField:
    for one in fields:
        if wanted == one.name or _plain(wanted) == _plain(one.label):
            return one
    names = ", ".join(one.name for one in fields)
    raise UserError(
        t("The form has no field “{wanted}”. It has: {names}", wanted=wanted, names=names)
    )


def _few(labels: Iterator[str]) -> Text:
    few = ", ".join(f"“{label}”" for label in list(dict.fromkeys(labels))[:8])
    return t("There are: {labels}", labels=few) if few else t("There is none at all.")
