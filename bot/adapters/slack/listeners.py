"""Listens to Slack: acknowledges in time, and carries on with the work behind that."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack import to_call
from bot.adapters.slack.acting import acts_in
from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asking
from bot.adapters.slack.home import Homes
from bot.adapters.slack.modals import Submissions
from bot.adapters.slack.notes import SlackNotes
from bot.adapters.slack.people import read
from bot.adapters.slack.shapes import SHAPES
from bot.adapters.slack.to_call import Incoming
from bot.asking_help import HELP, spoken
from bot.background import begun
from bot.shapes import misshapen

log = structlog.get_logger()

Body = dict[str, Any]
Spawn = Callable[[Coroutine[Any, Any, None]], None]
Listener = Callable[[Body, str], Awaitable[dict[str, Any] | None]]
UNREADABLE = "This request cannot be read."
REMEMBERED = 10_000


class Deduplication:
    """What was heard before: Slack sends again what it thinks was lost, to any of our processes."""

    def __init__(self, notes: SlackNotes) -> None:
        self.notes = notes
        self._events: dict[str, None] = {}

    def first(self, event: str) -> bool:
        """Say whether this process hears something for the first time."""
        if event and event in self._events:
            return False
        self._events[event] = None
        if len(self._events) > REMEMBERED:
            del self._events[next(iter(self._events))]
        return True

    async def first_of_all(self, heard: Incoming) -> bool:
        """Say whether no process has heard something before this one."""
        return await self.notes.first(f"heard:{heard.workspace}:{heard.event}")


class Listeners(AsyncMiddleware):
    """What is done about each kind of thing Slack sends; `spawn` goes on behind.

    Bolt looks at every listener it has and makes all arguments a listener could ask for, which
    takes longer than the answer does: ours are found by the kind of what was sent. Each gives what
    is to be acknowledged, if there is more to say than that it was heard.
    """

    def __init__(
        self, asking: Asking, answers: Answers, homes: Homes, seen: Deduplication, spawn: Spawn
    ) -> None:
        self.asking = asking
        self.answers = answers
        self.homes = homes
        self.seen = seen
        self.spawn = spawn
        self.submissions = Submissions(asking, answers, self._behind)
        self.kinds: Mapping[str, Listener] = {
            "command": self.slash,
            "block_actions": self.press,
            "view_submission": self.submissions.take,
            "block_suggestion": self.suggestions,
            "shortcut": self.shortcut,
            "message_action": self.shortcut,
            "app_mention": self.mention,
            "message": self.message,
            "app_home_opened": self.home,
            "user_change": self.changed,
            "team_join": self.changed,
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse:
        """Hear what was sent; what nobody here listens to is left to others.

        What Slack would not send gets 400.
        """
        kind = _kind(req.body)
        if wrong := misshapen(SHAPES.get(kind, {}), req.body):
            log.warning("request cannot be read", action=kind, at=wrong)
            return BoltResponse(status=400, body=UNREADABLE)
        listener = self.kinds.get(kind)
        if listener is None:
            await next()
            return resp
        workspace = await self._acts_in(req)
        return BoltResponse(status=200, body=await listener(req.body, workspace) or "")

    async def _acts_in(self, req: AsyncBoltRequest) -> str:
        installations = self.answers.web.installed
        assert installations is not None, "nothing is authorised before"
        return await acts_in(installations, req.body, req.context)

    async def slash(self, body: Body, workspace: str) -> None:
        """Hear `/cop group command words`."""
        self._hear(to_call.slash(body, workspace, self.asking.core.commands))

    async def press(self, body: Body, workspace: str) -> None:
        """Hear a button or a menu."""
        self._hear(to_call.press(body, workspace))

    async def shortcut(self, body: Body, workspace: str) -> None:
        """Hear a shortcut, which is named as the command it stands for."""
        name = str(body["callback_id"])
        command = self.asking.core.menus.get(name)
        about = to_call.about(body, command) if command and body.get("message") else {}
        self._hear(to_call.shortcut(body, workspace, name, about))

    async def suggestions(self, body: Body, workspace: str) -> dict[str, Any]:
        """Suggest what could be chosen in a field, for what was typed so far."""
        heard = to_call.suggestion(body, workspace)
        typed = str(body.get("value") or "")
        return {"options": await self.asking.suggest(heard, str(body["action_id"]), typed)}

    async def mention(self, body: Body, workspace: str) -> None:
        """Answer a mention with what I can do."""
        if _by_somebody(body["event"]):
            self._overhear(to_call.spoken(body, workspace, HELP))

    async def message(self, body: Body, workspace: str) -> None:
        """Answer a direct message with what is next for whoever wrote it, or with the help."""
        event = body["event"]
        if event.get("channel_type") == "im" and _by_somebody(event):
            command = spoken(str(event.get("text") or ""))
            self._overhear(to_call.spoken(body, workspace, command))

    async def home(self, body: Body, workspace: str) -> None:
        """Show somebody's week in the App Home."""
        event = body["event"]
        if event.get("tab", "home") == "home" and self.seen.first(str(body.get("event_id"))):
            self.spawn(self.homes.show(workspace, str(event["user"])))

    async def changed(self, body: Body, workspace: str) -> None:
        """Keep up with who people are, and whether they are here: a deactivated account is not."""
        user, people = body["event"]["user"], self.asking.people
        there = not user.get("deleted") and read(user).is_in(workspace)
        self.spawn(self.asking.core.presence(workspace, str(user["id"]), there))
        if user.get("locale"):
            people.learn(workspace, str(user["id"]), read(user))
        else:
            people.forget(workspace, str(user["id"]))

    def _hear(self, heard: Incoming) -> None:
        """Carry a call out; one that came before is answered already, or is about to be."""
        if self.seen.first(heard.event):
            self.spawn(self._answered(heard))

    def _overhear(self, heard: Incoming) -> None:
        """Answer what was said. Only such events does Slack send again, to whichever process."""
        if self.seen.first(heard.event):
            self.spawn(self._answered_once(heard))

    async def _answered_once(self, heard: Incoming) -> None:
        if await self.seen.first_of_all(heard):
            await self._answered(heard)

    async def _answered(self, heard: Incoming) -> None:
        asking = self.asking
        machine, heard = await asyncio.gather(asking.is_machine(heard), asking.at_home(heard))
        if machine:
            return
        waiting: list[asyncio.Future[Incoming]] = []

        def wait() -> None:
            waiting.append(begun(self._wait(heard)))

        timer = asyncio.get_running_loop().call_later(self.asking.patience, wait)
        try:
            answer = await self.asking.ask(heard)
        finally:
            timer.cancel()
        await self.answers.give(await waiting[0] if waiting else heard, answer)
        await self.homes.refresh(heard.workspace)

    async def _wait(self, heard: Incoming) -> Incoming:
        """Say that it takes longer, where that can be said; gives how to answer then."""
        if not heard.trigger:
            return heard
        return await self.answers.wait(heard, await self.asking.reader(heard))

    def _behind(self, heard: Incoming, work: Coroutine[Any, Any, None]) -> None:
        """Go on with what follows a form, once, and show what it changed in the Homes."""
        self.spawn(self._follow(heard, work) if self.seen.first(heard.event) else _dropped(work))

    async def _follow(self, heard: Incoming, work: Coroutine[Any, Any, None]) -> None:
        await work
        await self.homes.refresh(heard.workspace)


async def _dropped(work: Coroutine[Any, Any, None]) -> None:
    work.close()


def _kind(body: Body) -> str:
    """Name what was sent: an interaction by its type, an event by its own."""
    kind = "command" if "command" in body else str(body.get("type"))
    event = body.get("event")
    if kind != "event_callback":
        return kind
    return str(event.get("type")) if isinstance(event, dict) else ""


def _by_somebody(event: Body) -> bool:
    """Say whether a person wrote it; what comes with a file is a kind of its own."""
    said = event.get("subtype") in (None, "", "file_share")
    return bool(event.get("user")) and not event.get("bot_id") and said
