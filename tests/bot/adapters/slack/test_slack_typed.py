"""Tests that a mention with a long name is one value of what was typed."""

from bot.options.command_line import Takes, parse_line

NAMES = ["who", "note"]
TAKES = Takes({name: name for name in NAMES}, NAMES)


def test_a_mention_is_one_value_whatever_the_name() -> None:
    typed = parse_line("<@U1|Ana María> in #2 <b", TAKES).values
    assert typed == {"who": "<@U1|Ana María>", "note": "in #2 <b"}


def test_a_mention_behind_a_name_is_one_value() -> None:
    assert parse_line("who=<@U1|Ana María>", TAKES).values == {"who": "<@U1|Ana María>"}
