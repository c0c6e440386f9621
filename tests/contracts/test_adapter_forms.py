"""Holds every platform to what it promises of forms: nothing typed is lost, on any of them."""

from collections.abc import Mapping

import pytest

from bot.chat import Account
from storage import Storage
from storage.community import Workspace
from storage.people import KnownAccount, Member
from storage.questions import GivenAnswer, Question
from tests.contracts.adapter import SeenForm, World, words
from tests.contracts.local import local_world
from tests.contracts.slack import slack_world

COLOURS = {"red": {"en": "Red", "es": "Rojo"}, "blue": {"en": "Blue", "es": "Azul"}}


def known(storage: Storage, who: Account) -> Member:
    with storage.read() as transaction:
        found = transaction.known(who.platform, who.workspace, who.id)
    assert found is not None
    return found


def asking(storage: Storage, who: Account, *asked: Question) -> list[str]:
    """Have questions be asked about toys; gives the names of their fields."""
    with storage.write() as transaction:
        kept = transaction.records(known(storage, who).community_id).questions
        return [kept.add(question).field for question in asked]


def question(kind: str, *, required: bool = False, **how: object) -> Question:
    number = how.pop("position", 1)
    asked = {"en": f"Question {number}", "es": f"Pregunta {number}"}
    made: Mapping[str, object] = {"about": "toy", "position": number, "words": asked, **how}
    return Question(kind=kind, required=required, **made)  # type: ignore[arg-type]


def seven(storage: Storage, who: Account) -> list[str]:
    """Have a form of seven fields; the last has to be filled in."""
    asked = [question("text", position=n, required=n == 6) for n in range(1, 7)]
    return asking(storage, who, *asked)


async def fill(world: World, who: Account, **values: str) -> None:
    """Fill in a form page by page, until all values have found their field."""
    while values:
        form = await world.form(who)
        assert form is not None, f"nowhere to fill in {values}"
        here = {name: value for name, value in values.items() if name in form.values}
        values = {name: value for name, value in values.items() if name not in form.values}
        await world.submit(who, **here)


async def seen_form(world: World, who: Account) -> SeenForm:
    form = await world.form(who)
    assert form is not None
    return form


def speaks(storage: Storage, who: Account, locale: str) -> None:
    with storage.write() as transaction:
        found = transaction.known(who.platform, who.workspace, who.id)
        assert found is not None
        found.locale = locale


async def test_questions_that_are_data_are_asked_read_and_kept(
    whole: World, storage: Storage
) -> None:
    who = whole.amina
    why, size, colour = asking(
        storage,
        who,
        question("text", required=True),
        question("number", position=2, limit=10),
        question("one", position=3, options=COLOURS),
    )
    await whole.say_command(who, "toy.tell", title="Kite")
    await whole.submit(who, **{why: "It flies", size: "99"})
    form = await seen_form(whole, who)
    assert (form.values[why], form.labels[why].rstrip("*")) == ("It flies", "Question 1")
    assert form.errors[size].startswith("Please write a whole number from 0 to 10.")
    await whole.submit(who, **{why: "It flies", size: "9", colour: "blue"})
    assert "Kite: It flies, 9, blue" in words(await whole.see(whole.place, who))
    with storage.read() as transaction:
        kept = transaction.records(known(storage, who).community_id).answers
        answers = kept.all(kept.mine().order_by(GivenAnswer.question_id))
    assert [answer.value for answer in answers] == ["It flies", "9", "blue"]


async def test_form_goes_on_after_a_restart_in_another_language(
    whole: World, storage: Storage
) -> None:
    who = whole.amina
    first, *_, last = seven(storage, who)
    await whole.say_command(who, "toy.tell")
    await fill(whole, who, title="Kite", **{first: "It flies"})
    await whole.restart()
    speaks(storage, who, "es")
    await whole.say_command(who, "toy.tell")
    form = await seen_form(whole, who)
    assert (form.values["title"], form.values[first]) == ("Kite", "It flies")
    assert form.labels[first] == "Pregunta 1"
    assert "Empezaste" in form.words
    await fill(whole, who, **{last: "It lands"})
    assert "Kite: It flies, It lands" in words(await whole.see(whole.place, who))


async def test_form_goes_on_on_another_platform(whole: World, storage: Storage) -> None:
    who = whole.amina
    other = slack_world if who.platform == "local" else local_world
    first, *_, last = seven(storage, who)
    await whole.say_command(who, "toy.tell")
    await fill(whole, who, title="Kite", **{first: "It flies"})
    async with other() as there:
        same(storage, who, there.amina)
        there.bot.core = whole.bot.core
        await there.say_command(there.amina, "toy.tell")
        await fill(there, there.amina, **{last: "It lands"})
        assert "Kite: It flies, It lands" in words(await there.see(there.place, there.amina))
    with storage.read() as transaction:
        kept = transaction.records(known(storage, who).community_id).drafts
        assert kept.all(kept.mine()) == []


def same(storage: Storage, who: Account, also: Account) -> None:
    """Have two accounts of two platforms be one member of one community."""
    with storage.write() as transaction:
        member = transaction.known(who.platform, who.workspace, who.id)
        assert member is not None
        home = Workspace(platform=also.platform, workspace=also.workspace)
        account = KnownAccount(platform=also.platform, workspace=also.workspace, account=also.id)
        home.community_id = account.community_id = member.community_id
        member.accounts.append(account)
        transaction.db.add(home)


@pytest.mark.parametrize("value", ["", "It flies"])
async def test_form_that_was_accepted_opens_empty(
    whole: World, storage: Storage, value: str
) -> None:
    who = whole.amina
    [why] = asking(storage, who, question("text"))
    await whole.say_command(who, "toy.tell")
    await whole.submit(who, title="Kite", **{why: value})
    await whole.say_command(who, "toy.tell")
    form = await seen_form(whole, who)
    assert set(form.values.values()) == {""}
