"""Tests that people are asked for anew now and then, and addressed in the language they chose."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.adapters.slack.people import FRESH, People
from bot.errors import Refused
from bot.i18n import t
from bot.protocol import Answer, Ask, Call, Field, Form, Reader
from tests.bot.adapters.slack.conftest import SlackStage
from tests.fakes.slack.state import Mishap


class Clocked(People):
    """People at a Slack and a time that a test sets."""

    def __init__(self) -> None:
        super().__init__(self.told, lambda: self.time)
        self.time, self.asked = 0.0, 0
        self.user: Mapping[str, Any] | None = {"real_name": "Amina", "tz": "Africa/Nairobi"}

    async def told(self, workspace: str, id: str) -> Mapping[str, Any]:
        """Give what Slack says. Raises Refused where it says nothing."""
        self.asked += 1
        if self.user is None:
            raise Refused("user_not_found")
        return self.user


async def test_people_are_asked_for_once_in_a_while() -> None:
    people = Clocked()
    for _ in range(2):
        assert (await people.get("T", "U")).zone == "Africa/Nairobi"
    people.user, people.time = {"tz": "Europe/Paris"}, FRESH - 1
    assert (await people.get("T", "U")).zone == "Africa/Nairobi"
    people.time = FRESH
    assert (await people.get("T", "U")).zone == "Europe/Paris"
    assert people.asked == 2


async def test_people_stay_known_while_slack_does_not_answer() -> None:
    people = Clocked()
    await people.get("T", "U")
    people.user, people.time = None, FRESH
    for _ in range(2):
        assert (await people.get("T", "U")).name == "Amina"
    assert people.asked == 2
    assert (await people.get("T", "U2")).name == ""


async def test_who_is_told_too_late_is_known_at_the_next_call(http: SlackStage) -> None:
    http.app.asking.people.patience = 0.02
    for _ in range(2):
        http.state.mishaps["users.info"].append(Mishap(accepts=True, delay=0.2))
    await http.slash("toy see")
    assert (http.core.calls[-1].unsure, http.core.calls[-1].role) == (True, "")
    await asyncio.sleep(0.4)
    await http.slash("toy see")
    assert (http.core.calls[-1].unsure, http.core.calls[-1].role) == (False, "coordinator")


async def speaking_french(http: SlackStage) -> None:
    """Have Amina have chosen French, which Slack does not know of."""
    dispatch = http.app.core.dispatch

    async def in_french(call: Call) -> Answer:
        answer = await dispatch(call)
        return Answer(answer.reply, Reader("fr", "UTC"), answer.everybody)

    core = http.app.asking.core
    http.app.asking.core = type(core)(in_french, core.complete, core.now, core.commands)
    await http.slash("toy see")


async def test_that_it_takes_longer_is_said_in_the_language_somebody_chose(
    http: SlackStage,
) -> None:
    await speaking_french(http)
    http.app.asking.patience, http.core.delay = 0.02, 0.1
    await http.amina.slash("toy see", http.general)
    await http.settled()
    (view,) = http.asked("views.open")
    assert "Un instant" in str(view)


async def test_the_next_page_is_in_the_language_somebody_chose(http: SlackStage) -> None:
    await speaking_french(http)
    fields = tuple(Field(f"f{number}", t("Title"), "text") for number in range(50))
    http.core.replies["toy.add"] = Ask(Form(t("Add"), "toy.add", fields))
    await http.slash("toy add")
    ack = await http.submit()
    assert ack["view"]["submit"]["text"] == "Envoyer"
