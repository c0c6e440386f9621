"""Holds the group of the community."""

from bot.groups import Group
from bot.i18n import t

community = Group("community", t("Set up and look after the community"), 7)
