"""Writes the page on privacy from what the tables declare, so that it cannot fall behind them."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from storage import metadata
from storage.personal import references
from storage.tables import Privacy, Thing

PAGE = Path(__file__).parents[1] / "docs" / "privacy.md"
ON_ERASE = {
    "delete": "goes",
    "empty": "stays without your name",
    "keep": "stays, as “somebody”",
}
NOT_KEPT = {"events": "is emptied", "local_things": "goes"}
"""What becomes of rows where more is done than with the reference, or that have none."""
INTRO = """\
# What Convener keeps about people

For members, and for a secretariat that has to answer a request. Made by `make docs` from the \
declarations of the tables: nothing is kept that is not named here.

Convener is a chat bot that your community runs itself. What it keeps stands in one database, \
on the machine of whoever runs it, and is given to nobody: no tracking, no statistics about \
you, no service of others besides the chat platform you use it on. It reads the commands you \
give it, the forms you send off and what you write to it directly; it never reads along in \
channels.

## Getting and erasing your data

- **`/my data`** gives you, privately, a ZIP file with everything that is kept about you: all \
of it as JSON, and each table as CSV. It is made at once, from what is kept at that moment.
- **`/my erase`** says with counts what would go and what would stay as “somebody”. Nothing is \
changed before you press *Erase everything*. Then turns to come are offered to others, what was \
to be sent to you is cancelled, and your accounts, profile, answers, notes, unsent forms and \
messages are deleted, all at once or not at all. There is no way back.
- **`/my profile`** corrects your profile. **A note to hosts** can be changed or emptied at any \
time: open it and leave it empty.
- Somebody who cannot use the bot any more asks a coordinator, who asks whoever runs it.

After an erasure, your name, your ids on platforms and what you wrote about yourself are in no \
table, no page of the database file, no log, no export and no stored reply of the bot. \
Sessions, open spaces and topics stay with their titles, since others take part in them. What \
others wrote about you in their own words stays theirs. A keyed digest of your account is kept, \
from which nobody can read who you are: it sees to it that neither a mention nor an older \
backup brings you back. You can come back yourself at any time, and are somebody new then.

## What is kept, why, how long, and who sees it

Whoever runs the bot can read the whole database, and is bound by the rules of your \
organisation.

| What | Why | Who sees it | How long | When you erase your data |
|---|---|---|---|---|
"""
OUTRO = """\

What is kept for some days only is deleted by the bot itself, every hour.

## What is not in the hands of the bot

- **Messages on Slack or Discord**, also those of the bot, are kept by the platform. \
Announcements that name you are brought up to date by the bot; all else you can delete there, \
or ask the platform to delete.
- **Backups** hold what was kept when they were made: delete them after thirty days, as \
[operations.md](operations.md) shows. When one is restored, those who were erased since are \
erased again, as long as the database from before is named (`restore --erased-in`).
- **Exports, proceedings and files** that were handed over are in the hands of those who have \
them.
- **Logs** name commands and deliveries by numbers, never people or what they wrote.
- **PostgreSQL** gives the space of deleted rows back when it vacuums, by itself within about a \
day; on SQLite the file is written anew at once.

## Answering a request

1. *What do you keep about me?* This page, and the file of `/my data`.
2. *Correct it.* `/my profile`.
3. *Erase it.* `/my erase`, then delete backups made before, or keep them for thirty days at \
the most.
4. *Who received it?* The members of your community as the table says, the platform you use, \
nobody else.
5. *Why may you keep it?* To coordinate what you take part in; each row of the table says what \
for.
"""


def written() -> str:
    """Give the page."""
    return INTRO + "\n".join(_lines()) + "\n" + OUTRO


def _lines() -> Iterator[str]:
    declared = {kind.class_.__tablename__: kind.class_.privacy for kind in Thing.registry.mappers}
    for table in sorted(metadata.tables):
        yield _line(declared[table], _erased(table))


def _line(privacy: Privacy, erased: str) -> str:
    parts = (privacy.what, privacy.why, privacy.seen_by, privacy.keep.words, erased)
    return f"| {' | '.join(parts)} |"


def _erased(table: str) -> str:
    """Say what becomes of the rows of a table that are about somebody."""
    if table == "members":
        return "is emptied"
    ways = {ON_ERASE[one.personal.on_erase] for one in references() if one.table.name == table}
    if table in NOT_KEPT:
        return NOT_KEPT[table]
    if table == "deliveries":
        return "what was for you goes"
    return "; ".join(sorted(ways)) or "—"


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with `--check` say whether it is up to date; gives the exit status."""
    if "--check" not in arguments:
        PAGE.write_text(written(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == written():
        return 0
    print("docs/privacy.md is not up to date. Run: make docs")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
