"""Tests channels that workspaces share: each belongs to some, and people to their own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack import Installed, cipher
from bot.adapters.slack.channels import EVERYWHERE, FRESH, SlackChannels, workspaces
from bot.adapters.slack.installations import Many
from bot.app.slack import SlackStore
from bot.chat import Place, button, said
from bot.errors import Busy, TargetLost
from bot.i18n import t
from bot.protocol import Ask, Field, Form, Reader, Say
from tests.bot.adapters.slack.conftest import GRID, HOME, KEY, SlackStage
from tests.fakes.slack import FakePerson
from tests.fakes.slack.state import Mishap
from tests.toys import toy

FAR = "T0FAR"
HELLO = said(t("Hello"))


@pytest.fixture
async def grid(several: SlackStage, shelf: SlackStore) -> SlackStage:
    """Give an app that serves an organisation, with a channel elsewhere, and a shared one."""
    state = several.state
    state.organisation = GRID.organisation
    await Many(shelf, cipher([KEY])).add(replace(GRID, token=state.token))
    state.person("UZURI", "Zuri Okoro")
    state.channel("far", host=FAR)
    state.channel("both", host=FAR, shared=[HOME.workspace])
    return several


def ids(stage: SlackStage) -> list[str]:
    """Give the channels: at home, of another workspace, and of that but shared."""
    return list(stage.state.channels)


async def mentioned(stage: SlackStage) -> set[str]:
    """Have Amina mention all channels; gives those that count."""
    await stage.slash("toy see " + " ".join(f"<#{id}|x>" for id in ids(stage)))
    return {id.removeprefix("#") for id in stage.core.last.vouched}


async def post(stage: SlackStage, channel: str) -> None:
    await stage.app.post(Place("slack", HOME.workspace, channel), HELLO, Reader(), "k")


async def test_channel_counts_where_it_is_hosted_or_shared(grid: SlackStage) -> None:
    home, _, both = ids(grid)
    assert await mentioned(grid) == {home, both}


async def test_channel_of_another_workspace_that_was_picked_does_not_count(
    grid: SlackStage,
) -> None:
    home, far, both = ids(grid)
    for channel, wanted in ((far, {home}), (both, {home, both})):
        form = Form(t("Point."), "toy.see", (Field("where", t("Channel"), "place"),))
        grid.core.replies["toy.see"] = Ask(form)
        await grid.slash("toy see")
        await grid.submit(where=channel)
        assert {id.removeprefix("#") for id in grid.core.last.vouched} == wanted


async def test_nothing_is_posted_in_a_channel_of_another_workspace(grid: SlackStage) -> None:
    await grid.slash("toy see")
    home, far, both = ids(grid)
    await post(grid, home)
    await post(grid, both)
    with pytest.raises(TargetLost, match="elsewhere"):
        await post(grid, far)
    assert [one.channel for one in grid.state.messages if not one.only] == [home, both]


async def test_without_permission_only_channels_something_came_from_count(grid: SlackStage) -> None:
    grid.state.scopes.discard("channels:read")
    home, _, both = ids(grid)
    assert await mentioned(grid) == {home}
    await post(grid, home)
    with pytest.raises(TargetLost, match="missing_scope"):
        await post(grid, both)
    [(workspace, words)] = grid.core.advice
    assert (workspace, "install me again" in words.template) == (HOME.workspace, True)


async def test_post_waits_while_slack_does_not_say_whose_a_channel_is(grid: SlackStage) -> None:
    await grid.slash("toy see")
    grid.app.channels._known.clear()
    grid.state.mishaps["conversations.info"] += [Mishap(drops=True)] * 2  # aiohttp asks once more
    with pytest.raises(Busy):
        await post(grid, grid.general)


async def test_slack_is_asked_again_after_some_minutes(grid: SlackStage) -> None:
    time = [0.0]
    await grid.slash("toy see")
    channels = SlackChannels(grid.app.web, grid.app.notes, grid.core.advise, lambda: time[0])
    before = len(grid.asked("conversations.info"))
    for time[0] in (0.0, FRESH - 1, FRESH):
        assert await channels.counts(HOME.workspace, grid.general)
    assert len(grid.asked("conversations.info")) == before + 2


async def test_one_workspace_is_asked_nothing(http: SlackStage) -> None:
    await http.slash(f"toy see <#{http.general}|general>")
    await post(http, http.general)
    assert [*http.core.last.vouched] == [f"#{http.general}"]
    assert http.asked("conversations.info") == []


@pytest.mark.parametrize(
    ("channel", "wanted"),
    [
        ({"context_team_id": "T1"}, {"T1"}),
        ({"context_team_id": "T1", "shared_team_ids": ["T2"]}, {"T2"}),
        ({"conversation_host_id": "T1", "internal_team_ids": ["T1", "T2"]}, {"T1", "T2"}),
        ({"shared_team_ids": ["T1", "E2"], "pending_shared": ["T3"]}, {"T1", "E2"}),
        ({"conversation_host_id": "E1", "is_global_shared": True}, {"E1", EVERYWHERE}),
    ],
)
def test_workspaces_of_a_channel_are_read(channel: Mapping[str, Any], wanted: set[str]) -> None:
    assert workspaces(channel) == wanted


async def shown(stage: SlackStage, channel: str) -> None:
    """Have the bot show a button to all in a channel, Zuri among them."""
    aloud = Say(said(t("Kite"), button(t("See"), toy.commands["see"])), private=False)
    stage.core.replies["toy.see"] = aloud
    stage.state.channels[channel].members.add("UZURI")
    await stage.amina.slash("toy see", channel)
    await stage.settled()


async def test_whoever_presses_acts_in_their_own_workspace(grid: SlackStage) -> None:
    await shown(grid, ids(grid)[2])
    await FakePerson(grid.slack, "UZURI", FAR).press("See")
    await grid.settled()
    assert (grid.core.last.account.workspace, grid.core.last.place.channel) == (FAR, ids(grid)[2])


async def test_press_in_a_channel_of_another_workspace_is_answered_in_private(
    grid: SlackStage,
) -> None:
    await shown(grid, grid.general)
    await FakePerson(grid.slack, "UZURI", FAR).press("See")
    await grid.settled()
    assert (grid.core.last.account.workspace, grid.core.last.place.channel) == (FAR, "")
    assert [one.only for one in grid.state.messages] == ["", "UZURI"]


async def test_form_is_of_the_workspace_of_whoever_sends_it_off(
    grid: SlackStage, shelf: SlackStore
) -> None:
    grid.core.replies["toy.see"] = Ask(Form(t("See"), "toy.see", (Field("a", t("A"), "text"),)))
    zuri = FakePerson(grid.slack, "UZURI", FAR)
    for first in (HOME.workspace, GRID.organisation):
        await zuri.slash("toy see", ids(grid)[2])
        await grid.settled()
        zuri.modal["app_installed_team_id"] = first
        await zuri.submit(a="b")
        await grid.settled()
        assert (grid.core.last.filled, grid.core.last.account.workspace) == (True, FAR)
    assert GRID.organisation not in {one.workspace for one in await shelf.all()}


async def pressed_from(stage: SlackStage, workspace: str) -> str:
    """Have somebody of another organisation press; Slack names the team of the post."""
    await shown(stage, ids(stage)[2])
    zuri = FakePerson(stage.slack, "UZURI", workspace)
    body = zuri.action_body(zuri.thing("See"), _action(zuri))
    body["team"] = {"id": HOME.workspace, "domain": "home", "enterprise_id": GRID.organisation}
    await stage.slack.deliver("interactive", body)
    await stage.settled()
    return stage.core.last.account.workspace


def _action(person: FakePerson) -> dict[str, Any]:
    element = person.thing("See").element
    return {key: element[key] for key in ("action_id", "type", "text", "value")}


async def test_guest_of_another_organisation_acts_at_home_if_the_app_is_there(
    grid: SlackStage, shelf: SlackStore
) -> None:
    assert await pressed_from(grid, "T0GUEST") == HOME.workspace
    guest = Installed("T0GUEST", "", grid.state.token, "U0BOT", HOME.at)
    await Many(shelf, cipher([KEY])).add(guest)
    assert await pressed_from(grid, "T0GUEST") == "T0GUEST"
