"""Shows that what people wrote stays words on Discord, beside the addresses in it as well."""

import pytest

from bot.adapters.discord.wording import escaped


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
