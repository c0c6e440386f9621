"""Is what the fake's Web API says of people."""

from tests.fakes.slack.api import Api, Args, method
from tests.fakes.slack.state import Refusal


@method("users.info", "user include_locale", "users:read")
def users_info(api: Api, args: Args) -> Args:
    found = api.state.users.get(args["user"])
    if found is None:
        raise Refusal("user_not_found")
    with_locale = str(args.get("include_locale")).lower() in ("1", "true")
    return {"user": {k: v for k, v in found.items() if with_locale or k != "locale"}}


@method("users.list", "include_locale limit team_id cursor", "users:read")
def users_list(api: Api, args: Args) -> Args:
    with_locale = str(args.get("include_locale")).lower() in ("1", "true")
    listed = list(api.state.users.values())[: int(args.get("limit") or 1000)]
    told = [{k: v for k, v in one.items() if with_locale or k != "locale"} for one in listed]
    return {"members": told, "cache_ts": 0, "response_metadata": {"next_cursor": ""}}
