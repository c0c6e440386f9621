"""Tests a command that is offered on a message, from its declaration to what is kept."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest

from bot.adapters.slack import Core, Slack
from bot.app.slack import menus
from bot.chat import Place, said
from bot.commands import Caller
from bot.dispatcher import Dispatcher
from bot.groups import Group
from bot.i18n import t
from bot.options.basic import LongText, WebLink
from bot.options.things import PersonOption
from bot.protocol import Reply, Say
from storage import Records, Storage
from tests.bot.adapters.slack.conftest import NOW, SlackStage, Spoken, setup, workspace
from tests.fakes.slack.seen import seen
from tests.toys import Title

keeping = Group("keeping", t("Keeping"))


@keeping.command(on="message")
def keep(
    caller: Caller,
    records: Records,
    title: Title,
    words: Annotated[str, LongText(t("Words"))],
    person: PersonOption | None = None,
    link: Annotated[str, WebLink(t("Link"))] = "",
) -> Reply:
    """Keep this as something worth reading."""
    by = person.name if person else "nobody"
    return Say(
        said(t("{title}: {words} by {by}, {link}", title=title, words=words, by=by, link=link))
    )


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[SlackStage]:
    """Give an app with that command."""
    slack, storage = await workspace().start(), Storage(sqlite_url)
    dispatcher = Dispatcher(storage, [keeping])
    core = Core(
        dispatcher.answer, dispatcher.complete, lambda: NOW, dispatcher.commands, menus([keeping])
    )
    app = Slack(setup(slack, "http"), core)
    await app.start()
    assert app.http is not None
    slack.url = f"http://127.0.0.1:{app.http.port}/slack/events"
    yield SlackStage(slack, app, Spoken())
    assert slack.state.complaints == []
    await app.stop()
    await slack.stop()
    storage.close()


async def shortcut(stage: SlackStage, words: str) -> str:
    """Have Amina choose the command on what Bruno wrote; gives the channel's and message's ids."""
    await stage.bruno.say(words, stage.general, "message")
    posted = stage.state.messages[-1]
    await stage.amina.message_shortcut("keeping.keep", posted)
    await stage.settled()
    return f"{stage.general}/p{posted.ts.replace('.', '')}"


async def test_a_message_is_kept_with_its_author_and_its_address(stage: SlackStage) -> None:
    where = await shortcut(stage, "we learned &lt;a lot&gt;")
    await stage.submit(title="Lesson")
    link = f"https://home.slack.com/archives/{where}"
    assert stage.amina.last.text == f"Lesson: we learned &lt;a lot&gt; by Bruno Silva, {link}"
    assert stage.amina.last.only == "UAMINA"


async def test_the_form_shows_what_the_message_said(stage: SlackStage) -> None:
    await shortcut(stage, 'title=x "quoted" words')
    elements = {b["block_id"]: b["element"] for b in stage.amina.modal["blocks"] if "block_id" in b}
    assert elements["words"]["initial_value"] == 'title=x "quoted" words'
    assert elements["person"]["initial_user"] == "UBRUNO"
    assert "initial_value" not in elements["title"]


async def test_what_a_bot_wrote_is_kept_without_an_author(stage: SlackStage) -> None:
    await stage.app.post(
        Place("slack", "T0HOME", stage.general), said(t("All agreed")), stage.core.everybody, "k"
    )
    posted = stage.state.messages[-1]
    await stage.amina.message_shortcut("keeping.keep", posted)
    await stage.settled()
    await stage.submit(title="Lesson")
    assert "Lesson: All agreed by nobody" in seen(stage.amina.last.blocks)
