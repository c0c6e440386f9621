"""Turns what Slack sends into what was heard: which command, from whom, where, how to answer."""

import hashlib
import html
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.adapters.slack import filled
from bot.adapters.slack.pages import KEPT, Origin, sheet
from bot.adapters.slack.wording import PLATFORM
from bot.called_on import about_message
from bot.chat import Place, decoded
from bot.commands import Command

Body = Mapping[str, Any]

# Slack escapes every other "<": none stands inside, and what is not closed is looked at once.
LINK = re.compile(r"<((?:https?|mailto):[^|<>]+)(?:\|([^<>]*))?>")
MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^<>]*)?>")
PERSON = re.compile(r"<@([A-Z0-9]+)>")
RESOLVED = re.compile(r"<([@#])([A-Z0-9]+)(?:\|([^<>]{0,100}))?>")
SPECIAL = re.compile(r"<!([^|<>]+)(?:\|([^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that was asked, and the ways an answer may go back.

    `trigger` opens one modal within three seconds; `url` answers five times in half an hour;
    `view` is the modal it was asked in; `message` is the one its button was on, which
    only the caller sees when it is `whispered`. `vouched` are the people and channels that Slack
    itself found, as in a call, but channels alone with a name, and not all with one. `files` are
    where Slack keeps what was uploaded, and how big it is. `form`, `draft` and `typed` are as in a
    call.
    """

    workspace: str
    user: str
    command: str
    event: str
    place: Place
    args: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    trigger: str = ""
    url: str = ""
    view: str = ""
    message: str = ""
    whispered: bool = False
    vouched: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    form: Literal["", "page", "sent", "anew"] = ""
    draft: str = ""
    typed: bool = False

    @property
    def origin(self) -> Origin:
        """What a form that is opened now has to know to answer later."""
        place = self.place
        return Origin(
            place.channel, place.name, place.thread, self.url, self.message, self.whispered
        )


def place(workspace: str, channel: str, name: str = "", thread: str = "") -> Place:
    """Give a place; one in direct messages has no channel."""
    if not channel or channel.startswith("D"):
        return Place(PLATFORM, workspace, "", thread=thread)
    return Place(PLATFORM, workspace, channel, name, thread)


def typed(text: str, commands: Collection[str]) -> tuple[str, str]:
    """Read what stands behind the slash command as a command's name and its words."""
    head, rest = _first(unwrapped(text))
    verb, behind = _first(rest)
    group, full = head.lower(), f"{head}.{verb.replace('_', '-')}".lower()
    if group in commands and full not in commands:
        return group, rest
    if not verb:
        return "help", group
    return full, behind


def _first(text: str) -> tuple[str, str]:
    """Split the first word from the rest, at a space or a new line of whatever kind."""
    head, rest = [*text.strip().split(maxsplit=1), "", ""][:2]
    return head, rest


def unwrapped(text: str) -> str:
    """Take Slack's markup off: links as they were typed, mentions as `<@id>`, the rest as words."""
    text = LINK.sub(lambda found: found[2] if _same(found[1], found[2]) else found[1], text)
    text = SPECIAL.sub(lambda found: f"@{found[2] or found[1]}", text)
    return html.unescape(MENTION.sub(r"<\1\2>", text))


def resolved(text: str) -> dict[str, str]:
    """Give the people and channels that Slack made mentions of; `&lt;` begins what was typed."""
    found = RESOLVED.findall(text)
    return {f"{sign}{id}": name if sign == "#" else "" for sign, id, name in found}


def _same(url: str, label: str | None) -> bool:
    """Say whether Slack made a link of bare words, such as `example.org`."""
    return bool(label) and url.removeprefix("mailto:").split("://")[-1].rstrip("/") == label


def slash(body: Body, workspace: str, commands: Collection[str]) -> Incoming:
    """Hear a slash command."""
    command, words = typed(str(body.get("text") or ""), commands)
    return Incoming(
        workspace=workspace,
        user=str(body["user_id"]),
        command=command,
        event=str(body.get("trigger_id") or ""),
        place=place(
            workspace, str(body.get("channel_id") or ""), str(body.get("channel_name") or "")
        ),
        words=words,
        typed=True,
        trigger=str(body.get("trigger_id") or ""),
        url=str(body.get("response_url") or ""),
        vouched=resolved(str(body.get("text") or "")),
    )


def press(body: Body, workspace: str) -> Incoming:
    """Hear a button or a menu, on a message, in the App Home or in a modal."""
    command, args = decoded(*pressed(body["actions"][0]))
    view: Body = body.get("view") or {}
    container: Body = body.get("container") or {}
    modal = view.get("type") == "modal"
    origin = sheet(view).origin if modal else Origin()
    channel: Body = body.get("channel") or {}
    thread = str(container.get("thread_ts") or (body.get("message") or {}).get("thread_ts") or "")
    heard = Incoming(
        workspace=workspace,
        user=str(body["user"]["id"]),
        command=command,
        event=str(body.get("trigger_id") or ""),
        place=place(
            workspace,
            str(channel.get("id") or origin.channel),
            str(channel.get("name") or origin.name),
            thread or origin.thread,
        ),
        args=args | chosen(body["actions"][0]),
        trigger=str(body.get("trigger_id") or ""),
        url=str(body.get("response_url") or origin.url),
        view=str(view.get("id") or "") if modal else "",
        message=str(container.get("message_ts") or origin.message),
        whispered=bool(container.get("is_ephemeral") or origin.whispered),
    )
    return _of_form(heard) if command == KEPT else heard


def _of_form(heard: Incoming) -> Incoming:
    """Read a button that opens a form which is kept, or begins it anew."""
    draft, anew = heard.args.get("draft", ""), "anew" in heard.args
    return replace(heard, command="", args={}, draft=draft, form="anew" if anew else "")


def pressed(action: Body) -> tuple[str]:
    """Give the bound command of a button or menu; an unknown one is its own name."""
    if action.get("value"):
        return (str(action["value"]),)
    behind = str(action.get("action_id") or "").split(".", 3)
    return (behind[3] if len(behind) == 4 else behind[-1],)


def chosen(action: Body) -> dict[str, str]:
    """Give the option that a menu was bound to with what was chosen in it."""
    option = (action.get("selected_option") or {}).get("value")
    behind = str(action.get("action_id") or "").split(".", 3)
    return {behind[2]: str(option)} if option and len(behind) == 4 else {}


def _sent_off(view: Body) -> str:
    """Name what was sent off, the same when Slack, or somebody in doubt, sends it once more."""
    values = json.dumps((view.get("state") or {}).get("values"), sort_keys=True)
    digest = hashlib.sha256(values.encode()).hexdigest()[:16]
    return f"{view.get('id')}:{view.get('hash')}:{digest}"


def submission(body: Body, workspace: str) -> Incoming:
    """Hear a form, or a page of it, that was sent off with everything that was filled in."""
    view: Body = body["view"]
    carried = sheet(view)
    origin = carried.origin
    return Incoming(
        workspace=workspace,
        user=str(body["user"]["id"]),
        command=carried.command,
        event=_sent_off(view),
        place=place(workspace, origin.channel, origin.name, origin.thread),
        args={**carried.bound, **filled.values(view)},
        url=origin.url,
        view=str(view.get("id") or ""),
        message=origin.message,
        whispered=origin.whispered,
        vouched=filled.picked(view),
        files=filled.files(view),
        form="page" if carried.more else "sent",
        draft=carried.draft,
    )


def about(body: Body, command: Command) -> dict[str, str]:
    """Give the arguments of a command that was chosen on a message; a bot is nobody to name."""
    message, channel = body["message"], body["channel"]["id"]
    below = f"?thread_ts={thread}" if (thread := message.get("thread_ts")) else ""
    stamp = str(message["ts"]).replace(".", "")
    link = f"https://{body['team']['domain']}.slack.com/archives/{channel}/p{stamp}{below}"
    user = "" if message.get("bot_id") else message.get("user")  # some messages are of neither
    author = f"<@{user}>" if user else ""
    return about_message(command, unwrapped(str(message.get("text") or "")), link, author)


def shortcut(body: Body, workspace: str, command: str, args: Mapping[str, str]) -> Incoming:
    """Hear a global shortcut, or one on a message, which `args` are about."""
    message: Body = body.get("message") or {}
    channel: Body = body.get("channel") or {}
    return Incoming(
        workspace=workspace,
        user=str(body["user"]["id"]),
        command=command,
        event=str(body.get("trigger_id") or ""),
        place=place(
            workspace,
            str(channel.get("id") or ""),
            str(channel.get("name") or ""),
            str(message.get("thread_ts") or ""),
        ),
        args=args,
        trigger=str(body.get("trigger_id") or ""),
        url=str(body.get("response_url") or ""),
        vouched={f"@{message['user']}": ""} if message.get("user") else {},
    )


def spoken(body: Body, workspace: str, command: str) -> Incoming:
    """Hear a mention or a direct message."""
    event: Body = body["event"]
    channel = str(event.get("channel") or "")
    return Incoming(
        workspace=workspace,
        user=str(event["user"]),
        command=command,
        event=str(body.get("event_id") or ""),
        place=place(workspace, channel, thread=str(event.get("thread_ts") or "")),
    )


def suggestion(body: Body, workspace: str) -> Incoming:
    """Hear somebody type in a field that suggests."""
    carried = sheet(body.get("view") or {})
    origin = carried.origin
    return Incoming(
        workspace=workspace,
        user=str(body["user"]["id"]),
        command=carried.command,
        event="",
        place=place(workspace, origin.channel, origin.name, origin.thread),
        args=carried.bound,
        draft=carried.draft,
    )
