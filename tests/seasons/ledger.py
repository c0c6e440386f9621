"""The ledger of everything that went out: who was shown what, when, asked for or not."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.adapters.local.render import Renderer
from bot.chat import Account, Message, MessageRef, Place
from bot.i18n import Text
from bot.protocol import Adapter, Answer, Ask, Call, Change, Form, Reader, Target

EVERYBODY = "everybody"
SPACES = re.compile("[\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was shown: `to` is `#channel` or `@person`, `words` as they read there.

    `key` names the delivery of what nobody asked for; `edits` marks what took the place of a post.
    `thread` is the thread of a channel in which it stands, if any.
    """

    at: datetime
    to: str
    words: str
    reader: Reader
    key: str = ""
    edits: bool = False
    message: Message | None = None
    form: Form | None = None
    thread: str = ""

    @property
    def unasked(self) -> bool:
        """Whether the bot posted it by itself."""
        return bool(self.key)

    @property
    def short(self) -> str:
        """Its beginning, for those who look for it."""
        return f"{self.at:%Y-%m-%d %H:%M} {self.to} {' '.join(self.words.split())[:90]!r}"


@dataclass
class Sightings:
    """Collects entries, and finds what somebody was shown who must not see it.

    `names` are people by account id; an address is of whoever is called as it begins. `private` and
    `never` are planted words.
    """

    now: Callable[[], datetime]
    names: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    private: dict[str, frozenset[str]] = field(default_factory=dict)
    never: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def answered(self, call: Call, answer: Answer) -> None:
        """Note what somebody was answered."""
        alone = self._named(call.account)
        reply = answer.reply
        if isinstance(reply, Ask):
            self._form(alone, answer.reader, reply.form)
        elif isinstance(reply, Change) or reply.private or not call.place.channel:
            self._message(alone, answer.reader, reply.message)
        else:
            to = f"#{call.place.name or call.place.channel}"
            self._message(to, answer.everybody, reply.message)

    def posted(self, target: Target, message: Message, reader: Reader, key: str) -> None:
        """Note what was posted unasked."""
        self._message(self._named(target), reader, message, key)
        self.entries[-1] = replace(self.entries[-1], thread=getattr(target, "thread", ""))

    def edited(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Note what took the place of a post."""
        direct = ref.place.channel.startswith("@")
        to = ref.place.channel if direct else f"#{ref.place.name or ref.place.channel}"
        self._message(to, reader, message, edits=True)

    def _named(self, target: Target) -> str:
        if isinstance(target, Account):
            return f"@{self.names.get(target.id, target.id.partition('@')[0])}"
        return f"#{target.name or target.channel}"

    def _message(
        self, to: str, reader: Reader, message: Message, key: str = "", *, edits: bool = False
    ) -> None:
        shown = Renderer("local", "local", reader, to[0] == "#").message(message)
        files = (one.content.decode(errors="replace") for one in shown.files)
        words = "\n".join((shown.title, shown.text, *files))
        self.entries.append(
            Entry(self.now(), to, spaced(words), reader, key, edits, message=message)
        )

    def _form(self, to: str, reader: Reader, form: Form) -> None:
        shown = Renderer("local", "local", reader, public=False).form(form)
        fields = (f"{one.label} {one.value} {one.error}" for one in shown.fields)
        words = "\n".join((shown.title, shown.intro, *fields))
        self.entries.append(Entry(self.now(), to, spaced(words), reader, form=form))

    def count(self, who: str, words: str) -> int:
        """Count the messages with some words that went to a person, a channel or everybody.

        What took the place of a post does not count, nor what answered a person alone.
        """
        to = who if who[0] == "#" else f"@{who}"
        went = (one for one in self.entries if not one.edits and (one.unasked or one.to[0] == "#"))
        return sum(words in one.words for one in went if who == EVERYBODY or one.to == to)

    def hide(self, words: str, names: tuple[str, ...]) -> None:
        """Plant words that only these people may be shown, and they only alone."""
        self.private[words] = frozenset(f"@{name}" for name in names)

    def forbid(self, words: str, who: str) -> None:
        """Plant words that somebody, a channel or everybody is never shown from now on."""
        self.never[words].add(who if who in (EVERYBODY,) or who[0] == "#" else f"@{who}")

    def leaks(self, entries: Sequence[Entry]) -> Iterator[str]:
        """Say which planted words were shown to somebody who must not see them."""
        for one in entries:
            for words, allowed in self.private.items():
                if words in one.words and one.to not in allowed:
                    yield f"{one.to} is shown “{words}”, which is private: {one.short}"
            for words, forbidden in self.never.items():
                public = one.to[0] == "#" and any(who[0] == "@" for who in forbidden)
                if words in one.words and (public or forbidden & {one.to, EVERYBODY}):
                    yield f"{one.to} is shown “{words}”: {one.short}"


class Recorded:
    """An adapter whose posts and edits are written into a ledger once they stand."""

    def __init__(self, adapter: Adapter, ledger: Sightings) -> None:
        self.adapter = adapter
        self.ledger = ledger
        self.name = adapter.name
        self.gap = adapter.gap
        self.edits, self.finds = adapter.edits, adapter.finds
        self.gathers, self.founds = adapter.gathers, adapter.founds

    async def start(self, listen: bool = True) -> None:
        """Connect."""
        await self.adapter.start(listen)

    async def stop(self) -> None:
        """Disconnect."""
        await self.adapter.stop()

    async def post(self, target: Target, message: Message, reader: Reader, key: str) -> MessageRef:
        """Post, and write it down."""
        ref = await self.adapter.post(target, message, reader, key)
        self.ledger.posted(target, message, reader, key)
        return ref

    async def edit(self, ref: MessageRef, message: Message, reader: Reader) -> None:
        """Edit, and write it down."""
        await self.adapter.edit(ref, message, reader)
        self.ledger.edited(ref, message, reader)

    async def find(self, target: Target, key: str, since: datetime) -> MessageRef | None:
        """Look up a message."""
        return await self.adapter.find(target, key, since)

    async def obstacle(self, place: Place) -> Text | None:
        """Say why nothing can be posted in a channel. Raises a PostError."""
        return await self.adapter.obstacle(place)

    async def time(self) -> datetime | None:
        """Tell the time of the platform."""
        return await self.adapter.time()


def spaced(words: str) -> str:
    """Write spaces of all kinds as one."""
    return SPACES.sub(" ", words)
