"""Keeps forms that cannot be shown at once or as a whole, until they are sent off."""

import json
from dataclasses import dataclass, field
from secrets import token_hex

from bot.adapters.slack.notes import Notes
from bot.answer_json import as_plain, as_rich
from bot.protocol import Form, Reader


def owned(workspace: str, user: str) -> str:
    """Name a new draft by whose it is."""
    return f"{workspace}:{user}:{token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is kept, with what was filled in on pages sent off before, and who reads it.

    `vouched` are the people and channels that were picked on those pages.
    """

    form: Form
    reader: Reader = field(default_factory=Reader)
    values: dict[str, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: token_hex(8))
    vouched: dict[str, str] = field(default_factory=dict)


class Drafts:
    """All drafts, each under a name that its pages carry."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    async def keep(self, draft: Draft) -> None:
        """Keep a draft in the place of what was filled in before."""
        reads = [draft.reader.locale, draft.reader.zone]
        kept = {
            "form": as_plain(draft.form),
            "values": draft.values,
            "reader": reads,
            "vouched": draft.vouched,
        }
        words = json.dumps(kept)
        await self.notes.put(f"draft:{draft.name}", words)

    async def find(self, name: str) -> Draft | None:
        """Give a draft; None where there is none, or none any more."""
        words = name and await self.notes.get(f"draft:{name}")
        if not words:
            return None
        kept = json.loads(words)
        form = as_rich(kept["form"])
        assert isinstance(form, Form)
        reader, vouched = Reader(*kept.get("reader", ())), kept.get("vouched", {})
        return Draft(form, reader, kept["values"], name, vouched)

    async def drop(self, name: str) -> None:
        """Forget a draft."""
        await self.notes.put(f"draft:{name}", "")
