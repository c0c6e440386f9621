"""The option by which people say whether they come."""

from collections.abc import Mapping
from typing import Annotated

from bot.chat import Option
from bot.i18n import Text, t
from bot.options.basic import OneOf

ANSWERED: Mapping[str, Text] = {"yes": t("Coming"), "maybe": t("Maybe"), "no": t("Can't come")}
ON_LIST = t("On the waiting list")
"""What stands for a yes where there is no seat."""
Answer = Annotated[
    str, OneOf(t("Your answer"), options=tuple(Option(k, v) for k, v in ANSWERED.items()))
]
