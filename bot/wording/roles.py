"""Names the roles."""

from bot.i18n import t

ROLES = {
    "guest": t("Guest"),
    "member": t("Member"),
    "core": t("Core group"),
    "coordinator": t("Coordinator"),
}
