"""What a modal carries unseen, and which page of a form it shows."""

import json
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.adapters.slack.shapes import SHEET
from bot.protocol import Field, Form
from bot.shapes import misshapen

METADATA = 3000
PER_PAGE = 40
KEPT = "form"
"""What buttons about a form are bound to; it is no command of the core's."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form came from: what an answer to it needs, kept inside the modal itself.

    `message` is the one whose button opened it; `whispered` says that one person sees that.
    """

    channel: str = ""
    name: str = ""
    thread: str = ""
    url: str = ""
    message: str = ""
    whispered: bool = False


@dataclass(frozen=True, slots=True)
class ModalMetadata:
    """What a modal carries unseen: its command, what is settled, whence it came.

    `draft` is the id of its form, where there is `more` of that than one modal shows, or more is
    settled than it carries.
    """

    command: str
    bound: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    draft: str = ""
    more: bool = False

    @property
    def fits(self) -> bool:
        """Whether a modal carries it."""
        return len(self.written()) <= METADATA

    def written(self) -> str:
        """Write it for private_metadata."""
        parts = asdict(self)
        words = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        if len(words) > METADATA:
            parts["origin"] = asdict(Origin(self.origin.channel))
            words = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return words


def of_form(form: Form, origin: Origin, begin: int = 0) -> ModalMetadata:
    """Give what the modal of a page carries."""
    if len(form.fields) <= PER_PAGE:
        whole = ModalMetadata(form.command, form.bound, origin)
        if whole.fits:
            return whole
    more = begin + PER_PAGE < len(form.fields)
    return ModalMetadata(form.command, {}, origin, form.draft, more)


def begins(form: Form, sent: Literal["", "page", "sent", "anew"], names: Container[str]) -> int:
    """Give the first field to show: behind the page with these names, or one to look at again."""
    if sent == "page":
        behind = 1 + max(
            (at for at, one in enumerate(form.fields) if one.name in names), default=-1
        )
        return behind if behind < len(form.fields) else 0
    wrong = is_wrong if sent == "sent" else _has_error
    at = next((at for at, one in enumerate(form.fields) if wrong(one)), 0)
    return at - at % PER_PAGE


def sheet(view: Mapping[str, Any]) -> ModalMetadata:
    """Read back what a modal carries; one of an older version leads to no command."""
    try:
        parts = json.loads(view.get("private_metadata") or "{}")
        if not misshapen(SHEET, parts):
            return ModalMetadata(**{**parts, "origin": Origin(**parts["origin"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    return ModalMetadata(str(view.get("callback_id", "")))


def _has_error(one: Field) -> bool:
    return one.error is not None


def is_wrong(one: Field) -> bool:
    """Say whether a field is to be looked at again."""
    return _has_error(one) or (one.required and not one.value.strip())
