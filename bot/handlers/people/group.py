"""Holds the groups about people: oneself, one's own data, and the others."""

from bot.commands import Group
from bot.i18n import t

me = Group("me", t("Your profile, language, time zone and reminders"), 5)
people = Group("people", t("Who is who"), 6)
my = Group("my", t("Your data: have it, or have it erased"), 7)
