"""Sends messages as mails, one to each person, over SMTP."""

from bot.adapters.mail.adapter import Mail, MailCore
from bot.adapters.mail.compose import Letter
from bot.adapters.mail.connection import SmtpSetup
from bot.adapters.mail.faults import FaultKind, fault_of
from bot.adapters.mail.links import address, rows

__all__ = [
    "FaultKind",
    "Letter",
    "Mail",
    "MailCore",
    "SmtpSetup",
    "address",
    "fault_of",
    "rows",
]
