"""Holds texts to being worded in the reader's language, and people's words to staying words."""

import ast
from datetime import UTC, date, datetime, time
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

from bot.folding import folded
from bot.i18n import (
    Catalogue,
    LanguageName,
    Text,
    TimeOfDay,
    ZoneName,
    format_day,
    format_hour,
    format_minutes,
    format_moment,
    format_time,
    joined,
    language_name,
    languages,
    plain,
    render,
    series,
    supported_language,
    t,
    tn,
    zone_label,
)
from bot.options.languages import language_called
from tests.tables import in_turn

AT = datetime(2026, 12, 2, 15, 5, tzinfo=UTC)
COMING = ("{count} person is coming.", "{count} people are coming.")


def worded(text: Text, locale: str = "en") -> str:
    return render(text, locale, str)


@in_turn(
    ("locale", "language"),
    [("es-419", "es"), ("es_MX", "es"), ("FR", "fr"), ("en-GB", "en"), ("pt", "en"), ("", "en"),
     (None, "en"), ("../../etc", "en"), ("x" * 1000, "en")],
)  # fmt: skip
def test_locale_is_served_by_a_catalogue(locale: str | None, language: str) -> None:
    assert supported_language(locale) == language


def test_locale_without_a_catalogue_is_served_by_another_one_asked_for() -> None:
    assert supported_language("sw", "fr") == "fr"
    assert languages()[0] == "en"


@in_turn("locale", ["es", "fr"])
def test_text_that_is_not_translated_is_said_in_english(locale: str) -> None:
    assert worded(Text("Zanzibar, {who}!", {"who": "Amina"}), locale) == "Zanzibar, Amina!"
    assert worded(Text("{count} zebu", {"count": 0}, "{count} zebus", 0), locale) == "0 zebus"
    assert worded(Text("{count} zebu", {"count": 1}, "{count} zebus", 1), locale) == "1 zebu"


@in_turn(
    ("count", "words"),
    [
        (0, "0 people are coming."),
        (1, "1 person is coming."),
        (2, "2 people are coming."),
        (-1, "-1 people are coming."),
    ],
)
def test_english_has_one_and_many(count: int, words: str) -> None:
    assert worded(tn(*COMING, count)) == words


CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural};\\n"

msgid "{{host}} hosts {{title}}"
msgstr "{{title}}: {{host}}"

msgid "one"
msgid_plural "many"
{forms}
"""
OF_FRENCH = "nplurals=3; plural=(n <= 1 ? 0 : n % 1000000 == 0 ? 1 : 2)"


def catalogue(plural: str, *forms: str, language: str = "fr") -> Catalogue:
    lines = "\n".join(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))
    return Catalogue(language, CATALOGUE.format(plural=plural, forms=lines).encode())


@in_turn(
    ("count", "form"), [(0, "un"), (1, "un"), (2, "des"), (1_000_000, "de"), (1_000_001, "des")]
)
def test_language_of_many_forms_chooses_by_its_own_rule(count: int, form: str) -> None:
    assert catalogue(OF_FRENCH, "un", "de", "des").find(tn("one", "many", count)) == form


def test_plural_with_a_form_missing_is_said_in_english() -> None:
    half = catalogue(OF_FRENCH, "un", "", "des")
    assert [half.find(tn("one", "many", count)) for count in (0, 1, 2)] == ["many", "one", "many"]


def test_plural_rule_beyond_the_forms_takes_the_last_one() -> None:
    two = catalogue("nplurals=2; plural=n", "uno", "muchos", language="es")
    assert two.find(tn("one", "many", 7)) == "muchos"


def test_translators_may_put_values_in_another_order() -> None:
    template = catalogue(OF_FRENCH, "un", "de", "des").find(t("{host} hosts {title}"))
    assert worded(Text(template, {"host": "Amina", "title": "Water"})) == "Water: Amina"


def test_broken_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="plural"):
        catalogue("nplurals=2; plural=(n != 1) and __import__('os')", "a", "b")


@in_turn("words", ["{title}", "{0}", "{", "}}", "{a.__class__}", "%s", "{words}"])
def test_braces_in_peoples_words_are_words(words: str) -> None:
    assert worded(t("{host} hosts {title}", host=words, title="x")) == f"{words} hosts x"
    assert worded(plain(words)) == words
    assert worded(joined((plain(words), plain("b")), " · ")) == f"{words} · b"


@in_turn("locale", languages())
def test_what_people_write_is_never_translated(locale: str) -> None:
    for words in ("Coming", "Maybe", "Yes"):
        assert worded(plain(words), locale) == words


def test_values_are_shown_by_the_platform_and_words_escaped() -> None:
    text = t("<{who}> {sure} {n} {inner}", who="a<b", sure=True, n=1234, inner=t("<i>"))
    shown = render(text, "en", lambda value: f"[{value}]", lambda words: words.replace("<", "&lt;"))
    assert shown == "&lt;[a<b]> [True] 1,234 &lt;i>"


def test_texts_know_whether_there_is_anything_to_say() -> None:
    assert not Text("")
    assert not joined(())
    assert len({t("a", x=[1]), t("a", x=[1])}) == 1


@in_turn(
    ("locale", "moment", "day", "hour"),
    [
        ("en", "Wed 2 Dec 2026, 18:05 (Nairobi)", "Wed 2 Dec 2026", "18:05"),
        ("es", "mié 2 dic 2026, 18:05 (Nairobi)", "mié 2 dic 2026", "18:05"),
        ("fr-CA", "mer. 2 déc. 2026, 18:05 (Nairobi)", "mer. 2 déc. 2026", "18:05"),
    ],
)
def test_dates_are_written_as_the_reader_does(
    locale: str, moment: str, day: str, hour: str
) -> None:
    assert format_moment(AT, locale, "Africa/Nairobi") == moment
    assert format_moment(AT, locale, "Africa/Nairobi", name_zone=False) == f"{day}, {hour}"
    assert format_day(date(2026, 12, 2), locale) == day
    assert format_hour(AT, locale, "Africa/Nairobi") == hour
    assert format_time(time(18, 5), locale) == hour
    assert worded(plain(TimeOfDay(time(18, 5))), locale) == hour


@in_turn(("locale", "number"), [("en", "10,000"), ("es", "10.000"), ("fr", "10\u202f000")])
def test_numbers_are_written_as_the_reader_does(locale: str, number: str) -> None:
    assert worded(plain(10_000), locale) == number


@in_turn(("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min")])
def test_lengths_of_time_are_said_shortly(minutes: int, words: str) -> None:
    assert worded(format_minutes(minutes)) == words


def test_zone_is_called_by_its_city() -> None:
    names = ["America/New_York", "America/Argentina/Buenos_Aires", "UTC"]
    assert [zone_label(name) for name in names] == ["New York", "Buenos Aires", "UTC"]
    assert [zone_label(name, "es") for name in names] == ["Nueva York", "Buenos Aires", "UTC"]
    assert worded(plain(ZoneName("America/Bogota")), "es") == "Bogotá"


def test_language_is_named_in_the_readers_own_or_in_itself() -> None:
    assert worded(plain(LanguageName("sw")), "es") == "suajili"
    assert worded(plain(LanguageName("fr", own=True)), "es") == "français"
    assert worded(plain(LanguageName("ar", own=True)), "es") == "العربية"


@in_turn("own", [True, False])
def test_language_that_is_not_written_in_itself_is_named_in_the_readers_own(own: bool) -> None:
    assert worded(plain(LanguageName("ay", own=own)), "es") == "aimara"
    assert worded(plain(LanguageName("tlh", own=own)), "en") == "Klingon"


def test_what_is_no_language_stays_as_it_is() -> None:
    assert language_name("not a language", "en") == "not a language"
    assert language_name("", "en") == ""


@in_turn(("code", "locale"), product(["en", "es", "fr", "pt", "ar", "sw", "hi", "zh"], languages()))
def test_language_is_known_by_the_name_it_is_given(code: str, locale: str) -> None:
    assert language_called(language_name(code, locale)) == code
    assert language_called(folded(language_name(code, code))) == code


@in_turn(("locale", "names"), [("en", "a, b, and c"), ("es", "a, b y c"), ("fr", "a, b et c")])
def test_names_are_listed_as_the_reader_does(locale: str, names: str) -> None:
    text = t("{who}", who=series([plain("a"), plain("b"), plain("c")]))
    assert render(text, locale, str) == names


def test_every_text_is_given_the_values_it_names() -> None:
    """Texts that count are told apart by their number later, so `count` may be missing."""
    missing = [
        (file.name, call.lineno, names)
        for file in sorted((Path(__file__).parents[2] / "bot").rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and (names := _not_given(call))
    ]
    assert missing == []


def _not_given(call: ast.Call) -> set[str]:
    if not isinstance(call.func, ast.Name) or call.func.id not in ("t", "tn"):
        return set()
    given = {word.arg for word in call.keywords}
    templates = [str(one.value) for one in call.args if isinstance(one, ast.Constant)]
    names = {name for one in templates for _, name, _, _ in Formatter().parse(one) if name}
    return set() if None in given else names - given - {"count"}
