"""Is somebody at Slack: what they see, and everything they can do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.checks import wrong_view
from tests.fakes.slack.elements import holds, option_of
from tests.fakes.slack.state import BOT, FakeMessage
from tests.fakes.slack.workspace import FakeSlack

Body = dict[str, Any]


@dataclass(frozen=True)
class Element:
    """A button or menu with where it stands."""

    element: Body
    block: Body
    posted: FakeMessage | None = None
    view: Body | None = None

    @property
    def label(self) -> str:
        text = self.element.get("text") or self.element.get("placeholder")
        return str(text["text"]) if text else ""


class FakePerson:
    """Somebody with a Slack client, in a workspace."""

    def __init__(self, slack: FakeSlack, id: str, team: str = "") -> None:
        self.slack, self.state, self.id = slack, slack.state, id
        self.team = team or slack.state.team

    @property
    def seen(self) -> list[FakeMessage]:
        """What this person sees, the newest first."""
        return list(self.state.visible(self.id))

    @property
    def last(self) -> FakeMessage:
        """The newest message this person sees."""
        return self.seen[0]

    @property
    def modal(self) -> Body:
        """The modal this person has before them. Fails when there is none."""
        return self.state.views[self.state.open[self.id]]

    @property
    def home(self) -> Body:
        return self.state.homes[self.id]

    def _user(self) -> Body:
        name = self.state.users[self.id]["name"]
        return {"id": self.id, "username": name, "name": name, "team_id": self.team}

    def _team(self) -> Body:
        return {"id": self.team, "domain": "home"} | self.state.of

    async def slash(self, text: str, channel: str, command: str = "/cop") -> Body:
        """Type the slash command."""
        return await self.slack.deliver("slash", self.slash_body(text, channel, command))

    def slash_body(self, text: str, channel: str, command: str = "/cop") -> Body:
        """Make what Slack sends for a slash command."""
        return {
            "token": "old",
            "api_app_id": "A0APP",
            **self.state.of,
            "team_id": self.team,
            "team_domain": "home",
            "channel_id": channel,
            "channel_name": self.state.channels[channel].name,
            "user_id": self.id,
            "user_name": self.state.users[self.id]["name"],
            "command": command,
            "text": text,
            "response_url": self.slack.hook(channel, self.id),
            "trigger_id": self.state.trigger(self.id),
            "is_enterprise_install": "false",
        }

    def things(self) -> Iterator[Element]:
        """Go through all buttons and menus this person sees: modal, Home, messages."""
        views = [
            self.state.views.get(self.state.open.get(self.id, "")),
            self.state.homes.get(self.id),
        ]
        for view in views:
            for block in view["blocks"] if view else ():
                yield from (Element(one, block, view=view) for one in _active(block))
        for posted in self.seen:
            for block in posted.blocks:
                yield from (Element(one, block, posted) for one in _active(block))

    def thing(self, label: str) -> Element:
        """Find a button or menu by its label, the newest first."""
        labels = []
        for one in self.things():
            labels.append(one.label)
            if one.label == label:
                return one
        raise LookupError(f"{label!r} is not among {labels}")

    async def press(self, label: str) -> Body:
        """Press a button."""
        return await self.press_on(self.thing(label))

    async def press_on(self, found: Element) -> Body:
        """Press this button."""
        action = {key: found.element[key] for key in ("action_id", "type", "text", "value")}
        return await self.slack.deliver("interactive", self.action_body(found, action))

    async def choose(self, label: str, wanted: str) -> Body:
        """Choose from a menu."""
        return await self.choose_in(self.thing(label), wanted)

    async def choose_in(self, found: Element, wanted: str) -> Body:
        """Choose from this menu."""
        option = option_of(found.element["options"], wanted)
        action = {
            "type": found.element["type"],
            "action_id": found.element["action_id"],
            "selected_option": option,
        }
        return await self.slack.deliver("interactive", self.action_body(found, action))

    def action_body(self, thing: Element, action: Body) -> Body:
        """Make what Slack sends for a button or a menu."""
        block = {"block_id": thing.block.get("block_id", "b1"), "action_ts": self.state.new_ts()}
        body = {
            "type": "block_actions",
            "user": self._user(),
            "api_app_id": "A0APP",
            "token": "old",
            "team": self._team(),
            "trigger_id": self.state.trigger(self.id),
            "actions": [action | block],
        }
        posted = thing.posted
        if posted is None:
            assert thing.view is not None
            view = thing.view | {"id": thing.view.get("id", f"H{self.id}"), "state": {"values": {}}}
            return body | {"container": {"type": "view", "view_id": view["id"]}, "view": view}
        container = {"type": "message", "message_ts": posted.ts, "channel_id": posted.channel}
        threaded = {"thread_ts": posted.thread} if posted.thread else {}
        return body | {
            "container": container | {"is_ephemeral": bool(posted.only)} | threaded,
            "channel": {"id": posted.channel, "name": self.state.channels[posted.channel].name},
            "message": {"ts": posted.ts, "text": posted.text} | threaded,
            "response_url": self.slack.hook(posted.channel, self.id, posted.ts, posted.thread),
        }

    async def submit(self, **filled: str) -> Body:
        """Send the modal off with fields filled in by name; gives what the app acknowledged."""
        view = self.modal
        body = self.submission_body(view, filled)
        ack = await self.slack.deliver("interactive", body)
        if ack.get("response_action") == "update":
            wrong = wrong_view(ack["view"])
            assert not wrong, wrong
        if ack.get("response_action") == "errors":
            unknown = set(ack["errors"]) - {b.get("block_id") for b in view["blocks"]}
            assert not unknown, f"errors at blocks that are not there: {unknown}"
        self.slack.take_ack(self.id, view["id"], ack)
        return ack

    def submission_body(self, view: Body, filled: dict[str, str]) -> Body:
        """Make what Slack sends when a modal is sent off."""
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        unknown = set(filled) - {block["block_id"] for block in inputs}
        assert not unknown, f"no such fields: {unknown}"
        values = {
            block["block_id"]: {
                block["element"]["action_id"]: holds(
                    self.slack, block["element"], filled.get(block["block_id"])
                )
            }
            for block in inputs
        }
        return {
            "type": "view_submission",
            "team": self._team(),
            "user": self._user(),
            "api_app_id": "A0APP",
            "token": "old",
            "trigger_id": self.state.trigger(self.id),
            "view": view | {"state": {"values": values}},
        }

    async def suggest(self, field: str, typed: str) -> list[str]:
        """Type in a field of the modal that suggests; gives the labels."""
        body = {
            "type": "block_suggestion",
            "user": self._user(),
            "container": {"type": "view", "view_id": self.modal["id"]},
            "api_app_id": "A0APP",
            "token": "old",
            "action_id": field,
            "block_id": field,
            "value": typed,
            "team": self._team(),
            "view": self.modal,
        }
        answer = await self.slack.deliver("interactive", body)
        return [option["text"]["text"] for option in answer["options"]]

    async def shortcut(self, callback: str) -> Body:
        """Use a global shortcut."""
        body = {
            "type": "shortcut",
            "token": "old",
            "action_ts": self.state.new_ts(),
            "team": self._team(),
            "user": self._user(),
            "callback_id": callback,
            "trigger_id": self.state.trigger(self.id),
        }
        return await self.slack.deliver("interactive", body)

    async def message_shortcut(self, callback: str, posted: FakeMessage) -> Body:
        """Use a shortcut on a message."""
        channel = {"id": posted.channel, "name": self.state.channels[posted.channel].name}
        body = {
            "type": "message_action",
            "callback_id": callback,
            "trigger_id": self.state.trigger(self.id),
            "message_ts": posted.ts,
            "response_url": self.slack.hook(posted.channel, self.id),
            "message": {
                "type": "message",
                "user": posted.user,
                "ts": posted.ts,
                "text": posted.text,
            }
            | ({"bot_id": "B0BOT"} if posted.user == BOT else {})
            | ({"thread_ts": posted.thread} if posted.thread else {}),
            "channel": channel,
            "team": self._team(),
            "user": self._user(),
            "token": "old",
            "action_ts": self.state.new_ts(),
        }
        return await self.slack.deliver("interactive", body)

    async def say(self, words: str, channel: str, kind: str = "app_mention", **more: Any) -> Body:
        """Mention the bot, or write to it directly (`kind="message"`)."""
        posted = FakeMessage(channel, self.state.new_ts(), words, [], user=self.id)
        self.state.messages.append(posted)
        event = {"type": kind, "user": self.id, "text": words, "ts": posted.ts, "channel": channel}
        if kind == "message":
            event["channel_type"] = "im" if channel.startswith("D") else "channel"
        return await self.slack.event(event | more)

    async def open_home(self, tab: str = "home") -> Body:
        """Open the bot's App Home."""
        event = {"type": "app_home_opened", "user": self.id, "channel": "D1", "tab": tab}
        return await self.slack.event(event | {"event_ts": self.state.new_ts()})


def _active(block: Body) -> list[Body]:
    return list(block["elements"]) if block["type"] == "actions" else []
