"""Checks what leaves for Discord against its published specification, and the limits that lacks."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

from tests.fakes.slack.checks import where

SPECS = Path(os.environ.get("CONVENER_SPECS", Path(__file__).parents[3] / "shared" / "specs"))
SPEC = SPECS / "discord-openapi.json"
REASON = "the published specification of Discord is not on this machine"
NAME = re.compile(r"^[-_'\w]{1,32}$")
MESSAGES = re.compile(r"/channels/\d+/messages|/webhooks/|/interactions/")
Body = Mapping[str, Any]


def present() -> bool:
    """Say whether the specification is there."""
    return SPEC.exists()


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    words: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    # discord.py sends ids as numbers in places, which Discord takes.
    words["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"]}
    return words


@lru_cache(maxsize=64)
def _validator(method: str, template: str) -> Draft202012Validator | None:
    operation = _spec()["paths"].get(template, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is None:
        return None
    return Draft202012Validator({**schema, "components": _spec()["components"]})


@lru_cache(maxsize=512)
def _template(path: str) -> str:
    """Find the path of the specification that fits best: words before placeholders."""
    given = path.strip("/").split("/")
    fitting = [
        template
        for template in _spec()["paths"]
        if len(parts := template.strip("/").split("/")) == len(given)
        and all(p.startswith("{") or p == g for p, g in zip(parts, given, strict=True))
    ]
    return min(fitting, key=lambda template: template.count("{"), default="")


def wrong(method: str, path: str, body: Any) -> list[str]:
    """Say what Discord would refuse about a request."""
    return [*_against_spec(method, path, body), *_limits(path, body)]


def _against_spec(method: str, path: str, body: Any) -> Iterator[str]:
    if not present():
        return
    template = _template(path)
    validator = _validator(method, template) if template else None
    if validator is None:
        yield f"{method} {path} is not in the specification"
        return
    for error in validator.iter_errors(body):
        yield f"{method} {template}: {where(error)}: {error.message[:300]}"


def _limits(path: str, body: Any) -> Iterator[str]:
    if path.endswith("/commands"):
        yield from wrong_commands(body)
    elif MESSAGES.search(path) and isinstance(body, dict):
        said = body.get("data", body) or {}
        if "title" in said:
            yield from wrong_modal(said)
        elif isinstance(said.get("components"), list):
            yield from wrong_message(said)
        if len(str(body.get("nonce", ""))) > 25:
            yield "a nonce is at most 25 characters"
    elif path.endswith("/scheduled-events"):
        yield from _too_long("name", body["name"], 100)
        yield from _too_long("description", body["description"], 1000)
        yield from _too_long("location", body["entity_metadata"]["location"], 100)
    elif path.endswith("/threads"):
        yield from _too_long("thread name", body["name"], 100)


def _all(components: Iterable[Body]) -> Iterator[Body]:
    for one in components:
        yield one
        yield from _all(one.get("components", ()))
        yield from _all([one["component"]] if "component" in one else ())


def wrong_message(body: Body) -> Iterator[str]:
    """Say what is too much in a message of components."""
    components = list(_all(body["components"]))
    words = sum(len(one["content"]) for one in components if one["type"] == 10)
    if words > 4000:
        yield f"{words} characters of text"
    if len(components) > 40:
        yield f"{len(components)} components"
    yield from _wrong_ids(components)
    for one in components:
        yield from _wrong_component(one)


def _wrong_component(one: Body) -> Iterator[str]:
    kind = one["type"]
    if kind == 1 and not 1 <= len(one["components"]) <= 5:
        yield f"{len(one['components'])} buttons in a row"
    if kind == 2:
        yield from _too_long("label", one["label"], 80)
    if kind in (3, 21, 22):
        yield from _wrong_options(one, 25 if kind == 3 else 10)
    if kind == 10 and not one["content"].strip():
        yield "a text without words"


def _wrong_options(one: Body, most: int) -> Iterator[str]:
    options = one["options"]
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for value, count in Counter(option["value"] for option in options).items():
        if count > 1:
            yield f"option {value} is there {count} times"
    for option in options:
        yield from _too_long("option", option["label"], 100)
        yield from _too_long("value", option["value"], 100)
        yield from _too_long("description", option.get("description") or "x", 100)
    yield from _too_long("placeholder", one.get("placeholder") or "x", 150)


def _wrong_ids(components: Iterable[Body]) -> Iterator[str]:
    ids = Counter(one["custom_id"] for one in components if "custom_id" in one)
    for id, count in ids.items():
        yield from _too_long("custom_id", id, 100)
        if count > 1:
            yield f"custom_id {id} is there {count} times"


def wrong_modal(body: Body) -> Iterator[str]:
    """Say what is too much in a modal."""
    yield from _too_long("title", body["title"], 45)
    yield from _too_long("custom_id", body["custom_id"], 100)
    if not 1 <= len(body["components"]) <= 5:
        yield f"{len(body['components'])} components in a modal"
    components = list(_all(body["components"]))
    yield from _wrong_ids(components)
    for one in components:
        yield from _wrong_field(one)


def _wrong_field(one: Body) -> Iterator[str]:
    if one["type"] == 18:
        yield from _too_long("label", one["label"], 45)
        yield from _too_long("description", one.get("description") or "x", 100)
    if one["type"] == 4 and len(one.get("value") or "") > one.get("max_length", 4000):
        yield f"the value of {one['custom_id']} is longer than it may be"
    if one["type"] == 21 and len(one["options"]) < 2:
        yield f"{one['custom_id']} has nothing to choose from"
    if one["type"] in (3, 21, 22):
        yield from _wrong_options(one, 25 if one["type"] == 3 else 10)


def wrong_commands(commands: Iterable[Body]) -> Iterator[str]:
    """Say what is too much in a list of commands, in any language."""
    known = list(commands)
    typed = [one for one in known if one.get("type", 1) == 1]
    if len(typed) > 100 or len(known) - len(typed) > 10:
        yield f"{len(typed)} commands, {len(known) - len(typed)} in menus"
    yield from _wrong_names(known)
    for one in typed:
        yield from _wrong_command(one, one["name"])
        if (weight := _weight(one)) > 8000:
            yield f"/{one['name']} has {weight} characters in all"


def _wrong_command(one: Body, path: str) -> Iterator[str]:
    for name in _worded(one, "name"):
        if not NAME.match(name) or name != name.lower():
            yield f"{path}: {name!r} cannot be a name"
    for words in _worded(one, "description"):
        yield from _too_long(f"{path}: description", words, 100)
    options = one.get("options", [])
    if len(options) > 25:
        yield f"{path}: {len(options)} options"
    yield from _wrong_names(options)
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield f"{path}: an option that is needed stands behind one that is not"
    yield from _wrong_choices(one.get("choices", ()), path)
    for option in options:
        yield from _wrong_command(option, f"{path} {option['name']}")


def _wrong_choices(choices: Sequence[Body], path: str) -> Iterator[str]:
    if len(choices) > 25:
        yield f"{path}: {len(choices)} choices"
    for choice in choices:
        for words in (*_worded(choice, "name"), choice["value"]):
            yield from _too_long(f"{path}: choice", words, 100)


def _wrong_names(neighbours: Iterable[Body]) -> Iterator[str]:
    known = list(neighbours)
    locales = {at for one in known for at in one.get("name_localizations") or {}}
    for locale in ("", *sorted(locales)):
        names = Counter(
            ((one.get("name_localizations") or {}).get(locale, one["name"]), one.get("type", 1) > 1)
            for one in known
        )
        yield from (f"{name[0]!r} twice in {locale}" for name, n in names.items() if n > 1)


def _worded(one: Body, key: str) -> list[str]:
    return [one[key], *(one.get(f"{key}_localizations") or {}).values()]


def _weight(one: Body) -> int:
    """Count as Discord does: of each text its longest translation."""
    own = sum(max(map(len, _worded(one, key))) for key in ("name", "description") if key in one)
    own += len(str(one.get("value", "")))
    parts = (*one.get("options", ()), *one.get("choices", ()))
    return own + sum(map(_weight, parts))


def _too_long(what: str, words: str, most: int) -> Iterator[str]:
    if not 1 <= len(words) <= most:
        yield f"{what}: {len(words)} characters, at most {most}: {words[:60]!r}"
