"""Sends Slack's requests to the whole bot, mutated from what a real client sends, signed or raw."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, cast

from aiohttp import web

from bot.adapters.slack.http import Http
from fuzz.area import Take, ensure
from fuzz.dice import Dice
from fuzz.options import BY_NAME, COMMANDS, options, typed
from fuzz.worlds import database, sound
from tests.chatting import START
from tests.fakes.slack.client import FakePerson
from tests.fakes.slack.seen import rung
from tests.fakes.slack.workspace import _encoded
from tests.seasons.on_slack import SlackSeason

Body = dict[str, Any]
SETTING = (
    "join maria zone=Europe/Amsterdam role=coordinator",
    "join bruno zone=America/Bogota locale=es",
    'maria in #general: /session plan title="Budgets" when="2026-11-10 15:00"',
    "maria: press session.announce",
    "bruno in #general: /openspace",
)
MENTIONS = ("<@UBRUNO|bruno>", "<@UMARIA>", "<@U0NOBODY>", "<#C1|general>", "<!channel>")
EVENTS = ("app_mention", "message", "app_home_opened", "user_change", "team_join", "member_joined")


class Requested:
    """As much of a request as is looked at."""

    def __init__(self, body: bytes, kind: str, secret: str, dice: Dice) -> None:
        self.body = body
        stamp = str(int(time.time()))
        signed = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        self.headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": dice.value() if dice.one_in(60) else stamp,
            "X-Slack-Signature": dice.value() if dice.one_in(60) else f"v0={signed.hexdigest()}",
        }

    async def read(self) -> bytes:
        """Give the body."""
        return self.body


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Give a workspace with the whole bot in it."""
    with database() as url, asyncio.Runner() as runner:
        slack = SlackSeason(url, START)
        runner.run(_begin(slack))
        requests = Requests(slack, runner.run)
        yield requests.take
        sound(slack.storage.engine)
        runner.run(slack.stop())


async def _begin(slack: SlackSeason) -> None:
    slack.state.channel("general")
    await slack.start()
    assert slack.app.homes is not None
    slack.app.homes.pause = 0.0
    for line in SETTING:
        await slack.play(line)


class Requests:
    """What a workspace sends."""

    def __init__(self, slack: SlackSeason, run: Any) -> None:  # noqa: ANN401
        self.slack = slack
        self.state = slack.state
        self.run = run
        self.people = list(slack.people.values())
        self.general = next(iter(self.state.channels))
        self.seen = len(self.state.messages)

    def take(self, dice: Dice) -> None:
        """Send one request, and see what was answered and posted."""
        self.run(self._take(dice))
        ensure(not self.state.complaints, f"Slack complains: {self.state.complaints[:2]}")
        for posted in self.state.messages[self.seen :]:
            words = json.dumps(posted.blocks)
            ensure('"broadcast"' not in words, "everybody is mentioned")
            ensure("<!channel" not in posted.text and "<!here" not in posted.text, posted.text)
            ensure(rung(posted.blocks) <= {one.id for one in self.people}, "a stranger is rung")
        self._forget()

    def _forget(self) -> None:
        """Keep the newest of what was posted and asked."""
        del self.state.messages[: -40 or None]
        self.seen = len(self.state.messages)
        self.state.asked.clear()
        self.state.complaints.clear()

    async def _take(self, dice: Dice) -> None:
        person = dice.choice(self.people)
        kind, body = self._made(person, dice)
        sent = dice.mutated(body) if dice.one_in(2) else body
        raw, content = _sent(kind, sent, dice)
        http = self.slack.app.http
        assert isinstance(http, Http)
        answer = await http.take(
            cast(web.Request, Requested(raw, content, self.state.secret, dice))
        )
        ensure(answer.status in (200, 400, 401, 404), f"status {answer.status}: {answer.text}")
        await self._settled()
        if answer.text and answer.text.startswith("{") and "view" in body:
            self.slack.slack.take_ack(
                person.id, str(body["view"].get("id")), json.loads(answer.text)
            )

    async def _settled(self) -> None:
        while self.slack.app.work:
            await asyncio.wait(self.slack.app.work)

    def _made(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        makers = (self._slash, self._slash, self._press, self._press, self._form, self._form,
                  self._event, self._shortcut, self._suggestion)  # fmt: skip
        return dice.choice(makers)(person, dice)

    def _words(self, dice: Dice) -> tuple[str, str]:
        command = dice.choice(COMMANDS).name
        return command, typed(command, options(BY_NAME[command], {}, MENTIONS, dice), dice)

    def _channel(self, person: FakePerson, dice: Dice) -> str:
        return self.state.direct(person.id) if dice.one_in(3) else self.general

    def _slash(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        _, words = self._words(dice)
        text = escape(words, quote=False) if dice.one_in(2) else words
        return "slash", person.slash_body(text, self._channel(person, dice))

    def _press(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        things = list(person.things())[:40]
        if not things:
            return self._slash(person, dice)
        thing = dice.choice(things)
        action = {key: value for key, value in thing.element.items() if key != "options"}
        if listed := thing.element.get("options"):
            action["selected_option"] = dice.choice(listed)
        if "value" in action and dice.one_in(2):
            command = dice.choice(COMMANDS).name
            action["value"] = f"{command}?{dice.damaged('session=1&answer=yes')}"
        return "interactive", person.action_body(thing, action)

    def _form(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        if person.id not in self.state.open:
            return self._slash(person, dice)
        fillable = ("plain_text_input", "number_input", "datepicker", "users_select")
        filled = {
            block["block_id"]: dice.value()
            for block in person.modal["blocks"]
            if block["type"] == "input" and block["element"]["type"] in fillable and dice.one_in(2)
        }
        return "interactive", person.submission_body(person.modal, filled)

    def _suggestion(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        _, body = self._form(person, dice)
        field = dice.choice(("zone", "session", "topic", "language", dice.value()))
        more = {"type": "block_suggestion", "action_id": field, "value": dice.value()}
        return "interactive", body | more

    def _shortcut(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        name = dice.choice(COMMANDS).name
        words = dice.words()
        return "interactive", {
            "type": dice.choice(("shortcut", "message_action")), "callback_id": name,
            "trigger_id": self.state.trigger(person.id),
            "team": {"id": self.state.team, "domain": "home"}, "user": {"id": person.id},
            "channel": {"id": self.general, "name": "general"},
            "response_url": self.slack.slack.hook(self.general, person.id),
            "message": {"type": "message", "user": person.id, "ts": "1.2", "text": words},
        }  # fmt: skip

    def _event(self, person: FakePerson, dice: Dice) -> tuple[str, Body]:
        about: Any = dict(self.state.users[person.id]) if dice.one_in(4) else person.id
        event = {
            "type": dice.choice(EVENTS), "user": about, "text": dice.words(), "ts": "1.2",
            "channel": self._channel(person, dice), "channel_type": dice.choice(("im", "channel")),
            "tab": "home",
        }  # fmt: skip
        return "event", {
            "team_id": self.state.team, "api_app_id": "A0APP", "event": event,
            "type": "event_callback", "event_id": f"Ev{self.state.number()}", "event_time": 1,
        }  # fmt: skip


def _sent(kind: str, body: Any, dice: Dice) -> tuple[bytes, str]:  # noqa: ANN401
    """Write a body as Slack does; seldom with other bytes in it."""
    readable = isinstance(body, dict) or kind != "slash"
    raw, content = _encoded(
        kind if readable else "event", _clean(body) if kind == "slash" else body
    )
    return (dice.damaged_bytes(raw) if dice.one_in(25) else raw), content


def _clean(body: Any) -> Any:  # noqa: ANN401
    """Write what a form can carry: half surrogates as what stands for them."""
    if not isinstance(body, dict):
        return body
    return {str(name): str(value).encode("utf-8", "replace") for name, value in body.items()}
