"""The option for what somebody does for a session: host it, or something beside that."""

from typing import Annotated

from bot.chat import Option
from bot.i18n import t
from bot.options.basic import OneOf

ROLES = (
    Option("host", t("Hosting")),
    Option("scribe", t("Notes")),
    Option("welcome", t("Welcome")),
    Option("tech", t("Technical help")),
)
RoleOption = Annotated[str, OneOf(t("Role"), options=ROLES)]
