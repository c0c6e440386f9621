"""Holds the keeper of the catalogues to finding every text and every fault of a translation."""

from pathlib import Path

import pytest

from tools.catalogues import collect, main

GREETING = 'from bot.i18n import t\nGREETING = t("Hello, {name}.", name="Amina")\n'
COUNTED = 'from bot.i18n import tn\nCOMING = tn("One comes.", "{count} come.", 2)\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    return tmp_path


def write(root: Path, code: str, name: str = "words.py") -> None:
    (root / "bot" / name).write_text(code, encoding="utf-8")


def translate(root: Path, before: str, after: str, language: str = "es") -> None:
    file = root / "bot" / "locale" / f"{language}.po"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def singular(root: Path, translation: str, language: str) -> None:
    before = 'msgid "Hello, {name}."\nmsgstr ""'
    translate(root, before, before[:-2] + f'"{translation}"', language)


def greeted(root: Path, spanish: str, french: str = "Bonjour, {name}.") -> int:
    write(root, GREETING)
    main(root, [])
    singular(root, spanish, "es")
    singular(root, french, "fr")
    return main(root, ["--check"])


def counted(root: Path, one: str, many: str, language: str = "es") -> None:
    write(root, COUNTED)
    main(root, [])
    translate(
        root, 'msgstr[0] ""\nmsgstr[1] ""', f'msgstr[0] "{one}"\nmsgstr[1] "{many}"', language
    )


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ('t("Hello")', {"Hello"}),
        ('t("Hello, " "world")', {"Hello, world"}),
        ('t("{who} joins", who=t("Somebody"))', {"{who} joins", "Somebody"}),
        ('tn("One", "Many", n)', {("One", "Many")}),
        ('say(tn("One", "Many", len(t("Words"))))', {("One", "Many"), "Words"}),
        ('@group.command\ndef go():\n    """Go."""', {"Go."}),
        ('@group.command(who=ALL)\ndef go():\n    """Go\n    on.\n\n    More."""', {"Go on."}),
        ('@group.notice\ndef go():\n    """Go."""', set()),
        ('def go():\n    """Go."""', set()),
        ("@group.command\ndef go(): ...", set()),
        ("@group.command\ndef go_on(caller, records, a, *, b): ...", {"/go-on", "a=", "b="}),
        ("@group.command(alone=True)\ndef go(caller, records, a): ...", {"a="}),
        ("@group.command(listed=False)\ndef go(caller, records, a): ...", set()),
        ('Group("toy", t("Toys"))', {"/toy", "Toys"}),
        ('print("Hello")', set()),
    ],
)
def test_texts_are_found_in(root: Path, code: str, ids: set[str]) -> None:
    write(root, code)
    assert collect(root / "bot").ids == ids


@pytest.mark.parametrize(
    ("english", "spanish", "status"),
    [
        ("/go", "/ir", 0),
        ("/go", "/año-nuevo", 0),
        ("/go", "ir", 1),
        ("/go", "/Ir", 1),
        ("/go", "/ir ya", 1),
        ("/go", "/" + "x" * 33, 1),
        ("when=", "cuándo=", 0),
        ("when=", "/cuándo", 1),
        ("when=", "cuándo", 1),
    ],
)
def test_check_finds_what_cannot_be_a_name(
    root: Path, english: str, spanish: str, status: int
) -> None:
    write(root, f"t({english!r})")
    main(root, [])
    for language in ("es", "fr"):
        before = f'msgid "{english}"\nmsgstr ""'
        translate(root, before, before[:-2] + f'"{spanish}"', language)
    assert main(root, ["--check"]) == status


def test_translators_are_told_what_a_name_is(root: Path) -> None:
    write(root, 't("/go")')
    main(root, [])
    assert "keep the /" in (root / "bot" / "locale" / "es.po").read_text(encoding="utf-8")


def test_errors_for_people_are_found_by_their_tree(root: Path) -> None:
    tree = 'class UserError(Exception):\n    """Oh."""\nclass Lost(UserError):\n    """Lost."""\n'
    deeper = 'class Deep(Lost):\n    """Deep."""\nclass PostError(Exception):\n    """No."""\n'
    write(root, tree + deeper, "errors.py")
    assert collect(root / "bot").ids == {"Oh.", "Lost.", "Deep."}


@pytest.mark.parametrize("code", ["t(words)", 't(f"Hello {name}")', 'tn("One", many, 2)', "t()"])
def test_text_that_is_not_written_out_is_a_fault(
    root: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    write(root, f"\n{code}")
    assert main(root, ["--check"]) == 1
    assert "words.py, line 2: the text has to be written out" in capsys.readouterr().out


def test_text_used_with_a_number_and_without_is_a_fault(root: Path) -> None:
    write(root, 't("One")\ntn("One", "Many", 2)')
    assert collect(root / "bot").unclear == ["'One' is used both with a number and without"]


def test_catalogues_are_begun_for_every_language_of_the_bot(root: Path) -> None:
    write(root, GREETING)
    assert main(root, ["pt"]) == 0
    names = {file.name for file in (root / "bot" / "locale").iterdir()}
    assert names == {"es.po", "fr.po", "pt.po"}


def test_translators_see_in_which_files_a_text_stands(root: Path) -> None:
    write(root, GREETING)
    write(root, f"# moved down\n{GREETING}", "more.py")
    main(root, [])
    text = (root / "bot" / "locale" / "fr.po").read_text(encoding="utf-8")
    assert "#: bot/more.py bot/words.py\n" in text


def test_check_finds_a_text_that_moved_to_another_file(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greeted(root, "Hola, {name}.")
    (root / "bot" / "words.py").rename(root / "bot" / "more.py")
    assert main(root, ["--check"]) == 1
    assert "es.po: out of date" in capsys.readouterr().out


def test_check_does_not_mind_that_a_text_moved_within_its_file(root: Path) -> None:
    greeted(root, "Hola, {name}.")
    write(root, f"# moved down\n{GREETING}")
    assert main(root, ["--check"]) == 0


def test_catalogue_says_its_language_and_plurals_and_no_dates(root: Path) -> None:
    write(root, COUNTED)
    main(root, [])
    text = (root / "bot" / "locale" / "fr.po").read_text(encoding="utf-8")
    assert '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"' in text
    assert '"Language: fr\\n"' in text
    assert "Date" not in text


def test_catalogue_is_the_same_after_a_second_time(root: Path) -> None:
    write(root, GREETING + COUNTED)
    main(root, [])
    file = root / "bot" / "locale" / "es.po"
    first = file.read_text(encoding="utf-8")
    main(root, [])
    assert file.read_text(encoding="utf-8") == first


def test_catalogue_keeps_translations_and_drops_what_is_gone(root: Path) -> None:
    assert greeted(root, "Hola, {name}.") == 0
    write(root, 't("Aardvark")', "more.py")
    main(root, [])
    text = (root / "bot" / "locale" / "es.po").read_text(encoding="utf-8")
    assert text.index("Aardvark") < text.index("Hola, {name}.")
    write(root, "", "words.py")
    main(root, [])
    assert "Hola" not in (root / "bot" / "locale" / "es.po").read_text(encoding="utf-8")


def test_check_passes_when_everything_is_translated(root: Path) -> None:
    assert greeted(root, "Hola, {name}.") == 0


def test_check_changes_no_file(root: Path) -> None:
    greeted(root, "Hola, {name}.")
    write(root, 't("More")', "more.py")
    file = root / "bot" / "locale" / "es.po"
    before = file.read_text(encoding="utf-8")
    assert main(root, ["--check"]) == 1
    assert file.read_text(encoding="utf-8") == before


def test_check_fails_where_a_catalogue_is_missing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, GREETING)
    assert main(root, ["--check"]) == 1
    assert "fr.po: out of date: run `make catalogues`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spanish", "fault"),
    [
        ("", "es.po: not translated: 'Hello, {name}.'"),
        ("Hola.", "names [] in braces, not ['name']"),
        ("Hola, {nombre}.", "names ['nombre'] in braces"),
        ("Hola, {name} {zone}.", "names ['name', 'zone'] in braces"),
        ("Hola, {name.", "names ['unreadable braces']"),
        ("Hola, {name}", "ends with '', not '.'"),
        ("Hola, {name}!", "ends with '!', not '.'"),
        (" Hola, {name}.", "begins or ends with other white space"),
        ("Hola, {name}.\\n", "begins or ends with other white space"),
    ],
)
def test_check_finds_a_fault(
    root: Path, capsys: pytest.CaptureFixture[str], spanish: str, fault: str
) -> None:
    assert greeted(root, spanish) == 1
    assert fault in capsys.readouterr().out


def test_check_finds_what_nobody_has_confirmed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    greeted(root, "Hola, {name}.")
    translate(root, 'msgid "Hello', '#, fuzzy\nmsgid "Hello')
    assert main(root, ["--check"]) == 1
    assert "marked as fuzzy: 'Hello, {name}.'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("one", "many", "fault"),
    [
        ("Viene uno.", "", "needs all 2 forms"),
        ("Viene uno.", "Vienen varios.", "names [] in braces, not ['count']"),
        ("Viene {who}.", "Vienen {count}.", "names ['who'] in braces"),
        ("Viene uno", "Vienen {count}.", "ends with '', not '.'"),
    ],
)
def test_check_finds_a_fault_in_a_plural(
    root: Path, capsys: pytest.CaptureFixture[str], one: str, many: str, fault: str
) -> None:
    counted(root, one, many)
    capsys.readouterr()
    main(root, ["--check"])
    assert f"es.po: {fault}" in capsys.readouterr().out


def test_first_form_may_name_the_number_since_it_serves_zero_in_french(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted(root, "{count} vient.", "{count} viennent.", "fr")
    capsys.readouterr()
    main(root, ["--check"])
    assert "fr.po" not in capsys.readouterr().out
