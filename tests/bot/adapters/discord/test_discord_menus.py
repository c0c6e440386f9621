"""Shows that a command offered on a message keeps what stands there, and who wrote it."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest

from bot.chat import said
from bot.commands import Caller, person
from bot.groups import Group
from bot.i18n import plain, t
from bot.options.basic import Line, LongText, WebLink
from bot.options.things import PersonOption
from bot.protocol import Reply, Say
from storage import Records
from tests.bot.adapters.discord.test_discord_calls import fields, text
from tests.fakes.discord_server import WholeBot, whole
from tests.fakes.discord_spec import wrong

kept = Group("kept", plain("Kept"))
KEEP = "Keep this as a toy"


@kept.command(title=t("Keep this as a toy"), on="message")
def keep(
    caller: Caller,
    records: Records,
    title: Annotated[str, Line(plain("Title"))],
    words: Annotated[str, LongText(plain("Words"))] = "",
    source: Annotated[str, WebLink(plain("Source"))] = "",
    by: PersonOption | None = None,
) -> Reply:
    """Keep this as a toy."""
    who = person(by) if by else plain("nobody")
    told = t("{title}: {words} ({who}, {source})", title=title, words=words, who=who, source=source)
    return Say(said(told))


@pytest.fixture
async def bot(sqlite_url: str) -> AsyncIterator[WholeBot]:
    async with whole(sqlite_url, more=[kept]) as opened:
        yield opened
        left = opened.server.bodies()
        assert [fault for one in left for fault in wrong(*one)] == []


async def test_message_is_kept_with_its_words_author_and_address(bot: WholeBot) -> None:
    server = bot.server
    written = await server.bruno.send(server.channel, "Listen *first*")
    asked = await server.amina.context_menu(server.channel, KEEP, written)
    assert fields(asked)["words"]["value"] == "Listen *first*"
    done = await server.amina.submit_modal(
        asked,
        {
            "title": "Insight",
            "words": "Listen *first*",
            "source": fields(asked)["source"]["value"],
            "by": [server.bruno],
        },
    )
    assert r"Insight: Listen \*first\*" in text(done)
    assert f"<@{server.bruno.id}>" in text(done)
    assert f"{server.guild.id}/{server.channel.id}/{written.id}" in text(done)


async def test_author_of_a_message_of_ours_is_nobody(bot: WholeBot) -> None:
    server = bot.server
    shown = await server.slash(server.amina, "session plan", title="X", when="2027-03-03 15:00")
    assert shown.response is not None
    asked = await server.amina.context_menu(server.channel, KEEP, shown.response.message)
    assert not fields(asked)["by"].get("default_values")


async def test_nothing_is_offered_on_messages_where_no_command_is_for_them(sqlite_url: str) -> None:
    async with whole(sqlite_url) as opened:
        offered = {kind for _, kind in opened.server.env.backend.commands[None]}
    assert 3 not in offered
