"""Holds every platform to its borders: nobody types themselves into another community."""

from dataclasses import replace

import pytest

from bot.chat import said
from bot.errors import TargetLost
from bot.i18n import plain, t
from bot.protocol import Ask, Field, Form, Say
from storage import Storage
from storage.sight import Sight
from tests.contracts.adapter import EVERYBODY, World
from tests.toys import NOW, wording

STRANGER = "<@999999999999999999|Somebody else>"
FORGED = ("<#888888888888888888|x>", "<#abc|x>", "<#12 3|x>")


def people(storage: Storage, world: World) -> int:
    here = world.place
    with storage.read() as transaction:
        home = transaction.community_at(here.platform, here.workspace, NOW, "en", "UTC")
        return len(transaction.records(home.id).members.matching("", Sight(0, "member")))


def wrong(world: World, field: str) -> str:
    reply = world.bot.answers[-1].reply
    assert isinstance(reply, Ask), reply
    [error] = [one.error for one in reply.form.fields if one.name == field]
    assert error is not None
    return wording(error)


async def test_what_was_typed_is_not_vouched_for(world: World) -> None:
    await world.type(world.amina, f"toy point where={FORGED[0]} who={STRANGER}")
    [call] = world.bot.calls
    assert call.command == "toy.point"
    assert set(call.vouched) <= {f"#{world.place.channel}"}


async def test_who_was_picked_is_vouched_for(world: World) -> None:
    who = Field("who", t("Person"), "person", f"<@{world.bruno.id}|x>", required=False)
    title = Field("title", t("Title"), "text")
    world.bot.replies = [Ask(Form(t("Point."), "toy.point", (title, who)))]
    await world.say_command(world.amina, "toy.point")
    await world.submit(world.amina, title="Kite")
    assert f"@{world.bruno.id}" in world.bot.calls[1].vouched


async def test_person_nobody_saw_is_refused_and_makes_no_profile(
    whole: World, storage: Storage
) -> None:
    await whole.type(whole.amina, f"toy point who={STRANGER}")
    assert wrong(whole, "who").startswith("I don't know @Somebody else in this community yet.")
    assert people(storage, whole) == 2


@pytest.mark.parametrize("forged", FORGED)
async def test_channel_of_another_community_is_refused(whole: World, forged: str) -> None:
    await whole.type(whole.amina, f"toy point where={forged}")
    assert wrong(whole, "where").startswith("I don't know #x in this community.")


async def test_post_to_a_channel_of_another_workspace_is_refused(world: World) -> None:
    for place in (world.elsewhere, replace(world.elsewhere, channel="abc")):
        with pytest.raises(TargetLost):
            await world.adapter.post(place, said(plain("x")), EVERYBODY, "a")


async def test_unknown_option_is_refused_by_name_with_the_nearest(whole: World) -> None:
    await whole.type(whole.amina, "toy add titel=Kite")
    reply = whole.bot.answers[-1].reply
    assert isinstance(reply, Say)
    assert "Did you mean" in str(reply.message)
