"""Shows that what was typed into a form is kept until it is sent off, and goes on anywhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import said
from bot.commands import Caller
from bot.dispatcher import Dispatcher
from bot.groups import Group
from bot.i18n import t
from bot.options.things import PersonOption
from bot.protocol import Call, Form, Reply, Say
from storage import Records, Storage
from storage.drafts import Draft
from storage.erasure import erase
from storage.retention import prune
from tests.toys import NOW, Title, asked, call, spoken, toy, wording

lending = Group("lending", t("Lending"))
KEPT = {"title": "kept", "size": "3"}


@lending.command
def lend(caller: Caller, records: Records, person: PersonOption, title: Title) -> Reply:
    """Lend something to somebody."""
    return Say(said(t("{title} to {who}", title=title, who=person.name)))


@lending.command(fill=lambda caller, records: dict(KEPT), shared=True)
def change(
    caller: Caller, records: Records, title: Title | None = None, size: Title | None = None
) -> Reply:
    """Change what is lent."""
    return Say(said(t("{title} {size}", title=repr(title), size=repr(size))))


@lending.command(reads=True)
def find(caller: Caller, records: Records, title: Title) -> Reply:
    """Find what is lent."""
    return Say(said(t("{title} is lent", title=title)))


@pytest.fixture
def toys(sqlite_url: str) -> Iterator[Dispatcher]:
    storage = Storage(sqlite_url)
    yield Dispatcher(storage, [toy, lending])
    storage.close()


def sent(command: str, **args: str) -> Call:
    return call(command, args=args, form="sent")


def refused(toys: Dispatcher, **args: str) -> Form:
    """Send off a form in which something cannot be read."""
    return asked(toys.execute(sent("toy.add", size="many", **args)))


def values(form: Form) -> dict[str, str]:
    return {field.name: field.value for field in form.fields if field.value}


def drafts(toys: Dispatcher, who: str = "amina") -> list[Draft]:
    with toys.storage.read() as transaction:
        found = transaction.known("toy", "home", who)
        assert found is not None
        kept = transaction.records(found.community_id).drafts
        return list(kept.all(kept.mine().where(Draft.member_id == found.id)))


def test_form_that_was_refused_is_given_again_with_what_was_typed(toys: Dispatcher) -> None:
    refused(toys, title="ball")
    form = asked(toys.execute(call("toy.add")))
    assert values(form) == {"title": "ball", "size": "many"}
    assert wording(form.intro) == "You started this form earlier. Here's what you wrote."
    assert form.begun
    assert form.fields[1].error is not None


def test_what_is_given_now_counts_more_than_what_was_typed(toys: Dispatcher) -> None:
    refused(toys, title="ball", colour="blue")
    form = asked(toys.execute(call("toy.add", "kite size=few")))
    assert values(form) == {"title": "kite", "size": "few", "colour": "blue"}


def test_command_with_all_it_needs_leaves_what_was_begun_alone(toys: Dispatcher) -> None:
    refused(toys, title="ball")
    assert spoken(toys.execute(call("toy.add", "kite"))).endswith("added kite")
    assert values(asked(toys.execute(call("toy.add"))))["title"] == "ball"


def test_form_that_was_only_opened_is_not_said_to_be_begun(toys: Dispatcher) -> None:
    toys.execute(call("toy.add", "size=many"))
    form = asked(toys.execute(call("toy.add")))
    assert (form.begun, values(form)) == (False, {})


def test_form_that_was_accepted_is_forgotten(toys: Dispatcher) -> None:
    refused(toys, title="ball")
    toys.execute(sent("toy.add", title="ball", size="4"))
    assert drafts(toys) == []


def test_field_a_handler_refuses_is_kept(toys: Dispatcher) -> None:
    toys.execute(sent("toy.add", title="forbidden", size="2"))
    assert values(asked(toys.execute(call("toy.add")))) == {"title": "forbidden", "size": "2"}


def test_pages_come_to_one_call(toys: Dispatcher) -> None:
    form = asked(toys.execute(call("toy.add")))
    page = call("", args={"title": "ball"}, form="page", draft=form.draft)
    form = asked(toys.execute(page))
    assert values(form) == {"title": "ball"}
    last = call("", args={"size": "4"}, form="sent", draft=form.draft)
    assert spoken(toys.execute(last)).endswith("added ball")


def test_form_is_opened_again_by_its_id_and_not_carried_out(toys: Dispatcher) -> None:
    draft = refused(toys, title="ball").draft
    page = call("", args={"size": "4"}, form="page", draft=draft)
    again = asked(toys.execute(replace(page, form="", args={"size": "4"})))
    assert values(again) == {"title": "ball", "size": "4"}


def test_form_begun_anew_is_empty_and_the_old_one_gone(toys: Dispatcher) -> None:
    old = refused(toys, title="ball").draft
    form = asked(toys.execute(call("", form="anew", draft=old)))
    assert (values(form), form.begun) == ({}, False)
    late = spoken(toys.execute(call("", args={"title": "x"}, form="sent", draft=old)))
    assert "sent or discarded" in late


@pytest.mark.parametrize("id", ["", "x", "1", "9" * 40])
def test_form_of_somebody_else_is_not_given(toys: Dispatcher, id: str) -> None:
    toys.execute(call("toy.see", who="bruno"))
    draft = id or refused(toys, title="ball").draft
    answer = toys.execute(call("", who="bruno", draft=draft))
    assert "sent or discarded" in spoken(answer)


def test_last_page_that_comes_twice_gets_the_same_answer(toys: Dispatcher) -> None:
    draft = asked(toys.execute(call("toy.add"))).draft
    last = call("toy.add", args={"title": "ball"}, form="sent", draft=draft, event="e1")
    assert toys.execute(last) == toys.execute(last)


def test_refusal_gives_back_what_was_written_on_all_pages(toys: Dispatcher) -> None:
    draft = asked(toys.execute(call("toy.add"))).draft
    toys.execute(call("", args={"title": "ball"}, form="page", draft=draft))
    with toys.storage.write() as transaction:
        found = transaction.known("toy", "home", "amina")
        assert found is not None
        found.role = "guest"
    answer = toys.execute(call("", args={"size": "4"}, form="sent", draft=draft))
    assert "ball" in str(answer.reply)


def test_form_of_a_command_that_reads_is_kept(toys: Dispatcher) -> None:
    toys.execute(call("lending.find"))
    toys.execute(sent("lending.find", title="x" * 30))
    assert values(asked(toys.execute(call("lending.find")))) == {"title": "x" * 30}


def test_draft_of_a_shared_form_holds_what_was_altered_alone(toys: Dispatcher) -> None:
    form = asked(toys.execute(call("lending.change")))
    page = {**form.bound, "title": "x" * 30, "size": "3"}
    toys.execute(call("lending.change", args=page, form="sent"))
    KEPT["size"] = "4"
    form = asked(toys.execute(call("lending.change")))
    KEPT["size"] = "3"
    assert values(form) == {"title": "x" * 30, "size": "4"}
    last = call("", args={"title": "ball"}, form="sent", draft=form.draft)
    assert spoken(toys.execute(last)) == "'ball' None"


def test_person_who_was_understood_is_known_wherever_the_form_goes_on(toys: Dispatcher) -> None:
    who = {"person": "<@u1|Zoë>", "title": "x" * 30}
    toys.execute(call("lending.lend", args=who, form="sent", vouched={"@u1": "Zoë"}))
    form = asked(toys.execute(call("lending.lend")))
    assert values(form)["person"] == "<@u1|Zoë>"
    last = call("", args={"title": "ball"}, form="sent", draft=form.draft)
    assert spoken(toys.execute(last)) == "ball to Zoë"


def test_forms_go_when_who_wrote_them_or_who_is_named_in_them_is_erased(toys: Dispatcher) -> None:
    who = {"person": "<@u1|Zoë>", "title": "x" * 30}
    toys.execute(call("lending.lend", args=who, form="sent", vouched={"@u1": "Zoë"}))
    refused(toys, title="ball")
    for account, left in (("u1", 1), ("amina", 0)):
        with toys.storage.write() as transaction:
            found = transaction.known("toy", "home", account)
            assert found is not None
            erase(transaction.db.connection(), found.community_id, found.id, NOW)
        assert count(toys) == left


def count(toys: Dispatcher) -> int:
    with toys.storage.read() as transaction:
        return transaction.db.query(Draft).count()


def test_forms_are_kept_thirty_days_after_they_were_changed(toys: Dispatcher) -> None:
    refused(toys, title="ball")
    left = []
    for days in (29, 31):
        with toys.storage.write() as transaction:
            prune(transaction.db.connection(), NOW + timedelta(days=days))
        left.append(count(toys))
    assert left == [1, 0]
