"""Words what stands on pages beside what the bot says itself."""

from collections.abc import Mapping

from bot.i18n import Text, t
from bot.web.sections import COORDINATING

LAYOUT: Mapping[str, Text] = {
    "skip": t("Skip to the content"),
    "menu": t("Menu"),
    "coordinating": COORDINATING,
    "search": t("Search"),
    "signed_in": t("You're signed in for a day."),
    "sign_out": t("Sign out"),
    "saved": t("Saved. You can go on later."),
}
CHOOSE = t("Choose")
SIGN_IN = t("Sign in")
HERE = t("Press the button to go on in this browser, for a day.")
HOW = t("To sign in, write “my page” to me where your community chats. I'll give you a link.")
USED = t("This link was used already, or it's older than ten minutes. Ask me for a new one.")
OUT = t("You're signed out.")
GONE = t("There's no page at this address.")
ELSEWHERE = t("This page is from before you signed in. Please open it again.")
SURE = t("Press the button to do this.")
