"""Signs people in on the web."""

from bot.commands import EVERYONE, Caller
from bot.domain.signing_in import new_link
from bot.errors import UserError
from bot.handlers.people.group import my
from bot.handlers.people.words import page as words
from bot.i18n import t
from bot.protocol import Reply, Say
from storage import Records

NO_WEB = t("I have no pages: whoever runs me has to set a public address first.")


@my.command(title=t("My page"), submit=t("Get link"), who=EVERYONE, secret=True)
def page(caller: Caller, records: Records) -> Reply:
    """Sign in on the web for a day, where long forms are easier."""
    if not caller.web_address:
        raise UserError(NO_WEB)
    account = caller.account
    known = caller.member.account_at(account.platform, account.workspace, account.id)
    secret = new_link(records, known, caller.now)
    return Say(words.link(f"{caller.web_address}/in/{secret}"))
