"""Turns a page of a form into a modal, and reads what was filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.wording import Wording
from bot.chat import Option
from bot.i18n import Text, joined, plain, t
from bot.plain_text import shortened
from bot.protocol import Field, Form

TITLE, LABEL, DESCRIPTION, VALUE, OPTION = 45, 45, 100, 4000, 100
PER_PAGE, RADIO, MENU = 5, 10, 25
MENTION = re.compile(r"<[@#]([0-9]{1,20})\|.*>")
CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]
Suggested = Mapping[str, Sequence[Option]]


@dataclass(frozen=True, slots=True)
class Pages:
    """A form divided into what a modal takes: five things, words above the fields included."""

    form: Form
    wording: Wording

    @property
    def all(self) -> list[tuple[Field, ...]]:
        """The fields of each page."""
        room = PER_PAGE - 1 if self._speaks() else PER_PAGE
        fields = self.form.fields
        return [fields[begin : begin + room] for begin in range(0, len(fields), room)] or [()]

    def _speaks(self) -> bool:
        return bool(self.form.intro) or any(self.aside(field) for field in self.form.fields)

    def told(self, field: Field) -> str:
        """Say what stands beneath a label: what is wrong, all of a long label, and the hint."""
        label = self.wording.plain(field.label)
        whole = (plain(label),) if len(label) > LABEL else ()
        wrong = (joined((plain("⚠"), field.error)),) if field.error else ()
        texts = (*wrong, *whole, *((field.hint,) if field.hint else ()))
        return self.wording.plain(joined(texts)) if texts else ""

    def aside(self, field: Field) -> str:
        """Give what is too long for beneath the label, so that it stands above all fields."""
        told = self.told(field)
        return told if len(told) > DESCRIPTION else ""

    def words(self, page: int) -> str:
        """Give the words above the fields of a page."""
        intro = self.wording.marked(self.form.intro) if page == 0 else ""
        asides = (self.wording.marked(plain(self.aside(field))) for field in self.all[page])
        return "\n".join(filter(None, (intro, *asides)))[:VALUE]

    def title(self, page: int) -> str:
        """Name a page: what the form is for, up to its first colon where it is long."""
        count = len(self.all)
        place = f" ({page + 1}/{count})" if count > 1 else ""
        title = self.wording.plain(self.form.title).rstrip(".") or "…"
        short = title if len(title + place) <= TITLE else title.split(":")[0]
        return shortened(short, TITLE - len(place)) + place

    def page_of(self, name: str) -> int:
        """Find the page a field is on."""
        return next(at for at, page in enumerate(self.all) if any(f.name == name for f in page))

    def wrong(self) -> int:
        """Give the first page on which something is to be put right."""
        return next((at for at, page in enumerate(self.all) if any(f.error for f in page)), 0)


def modal(pages: Pages, page: int, id: str, suggested: Suggested) -> ui.Modal:
    """Make the modal of one page. `suggested` are values for fields that look things up."""
    made = ui.Modal(title=pages.title(page), custom_id=id)
    words = pages.words(page)
    if words or not pages.all[page]:
        words = words or pages.wording.marked(pages.form.title) or "…"
        made.add_item(ui.TextDisplay(words))
    for field in pages.all[page]:
        label = shortened(pages.wording.plain(field.label) or field.name, LABEL)
        told = shortened(pages.told(field), DESCRIPTION) or None
        item = _item(field, suggested.get(field.name, ()), pages.wording)
        made.add_item(ui.Label(text=label, description=told, component=item))
    made.stop()
    return made


def _item(field: Field, suggested: Sequence[Option], wording: Wording) -> ui.Item[Any]:
    match field.widget:
        case "person":
            chosen = _mentioned(field.value, discord.SelectDefaultValueType.user)
            return ui.UserSelect(
                custom_id=field.name,
                required=field.required and not _elsewhere(field),
                default_values=chosen,
            )
        case "place":
            return ui.ChannelSelect(
                custom_id=field.name,
                channel_types=CHANNELS,
                required=field.required,
                default_values=_mentioned(field.value, discord.SelectDefaultValueType.channel),
            )
    options = [one for one in field.options or suggested if one.value]
    if not 0 < len(options) <= MENU or _unlisted(field, options):
        return _typed(field)
    if field.widget == "several":
        return _several(field, options, wording)
    return _one(field, options, wording)


def _unlisted(field: Field, options: Sequence[Option]) -> bool:
    """Say whether a field is filled in with something that is not among what is suggested."""
    listed = {one.value for one in options}
    return field.widget == "look" and field.value not in {"", *listed} and not field.error


def _typed(field: Field) -> ui.TextInput[Any]:
    long = field.widget == "long"
    most = max(field.limit or VALUE, len(field.value))
    return ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        default=field.value[:VALUE] or None,
        required=field.required,
        max_length=min(most, VALUE),
    )


def _one(field: Field, options: Sequence[Option], wording: Wording) -> ui.Item[Any]:
    """Offer one of several: as buttons where all can be seen and one is needed, else as a menu."""
    if field.required and 2 <= len(options) <= RADIO:
        radio: ui.RadioGroup[Any] = ui.RadioGroup(custom_id=field.name, required=True)
        for one in options:
            radio.add_option(**_option(one, field, wording))
        return radio
    menu: ui.Select[Any] = ui.Select(custom_id=field.name, required=field.required)
    for one in options:
        menu.add_option(**_option(one, field, wording))
    return menu


def _several(field: Field, options: Sequence[Option], wording: Wording) -> ui.Item[Any]:
    least = 1 if field.required else 0
    if len(options) <= RADIO:
        boxes: ui.CheckboxGroup[Any] = ui.CheckboxGroup(
            custom_id=field.name,
            required=field.required,
            min_values=least,
            max_values=len(options),
        )
        for one in options:
            boxes.add_option(**_option(one, field, wording))
        return boxes
    menu: ui.Select[Any] = ui.Select(
        custom_id=field.name, required=field.required, min_values=least, max_values=len(options)
    )
    for one in options:
        menu.add_option(**_option(one, field, wording))
    return menu


def _option(one: Option, field: Field, wording: Wording) -> dict[str, Any]:
    chosen = field.value.split(",") if field.widget == "several" else [field.value]
    label = shortened(wording.plain(one.label) or one.value, OPTION)
    return {"label": label, "value": one.value[:OPTION], "default": one.value in chosen}


def _mentioned(
    value: str, kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    found = MENTION.fullmatch(value)
    return [discord.SelectDefaultValue(id=int(found[1]), type=kind)] if found else []


def _elsewhere(field: Field) -> bool:
    """Say whether a person is chosen whom Discord cannot show as chosen."""
    return bool(field.value) and not field.error and not MENTION.fullmatch(field.value)


def filled(form: Form, body: Mapping[str, Any]) -> Form:
    """Put what was sent off with a modal into a form; fields of other pages stay as they are."""
    sent = dict(_sent(body))
    fields = tuple(_with(field, sent) for field in form.fields)
    return replace(form, fields=fields)


def _with(field: Field, sent: Mapping[str, str]) -> Field:
    if field.name not in sent:
        return field
    value = sent[field.name]
    if field.widget == "person" and not value and _elsewhere(field):
        return field
    return replace(field, value=value, error=None)


def _sent(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    resolved = body.get("resolved") or {}
    found = []
    for label in body.get("components") or ():
        component = label.get("component") or {}
        if "custom_id" in component:
            found.append((str(component["custom_id"]), _value(component, resolved)))
    return found


def _value(component: Mapping[str, Any], resolved: Mapping[str, Any]) -> str:
    """Read a component back as a raw option."""
    kind = component.get("type")
    values = [str(one) for one in component.get("values") or ()]
    if kind == discord.ComponentType.user_select.value:
        return ",".join(mention(one, resolved) for one in values)
    if kind == discord.ComponentType.channel_select.value:
        names = resolved.get("channels") or {}
        return ",".join(f"<#{one}|{names.get(one, {}).get('name', one)}>" for one in values)
    return ",".join(values) if values else str(component.get("value") or "")


def mention(id: str, resolved: Mapping[str, Any]) -> str:
    """Write somebody as `<@id|name>`, by the name they have in this server."""
    return f"<@{id}|{called(id, resolved) or id}>"


def called(id: str, resolved: Mapping[str, Any]) -> str:
    """Give the name somebody has in this server."""
    member = (resolved.get("members") or {}).get(id) or {}
    user = (resolved.get("users") or {}).get(id) or {}
    return str(member.get("nick") or user.get("global_name") or user.get("username") or "")


def worded_error(form: Form) -> Text | None:
    """Say what is wrong in a form, field by field; None when nothing is."""
    wrong = [t("{label}: {error}", label=f.label, error=f.error) for f in form.fields if f.error]
    return joined(wrong, "\n") if wrong else None
