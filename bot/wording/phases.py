"""Names the phases of an open space."""

from collections.abc import Mapping

from bot.i18n import Text, t

NAMES: Mapping[str, Text] = {
    "draft": t("Not opened yet"),
    "gathering": t("Gathering topics"),
    "marketplace": t("Marketplace"),
    "running": t("Conversations"),
    "harvest": t("Harvest"),
    "closed": t("Closed"),
}
