"""Checks what leaves for Slack against the published schema, and the limits the schema lacks."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

SPECS = Path(os.environ.get("CONVENER_SPECS", Path(__file__).parents[4] / "shared" / "specs"))
SCHEMA = SPECS / "slack-block-kit.schema.json"
REASON = "the published schemas of Slack are not on this machine"


def present() -> bool:
    """Say whether the schema is there."""
    return SCHEMA.exists()


@lru_cache(maxsize=8)
def _validator(part: str) -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    if part:
        schema = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": f"#/$defs/{part}"}
    return Draft202012Validator(schema)


def wrong_blocks(blocks: Any, most: int = 50) -> list[str]:
    """Say what Slack would refuse about the blocks of a message."""
    return [*_errors("", blocks), *_limits(blocks, most)]


def wrong_view(view: Mapping[str, Any]) -> list[str]:
    """Say what Slack would refuse about a modal or a Home."""
    kind = "home_view" if view.get("type") == "home" else "modal_view"
    return [*_errors(kind, view), *_limits(view.get("blocks", []), 100)]


def _errors(part: str, instance: Any) -> list[str]:
    if not present():
        return []
    return [
        f"{where(error)}: {error.message[:300]}" for error in _validator(part).iter_errors(instance)
    ]


def where(error: ValidationError) -> str:
    """Say where in what was checked an error is."""
    return "$" + "".join(f"[{step!r}]" for step in error.instance_path)


def _limits(blocks: Any, most: int) -> list[str]:
    if not isinstance(blocks, list):
        return ["blocks: not a list"]
    found = [f"blocks: {len(blocks)} are more than {most}"] if len(blocks) > most else []
    ids = (block.get("block_id") for block in blocks)
    found += [f"block_id {id} twice" for id in _twice(ids)]
    for block in blocks:
        ids = (
            element.get("action_id")
            for element in block.get("elements", ())
            if isinstance(element, dict)
        )
        found += [f"action_id {id} twice" for id in _twice(ids)]
    return found


def _twice(ids: Iterable[str | None]) -> list[str]:
    return [id for id, count in Counter(ids).items() if id and count > 1]


def keys(name: str) -> Mapping[str, Any]:
    """Give a published inbound payload, whose keys are what counts."""
    return dict(json.loads((SPECS / "slack-inbound" / f"{name}.json").read_text(encoding="utf-8")))


def error_names(method: str) -> list[str]:
    """Give the published error names of a method."""
    spec = json.loads((SPECS / "slack-web-openapi-v2.json").read_text(encoding="utf-8"))
    (operation,) = spec["paths"][f"/{method}"].values()
    schema = operation["responses"]["default"]["schema"]
    return list(_enum(schema["properties"]["error"]))


def _enum(schema: Any) -> list[str]:
    return list(schema.get("enum", ()))
