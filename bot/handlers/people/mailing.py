"""Takes what somebody wants by mail who is in a chat as well."""

from typing import Annotated

from bot.chat import Option
from bot.domain.people import choose_mail, has_address
from bot.errors import FieldError
from bot.i18n import t
from bot.options.basic import OneOf
from storage import Records
from storage.guests import ALL, DIGEST
from storage.people import Member

NOTHING = "none"
WHAT = (
    Option(NOTHING, t("Nothing, if I'm in the chat")),
    Option(DIGEST, t("My digest")),
    Option(ALL, t("Everything")),
)
NO_ADDRESS = t(
    "I don't know an address of yours. Ask a coordinator to invite it, then join it with this "
    "account."
)
Mail = Annotated[str, OneOf(t("By e-mail"), options=WHAT)]


def choose_by_mail(records: Records, member: Member, what: str) -> None:
    """Keep what comes by mail. Raises FieldError for who has no address."""
    if what != NOTHING and not has_address(member):
        raise FieldError("mail", NO_ADDRESS)
    choose_mail(records, member, "" if what == NOTHING else what)
