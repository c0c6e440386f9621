"""Tests forms as modals: every widget, errors in place, pages, suggestions, late triggers."""

from dataclasses import replace

from bot.adapters.slack.filled import raw
from bot.chat import Option, said
from bot.i18n import Text, t
from bot.protocol import Ask, Call, Field, Form, Reply, Say
from tests.bot.adapters.slack.conftest import SlackStage
from tests.fakes.slack.seen import seen

COLOURS = (Option("red", t("Red")), Option("blue", t("Blue")))
YES_NO = (Option("yes", t("Yes")), Option("no", t("No")))
ADD = t("Add a toy")
TITLE = Field("title", t("Title"), "text", limit=20)
WIDGETS: dict[str, tuple[Field, str, str]] = {
    "text": (TITLE, "Ball", "Ball"),
    "long": (Field("note", t("Note"), "long"), "one\ntwo", "one\ntwo"),
    "number": (Field("size", t("Size"), "number"), "7", "7"),
    "yesno": (Field("open", t("Open"), "yesno", options=YES_NO), "no", "no"),
    "one": (Field("colour", t("Colour"), "one", options=COLOURS), "blue", "blue"),
    "several": (Field("colours", t("Colours"), "several", options=COLOURS), "red,blue", "red,blue"),
    "moment": (Field("when", t("When"), "moment"), "1796220000", "2026-12-02T14:00Z"),
    "day": (Field("day", t("Day"), "day"), "2026-12-02", "2026-12-02"),
    "hour": (Field("from", t("From"), "time"), "22:00", "22:00"),
    "languages": (Field("spoken", t("Languages"), "several"), "en,es", "en,es"),
    "person": (Field("who", t("Person"), "person"), "UBRUNO", "<@UBRUNO|Bruno Silva>"),
    "place": (Field("where", t("Channel"), "place"), "C777", "<#C777>"),
    "look": (Field("zone", t("Zone"), "look"), "Africa/Nairobi", "Africa/Nairobi"),
}


def ask(*fields: Field, **bound: str) -> Ask:
    """Ask for fields of a toy."""
    return Ask(Form(t("Add a toy"), "toy.add", fields, bound))


def wanting(stage: SlackStage, *fields: Field, **bound: str) -> None:
    """Have the core ask for fields until they are all filled in."""

    def answer(call: Call) -> Reply:
        return Say(said(t("Kept"))) if call.filled else ask(*fields, **bound)

    stage.core.replies["toy.add"] = answer


async def test_every_widget_gives_what_was_filled_in(stage: SlackStage) -> None:
    wanting(stage, *(field for field, _, _ in WIDGETS.values()), session="7")
    await stage.slash("toy add")
    ack = await stage.submit(**{f.name: given for f, given, _ in WIDGETS.values()})
    assert ack["response_action"] == "clear"
    expected = {field.name: raw for field, _, raw in WIDGETS.values()}
    assert stage.core.last.args == {"session": "7"} | expected
    assert stage.core.last.filled
    assert stage.amina.last.text == "Kept"


async def test_a_form_sent_off_untouched_gives_back_what_was_understood(stage: SlackStage) -> None:
    fields = [replace(field, value=expected) for field, _, expected in WIDGETS.values()]
    wanting(stage, *fields)
    await stage.slash("toy add")
    await stage.submit()
    expected = {field.name: raw for field, _, raw in WIDGETS.values()}
    assert stage.core.last.args == expected


async def test_a_moment_is_filled_in_in_the_zone_of_the_reader(stage: SlackStage) -> None:
    wanting(stage, Field("when", t("When"), "moment", "2026-12-02 17:00"))
    await stage.slash("toy add")
    await stage.submit()
    assert stage.core.last.args == {"when": "2026-12-02T14:00Z"}


async def test_a_form_knows_where_it_came_from(stage: SlackStage) -> None:
    wanting(stage, TITLE)
    await stage.slash("toy add")
    await stage.submit(title="Ball")
    assert stage.core.last.place.channel == stage.general
    assert stage.core.last.place.name == "general"


async def test_errors_stay_in_the_modal(stage: SlackStage) -> None:
    refused = Field("title", t("Title"), "text", "forbidden", error=t("Choose another title."))
    stage.core.replies["toy.add"] = lambda call: ask(refused if call.filled else TITLE)
    await stage.slash("toy add")
    ack = await stage.submit(title="forbidden")
    assert ack == {"response_action": "errors", "errors": {"title": "Choose another title."}}
    assert stage.amina.seen == []


async def test_an_empty_field_that_is_needed_is_named(stage: SlackStage) -> None:
    stage.core.replies["toy.add"] = ask(TITLE)
    await stage.slash("toy add")
    ack = await stage.submit()
    assert ack["errors"] == {"title": "Please fill this in."}


async def test_what_could_not_be_read_is_shown_with_what_was_typed(stage: SlackStage) -> None:
    error = t("I didn't understand this date.")
    wanting(stage, Field("when", t("When"), "moment", "some day", error=error))
    await stage.slash("toy add some day")
    blocks = stage.amina.modal["blocks"]
    assert "I didn't understand this date." in seen(blocks)
    assert "some day" in blocks[-1]["hint"]["text"]


async def test_another_form_takes_the_place_of_the_modal(stage: SlackStage) -> None:
    wanting(stage, TITLE)
    other = Ask(Form(t("Choose"), "toy.see", (WIDGETS["one"][0],)))
    stage.core.replies["toy.add"] = lambda call: other if call.filled else ask(TITLE)
    await stage.slash("toy add")
    await stage.submit(title="Ball")
    await stage.submit(colour="red")
    assert (stage.core.last.command, stage.core.last.args) == ("toy.see", {"colour": "red"})


async def test_a_form_longer_than_a_modal_has_pages(stage: SlackStage) -> None:
    wanting(stage, *(Field(f"f{number}", t("Field"), "text") for number in range(95)))
    await stage.slash("toy add")
    for begin in (0, 40, 80):
        numbers = range(begin, min(begin + 40, 95))
        await stage.submit(**{f"f{number}": str(number) for number in numbers})
    assert stage.core.last.args == {f"f{number}": str(number) for number in range(95)}


async def test_an_error_on_an_earlier_page_leads_back_to_it(stage: SlackStage) -> None:
    def fields(error: Text | None) -> list[Field]:
        return [
            Field(f"f{n}", t("Field"), "text", "x", error=error if n == 0 else None)
            for n in range(50)
        ]

    stage.core.replies["toy.add"] = lambda call: ask(*fields(t("No.") if call.filled else None))
    await stage.slash("toy add")
    await stage.submit()
    ack = await stage.submit()
    assert ack["response_action"] == "update"
    assert seen(stage.amina.modal["blocks"]) == ":warning: No."


async def test_suggestions_follow_what_is_typed(stage: SlackStage) -> None:
    stage.core.offered = (("1", "Locally led adaptation"), ("2", "Open space"), ("", "none"))
    wanting(stage, Field("session", t("Session"), "look"), workspace="9")
    await stage.slash("toy add")
    assert await stage.amina.suggest("session", "local") == ["Locally led adaptation"]
    assert (stage.core.last.command, stage.core.last.args) == ("toy.add", {"workspace": "9"})


async def test_a_long_list_is_suggested_instead_of_shown(stage: SlackStage) -> None:
    many = tuple(Option(str(number), t("Red")) for number in range(101))
    wanting(stage, Field("colour", t("Colour"), "one", options=many))
    await stage.slash("toy add")
    assert stage.amina.modal["blocks"][0]["element"]["type"] == "external_select"


async def test_a_trigger_that_expired_leaves_a_button(stage: SlackStage) -> None:
    wanting(stage, TITLE, session="7")
    body = stage.amina.slash_body("toy add", stage.general)
    stage.state.triggers[body["trigger_id"]].at -= 4
    await stage.slack.deliver("slash", body)
    await stage.settled()
    await stage.press("Open the form")
    await stage.submit(title="Ball")
    assert stage.core.last.args == {"session": "7", "title": "Ball"}


async def test_slow_work_opens_a_modal_before_the_trigger_is_spent(
    stage: SlackStage,
) -> None:
    wanting(stage, TITLE)
    stage.app.asking.patience, stage.core.delay = 0.02, 0.1
    await stage.slash("toy add")
    assert stage.amina.modal["blocks"][0]["block_id"] == "title"
    assert len(stage.asked("views.open")) == len(stage.asked("views.update")) == 1


async def test_slow_work_that_is_only_said_closes_what_it_opened(
    stage: SlackStage,
) -> None:
    stage.app.asking.patience, stage.core.delay = 0.02, 0.1
    await stage.slash("toy see")
    assert stage.amina.last.text == "Here you are."
    assert stage.amina.modal["title"]["text"] == "Done"


async def test_a_slow_form_says_that_it_takes_longer(stage: SlackStage) -> None:
    wanting(stage, TITLE)
    await stage.slash("toy add")
    stage.app.asking.patience, stage.core.delay = 0.02, 0.1
    ack = await stage.submit(title="Ball")
    assert ack["view"]["title"]["text"] == "One moment"
    assert stage.amina.last.text == "Kept"


async def test_the_same_submission_twice_is_answered_once(stage: SlackStage) -> None:
    wanting(stage, TITLE)
    await stage.slash("toy add")
    body = stage.amina.submission_body(stage.amina.modal, {"title": "Ball"})
    first = await stage.slack.deliver("interactive", body)
    second = await stage.slack.deliver("interactive", body | {"token": "again"})
    await stage.settled()
    assert first == second
    assert len(stage.amina.seen) == 1


async def test_a_form_of_an_older_version_is_a_call_of_an_unknown_command(
    stage: SlackStage,
) -> None:
    wanting(stage, TITLE)
    await stage.slash("toy add")
    view = stage.amina.modal | {"private_metadata": "{", "callback_id": "old_plan"}
    body = stage.amina.submission_body(view, {"title": "Ball"})
    ack = await stage.slack.deliver("interactive", body)
    assert stage.core.last.command == "old_plan"
    assert seen(ack["view"]["blocks"]) == "Here you are."


async def test_a_form_from_the_home_is_answered_in_its_modal(stage: SlackStage) -> None:
    wanting(stage, TITLE)
    stage.core.replies["help"] = ask(TITLE)
    await stage.amina.shortcut("help")
    await stage.settled()
    ack = await stage.submit(title="Ball")
    assert seen(ack["view"]["blocks"]) == "Kept"


def test_an_element_without_a_value_is_empty() -> None:
    assert [raw({"selected_option": None}), raw({"selected_options": []}), raw({})] == ["", "", ""]
