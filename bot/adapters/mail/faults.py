"""Tries a mail server, and tells apart why it cannot be used."""

import os
import ssl
from dataclasses import dataclass, replace
from typing import Literal

from aiosmtplib import SMTPAuthenticationError, SMTPResponseException

from bot.adapters.mail.connection import LOST, SmtpSetup, client_for

FaultKind = Literal["login", "certificate", "no tls", "no starttls", "refused", "away"]
PATIENCE = 5.0
"""Seconds a server has to answer."""


@dataclass(frozen=True, slots=True)
class ServerFault:
    """Why a server cannot be used: of which kind, and in the words of the server or the system."""

    kind: FaultKind
    why: str = ""


async def fault_of(setup: SmtpSetup) -> ServerFault | None:
    """Log in to a server, and leave again; gives what went wrong, if anything."""
    client = client_for(replace(setup, answers_within=PATIENCE))
    try:
        await client.connect()
        await client.quit()
    except LOST as error:
        return _fault(error)
    finally:
        client.close()
    return None


def _fault(error: BaseException) -> ServerFault:
    cause = error.__cause__ or error
    if isinstance(error, SMTPResponseException):
        login = isinstance(error, SMTPAuthenticationError)
        return ServerFault("login" if login else "refused", f"{error.code} {error.message}")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ServerFault("certificate", cause.verify_message.rstrip("."))
    if isinstance(cause, ssl.SSLError):
        return ServerFault("no tls")
    if "STARTTLS" in str(error):
        return ServerFault("no starttls")
    return ServerFault("away", _why(cause))


def _why(cause: BaseException) -> str:
    """Say in the system's words why there is no connection, where it has any."""
    if not isinstance(cause, OSError) or not cause.errno:
        return (
            "no answer in time" if isinstance(cause, TimeoutError) else "the connection was closed"
        )
    return os.strerror(cause.errno) if cause.errno > 0 else str(cause.strerror)
