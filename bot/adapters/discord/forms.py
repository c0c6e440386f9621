"""Turns a page of a form into a modal, and reads what was filled in."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.wording import DiscordWording
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
class Page:
    """What a modal takes of a form, from its field `begin` on: five things, words included."""

    form: Form
    wording: DiscordWording
    begin: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields it has room for."""
        here = self.form.fields[self.begin : self.begin + PER_PAGE]
        speaks = self._intro or any(self.aside(field) for field in here)
        return here[: PER_PAGE - 1] if speaks else here

    @property
    def end(self) -> int:
        """Where the page behind it begins."""
        return self.begin + len(self.fields)

    @property
    def last(self) -> bool:
        """Whether there is no page behind it."""
        return self.end >= len(self.form.fields)

    @property
    def number(self) -> int:
        """Which page it is, counted from 1."""
        return 1 + -(-self.begin // PER_PAGE)

    @property
    def count(self) -> int:
        """How many pages there are by now: those with more words hold less."""
        return self.number + -(-(len(self.form.fields) - self.end) // PER_PAGE)

    @property
    def _intro(self) -> Text | None:
        return self.form.intro if self.begin == 0 and self.form.intro else None

    def told(self, field: Field) -> str:
        """Say what stands beneath a label: what is wrong or else the hint, and a long label."""
        label = self.wording.plain(field.label)
        whole = (plain(label),) if len(label) > LABEL else ()
        wrong = (joined((plain("⚠"), field.error)),) if field.error else ()
        hint = (field.hint,) if field.hint and not field.error else ()
        texts = (*wrong, *whole, *hint)
        return self.wording.plain(joined(texts)) if texts else ""

    def aside(self, field: Field) -> str:
        """Give what is too long for beneath the label, so that it stands above all fields."""
        told = self.told(field)
        return told if len(told) > DESCRIPTION else ""

    @property
    def words(self) -> str:
        """The words above its fields."""
        intro = self.wording.marked(self._intro) if self._intro else ""
        asides = (self.wording.marked(plain(self.aside(field))) for field in self.fields)
        return "\n".join(filter(None, (intro, *asides)))[:VALUE]

    @property
    def title(self) -> str:
        """Its name, and which page it is of how many."""
        place = f" ({self.number}/{self.count})" if self.count > 1 else ""
        title = self.wording.plain(self.form.title) or "…"
        return shortened(title, TITLE - len(place)) + place


def pages(form: Form, wording: DiscordWording) -> list[Page]:
    """Divide a form into pages; one without fields has one, too."""
    found = [Page(form, wording)]
    while not found[-1].last:
        found.append(Page(form, wording, found[-1].end))
    return found


def page_at(form: Form, wording: DiscordWording, name: str) -> Page:
    """Give the page that begins with a field, or the first where that is not asked any more."""
    names = [field.name for field in form.fields]
    return Page(form, wording, names.index(name) if name in names else 0)


def page_behind(form: Form, wording: DiscordWording, sent: Container[str]) -> Page:
    """Give the page behind the one whose fields were sent off; there may be nothing on it."""
    return Page(
        form,
        wording,
        1 + max((at for at, f in enumerate(form.fields) if f.name in sent), default=-1),
    )


def wrong_page(form: Form, wording: DiscordWording, *, missing: bool = False) -> Page:
    """Give the first page on which something is wrong, or `missing`; else the first of all."""
    every = pages(form, wording)
    wrong = [one for one in every if any(field.error for field in one.fields)]
    lacking = [one for one in every if missing and any(map(is_missing, one.fields))]
    return (*wrong, *lacking, *every)[0]


def is_missing(field: Field) -> bool:
    """Say whether a field has to be filled in and is not."""
    return field.required and not field.value.strip()


def modal(page: Page, id: str, suggested: Suggested) -> ui.Modal:
    """Make the modal of one page. `suggested` are values for fields that look things up."""
    made = ui.Modal(title=page.title, custom_id=id)
    if page.words or not page.fields:
        words = page.words or page.wording.marked(page.form.about or page.form.title) or "…"
        made.add_item(ui.TextDisplay(words))
    for field in page.fields:
        label = shortened(page.wording.plain(field.label) or field.name, LABEL)
        item = _item(field, suggested.get(field.name, ()), page.wording)
        picked = field.widget == "several" and not isinstance(item, ui.TextInput)
        asked = replace(field, hint=Text("")) if picked else field  # a hint is on what to type
        told = shortened(page.told(asked), DESCRIPTION) or None
        made.add_item(ui.Label(text=label, description=told, component=item))
    made.stop()
    return made


def _item(field: Field, suggested: Sequence[Option], wording: DiscordWording) -> ui.Item[Any]:
    match field.widget:
        case "person":
            chosen = _mentioned(field.value, discord.SelectDefaultValueType.user)
            return ui.UserSelect(
                custom_id=field.name, required=field.required, default_values=chosen
            )
        case "file":
            needed = field.required and not field.value
            least = 1 if needed else 0
            return ui.FileUpload(
                custom_id=field.name, required=needed, min_values=least, max_values=1
            )
        case "place":
            return ui.ChannelSelect(
                custom_id=field.name,
                channel_types=CHANNELS,
                required=field.required,
                default_values=_mentioned(field.value, discord.SelectDefaultValueType.channel),
            )
    options = [one for one in field.options or suggested if one.value]
    if not 0 < len(options) <= MENU or _unlisted(field, options, wording):
        return _typed(field)
    if field.widget == "several":
        return _several(field, options, wording)
    return _one(field, options, wording)


def _unlisted(field: Field, options: Sequence[Option], wording: DiscordWording) -> bool:
    """Say whether a field is filled in with something that is not among what is suggested."""
    if field.widget not in ("look", "several") or field.error:
        return False
    listed = {name for one in options for name in _names(one, wording)}
    return not {*_parts(field)} <= {"", *listed}


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


def _one(field: Field, options: Sequence[Option], wording: DiscordWording) -> ui.Item[Any]:
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


def _several(field: Field, options: Sequence[Option], wording: DiscordWording) -> ui.Item[Any]:
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


def _option(one: Option, field: Field, wording: DiscordWording) -> dict[str, Any]:
    chosen = not _names(one, wording).isdisjoint(_parts(field))
    label = shortened(wording.plain(one.label) or one.value, OPTION)
    return {"label": label, "value": one.value[:OPTION], "default": chosen}


def _parts(field: Field) -> list[str]:
    """Give the values a field is filled in with."""
    if field.widget != "several":
        return [field.value]
    return [part.strip() for part in field.value.split(",")]


def _names(option: Option, wording: DiscordWording) -> set[str]:
    """Give what a field can name an option by: its value, or its name as one types it."""
    return {option.value, wording.plain(option.label)}


def _mentioned(
    value: str, kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    found = MENTION.fullmatch(value)
    return [discord.SelectDefaultValue(id=int(found[1]), type=kind)] if found else []


def filled(body: Mapping[str, Any]) -> dict[str, str]:
    """Read what was sent off with a modal as raw values."""
    resolved = body.get("resolved") or {}
    components = [label.get("component") or {} for label in body.get("components") or ()]
    return {
        str(one["custom_id"]): _value(one, resolved) for one in components if "custom_id" in one
    }


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
