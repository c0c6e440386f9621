"""Names the settings of a community."""

from collections.abc import Mapping

from bot.i18n import Text, t

SETTINGS: Mapping[str, Text] = {
    "name": t("name"),
    "zone": t("time zone"),
    "locale": t("language of public posts"),
    "languages": t("languages"),
    "quiet": t("quiet hours"),
    "public_calendar": t("whether there's a public page"),
    "public_page": t("what the public page says"),
    "alternate_regions": t("alternating regions"),
    "announces": t("channel for announcements"),
    "core": t("channel for the core group"),
    "reminds": t("channel for reminders"),
    "rota": t("how the rota runs"),
    "channel_locale": t("language of a channel"),
}
"""What the log calls each of them, those alike under one name."""
