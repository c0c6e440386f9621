"""Holds the option for the rule of a series to what it reads, and to what it says of the rest."""

from dataclasses import replace

from bot.i18n import t
from bot.options.recurring import EXAMPLE, EXAMPLE_OF_DAYS, Recurring
from bot.options.times import MomentKind
from tests.bot.options.test_basic import NOWHERE, refused
from tests.tables import in_turn
from tests.toys import wording

RULE = Recurring(t("Rule"))


@in_turn(
    ("raw", "words"),
    [
        ("every second Tuesday at 18:00", "Every 2 weeks on Tuesday at 18:00 / On the second"),
        ("monthly on the 31st at 9", "only in months that have that day / On the last day of"),
        ("every Tuesday", "The time of day is missing. Write it like last Wednesday of the"),
        ("weekly at 9", "The day is missing."),
        ("twice a month at 9", "Please say on which days, like first and third Tuesday"),
        ("every Tuesday at 9 perhaps", "I don't understand “perhaps” in a rule. Write it like"),
        ("next Tuesday 3pm", "That's one date only. A series is written like last Wednesday"),
        ("every Tuesday at 9 except 5 May", "You can cancel single dates later."),
        ("every Tuesday at 9 until June, 6 times", "either until when it goes on or how many"),
        ("every Tuesday at midnight", "Write 00:00 or 23:59."),
        ("on the 31st in April and June at 9", "No day ever fits this rule."),
        ("every 5 days at 9, 4000 times", "3,660 times at most"),
        ("every Tuesday at 25:00", "doesn't exist"),
        ("every Tuesday at 9 until Mon 13 January 2027", "Please check the day of the week"),
        ("every Tuesday at 9 until 2090-01-01", "too far away"),
    ],
)
def test_rule_that_cannot_be_read_says_what_is_wrong(raw: str, words: str) -> None:
    assert words in refused(RULE, raw)


def test_examples_are_rules_in_each_language() -> None:
    for locale in ("en", "en-US", "es", "fr"):
        for example in (EXAMPLE, EXAMPLE_OF_DAYS):
            RULE.read(wording(example, locale), replace(NOWHERE, locale=locale))


def test_series_where_a_moment_is_wanted_says_where_to_plan_one() -> None:
    assert "A series is planned with" in refused(MomentKind(t("When")), "every Tuesday 3pm")


def test_form_is_filled_in_with_words_that_are_read_alike() -> None:
    said = "1st and 15th at 3:00 Nairobi, from 1 March, until June, for 90 minutes"
    for locale in ("en", "en-US", "es", "fr"):
        reading = replace(NOWHERE, locale=locale)
        series = RULE.read(said, reading)
        assert RULE.read(RULE.raw(series, reading), reading) == series
