"""Tests that a community is founded with the zone and language of its workspace."""

import pytest

from bot.adapters.slack.founding import Founding
from tests.bot.adapters.slack.conftest import SlackStage
from tests.fakes.slack.state import Mishap


@pytest.fixture
def homes(http: SlackStage) -> set[str]:
    """Give the workspaces in which a community lives: none yet."""
    lived: set[str] = set()

    async def lived_in(workspace: str) -> bool:
        return workspace in lived

    http.app.asking.founding = Founding(http.app.web.users, lived_in)
    return lived


@pytest.fixture
def new(http: SlackStage, homes: set[str]) -> SlackStage:
    """Have most people of a workspace be in Bogotá."""
    for id, locale in (("UDAN", "es-ES"), ("UEVA", "es-LA"), ("UFAY", "es-LA")):
        http.state.person(id, id.title(), tz="America/Bogota", locale=locale)
    http.state.person("UBOT", "Robot", tz="Asia/Tokyo", locale="ja-JP", is_bot=True)
    return http


def usual(stage: SlackStage) -> tuple[str, str]:
    return stage.core.last.home_zone, stage.core.last.home_locale


async def test_workspace_of_a_new_community_has_the_zone_and_language_of_most(
    new: SlackStage,
) -> None:
    await new.slash("toy see")
    assert usual(new) == ("America/Bogota", "es")
    assert new.core.last.zone == "Africa/Nairobi"
    await new.slash("toy see")
    assert len(new.asked("users.list")) == 1


async def test_nobody_is_asked_where_a_community_lives(new: SlackStage, homes: set[str]) -> None:
    homes.add(new.state.team)
    await new.slash("toy see")
    assert (usual(new), new.asked("users.list")) == (("", ""), [])


@pytest.mark.parametrize("mishap", [Mishap(accepts=True, delay=0.3), Mishap(status=500)])
async def test_first_person_stands_for_all_where_slack_does_not_say(
    new: SlackStage, mishap: Mishap
) -> None:
    new.app.asking.founding.patience = 0.05
    new.state.mishaps["users.list"].append(mishap)
    await new.slash("toy see")
    assert usual(new) == ("Africa/Nairobi", "en")


@pytest.mark.usefixtures("homes")
async def test_among_equals_the_first_person_decides(http: SlackStage) -> None:
    await http.slash("toy see")
    assert usual(http) == ("Africa/Nairobi", "en")
