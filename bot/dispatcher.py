"""Carries calls out: finds the command, reads its options, runs it in one transaction."""

import secrets
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

import structlog

from bot import drafts, forms, home
from bot.asking_help import led_to_help
from bot.chat import Message, said
from bot.commands import Command
from bot.domain.follow import TIMERS, Follow, follow, follow_or_later
from bot.errors import FieldError, Gone, NotAllowed, UnknownCommand, UserError
from bot.first_contact import Outrun, event_key, first_contact, given_before, to_keep
from bot.groups import Group, merged
from bot.i18n import supported_language
from bot.meeting import Meeting, account_of, identity, is_to_lead, keep_pace, keep_up, met, profile
from bot.names import Names
from bot.notices import FOLLOWING, TimerDeclaration
from bot.offered import offered, worded_for
from bot.options.alone import fault, suggested
from bot.options.basic import Kind, Reading, bounded
from bot.protocol import AllCapabilities, Answer, Ask, Call, Capabilities, Reader, Say
from storage import Storage, Transaction
from storage.engine import DatabaseAway, DatabaseTrouble, collided, cut
from storage.people import Member
from storage.sight import PUBLIC
from storage.tables import NotFound

AGAIN = 3
T = TypeVar("T")


class Dispatcher:
    """Every call of every platform comes by here; `platforms` are those there are, by name."""

    def __init__(
        self,
        storage: Storage,
        groups: Iterable[Group],
        platforms: Mapping[str, Capabilities] | None = None,
    ) -> None:
        self.storage = storage
        self.platforms = platforms or {}
        self.follow: Follow = follow
        self.web_address = ""
        self.log = structlog.get_logger().bind()
        self.groups = {group.name: group for group in groups}
        self.commands = merged(
            {one.name: one for one in group.commands.values()} for group in self.groups.values()
        )
        self.names = Names(self.commands)
        notices = merged(group.notices for group in self.groups.values())
        self.notices = {n: worded_for(one, self.commands) for n, one in notices.items()}
        following = {n: TimerDeclaration(n, FOLLOWING, touch) for n, touch in TIMERS.items()}
        self.timers = following | merged(group.timers for group in self.groups.values())
        self.jobs = merged(group.jobs for group in self.groups.values())

    async def answer(self, call: Call) -> Answer:
        """Carry a call out in a storage thread and say what came of it. Never raises."""
        try:
            return await self.storage.run(lambda: self.execute(call))
        except DatabaseAway as away:  # it was done, and the disk did not keep it
            return self._cut_off(call, away)

    async def complete(self, call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Suggest values with their labels for an option of the command a call is about."""
        return await self.storage.run(lambda: self.suggestions(call, option, typed))

    async def check(self, call: Call, option: str, typed: str) -> str:
        """Say why a value for an option cannot be read, in the caller's language; else nothing."""
        look = partial(self._looked, call, option, partial(fault, typed=typed), "")
        return await self.storage.run(look)

    def execute(self, call: Call) -> Answer:
        """Carry a call out. Never raises: errors become private replies."""
        call = call if self._can(call).gathers else call.without_channels()
        try:
            call = self._resumed(led_to_help(self.names.known(call), self.commands))
            answer = self._attempt(call)
        except UnknownCommand:
            answer = self._refused(call, self._lost(call))
        except NotAllowed as error:
            why = home.UNSURE if call.unsure else error.text
            answer = self._refused(call, home.not_allowed(why, self.commands))
        except UserError as error:
            answer = self._refused(call, said(error.text))
        except NotFound:
            answer = self._refused(call, said(Gone().text))
        except DatabaseAway as away:
            answer = self._cut_off(call, away)
        except Exception:
            answer = self._failed(call)
        return answer

    def _resumed(self, call: Call) -> Call:
        if not call.draft:
            return call
        with self.storage.read() as transaction:
            return drafts.resumed(transaction, call)

    def _lost(self, call: Call) -> Message:
        """Answer what is no command with those of the caller's that may have been meant."""
        who = self._known(call)
        sight = who.sight if who else PUBLIC
        theirs = [one for one in self.commands.values() if sight.is_at_least(one.who)]
        return home.lost(call, theirs)

    def _attempt(self, call: Call) -> Answer:
        command = self._command(call)
        try:
            if command.reads and not call.form and (answer := self._only_read(command, call)):
                return answer
            return self._write(command, call)
        except FieldError as error:
            with self.storage.write() as transaction:
                return self._asked_again(self._meet(transaction, call), command, call, error)

    def _write(self, command: Command, call: Call) -> Answer:
        """Carry a call out that may change something; again when another was faster.

        When the connection broke, only what would be known again is carried out again.
        """
        for _ in range(AGAIN):
            try:
                with self.storage.write() as transaction:
                    return self._once(transaction, command, call)
            except Outrun:
                self.log.info("call was carried out already", action=command.name)
            except DatabaseTrouble as trouble:
                if not (collided(trouble) or (call.event and cut(trouble))):
                    raise
                self.log.info("call again", action=command.name, error=type(trouble).__name__)
        with self.storage.write() as transaction:
            return self._once(transaction, command, call)

    def _only_read(self, command: Command, call: Call) -> Answer | None:
        """Carry a call out that changes nothing; None where something has to be kept first.

        That is what is new about its caller, or a form.
        """
        with self.storage.read() as transaction:
            who = transaction.known(*identity(call))
            if who is None or account_of(call, who).profile_changed(*profile(call)):
                return None
            if is_to_lead(transaction, call, who):
                return None
            meeting = self._met(transaction, call, who)
            filling = self._read(meeting, command, call)
            if forms.opens(command, call, filling):
                return None
            return self._carried(meeting, command, call, filling)

    def _command(self, call: Call) -> Command:
        bounded(call.command + call.words)
        found = self.commands.get(call.command)
        if found is None:
            raise UnknownCommand
        return found

    def _once(self, transaction: Transaction, command: Command, call: Call) -> Answer:
        if not call.event:
            meeting = self._meet(transaction, call)
            return self._carried(meeting, command, call, self._read(meeting, command, call))
        key = event_key(call)
        before = transaction.events.answer(key)
        if before is not None:
            return given_before(before, call)
        try:
            meeting = self._meet(transaction, call)
            answer = self._carried(meeting, command, call, self._read(meeting, command, call))
        except (UserError, NotFound) as refused:
            if transaction.events.answer(key) is not None:
                raise Outrun from refused
            raise
        transaction.events.add(key, call.at, *to_keep(answer, meeting.caller.member.id, command))
        return answer

    def _read(self, meeting: Meeting, command: Command, call: Call) -> forms.Filling:
        """Read the options of a call, when its caller has the right to it."""
        if not meeting.caller.is_at_least(command.who):
            raise NotAllowed(home.ONLY.get(command.who))
        filling = forms.read(command, call, meeting.caller, meeting.reading)
        forms.check(command, filling, meeting.caller, meeting.records)
        return filling

    def _carried(
        self, meeting: Meeting, command: Command, call: Call, filling: forms.Filling
    ) -> Answer:
        self.log.info(
            "call",
            action=command.name,
            platform=call.account.platform,
            community=meeting.records.community_id,
            asked=bool(filling.errors),
        )
        opens = forms.opens(command, call, filling)
        home.refuse_typed(call, command, opens=opens)
        if command.adds or opens:
            keep_pace(meeting)
        if opens:
            answer = self._ask(meeting, command, call, filling)
        else:
            reply = command(meeting.caller, meeting.records, **filling.options(command))
            answer = meeting.answer(offered(reply, self.commands, meeting.caller.sight))
            if call.filled:
                drafts.done(meeting, command, call, filling)
        follow_or_later(meeting.records, call.at, self.follow)
        return answer

    def _asked_again(
        self, meeting: Meeting, command: Command, call: Call, error: FieldError
    ) -> Answer:
        filling = forms.read(command, call, meeting.caller, meeting.reading)
        filling.errors[error.field] = error.text
        forms.check(command, filling, meeting.caller, meeting.records)
        return self._ask(meeting, command, call, filling)

    def _ask(
        self, meeting: Meeting, command: Command, call: Call, filling: forms.Filling
    ) -> Answer:
        picker = forms.picker(command, call, filling, meeting.reading)
        return meeting.answer(picker or Ask(drafts.ask(meeting, command, call, filling)))

    def _meet(self, transaction: Transaction, call: Call) -> Meeting:
        """Find out who calls; community, member and account are kept at first contact."""
        known = transaction.known(*identity(call))
        who = known or first_contact(transaction, call, founds=self._can(call).founds)
        if is_to_lead(transaction, call, who):
            who.role = "coordinator"
        keep_up(transaction, call, who)
        return self._met(transaction, call, who)

    def _met(self, transaction: Transaction, call: Call, who: Member) -> Meeting:
        gathers, mails = self._can(call).gathers, "mail" in self.platforms
        return met(transaction, call, who, gathers, (self.web_address, mails))

    def _can(self, call: Call) -> Capabilities:
        return self.platforms.get(call.account.platform, AllCapabilities())

    def _refused(self, call: Call, message: Message) -> Answer:
        self.log.info("call refused", action=self._named(call), platform=call.account.platform)
        return self._private(call, message)

    def _failed(self, call: Call) -> Answer:
        incident = secrets.token_hex(3).upper()
        self.log.error(
            "call failed", action=self._named(call), incident=incident, trace=traceback.format_exc()
        )
        return self._private(call, home.failed(incident))

    def _cut_off(self, call: Call, away: Exception) -> Answer:
        """Apologise without asking the database who is to read it."""
        self.log.error("call cut off", action=self._named(call), error=type(away).__name__)
        reader = Reader(supported_language(call.locale), call.zone or "UTC")
        return Answer(Say(home.given_back(home.CUT_OFF, call, self.commands)), reader, reader)

    def _private(self, call: Call, message: Message) -> Answer:
        reader = Reader(supported_language(call.locale), call.zone or "UTC")
        if who := self._known(call):
            reader = Reader(who.locale or reader.locale, who.zone or reader.zone)
        return Answer(Say(home.given_back(message, call, self.commands)), reader, reader)

    def _known(self, call: Call) -> Member | None:
        """Find out who calls, where that is known and can be asked."""
        try:
            with self.storage.read() as transaction:
                return transaction.known(*identity(call))
        except DatabaseTrouble:
            self.log.warning("caller unknown", action=self._named(call))
            return None

    def _named(self, call: Call) -> str:
        """Name the command of a call for the log, which keeps no words that people type."""
        return call.command if call.command in self.commands else "unknown command"

    def suggestions(self, call: Call, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Suggest values with their labels, in the caller's language; none when in doubt."""
        return self._looked(call, option, partial(suggested, typed=typed), ())

    def _looked(self, call: Call, option: str, look: Callable[[Kind, Reading], T], none: T) -> T:
        """Look at one option alone, as its caller reads it; `none` when in doubt."""
        command = self.commands.get(call.command)
        wanted = [a for a in command.arguments if a.name == option] if command else []
        if command is None or not wanted:
            return none
        try:
            with self.storage.write() as transaction:
                meeting = self._meet(transaction, replace(call, unasked=True))
                may = meeting.caller.is_at_least(command.who)
                return look(wanted[0].kind, meeting.reading) if may else none
        except UserError:
            return none
        except DatabaseTrouble as trouble:
            self.log.warning("not looked at", action=call.command, error=type(trouble).__name__)
            return none
