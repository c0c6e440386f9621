"""Holds the groups about people: what is one's own, and the others."""

from bot.groups import Group
from bot.i18n import t

people = Group("people", t("Who's who"), 6)
my = Group("my", t("Your week, profile, reminders and data"), 5, ("profile", "reminders"))
