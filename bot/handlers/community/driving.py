"""Sets how the rota runs by itself, and whether it does."""

from collections.abc import Mapping
from typing import Annotated, Any

from bot.commands import COORDINATORS, Caller
from bot.domain.people import change, log_settings
from bot.errors import FieldError
from bot.handlers.community.group import community
from bot.handlers.community.words import setting_up as words
from bot.i18n import t
from bot.options.basic import Number, YesNo
from bot.options.days import DaysBefore
from bot.protocol import Reply, Say
from storage import Records


def _as_it_is(caller: Caller, records: Records) -> Mapping[str, Any]:
    home = records.community
    return {
        "runs": home.rota_runs,
        "offer": home.rota_offer,
        "ask": home.rota_ask,
        "answer": home.rota_answer,
        "warn": home.rota_warn,
        "next": home.rota_ahead,
    }


@community.command(
    title=t("Set how the rota runs"),
    submit=t("Save"),
    who=COORDINATORS,
    fill=_as_it_is,
    shared=True,
)
def rota(
    caller: Caller,
    records: Records,
    runs: Annotated[bool, YesNo(t("I look for hosts by myself"))] | None = None,
    offer: Annotated[int, Number(t("Days before: offer to all hosts"), least=1, most=90)]
    | None = None,
    ask: Annotated[int, Number(t("Days before: ask somebody"), least=1, most=90)] | None = None,
    answer: Annotated[int, Number(t("Days to answer"), least=1, most=14)] | None = None,
    warn: Annotated[list[int], DaysBefore(t("Days before: tell coordinators"), t("Like 7, 2"))]
    | None = None,
    next: Annotated[int, Number(t("How many sessions ahead"), least=1, most=12)] | None = None,
) -> Reply:
    """Set when I offer turns, ask hosts and tell coordinators by myself, or not at all."""
    home = records.community
    if (ask or home.rota_ask) >= (offer or home.rota_offer):
        fewer = t("Please choose fewer days than for the offer, which comes first.")
        raise FieldError("ask", fewer)
    given = {
        "rota_runs": runs,
        "rota_offer": offer,
        "rota_ask": ask,
        "rota_answer": answer,
        "rota_warn": None if warn is None else list(warn),
        "rota_ahead": next,
    }
    log_settings(records, change(records, home, given, caller.now), caller.actor)
    return Say(words.summary(home, records.channels.in_use(), changes=True))
