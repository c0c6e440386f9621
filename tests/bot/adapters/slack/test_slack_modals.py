"""Tests what a form looks like as a modal: its title, what it says of itself, its button."""

from typing import Any

import pytest

from bot.adapters.slack.forms import modal
from bot.adapters.slack.pages import ModalMetadata, Origin
from bot.adapters.slack.wording import SlackWording
from bot.i18n import Text, plain, t
from bot.protocol import Field, Form, Reader, Widget
from tests.fakes.slack.checks import wrong_view
from tests.fakes.slack.seen import seen

TITLE = Field("title", t("Title"), "text", limit=20)
ADD = t("Add a toy")
HERE = ModalMetadata("toy.add")
NOTHING = Text("")


def shown(
    *fields: Field,
    title: Text = ADD,
    carried: ModalMetadata = HERE,
    about: Text = NOTHING,
    submit: Text = NOTHING,
) -> dict[str, Any]:
    """Make a modal."""
    form = Form(title, "toy.add", fields, about=about, submit=submit)
    return modal(form, SlackWording(Reader("en", "UTC"), "T"), carried)


def test_what_is_picked_needs_no_hint_on_what_to_type() -> None:
    hint = t("For example: next Wednesday 3pm")
    (moment, typed) = shown(
        Field("when", t("When"), "moment", hint=hint),
        Field("then", t("Then"), hint=hint, widget="text"),
    )["blocks"]
    assert ("hint" in moment, "hint" in typed) == (False, True)


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Add a toy", "Add a toy"),
        ("Proponer un tema a todos", "Proponer un tema a todos"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsg…"),
    ],
)
def test_a_title_is_cut_to_what_slack_takes(title: str, cut: str) -> None:
    view = shown(TITLE, title=plain(title))
    assert (view["title"]["text"], wrong_view(view)) == (cut, [])


def test_what_a_form_does_stands_above_its_fields_in_small_print() -> None:
    view = shown(TITLE, about=plain("Add a *toy* to the box."))
    assert [block["type"] for block in view["blocks"]] == ["context", "input"]
    (small,) = view["blocks"][0]["elements"]
    assert (small["type"], small["text"]) == ("plain_text", "Add a *toy* to the box.")


def test_a_form_without_fields_says_what_it_does_once() -> None:
    assert seen(shown(about=t("Add a toy to the box."))["blocks"]) == "Add a toy to the box."
    assert seen(shown()["blocks"]) == "Add a toy"


def test_the_button_of_a_form_says_what_it_does() -> None:
    on = ModalMetadata("toy.add", more=True)
    assert shown(TITLE, submit=t("Add"))["submit"]["text"] == "Add"
    assert shown(TITLE)["submit"]["text"] == "Send"
    assert shown(TITLE, carried=on, submit=t("Add"))["submit"]["text"] == "Next"


def test_far_too_long_values_still_make_a_modal() -> None:
    long = "x" * 40_000
    fields = [Field("a", t("Title"), "text", long, t("Hint"), t("{long}", long=long))]
    fields += [Field("b", t("Title"), "look", long, error=t("No"))]
    assert wrong_view(shown(*fields)) == []


@pytest.mark.parametrize("widget", ["person", "place"])
def test_a_menu_begins_with_nothing_that_slack_has_not(widget: Widget) -> None:
    assert wrong_view(shown(Field("who", t("Who"), widget, "<@1|x>"))) == []
    assert wrong_view(shown(Field("who", t("Who"), widget, "<#1|x>"))) == []


def test_a_form_without_a_title_still_makes_a_modal() -> None:
    assert wrong_view(shown(TITLE, title=plain(""))) == []


def test_what_a_modal_carries_always_fits() -> None:
    carried = ModalMetadata(
        "toy.add", {"a": "b"}, Origin("C1", "x" * 2000, "1.2", "https://h/" + "y" * 2000)
    )
    assert len(carried.written()) <= 3000
