"""Is the Web API of the fake: each method checks its arguments as Slack does."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.slack.checks import wrong_blocks, wrong_view
from tests.fakes.slack.state import BOT, FakeMessage, Refusal, State

Args = dict[str, Any]
Method = Callable[["Api", Args], Args]
METHODS: dict[str, tuple[str, frozenset[str], Method]] = {}
OPEN = ("api.test", "apps.connections.open", "oauth.v2.access")
POSTING = "channel text blocks thread_ts metadata link_names parse unfurl_links unfurl_media"


def method(name: str, takes: str = "", scope: str = "") -> Callable[[Method], Method]:
    """Declare a method with the arguments it takes and the scope it needs."""

    def declared(function: Method) -> Method:
        METHODS[name] = (scope, frozenset(takes.split()), function)
        return function

    return declared


class Api:
    """Answers methods from the state of a workspace."""

    def __init__(self, state: State, address: Callable[[], str]) -> None:
        self.state = state
        self.address = address

    def answer(self, name: str, token: str, args: Args) -> Args:
        """Answer one request, `ok` or not."""
        self.state.asked.append((name, args))
        try:
            return {"ok": True} | self._answer(name, token, args)
        except Refusal as refusal:
            return {"ok": False, "error": str(refusal)}

    def _answer(self, name: str, token: str, args: Args) -> Args:
        if name not in METHODS:
            raise Refusal("unknown_method")
        scope, takes, run = METHODS[name]
        if name not in OPEN:
            self._authorised(token)
        elif name == "apps.connections.open" and token != self.state.app_token:
            raise Refusal("not_allowed_token_type" if token.startswith("xoxb") else "invalid_auth")
        if scope and scope not in self.state.scopes:
            raise Refusal("missing_scope")
        if unknown := {key for key, value in args.items() if value is not None} - takes:
            self.state.complaints.append(f"{name}: {sorted(unknown)}")
            raise Refusal("invalid_arg_name")
        return run(self, args)

    def _authorised(self, token: str) -> None:
        if not token:
            raise Refusal("not_authed")
        if token != self.state.token:
            raise Refusal("invalid_auth")
        if self.state.revoked:
            raise Refusal(self.state.revoked)

    def said(self, args: Args) -> list[dict[str, Any]]:
        """Check what is to be said and give its blocks. Raises Refusal."""
        blocks = args.get("blocks") or []
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        if not args.get("text"):
            raise Refusal("no_text")
        if len(args["text"]) > 40_000:
            raise Refusal("msg_too_long")
        if blocks:
            self.checked(wrong_blocks(blocks), "invalid_blocks")
        self.weighed(blocks)
        return list(blocks)

    def weighed(self, blocks: Any) -> None:
        """Refuse blocks that are too much for one message. Raises Refusal."""
        if len(json.dumps(blocks, ensure_ascii=False)) > 13_200:
            raise Refusal("msg_blocks_too_long")

    def checked(self, wrong: list[str], error: str) -> None:
        """Refuse what is wrong, and remember why for the test."""
        if wrong:
            self.state.complaints += wrong
            raise Refusal(error)

    def post(self, channel: str, args: Args, only: str = "") -> FakeMessage:
        """Post a message."""
        thread = args.get("thread_ts") or ""
        if thread and self.state.message(channel, thread) is None:
            raise Refusal("thread_not_found")
        metadata = args.get("metadata")
        metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
        posted = FakeMessage(
            channel, self.state.new_ts(), args.get("text") or "", self.said(args),
            only=only, thread=thread, metadata=metadata,
        )  # fmt: skip
        self.state.messages.append(posted)
        return posted


@method("api.test")
def api_test(api: Api, args: Args) -> Args:
    return {"args": args}


@method("auth.test")
def auth_test(api: Api, args: Args) -> Args:
    organisation = api.state.organisation or None
    ours = {"user_id": BOT, "bot_id": "B0BOT"}
    there = {"team_id": api.state.team, "enterprise_id": organisation}
    return ours | there | {"url": "https://home.slack.com/"}


@method("apps.connections.open", scope="")
def connections_open(api: Api, args: Args) -> Args:
    ticket = api.state.number()
    api.state.tickets.add(str(ticket))
    return {"url": f"{api.address().replace('http', 'ws', 1)}/socket?ticket={ticket}"}


@method("oauth.v2.access", "client_id client_secret code")
def oauth_access(api: Api, args: Args) -> Args:
    if args["code"] != "good":
        raise Refusal("invalid_code")
    return {
        "access_token": api.state.token,
        "bot_user_id": BOT,
        "team": {"id": api.state.team, "name": "Home"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


@method("chat.postMessage", POSTING, "chat:write")
def chat_post(api: Api, args: Args) -> Args:
    where = api.state.where(args["channel"])
    if (beneath := args.get("thread_ts")) and api.state.message(where.id, beneath) is None:
        raise Refusal("thread_not_found")
    posted = api.post(where.id, args)
    return {"channel": where.id, "ts": posted.ts, "message": {"text": posted.text}}


@method("chat.postEphemeral", "channel user text blocks thread_ts link_names parse", "chat:write")
def chat_whisper(api: Api, args: Args) -> Args:
    where = api.state.where(args["channel"])
    if args["user"] not in where.members:
        raise Refusal("user_not_in_channel")
    return {"message_ts": api.post(where.id, args, only=args["user"]).ts}


@method("chat.update", "channel ts text blocks link_names parse", "chat:write")
def chat_update(api: Api, args: Args) -> Args:
    where = api.state.where(args["channel"])
    found = api.state.message(where.id, args["ts"])
    if found is None or found.only:
        raise Refusal("message_not_found")
    if found.user != BOT:
        raise Refusal("cant_update_message")
    found.blocks, found.text = api.said(args), args["text"]
    found.edits += 1
    return {"channel": where.id, "ts": found.ts, "text": found.text}


@method("chat.delete", "channel ts", "chat:write")
def chat_delete(api: Api, args: Args) -> Args:
    where = api.state.where(args["channel"])
    found = api.state.message(where.id, args["ts"])
    if found is None or found.only:
        raise Refusal("message_not_found")
    if found.user != BOT:
        raise Refusal("cant_delete_message")
    api.state.messages.remove(found)
    return {"channel": where.id, "ts": found.ts}


@method("conversations.open", "users return_im", "im:write")
def conversations_open(api: Api, args: Args) -> Args:
    return {"channel": {"id": api.state.direct(args["users"])}}


@method("conversations.info", "channel include_locale include_num_members")
def conversations_info(api: Api, args: Args) -> Args:
    found = api.state.reached(args["channel"])
    if f"{'groups' if found.private else 'channels'}:read" not in api.state.scopes:
        raise Refusal("missing_scope")
    return {"channel": found.described()}


HISTORY = "channel oldest latest limit cursor include_all_metadata ts inclusive"


@method("conversations.history", HISTORY)
def conversations_history(api: Api, args: Args) -> Args:
    return _told(api, args, lambda one: not one.thread)


@method("conversations.replies", HISTORY)
def conversations_replies(api: Api, args: Args) -> Args:
    if api.state.message(args["channel"], args["ts"]) is None:
        raise Refusal("thread_not_found")
    return _told(api, args, lambda one: args["ts"] in (one.thread, one.ts))


def _told(api: Api, args: Args, wanted: Callable[[FakeMessage], bool]) -> Args:
    where = api.state.where(args["channel"], archived=True)
    kind = "im" if where.id[0] == "D" else "groups" if where.private else "channels"
    if f"{kind}:history" not in api.state.scopes:
        raise Refusal("missing_scope")
    oldest = float(args.get("oldest") or 0)
    listed = [m for m in api.state.messages if m.channel == where.id and not m.only and wanted(m)]
    shown = [] if api.state.hides_history else [m for m in listed if float(m.ts) >= oldest]
    begin, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    page = shown[begin : begin + limit]
    after = str(begin + limit) if len(shown) > begin + limit else ""
    with_metadata = str(args.get("include_all_metadata")).lower() in ("1", "true")
    messages = [_as_told(m, with_metadata) for m in page]
    return {"messages": messages, "response_metadata": {"next_cursor": after}}


def _as_told(one: FakeMessage, with_metadata: bool) -> Args:
    told: Args = {"type": "message", "user": one.user, "text": one.text, "ts": one.ts}
    return told | ({"metadata": one.metadata} if one.metadata and with_metadata else {})


@method("files.getUploadURLExternal", "filename length alt_txt snippet_type", "files:write")
def files_begin(api: Api, args: Args) -> Args:
    id = f"F{api.state.number():04d}"
    api.state.files[id] = {"name": args["filename"], "length": int(args["length"])}
    return {"file_id": id, "upload_url": f"{api.address()}/upload/{id}"}


@method("files.completeUploadExternal", "files channel_id thread_ts initial_comment", "files:write")
def files_complete(api: Api, args: Args) -> Args:
    where = api.state.where(args["channel_id"])
    listed = json.loads(args["files"])
    for one in listed:
        if (
            len(api.state.files[one["id"]].get("content", b""))
            != api.state.files[one["id"]]["length"]
        ):
            raise Refusal("file_not_found")
    ids = [one["id"] for one in listed]
    shared = FakeMessage(where.id, api.state.new_ts(), "", [], thread=args.get("thread_ts") or "")
    shared.files = [str(api.state.files[id]["name"]) for id in ids]
    api.state.messages.append(shared)
    return {"files": [{"id": id} for id in ids]}


@method("views.open", "trigger_id view")
def views_open(api: Api, args: Args) -> Args:
    view = _view(api, args, "modal")
    user = api.state.spend(args["trigger_id"])
    return {"view": show(api.state, user, view)}


@method("views.update", "view_id view hash")
def views_update(api: Api, args: Args) -> Args:
    view = _view(api, args, "modal")
    user = next((u for u, id in api.state.open.items() if id == args["view_id"]), None)
    if user is None:
        raise Refusal("not_found")
    return {"view": show(api.state, user, view, args["view_id"])}


@method("views.publish", "user_id view hash")
def views_publish(api: Api, args: Args) -> Args:
    view = _view(api, args, "home")
    if args["user_id"] not in api.state.users:
        raise Refusal("user_not_found")
    api.state.homes[args["user_id"]] = view
    return {"view": view | {"id": f"H{args['user_id']}"}}


def _view(api: Api, args: Args, kind: str) -> Args:
    view = args["view"]
    view = json.loads(view) if isinstance(view, str) else view
    if view.get("type") != kind:
        raise Refusal("invalid_arguments")
    api.checked(wrong_view(view), "invalid_arguments")
    return dict(view)


def show(state: State, user: str, view: Mapping[str, Any], id: str = "") -> Args:
    """Put a modal before somebody."""
    shown = dict(view) | {"id": id or f"V{state.number():04d}", "hash": str(state.number())}
    shown |= {"team_id": state.team, "app_installed_team_id": state.team}
    state.views[shown["id"]] = shown
    state.open[user] = shown["id"]
    return shown
