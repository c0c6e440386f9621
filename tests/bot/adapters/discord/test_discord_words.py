"""Shows that what people wrote stays words on Discord, beside the addresses in it as well."""

import pytest

from bot.adapters.discord.parts import parts
from bot.adapters.discord.wording import DiscordWording, escaped
from bot.chat import Context, Message
from bot.i18n import plain
from bot.protocol import Reader


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see <https://a.example>", "see \\<https://a.example \\>"),
        ("https://a.example<@&1>", "https://a.example \\<@&1\\>"),
        ("https://a.example/x*y [z]", "https://a.example/x*y \\[z\\]"),
    ],
)
def test_address_ends_before_the_sign_that_follows_it(words: str, shown: str) -> None:
    assert escaped(words) == shown


def test_small_print_is_small_on_every_line_and_stays_words() -> None:
    small = Message(blocks=(Context(plain("*a*\n# b")),))
    assert parts(small, DiscordWording(Reader(), "1")) == ["-# \\*a\\*\n-# \\# b"]
