"""Sends messages as mails, one to each person, over SMTP."""

from bot.adapters.mail.adapter import Core, Mail
from bot.adapters.mail.compose import Letter
from bot.adapters.mail.connection import Setup
from bot.adapters.mail.links import address, rows

__all__ = ["Core", "Letter", "Mail", "Setup", "address", "rows"]
