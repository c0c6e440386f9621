"""Holds to what is printed for programs and for people."""

import io
import json

import pytest

from bot.adapters.local.printed import JsonLines, Screens
from bot.adapters.local.shown import (
    Shown,
    ShownButton,
    ShownChoice,
    ShownField,
    ShownFile,
    ShownForm,
    ShownOption,
    Side,
)

AT = "2026-11-02T08:00:00Z"
OPTIONS = (ShownOption("a", "First"), ShownOption("b", "Second"))
FULL = Shown(
    at=AT,
    to="@amina",
    private=True,
    id="2",
    edits="2",
    title="Title",
    parts=(
        "Words",
        Side((ShownButton("Go", "toy.see"),), (ShownChoice("Menu", "toy.add", "x", OPTIONS),)),
        "More",
    ),
    files=(ShownFile("a.txt", "ñ".encode()),),
)


def printed(shown: Shown) -> dict[str, object]:
    out = io.StringIO()
    JsonLines(out).show(shown)
    found: dict[str, object] = json.loads(out.getvalue())
    return found


def test_json_has_the_keys_of_what_is_there() -> None:
    assert printed(FULL) == {
        "at": AT,
        "to": "@amina",
        "private": True,
        "id": "2",
        "edits": "2",
        "title": "Title",
        "text": "Words\nMore",
        "buttons": [{"label": "Go", "command": "toy.see"}],
        "choices": [
            {
                "label": "Menu",
                "command": "toy.add",
                "options": [{"label": "First", "value": "a"}, {"label": "Second", "value": "b"}],
            }
        ],
        "files": [{"name": "a.txt", "kind": "text/plain", "content": "ñ"}],
    }


def test_json_leaves_out_what_is_not_there() -> None:
    assert printed(Shown(error="No.")) == {"error": "No."}
    assert printed(Shown(at=AT, to="#a", parts=("x",))) == {"at": AT, "to": "#a", "text": "x"}


def test_json_of_a_form_has_its_fields() -> None:
    fields = (
        ShownField("title", "Title", "text", "Kite", "Too short."),
        ShownField("b", "B", "one"),
    )
    form = printed(Shown(form=ShownForm("Add", "toy.add", fields)))["form"]
    assert form == {
        "title": "Add",
        "fields": [
            {
                "name": "title",
                "label": "Title",
                "kind": "text",
                "value": "Kite",
                "error": "Too short.",
            },
            {"name": "b", "label": "B", "kind": "one"},
        ],
    }


def test_json_tells_that_a_line_is_done() -> None:
    out = io.StringIO()
    JsonLines(out).done(3)
    assert out.getvalue() == '{"line": 3}\n'


def seen(capsys: pytest.CaptureFixture[str], shown: Shown) -> str:
    Screens().show(shown)
    return capsys.readouterr().out


def test_screen_says_who_alone_sees_it(capsys: pytest.CaptureFixture[str]) -> None:
    head = seen(capsys, FULL).splitlines()[0]
    assert head == "@amina  only amina sees this  Mon 02 Nov 2026 08:00 UTC  edited"


def test_screen_shows_everything(capsys: pytest.CaptureFixture[str]) -> None:
    words = seen(capsys, FULL)
    for part in ("Title", "Words", "[Go]", "Menu ▸ [First] [Second]", "More", "a.txt"):
        assert part in words


def test_screen_shows_words_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    words = seen(capsys, Shown(at=AT, to="#a", title="[red]x[/red] :smile:", parts=("[b]",)))
    assert "[red]x[/red] :smile:" in words
    assert "▌ [b]" in words


def test_screen_loses_no_long_word(capsys: pytest.CaptureFixture[str]) -> None:
    words = seen(capsys, Shown(at=AT, to="#a", parts=("x" * 500,)))
    assert words.count("x") == 500


def test_screen_breaks_between_buttons_only(capsys: pytest.CaptureFixture[str]) -> None:
    row = Side(tuple(ShownButton(f"Button number {n}", "toy.see") for n in range(20)))
    words = seen(capsys, Shown(at=AT, to="#a", parts=(row,)))
    assert all(f"[Button number {n}]" in words for n in range(20))


def test_screen_shows_a_form_with_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    fields = (ShownField("title", "Title", "text", "Kite", "Too short."),)
    words = seen(capsys, Shown(at=AT, to="@a", private=True, form=ShownForm("Add", "x", fields)))
    assert "Title* (title): Kite" in words
    assert "✗ Too short." in words


def test_screen_shows_errors_and_help_without_a_frame(capsys: pytest.CaptureFixture[str]) -> None:
    assert seen(capsys, Shown(error="No.")) == "✗ No.\n"
    assert seen(capsys, Shown(parts=("time +3d — move", "b"))) == "time +3d — move\nb\n"
