"""Says in which workspace somebody acts: their own where the app is, not that of a post."""

from collections.abc import Iterable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.adapters.slack.web import InstallationSource, Installed
from bot.errors import Busy, RecordsAway

Body = Mapping[str, Any]


def is_workspace(id: object) -> bool:
    """Say whether an id is a workspace's, and not that of a whole organisation."""
    return bool(id) and not str(id).startswith("E")


async def acts_in(installations: InstallationSource, body: Body, context: AsyncBoltContext) -> str:
    """Name the workspace of whoever sent something; where the app is not theirs, the one it is of.

    Views name the workspace in which the app was installed first. Under a post in a channel that
    organisations share, `team` is that of the post, and only `user.team_id` is that of the person;
    inside an organisation that is any of their workspaces, and `team` the one they are in.
    """
    authorised = context.authorize_result
    ours = str((authorised.team_id if authorised else context.team_id) or "")
    team, home = _part(body, "team"), str(_part(body, "user").get("team_id") or "")
    organisation = str(team.get("enterprise_id") or context.enterprise_id or "")
    ids = (team.get("id"), home, ours, body.get("context_team_id"), body.get("team_id"))
    workspaces = [str(id) for id in ids if is_workspace(id)]
    served = await _first_served(installations, workspaces, organisation)
    if served is None:
        return ours
    own = await _serving(installations, home) if is_workspace(home) else None
    return served.workspace if own is None or _are_one(own, served) else own.workspace


async def _first_served(
    installations: InstallationSource, workspaces: Iterable[str], organisation: str
) -> Installed | None:
    for workspace in workspaces:
        if installed := await _serving(installations, workspace, organisation):
            return installed
    return None


def _part(body: Body, name: str) -> Body:
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _are_one(own: Installed, other: Installed) -> bool:
    """Say whether two installations are of one organisation, or the same."""
    return own == other or bool(own.organisation and own.organisation == other.organisation)


async def _serving(
    installations: InstallationSource, workspace: str, organisation: str = ""
) -> Installed | None:
    """Give what serves a workspace; None also while that cannot be looked up."""
    try:
        return await installations.find(workspace, organisation)
    except (RecordsAway, Busy):
        return None
