"""Shows what a call comes to, and that nothing half done is left behind."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.chat import Account, Place
from bot.dispatcher import Dispatcher
from bot.protocol import Call, Say
from tests.toys import NOW, asked, call, dispatcher, spoken, wording


@pytest.fixture
def toys(sqlite_url: str) -> Iterator[Dispatcher]:
    with dispatcher(sqlite_url) as made:
        yield made


@pytest.fixture
def anywhere(database_url: str) -> Iterator[Dispatcher]:
    """Give toys on both databases, where what they keep is what is tried."""
    with dispatcher(database_url) as made:
        yield made


def test_call_with_all_it_needs_is_carried_out(toys: Dispatcher) -> None:
    answer = toys.execute(call("toy.add", "a blue ball size=4"))
    assert spoken(answer).endswith("added a blue ball")
    assert spoken(toys.execute(call("toy.see"))) == "a blue ball 4 red in Africa/Nairobi"


@pytest.mark.parametrize(
    "ugly", ["Ami\ud83dna", "Ami\x00na", "\x1b\x07Ami\u202ena\x85", "Amina\udfff"]
)
def test_names_of_a_platform_that_nobody_can_write_are_cleaned(toys: Dispatcher, ugly: str) -> None:
    asks = call(
        "toy.point", f"where=<#general|{ugly}> who=<@bo|x>", name=ugly, vouched={"@bo": ugly}
    )
    asks = replace(asks, place=replace(asks.place, name=ugly), event=ugly, zone=f"UTC{ugly[5:]}")
    assert spoken(toys.execute(asks)).split()[-1] == "Amina"
    with toys.storage.read() as transaction:
        known = transaction.known("toy", "home", "amina")
    assert known is not None
    assert known.name == "Amina"


def test_name_that_was_never_chosen_follows_the_platform(toys: Dispatcher) -> None:
    toys.execute(call("toy.point", "who=<@bo|x>", vouched={"@bo": "Somebody else"}))
    for name in ("Bo", "Bo Li"):
        toys.execute(call("toy.see", who="bo", name=name))
        with toys.storage.read() as transaction:
            known = transaction.known("toy", "home", "bo")
        assert known is not None
        assert known.name == name


def test_missing_option_opens_a_form(toys: Dispatcher) -> None:
    form = asked(toys.execute(call("toy.add")))
    assert [field.name for field in form.fields] == ["title", "size", "colour"]
    said_of_it = [wording(one) for one in (form.title, form.about, form.submit)]
    assert said_of_it == ["Add a toy", "Add a toy.", "Add"]
    assert not any(field.error for field in form.fields)


def test_unreadable_option_opens_a_form_with_what_was_understood(toys: Dispatcher) -> None:
    form = asked(toys.execute(call("toy.add", 'title="ball" size=many colour=Blue')))
    values = {field.name: field.value for field in form.fields}
    errors = {field.name for field in form.fields if field.error}
    assert values == {"title": "ball", "size": "many", "colour": "blue"}
    assert errors == {"size"}


def test_field_a_handler_refuses_is_asked_again(toys: Dispatcher) -> None:
    form = asked(toys.execute(call("toy.add", args={"title": "forbidden", "size": "2"})))
    assert form.fields[0].value == "forbidden"
    assert form.fields[0].error is not None
    assert form.fields[1].value == "2"


def test_command_that_fills_its_form_opens_it_when_called_bare(toys: Dispatcher) -> None:
    form = asked(toys.execute(call("toy.change")))
    assert form.fields[0].value == "kept"
    assert spoken(toys.execute(call("toy.change", "title=new"))) == "Title: 'new'"


def test_emptied_field_of_a_form_is_empty(toys: Dispatcher) -> None:
    answer = toys.execute(call("toy.change", args={"title": ""}, form="sent"))
    assert spoken(answer) == "Title: ''"


def test_emptied_number_takes_its_default(toys: Dispatcher) -> None:
    sent = call("toy.add", args={"title": "ball", "size": "", "colour": ""}, form="sent")
    toys.execute(sent)
    assert spoken(toys.execute(call("toy.see"))).startswith("ball 3 red")


def test_first_contact_keeps_member_and_role(anywhere: Dispatcher) -> None:
    assert "can do that." in spoken(anywhere.execute(call("toy.clear")))
    answer = anywhere.execute(call("toy.clear", who="bruno", role="coordinator"))
    assert spoken(answer) == "Cleared"


def test_community_that_nobody_leads_is_led_by_who_administers_the_space(
    toys: Dispatcher,
) -> None:
    toys.execute(call("toy.see"))
    assert spoken(toys.execute(call("toy.clear", role="coordinator"))) == "Cleared"
    assert spoken(toys.execute(call("toy.clear"))) == "Cleared"


def test_community_that_nobody_leads_is_led_by_who_only_looks(toys: Dispatcher) -> None:
    toys.execute(call("toy.see"))
    toys.execute(call("toy.see", role="coordinator"))
    assert spoken(toys.execute(call("toy.clear"))) == "Cleared"


def test_role_is_vouched_for_at_first_contact_only(anywhere: Dispatcher) -> None:
    anywhere.execute(call("toy.see"))
    anywhere.execute(call("toy.see", who="bruno", role="coordinator"))
    answer = anywhere.execute(call("toy.clear", role="coordinator"))
    assert "can do that." in spoken(answer)


def test_mistake_leaves_nothing_half_done(anywhere: Dispatcher) -> None:
    anywhere.execute(call("toy.add", "ball"))
    apology = spoken(anywhere.execute(call("toy.stumble")))
    assert "nothing was changed" in apology
    assert spoken(anywhere.execute(call("toy.see"))).startswith("ball")


def test_refusal_leaves_nothing_half_done(anywhere: Dispatcher) -> None:
    anywhere.execute(call("toy.add", "ball"))
    assert spoken(anywhere.execute(call("toy.refuse"))) == "Not today."
    assert spoken(anywhere.execute(call("toy.see"))).startswith("ball")


def test_unknown_command_is_answered_kindly(toys: Dispatcher) -> None:
    assert "don't know that command" in spoken(toys.execute(call("toy.gone?x=1")))


def test_same_event_is_done_once_and_answered_alike(anywhere: Dispatcher) -> None:
    first = anywhere.execute(call("toy.add", "ball", event="e1"))
    again = anywhere.execute(call("toy.add", "cube", event="e1"))
    assert again == first
    assert spoken(anywhere.execute(call("toy.see"))).startswith("ball")


def test_event_that_failed_can_come_again(anywhere: Dispatcher) -> None:
    anywhere.execute(call("toy.stumble", event="e1"))
    assert spoken(anywhere.execute(call("toy.add", "ball", event="e1"))).endswith("added ball")


def test_same_event_at_once_is_done_once(anywhere: Dispatcher) -> None:
    anywhere.execute(call("toy.see"))
    with ThreadPoolExecutor(4) as pool:
        sent = [call("toy.add", f"ball {number}", event="e1") for number in range(4)]
        answers = list(pool.map(anywhere.execute, sent))
    assert len({spoken(answer) for answer in answers}) == 1


def test_first_contacts_at_once_found_one_community(anywhere: Dispatcher) -> None:
    with ThreadPoolExecutor(4) as pool:
        sent = [call("toy.add", "ball", who=f"person{number % 2}") for number in range(8)]
        answers = list(pool.map(anywhere.execute, sent))
    assert all(spoken(answer).endswith("added ball") for answer in answers)
    with anywhere.storage.read() as transaction:
        found = [transaction.known("toy", "home", f"person{number}") for number in range(2)]
    assert len({known.community_id for known in found if known}) == 1


def test_forged_id_of_another_community_is_not_found(anywhere: Dispatcher) -> None:
    foreign = _session(anywhere, "elsewhere", "Their session")
    _session(anywhere, "home", "Our session")
    form = asked(anywhere.execute(call("toy.look", args={"session": str(foreign), "who": "amina"})))
    assert form.fields[0].name == "session"
    assert form.fields[0].error is not None


def test_reference_is_settled_by_its_name(anywhere: Dispatcher) -> None:
    own = _session(anywhere, "home", "Locally led adaptation")
    form = asked(anywhere.execute(call("toy.look", '"locally led" who=nobody')))
    assert form.bound == {"session": str(own)}
    assert [field.name for field in form.fields] == ["who"]
    answer = anywhere.execute(call("toy.look", '"locally led" who=@amina'))
    assert spoken(answer) == "Locally led adaptation with Amina"


def test_private_words_for_people_in_no_community_still_come(toys: Dispatcher) -> None:
    answer = toys.execute(call("toy.nothing", who="stranger", locale="fr"))
    assert isinstance(answer.reply, Say)
    assert answer.reply.private


async def test_completion_suggests_in_the_readers_words(toys: Dispatcher) -> None:
    _session(toys, "home", "Locally led adaptation")
    found = await toys.complete(call("toy.look"), "session", "led")
    assert [label.partition(": ")[0] for _, label in found] == ["Locally led adaptation"]
    assert await toys.complete(call("toy.add"), "colour", "") == (("red", "Red"), ("blue", "Blue"))
    assert await toys.complete(call("toy.add"), "colour", "BL") == (("blue", "Blue"),)
    assert await toys.complete(call("toy.add"), "nonsense", "") == ()


async def test_answer_runs_in_a_storage_thread(toys: Dispatcher) -> None:
    assert spoken(await toys.answer(call("toy.add", "ball"))).endswith("added ball")


def _session(toys: Dispatcher, workspace: str, title: str) -> int:
    from storage.sessions import Session

    toys.execute(call("toy.add", "ball", workspace=workspace))
    with toys.storage.write() as transaction:
        found = transaction.known("toy", workspace, "amina")
        assert found is not None
        records = transaction.records(found.community_id)
        planned = Session(
            title=title, starts_at=NOW, wall="2026-11-22 09:00", zone="UTC", minutes=60,
            created_at=NOW, state="announced",
        )  # fmt: skip
        return records.sessions.add(planned).id


def test_id_that_no_database_takes_is_nobody_known(anywhere: Dispatcher) -> None:
    who, where = Account("toy", "home", "amina\ud83d"), Place("toy", "home", "a\ud83db")
    anywhere.execute(Call(who, where, "toy.see", NOW))
    with anywhere.storage.read() as transaction:
        assert transaction.known("toy", "home", "amina\ufffd") is not None
        assert transaction.known("toy", "home", "amina") is None


def test_log_keeps_no_words_of_what_is_no_command(toys: Dispatcher) -> None:
    with capture_logs() as logged:
        toys.execute(call("my-password-is.swordfish", "my password is swordfish"))
    assert [entry["event"] for entry in logged] == ["call refused"]
    assert "swordfish" not in str(logged)


def test_whoever_is_not_known_yet_is_not_refused_a_right(toys: Dispatcher) -> None:
    toys.execute(call("toy.add", "one"))
    assert "can do that." in spoken(toys.execute(call("toy.clear", who="bo")))
    unsure = spoken(toys.execute(call("toy.clear", who="bo", unsure=True)))
    assert "Please try again in a moment" in unsure
    assert "can do that." not in unsure


def test_community_begins_in_the_language_its_workspace_has_chosen(toys: Dispatcher) -> None:
    answer = toys.execute(call("toy.see", workspace="away", home_locale="es-ES"))
    assert (answer.everybody.locale, answer.reader.locale) == ("es", "en")
