"""Keeps what was typed into a form until it is sent off: a closed modal loses nothing."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.adapters.discord.dependencies import Notes
from bot.answer_json import read_back, written
from bot.chat import encoded
from bot.protocol import Answer, Ask, Form


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that asks, with what was typed so far; `typed` names the fields it was typed in.

    `vouched` are the people and channels Discord found for it so far, as in a call.
    """

    id: str
    workspace: str
    answer: Answer
    form: Form
    typed: frozenset[str] = frozenset()
    vouched: Mapping[str, str] = field(default_factory=dict)

    def with_form(self, form: Form, typed: Iterable[str] = ()) -> "Draft":
        """Put a form in the place of the one before."""
        answer = replace(self.answer, reply=Ask(form))
        return replace(self, answer=answer, form=form, typed=self.typed | set(typed))

    def with_vouched(self, more: Mapping[str, str]) -> "Draft":
        """Add people and channels Discord found."""
        return replace(self, vouched={**self.vouched, **more})


def draft(answer: Answer, form: Form, workspace: str) -> Draft:
    """Make a draft of a form nobody has typed in yet; the same question has the same id."""
    asked = f"{form.command} {json.dumps(sorted(form.bound.items()))}"
    return Draft(hashlib.sha256(asked.encode()).hexdigest()[:10], workspace, answer, form)


class Drafts:
    """The drafts of everybody, each reached only by whoever typed it."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    async def begin(self, fresh: Draft, user: str, given: Container[str] = ()) -> Draft:
        """Keep a form that is asked now, with what was typed in it before and not sent off.

        What was `given` now is taken as it is.
        """
        before = await self.find(fresh.workspace, user, fresh.id)
        begun = _merged(fresh, before, given) if before else fresh
        await self.keep(begun, user)
        return begun

    async def keep(self, one: Draft, user: str) -> None:
        """Keep a draft in the place of the one before."""
        words = {
            "answer": written(one.answer),
            "typed": sorted(one.typed),
            "vouched": dict(one.vouched),
        }
        await self.notes.put(_name(one.workspace, user, one.id), json.dumps(words))

    async def find(self, workspace: str, user: str, id: str) -> Draft | None:
        """Give a draft of somebody, or None."""
        words = await self.notes.get(_name(workspace, user, id))
        if not words:
            return None
        kept = json.loads(words)
        answer = read_back(kept["answer"])
        assert isinstance(answer.reply, Ask)
        typed, vouched = frozenset(kept["typed"]), kept.get("vouched", {})
        return Draft(id, workspace, answer, answer.reply.form, typed, vouched)

    async def drop(self, one: Draft, user: str) -> None:
        """Forget a draft."""
        await self.notes.put(_name(one.workspace, user, one.id), "")


def _name(workspace: str, user: str, id: str) -> str:
    return f"draft:{workspace}:{user}:{id}"


def _merged(fresh: Draft, before: Draft, given: Container[str]) -> Draft:
    typed = {
        one.name: one.value
        for one in before.form.fields
        if one.name in before.typed and one.name not in given
    }
    fields = tuple(
        field if field.error else replace(field, value=typed.get(field.name, field.value))
        for field in fresh.form.fields
    )
    whole = fresh.with_form(replace(fresh.form, fields=fields), typed)
    return replace(whole, vouched={**before.vouched, **fresh.vouched})


def call_of(one: Draft) -> tuple[str, dict[str, str]]:
    """Give the command a draft is for, with all arguments as they stand."""
    return one.form.command, {**one.form.bound, **{f.name: f.value for f in one.form.fields}}


def named(action: str, **args: object) -> str:
    """Write one of the adapter's own calls, which are about drafts."""
    return encoded(f"~{action}", args)
