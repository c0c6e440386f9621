"""Looks over what the bot needs, and says what is wrong and how to mend it."""

import asyncio
import os
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.app.database import database_url, ensure_there, is_new
from bot.app.platforms import PACKAGES
from bot.app.zone_data import newest
from bot.config import FILE, MailSection, Settings, SettingsError, WebSection, load
from storage import Storage
from storage.engine import (
    RESCUE,
    DatabaseTrouble,
    DatabaseUnreachable,
    address,
    damaged,
    open_engine,
    pending,
    reachable,
    shown_address,
)
from storage.integrity import findings as looked_through
from storage.rows import reason

VENDORS = {"slack": "slack_bolt", "discord": "discord", "mail": "aiosmtplib"}
TOKENS = {
    "bot_token": r"xox[be][-.][\w.-]{15,}",
    "app_token": r"xapp-[\w-]{15,}",
    "signing_secret": r"[0-9a-f]{32}",
    "token": r"[\w-]{15,}\.[\w-]{5,}\.[\w-]{20,}",
}
"""How tokens look; Slack and Discord say no more than this of theirs."""
MEND = (
    "The bot goes on; it passes over what refers to nothing. Keep a copy as it is now "
    f"(python -m bot backup FILE). Damaged pages? {RESCUE}"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `words` say how it is, or how to mend it."""

    about: str
    words: str
    right: bool = True


def findings(file: Path | None, db: str = "") -> Iterator[Finding]:
    """Look at one thing after the other; `db` is looked at in the place of the one that is set."""
    try:
        settings = load(file)
    except SettingsError as error:
        yield Finding("settings", str(error), right=False)
    else:
        read = file or (FILE if FILE.exists() else None)
        yield Finding("settings", str(read) if read else "no config.toml: the usual ones are taken")
        url = database_url(db) if db else settings.database.url
        seen = _database(url)
        yield seen
        yield from _platforms(settings)
        if settings.canary is not None and seen.right and not (is_new(url) or _lacking(url)):
            yield _canary(settings.canary.channel, url)
    yield _zones()


def _database(url: str) -> Finding:
    try:
        read = address(url)
        if is_new(url):
            return _new_file(Path(str(read.database)))
        lacking = _lacking(url)
    except DatabaseUnreachable as error:
        return Finding("database", str(error), right=False)
    except DatabaseTrouble as error:
        mend = RESCUE if damaged(error) else "Check that this user may read all of it."
        return Finding("database", f"It cannot be read: {reason(error)}. {mend}", right=False)
    shown = shown_address(read)
    if lacking and read.get_backend_name() != "sqlite":
        mend = f"{shown} is not up to date. Run: python -m bot migrate"
        return Finding("database", mend, right=False)
    state = "is brought up to date at the next start" if lacking else "is up to date"
    return Finding("database", f"{shown} {state}")


def _lacking(url: str) -> bool:
    engine = open_engine(url)
    try:
        reachable(engine)
        return bool(pending(engine))
    finally:
        engine.dispose()


def integrity(url: str) -> Iterator[Finding]:
    """Look through all that is kept for what is damaged, or fits nothing."""
    ensure_there(url)
    seen = _database(url)
    yield seen
    if not seen.right:
        return
    if _lacking(url):
        mend = "nothing was looked at: first bring it up to date. Run: python -m bot migrate"
        yield Finding("all that is kept", mend, right=False)
        return
    wrong = 0
    engine = open_engine(url)
    try:
        for words, rows in looked_through(engine):
            if rows:
                wrong += 1
                yield Finding(words, str(rows), right=False)
    finally:
        engine.dispose()
    if wrong:
        yield Finding("what to do", MEND, right=False)
    else:
        yield Finding("all that is kept", "is whole and fits together")


def _new_file(file: Path) -> Finding:
    """Say whether a database that is not there yet can be made."""
    folder = next(one for one in file.absolute().parents if one.exists())
    if folder.is_dir() and os.access(folder, os.W_OK):
        return Finding("database", f"{file} is made at the first start")
    mend = f"{file} cannot be made: this user may not write in {folder}."
    return Finding("database", mend, right=False)


def _platforms(settings: Settings) -> Iterator[Finding]:
    for name, vendor in VENDORS.items():
        section = getattr(settings, name)
        if section is None:
            yield Finding(name, "not set: it is not started")
        elif find_spec(vendor) is None:
            mend = f"The package is missing. Run: pip install '{PACKAGES[name]}'"
            yield Finding(name, mend, right=False)
        elif settings.mail is not None and name == "mail":
            yield _mail(settings.mail, settings.web)
        else:
            yield _tokens(name, section)


def _mail(section: MailSection, web: WebSection | None) -> Finding:
    """Try the server that sends mails, and look whether mails have links to answer by."""
    from bot.app.mail import setup, trouble  # its package may be missing

    if wrong := asyncio.run(trouble(setup(section))):
        return Finding("mail", wrong, right=False)
    where = f"{section.host}, port {section.port}, is ready to send"
    if web is not None and web.address:
        return Finding("mail", where)
    return Finding("mail", f"{where}. Set [web] address, so that people can answer mails")


def _tokens(name: str, section: Iterable[tuple[str, object]]) -> Finding:
    """Look whether the secrets of a section are whole; they are never repeated."""
    for setting, value in section:
        secret = getattr(value, "get_secret_value", str)()
        if secret and not re.fullmatch(TOKENS.get(setting, ".+"), secret):
            mend = f"{setting} is not whole. Please copy it once more from the pages of {name}."
            return Finding(name, mend, right=False)
    return Finding(name, "its tokens look right")


def _canary(channel: str, url: str) -> Finding:
    """Look whether the workspace it sings in is one where somebody uses the bot."""
    platform, workspace, _ = channel.split("/")
    storage = Storage(url)
    with storage.read() as transaction:
        home = transaction.workspaces(platform).home(workspace)
    storage.close()
    if home is not None:
        return Finding("canary", f"sings in {channel}")
    mend = (
        f"Nobody has used the bot in {platform}/{workspace} so far. Check the ids in [canary] "
        "channel, or type /help there first."
    )
    return Finding("canary", mend, right=False)


def _zones() -> Finding:
    try:
        zoneinfo.ZoneInfo("Africa/Nairobi")
    except zoneinfo.ZoneInfoNotFoundError:
        mend = "No zone data is found. Run: pip install tzdata"
        return Finding("zone data", mend, right=False)
    rules = newest()
    return Finding("zone data", f"{rules.version}, {rules.source}")
