"""Drafts of forms: keeps what was typed until it is sent off, and goes on with it anywhere."""

from collections.abc import Mapping
from dataclasses import replace

from bot import forms
from bot.commands import Command
from bot.errors import FormGone
from bot.first_contact import event_key
from bot.i18n import joined, t
from bot.meeting import Meeting, identity
from bot.options.basic import HELD
from bot.options.people import PersonKind
from bot.options.references import is_id
from bot.protocol import Call, Form
from storage import Transaction
from storage.drafts import Draft

BEGUN = t("You started this form earlier. Here's what you wrote.")


def resumed(transaction: Transaction, call: Call) -> Call:
    """Give a call all that the form holds with which it goes on. Raises FormGone.

    One that was answered already is given as it is: it gets the same answer again.
    """
    who = transaction.known(*identity(call))
    draft = None
    if who is not None and is_id(call.draft):
        draft = transaction.records(who.community_id).drafts.by(who.id, int(call.draft))
    if draft is None:
        if call.command and transaction.events.answer(event_key(call)) is not None:
            return call
        raise FormGone
    held = draft.things if call.form == "anew" else draft.raw
    vouched = {**_vouched_here(call, draft), **call.vouched}
    return replace(call, command=draft.command, args={**held, **call.args}, vouched=vouched)


def ask(meeting: Meeting, command: Command, call: Call, filling: forms.Filling) -> Form:
    """Make the form of a call, and keep what it holds.

    What was begun before and is not given now is filled in again. Raises UserError.
    """
    draft = _draft(meeting, command, call, filling)
    had = {} if call.form or call.draft else _left(draft, filling)
    if had:
        more = replace(
            call,
            args={**had, **call.args},
            vouched={**_vouched_here(call, draft), **call.vouched},
        )
        meeting = replace(meeting, vouched=more.vouched)
        filling = forms.read(command, more, meeting.caller, meeting.reading)
        forms.check(command, filling, meeting.caller, meeting.records)
    form = forms.form(command, filling, meeting.caller, meeting.reading)
    if command.anonymous:
        draft.given, draft.filled = {}, {}
    else:
        _keep(draft, call, filling, had)
    marks = {name: form.bound[name] for name in (forms.OPENED,) if name in form.bound}
    draft.given = {**draft.given, **marks}
    meeting.records.db.flush()
    parts = [part for part in (form.intro, BEGUN if had else None) if part]
    intro = joined(parts, "\n") if parts else form.intro
    return replace(form, draft=str(draft.id), begun=bool(had), intro=intro)


def _draft(meeting: Meeting, command: Command, call: Call, filling: forms.Filling) -> Draft:
    """Give the draft a call is about: that of its form, or of the things it is about by now."""
    drafts, member_id = meeting.records.drafts, meeting.caller.member.id
    before = drafts.by(member_id, int(call.draft)) if call.draft else None
    if before is not None and not call.form:
        return before
    if before is not None and call.form == "anew":
        drafts.remove(before)
        before = None
    draft = drafts.begin(member_id, command.name, filling.things, meeting.caller.now)
    if before is not None and before is not draft:
        drafts.remove(before)
    return draft


def _left(draft: Draft, filling: forms.Filling) -> dict[str, str]:
    """Give what was filled in before and is not given now."""
    had = {name: raw for name, raw in draft.filled.items() if name not in filling.raw}
    return had if any(had.values()) else {}


def _keep(draft: Draft, call: Call, filling: forms.Filling, had: Mapping[str, str]) -> None:
    """Keep what a call gives: with a form that was filled in, or to open one with."""
    held = _lasting(filling)
    if call.form == "anew":
        draft.given, draft.filled, draft.vouched = {}, {}, {}
    elif call.form:
        draft.given, draft.filled = {}, held
    elif not call.draft:
        draft.filled = dict(had)
        draft.given = {name: raw for name, raw in held.items() if name not in had}
    channels = {id for id in call.vouched if any(f"<{id}" in raw for raw in held.values())}
    place = f"{call.account.platform}|{call.account.workspace}|"
    found = {f"{place}{id}": call.vouched[id] for id in channels if id.startswith("#")}
    draft.vouched = {**draft.vouched, **found}


def _lasting(filling: forms.Filling) -> dict[str, str]:
    """Give the raw values as they are read anywhere: people who were understood by their ids.

    Long files are not kept: whoever goes on with a form hands them in again.
    """
    people = {one.name for one in filling.arguments if isinstance(one.kind, PersonKind)}
    return {
        name: str(filling.values[name].id)
        if name in people & filling.values.keys() and raw
        else raw
        for name, raw in filling.raw.items()
        if name not in filling.things and len(raw) <= HELD
    }


def _vouched_here(call: Call, draft: Draft) -> dict[str, str]:
    """Name the channels that were found where the call comes from."""
    place = f"{call.account.platform}|{call.account.workspace}|"
    named = draft.vouched.items()
    return {id.removeprefix(place): name for id, name in named if id.startswith(place)}


def done(meeting: Meeting, command: Command, call: Call, filling: forms.Filling) -> None:
    """Forget a form that was accepted."""
    drafts, member_id = meeting.records.drafts, meeting.caller.member.id
    drafts.drop(member_id, command.name, filling.things)
    if call.draft and (draft := drafts.by(member_id, int(call.draft))) is not None:
        drafts.remove(draft)
