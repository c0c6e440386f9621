"""Is the adapter: posts, edits and finds messages, and carries calls to the bot and back."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.adapters.local.elsewhere import Elsewhere
from bot.adapters.local.kept import (
    KNOWN,
    USUAL,
    Kept,
    Key,
    Nowhere,
    OpenForm,
    PostedMessage,
    Reached,
    Somebody,
    Store,
    check_name,
    handle,
    key_of,
    known_as,
    next_id,
    nobodys,
    parted,
    shown_to,
    unnoticed,
)
from bot.adapters.local.render import Renderer, harmless
from bot.adapters.local.shown import Shown
from bot.adapters.local.vouching import all_here
from bot.answer_json import as_plain, as_rich
from bot.chat import Account, Message, MessageRef, Place
from bot.errors import MessageGone, NotThere, RecordsAway, TargetLost
from bot.i18n import Text, t
from bot.protocol import Answer, Ask, Call, Change, Dispatch, Reader, Say, Target, let_go_out

AGAIN = 30.0  # seconds until a message is posted again that could not be kept
NOT_HERE = t("That place isn't in this chat.")


class LocalPlatform:
    """A chat with people, channels, direct messages, threads and forms, all in one process.

    `show` is told whatever appears on a screen, `presence` who leaves; `mailed_by` names the
    community of a workspace that mails to people. Everybody sees all channels of their workspace.
    """

    name = "local"
    usual = USUAL
    gap = 0.0
    edits = finds = gathers = founds = True

    def __init__(
        self,
        dispatch: Dispatch,
        now: Callable[[], datetime],
        show: Callable[[Shown], None],
        store: Store | None = None,
    ) -> None:
        self.dispatch = dispatch
        self.now = now
        self.show = show
        self.store = store or Nowhere()
        self.presence: Callable[[Account, bool], Awaitable[None]] = unnoticed
        self.mailed_by: Callable[[str], Awaitable[str]] = nobodys
        self.people: dict[str, Somebody] = {}
        self.channels: dict[str, Place] = {}
        self.messages: dict[str, PostedMessage] = {}
        self.forms: dict[str, OpenForm] = {}
        self.clock: dict[str, Reached] = {}
        self.elsewhere = Elsewhere(self.people)
        self._by_key: dict[Key, PostedMessage] = {}
        self._unsaved: dict[str, Kept | None] = {}
        self._saving = asyncio.Lock()

    async def start(self, listen: bool = True) -> None:
        """Take up what was kept before."""
        self._take_up(await self.store.load())

    def _take_up(self, kept: Mapping[str, Any]) -> None:
        rooms: dict[Any, dict[str, Any]] = {
            Somebody: self.people,
            Place: self.channels,
            PostedMessage: self.messages,
            OpenForm: self.forms,
            Reached: self.clock,
        }
        for name, words in kept.items():
            thing: Any = as_rich(words, KNOWN)
            rooms[type(thing)][name.partition(":")[2]] = thing
        self.messages = dict(sorted(self.messages.items(), key=lambda one: int(one[0])))
        self._by_key = {one.known_by: one for one in self.messages.values() if one.key}

    async def go_back(self) -> None:
        """Stand where everything is kept, as after a restart."""
        kept = await self.store.load()
        for room in (self.people, self.channels, self.messages, self.forms, self._unsaved):
            room.clear()
        self._take_up(kept)

    async def stop(self) -> None:
        """Keep what is not kept yet."""
        await self.saved()

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post a message. The same key to the same target posts once.

        Raises TargetLost, and NotThere when it cannot be kept.
        """
        let_go_out()
        place, person = self._found(target)
        before = self._by_key.get(key_of(target, key)) if key else None
        posted = before or self._add(place, person, message, reader, key)
        try:
            await self.saved()
        except RecordsAway as away:
            self._drop(posted)
            raise NotThere(AGAIN) from away
        if before is None:
            self.show(posted.seen(self.now()))
        return posted.ref

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Put a message in the place of another. Raises MessageGone, or TargetLost of its place."""
        before = self.messages.get(ref.id)
        if before is None:
            if ref.place.channel:
                self._found(ref.place)
            raise MessageGone(ref.id)
        shown = self._renderer(reader, before.place, public=not before.person).message(message)
        changed = self.messages[ref.id] = replace(before, shown=shown, edited=True)
        self.keep(f"message:{ref.id}", changed)
        await self.saved()
        self.show(changed.seen(self.now(), edits=ref.id))

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message by its key."""
        self._found(target)
        found = self._by_key.get(key_of(target, key))
        return found.ref if found and found.at >= since else None

    async def obstacle(self, place: Place) -> Text | None:
        """Say that a channel is not there."""
        return None if handle(place.channel, place.workspace) in self.channels else NOT_HERE

    async def time(self) -> datetime | None:
        """Have no clock but the one it was given."""
        return None

    async def execute(self, call: Call, origin: str = "") -> None:
        """Pass a call on and show what comes back; `origin` is the message its button was on."""
        there = [handle for handle, one in self.people.items() if not (one.gone or one.mail)]
        answer = await self.dispatch(replace(call, vouched=all_here(call, there, self.channels)))
        reply = answer.reply
        if isinstance(reply, Ask):
            await self._ask(call, answer, reply, origin)
        elif isinstance(reply, Change) and origin in self.messages:
            before = self.messages[origin]
            reader = answer.reader if before.person else answer.everybody
            await self.edit(before.ref, reply.message, reader)
        elif isinstance(reply, Say) and reply.goes:
            await self._take_leave(call, answer, reply.message)
        else:
            public = not isinstance(reply, Change) and not reply.private
            await self._say(call, answer, reply.message, public=public)

    async def _ask(self, call: Call, answer: Answer, reply: Ask, origin: str) -> None:
        form = self._renderer(answer.reader, call.place, public=False).form(reply.form)
        person, opened = known_as(call.account, self.people), OpenForm(form, call.place, origin)
        self.open(person, opened)
        await self.saved()
        self.show(opened.seen(self.now(), person))

    async def _say(self, call: Call, answer: Answer, message: Message, *, public: bool) -> None:
        in_channel = public and bool(call.place.channel)
        person = "" if in_channel else parted(known_as(call.account, self.people))[0]
        reader = answer.everybody if in_channel else answer.reader
        posted = self._add(call.place, person, message, reader, "")
        await self.saved()
        self.show(posted.seen(self.now()))

    async def _take_leave(self, call: Call, answer: Answer, message: Message) -> None:
        """Say the last to somebody, of whom nothing is kept after."""
        person = known_as(call.account, self.people)
        shown = self._renderer(answer.reader, call.place, public=False).message(message)
        last = PostedMessage(
            next_id(self.messages), call.place, shown, self.now(), parted(person)[0]
        )
        self.people.pop(person, None)
        self.forms.pop(person, None)
        gone = [id for id, one in self.messages.items() if one.is_only_for(person)]
        for id in gone:
            self._by_key.pop(self.messages[id].known_by, None)
            del self.messages[id]
        for name in (f"person:{person}", f"form:{person}", *(f"message:{id}" for id in gone)):
            self.keep(name, None)
        await self.saved()
        self._take_up(await self.store.load())  # as it is without them
        self.show(last.seen(self.now()))

    def place(self, channel: str, thread: str = "", workspace: str = USUAL) -> Place:
        """Give a channel or a thread in it; an empty one is for direct messages."""
        return Place(self.name, workspace, channel, channel, thread)

    def channel(self, name: str, thread: str = "", workspace: str = USUAL) -> Place:
        """Give a channel, which is there from its first use. Raises UserError."""
        if (known := handle(name, workspace)) not in self.channels:
            check_name(name)
            self.channels[known] = self.place(name, workspace=workspace)
            self.keep(f"channel:{known}", self.channels[known])
        return self.place(name, thread, workspace)

    def meet(self, somebody: Somebody) -> None:
        """Let somebody in, or know them anew. Raises UserError."""
        check_name(somebody.name)
        self.people[somebody.handle] = somebody
        self.keep(f"person:{somebody.handle}", somebody)

    def open(self, person: str, opened: OpenForm | None) -> None:
        """Put a form before somebody, or take theirs away."""
        if opened is None:
            self.forms.pop(person, None)
        else:
            self.forms[person] = opened
        self.keep(f"form:{person}", opened)

    def visible(self, person: str) -> Iterator[PostedMessage]:
        """Go through the messages somebody can see, the newest first."""
        workspace, names = parted(person)[1], shown_to(person, self.people)
        for posted in reversed(self.messages.values()):
            if posted.place.workspace == workspace and posted.person in names:
                yield posted

    async def talk(self, place: Place, person: str, words: str) -> None:
        """Post plain words of a person, in a channel or to the bot alone."""
        alone = "" if place.channel else person
        said = Shown(parts=(harmless(words),), by=person)
        posted = self._keep(PostedMessage(next_id(self.messages), place, said, self.now(), alone))
        await self.saved()
        self.show(posted.seen(self.now()))

    def keep(self, name: str, thing: Kept | None) -> None:
        """Note what is to be kept; `saved` makes it safe."""
        self._unsaved[name] = thing

    async def saved(self) -> None:
        """Wait until everything noted is safe; many who wait at once share one write.

        Raises RecordsAway.
        """
        async with self._saving:
            await asyncio.sleep(0)  # so that those who post at the same time share this write
            batch = dict(self._unsaved)
            if batch:
                await self.store.save(
                    {name: thing and as_plain(thing) for name, thing in batch.items()}
                )
            for name, thing in batch.items():
                if self._unsaved.get(name) is thing:
                    self._unsaved.pop(name, None)

    def _found(self, target: Target) -> tuple[Place, str]:
        """Find where a target is, and who alone sees it. Raises TargetLost.

        Somebody who has not joined, as after an import, sees it when they do.
        """
        workspace = target.workspace
        if isinstance(target, Account):
            known, place, person = True, self.place("", workspace=workspace), target.id
        else:
            known, place, person = handle(target.channel, workspace) in self.channels, target, ""
        if target.platform != self.name or not known:
            raise TargetLost("not_found", NOT_HERE)
        return place, person

    def _add(
        self, place: Place, person: str, message: Message, reader: Reader, key: str
    ) -> PostedMessage:
        shown = self._renderer(reader, place, public=not person).message(message)
        return self._keep(
            PostedMessage(next_id(self.messages), place, shown, self.now(), person, key)
        )

    def _keep(self, posted: PostedMessage) -> PostedMessage:
        self.messages[posted.id] = posted
        if posted.key:
            self._by_key[posted.known_by] = posted
        self.keep(f"message:{posted.id}", posted)
        return posted

    def _drop(self, posted: PostedMessage) -> None:
        del self.messages[posted.id]
        self._unsaved.pop(f"message:{posted.id}", None)
        self._by_key.pop(posted.known_by, None)

    def _renderer(self, reader: Reader, place: Place, *, public: bool) -> Renderer:
        return Renderer(self.name, place.workspace, reader, public, self.elsewhere.names)
