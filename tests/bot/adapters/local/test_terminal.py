"""Sits at the prompt as a person does, key by key."""

import asyncio
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.adapters.local.asking import Values
from bot.adapters.local.home import home_locale, home_zone
from bot.adapters.local.player import Player
from bot.adapters.local.shown import ShownField, ShownOption
from bot.adapters.local.terminal import Terminal
from bot.chat import Account, File, Message
from bot.i18n import plain
from bot.protocol import Reader
from tests.chatting import Chat, Screen

pytestmark = pytest.mark.slow

CTRL_C, CTRL_D, CTRL_U, ALT_ENTER = "\x03", "\x04", "\x15", "\x1b\r"
LEFT, BACKSPACE = "\x1b[D", "\x7f"


def sit(chat: Chat, *typed: str) -> Screen:
    """Type, leave, and give what was printed."""
    before = len(chat.everything)

    async def sitting() -> None:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            for words in (*typed, "quit\r"):
                pipe.send_text(words)
            await asyncio.wait_for(terminal(chat).run(), 20)

    chat.runner.run(sitting())
    return Screen(chat.everything[before:])


def terminal(chat: Chat) -> Terminal:
    core = chat.local.dispatcher
    player = Player(chat.stage, chat.local, home_locale())
    return Terminal(player, core.groups, core.complete, core.check)


def test_newcomer_is_told_what_to_try(chat: Chat) -> None:
    printed = sit(chat)
    assert len(printed) == 3
    assert "/session list" in printed.text


def test_newcomer_is_me_and_administers_the_chat(chat: Chat) -> None:
    sit(chat)
    assert chat.local.platform.people["me"].role == "coordinator"


def test_command_opens_a_form_that_is_asked_field_by_field(chat: Chat) -> None:
    printed = sit(chat, "/session plan\r", "Locally led\r", "2026-12-02 15:00\r", CTRL_D)
    assert "Locally led" in printed.text
    assert "[Announce now]" in printed.text
    assert not chat.local.platform.forms


def test_form_with_an_error_asks_the_wrong_field_again(chat: Chat) -> None:
    wrong = ("/session plan\r", "Locally led\r", "2020-12-02 15:00\r", CTRL_D)
    printed = sit(chat, *wrong, CTRL_U + "2026-12-02 15:00\r")
    assert "[Announce now]" in printed.text


def test_value_that_cannot_be_read_is_said_right_after_its_field(chat: Chat) -> None:
    printed = sit(chat, "/session plan\r", "Locally led\r", "flurb\r", CTRL_C)
    assert "I don't understand “flurb”" in printed.text


def test_person_goes_back_to_the_field_before(chat: Chat) -> None:
    back = ("/session plan\r", "Lokally\r", "<\r", "Locally led\r", "2026-12-02 15:00\r", CTRL_D)
    assert "Locally led" in sit(chat, *back).text


def test_what_is_typed_replaces_what_a_field_was_filled_with(chat: Chat) -> None:
    sit(chat, "/session plan Team call soon\r", "Circle", CTRL_C)
    assert chat.local.platform.forms["me"].form["title"].value == "Circle"


def test_arrow_key_edits_what_a_field_was_filled_with(chat: Chat) -> None:
    sit(chat, "/session plan Team call soon\r", LEFT, BACKSPACE, "a", CTRL_C)
    assert chat.local.platform.forms["me"].form["title"].value == "Team call soan"


def test_form_left_keeps_what_was_typed(chat: Chat) -> None:
    sit(chat, "/session plan\r", "Locally led\r", "2026-1", CTRL_C)
    form = chat.local.platform.forms["me"].form
    assert (form["title"].value, form["when"].value) == ("Locally led", "2026-1")


def test_form_left_is_taken_up_again(chat: Chat) -> None:
    left = ("/session plan\r", "Locally led\r", "2026-1", CTRL_C)
    printed = sit(chat, *left, "form\r", "\r", "\x05", "2-02 15:00\r", CTRL_D)
    assert "[Announce now]" in printed.text


def test_required_field_is_not_left_empty(chat: Chat) -> None:
    printed = sit(chat, "/session plan\r", "\r\rLocally led\r", "2026-12-02 15:00\r", CTRL_D)
    assert "This one is needed" in printed.text
    assert "Locally led" in printed.text


def test_options_are_chosen_by_their_number(chat: Chat) -> None:
    begun = ("/session plan\r", "Locally led\r", "2026-12-02 15:00\r", "\r\r\r", "2\r", CTRL_D)
    assert "Fishbowl" in sit(chat, *begun).text


def test_long_text_takes_new_lines(chat: Chat) -> None:
    begun = ("/session plan\r", "Locally led\r", "2026-12-02 15:00\r", "\r")
    printed = sit(chat, *begun, "One", ALT_ENTER, "Two\r", CTRL_D)
    assert "One\nTwo" in printed.text


def test_prompt_speaks_as_others_and_elsewhere(chat: Chat) -> None:
    printed = sit(chat, "join bruno\r", "as bruno\r", "in #news\r", "Good morning\r")
    assert "bruno: Good morning" in printed.to("#news").text


def test_prompt_says_who_is_not_there(chat: Chat) -> None:
    assert "join zoe" in sit(chat, "as zoe\r").text


def test_prompt_takes_whole_lines_too(chat: Chat) -> None:
    printed = sit(chat, "join bruno\r", "bruno in #news: hello\r", "time +1d\r", "help\r")
    assert "bruno: hello" in printed.to("#news").text
    assert "as bruno, in #news" in printed.text


def test_words_with_a_colon_are_just_said(chat: Chat) -> None:
    assert "me: remember: bring food" in sit(chat, "remember: bring food\r").text


def test_ctrl_c_at_the_prompt_leaves_nothing_and_ctrl_d_leaves(chat: Chat) -> None:
    printed = sit(chat, "half a line", CTRL_C, "whole\r", CTRL_D)
    assert "me: whole" in printed.text
    assert "half" not in printed.text


def send_file(chat: Chat, name: str) -> None:
    chat.join("me")
    message = Message(files=(File(name, b"# Proceedings"),))
    post = chat.local.platform.post
    chat.runner.run(post(Account("local", "local", "me"), message, Reader(), "k"))


def test_message_waits_for_somebody_who_has_not_joined_yet(chat: Chat) -> None:
    post = chat.local.platform.post
    hello = Message(plain("Hello"))
    chat.runner.run(post(Account("local", "local", "zoe"), hello, Reader(), "k"))
    chat.join("zoe")
    assert [posted.shown.title for posted in chat.local.platform.visible("zoe")] == ["Hello"]


def test_file_is_saved_into_the_folder_one_is_in(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    send_file(chat, "../proceedings.md")
    sit(chat, "save ../proceedings.md\r")
    assert (tmp_path / "proceedings.md").read_bytes() == b"# Proceedings"


def test_file_that_is_there_already_is_not_overwritten(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").write_text("mine")
    send_file(chat, "notes.md")
    assert "I can't write" in sit(chat, "save notes.md\r", "save other.md\r").text
    assert (tmp_path / "notes.md").read_text() == "mine"


def completions(chat: Chat, typed: str) -> list[str]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        completer = terminal(chat).completing

    return offers(chat, completer, typed)


def offers(chat: Chat, completer: Completer, typed: str) -> list[str]:
    async def all_of_them() -> list[str]:
        found = completer.get_completions_async(Document(typed), CompleteEvent())
        return [completion.text async for completion in found]

    return chat.runner.run(all_of_them())


@pytest.mark.parametrize(
    ("field", "typed", "offered"),
    [
        (ShownField("a", "A", "one", options=(ShownOption("x", "Fishbowl"),)), "fish", "Fishbowl"),
        (ShownField("zone", "Zone", "look"), "Nairo", "Africa/Nairobi"),
        (ShownField("where", "Where", "place"), "", "#general"),
        (ShownField("who", "Who", "person"), "@am", "@amina"),
    ],
)
def test_tab_offers_what_a_field_can_be(
    chat: Chat, field: ShownField, typed: str, offered: str
) -> None:
    chat.join("me")
    chat.join("amina")
    chat.say("me", "hello", "#general")
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        values = Values(terminal(chat).completing, "my.profile", field)
    assert offered in offers(chat, values, typed)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/ses", "/session"),
        ("/session pl", "plan"),
        ("/session plan ti", "title="),
        ("/session plan format=fish", "fishbowl"),
        ("/my profile zone=Nairo", "Africa/Nairobi"),
        (
            "/session show session=Loc",
            '"Locally led: Wed 2 Dec 2026, 15:00 (Nairobi)"',
        ),
        ("/host swap @a", "@amina"),
        ("press Com", '"Coming"'),
        ("choose Re", '"Remind me" = "Never"'),
        ("as a", "amina"),
        ("in #g", "#general"),
        ("ti", "time"),
        ("sa", "save"),
    ],
)
def test_tab_offers_what_can_follow(chat: Chat, typed: str, offered: str) -> None:
    chat.join("me", zone="Africa/Nairobi", locale="en")
    chat.join("amina")
    chat.say("me", '/session plan title="Locally led" when="2026-12-02 15:00"', "#general")
    chat.press("me", "session.announce")
    chat.press("me", "Coming")
    assert offered in completions(chat, typed)


@pytest.mark.parametrize(
    "typed", ["/nothing x", "/session nothing x", "hello wo", "/session plan a=b"]
)
def test_tab_offers_nothing_where_nothing_is_known(chat: Chat, typed: str) -> None:
    chat.join("me")
    assert completions(chat, typed) == []


def test_home_is_read_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TZ": "Africa/Nairobi", "LC_ALL": "es_CO.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    assert (home_zone(), home_locale()) == ("Africa/Nairobi", "es-CO")


def test_home_that_says_nothing_is_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TZ": "nowhere", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    assert home_locale() == "en"
    assert home_zone()
