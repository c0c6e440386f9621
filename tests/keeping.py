"""Keeps the forms of a bot that is scripted, as the core does."""

from dataclasses import replace

from bot.chat import Account, said
from bot.errors import FormGone
from bot.protocol import Ask, Call, Form, Reply, Say

NOBODY = Account("", "", "")


class Keeping:
    """The forms that were asked, by the ids their adapters got."""

    def __init__(self) -> None:
        self.forms: dict[str, tuple[Account, Form]] = {}

    def taken(self, call: Call) -> Call | Reply:
        """Give a call with all its form holds, or the reply where only the form is asked for."""
        if not call.draft:
            return call
        account, form = self.forms.get(call.draft, (None, None))
        if form is None or account != call.account:
            return Say(said(FormGone().text))
        filled = tuple(replace(f, value=call.args.get(f.name, f.value)) for f in form.fields)
        if call.form == "sent":
            held = {field.name: field.value for field in filled}
            return replace(call, command=form.command, args={**form.bound, **held})
        whole = replace(form, fields=filled)
        self.forms[call.draft] = call.account, whole
        return Ask(whole)

    def kept(self, call: Call, reply: Reply) -> Reply:
        """Keep the form of a reply; one that was accepted is forgotten."""
        if isinstance(reply, Ask):
            id = str(len(self.forms) + 1)
            form = replace(reply.form, draft=id)
            self.forms[id] = call.account, form
            return Ask(form)
        if call.filled:
            for id, (account, form) in list(self.forms.items()):
                if (account, form.command) == (call.account, call.command):
                    self.forms[id] = NOBODY, form
        return reply
