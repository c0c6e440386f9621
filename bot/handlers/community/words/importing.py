"""Words how sessions are imported: what was read, what was skipped and why, what was made."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.chat import (
    Block,
    Button,
    Context,
    File,
    Heading,
    Items,
    Message,
    Moment,
    Paragraph,
    button,
    said,
)
from bot.handlers.community.words.skipped import problem
from bot.i18n import Text, ZoneName, joined, plain, series, t, tn
from bot.wording import log as log_words
from bot.wording.pages import Paged
from storage.imports import UNDOING, Import
from storage.log import LogEntry

FEW = 5
"""How many problems a preview names."""
ADDRESS = re.compile(r"\s*(?:https?|webcals?)://\S+\s*", re.IGNORECASE)
AN_ADDRESS = t(
    "That's an address, and I don't fetch files from the web. Open it in a browser or in your "
    "calendar's settings (“Export”), save the .ics file, and upload that."
)
NO_TABLE = t(
    "I can only read calendars (.ics) and tables (.csv). From Excel, Google Sheets or LibreOffice, "
    "save or download the table as CSV and upload that."
)
GONE_ON = t("This file is imported already, or was discarded. Upload it again to start over.")
EXAMPLE = (
    "title,date,time,duration,time zone,link,description\r\n"
    "Welcome round,2027-02-03,15:00,60m,Africa/Nairobi,https://example.org/room,Who we are\r\n"
    "Field visit,2027-02-17,09:30,2h,Africa/Nairobi,,Meet at the gate\r\n"
)
TEMPLATE = File("sessions.csv", ("\ufeff" + EXAMPLE).encode(), "text/csv")
WHOLE: Mapping[str, Text] = {
    "columns": t(
        "I don't know which columns are which. The first row has to name them: I need “title” and "
        "“date”, and can read “time”, “duration” or “end”, “time zone”, “link”, “place”, "
        "“language” and “description”, in any order. Here's a table you can copy."
    ),
    "nothing": t("I found no sessions in this file. Here's a table you can fill in."),
    "many": t("This file has more than 50,000 entries. Split it and import one part at a time."),
}
"""Why nothing at all was read of a file."""


def is_address(words: str) -> bool:
    """Say whether somebody gave an address in the place of a file."""
    return len(words) < 2000 and bool(ADDRESS.fullmatch(words))


def reading() -> Message:
    """Say that a file is being read."""
    return said(
        t("I'm reading the file. I'll send you a preview; nothing is imported before you say so.")
    )


def not_read() -> Message:
    """Say that a file could not be read at all."""
    return said(t("I couldn't read this file. Try splitting it, or save it anew."))


def preview(read: Import) -> Message:
    """Show what was read of a file, and what can be done with it."""
    summary = read.summary
    if summary["error"]:
        shown = () if summary["error"] == "many" else (TEMPLATE,)
        return Message(blocks=(Paragraph(WHOLE[summary["error"]]),), files=shown)
    blocks = (
        Paragraph(joined([*_counts(summary)])),
        *((_first(summary),) if summary["first"] else ()),
        *_skipped(read),
        *(Context(note) for note in [joined([*_notes(summary)])] if summary["rows"]),
    )
    return Message(t("What I read of your file"), blocks, _buttons(read))


def _counts(summary: Mapping[str, Any]) -> Iterator[Text]:
    """Say how much there is to import, and what is here already."""
    sessions, past, here = summary["sessions"], summary["past"], summary["here"]
    if not summary["rows"]:
        yield t("There's nothing to import.")
    if sessions:
        yield tn("{count} session to come.", "{count} sessions to come.", sessions)
    if programmes := summary["series"]:
        yield tn("{count} series.", "{count} series.", programmes)
    if past:
        yield tn(
            "{count} past session, which I'd keep as held, telling nobody.",
            "{count} past sessions, which I'd keep as held, telling nobody.",
            past,
        )
    if here:
        yield tn("{count} is already here.", "{count} are already here.", here)


def _first(summary: Mapping[str, Any]) -> Block:
    lines = [
        t("{title}, {when}", title=plain(title), when=_moment(at))
        if not repeats
        else t("{title}, series, next {when}", title=plain(title), when=_moment(at))
        for title, at, repeats in summary["first"]
    ]
    return Items(tuple(lines))


def _moment(at: str) -> Moment:
    return Moment(datetime.fromisoformat(at))


def _skipped(read: Import) -> Iterator[Block]:
    """Name the first entries that were left out."""
    skipped = read.summary["skipped"]
    if not skipped:
        return
    yield Heading(tn("{count} entry skipped", "{count} entries skipped", skipped))
    yield Items(tuple(problem(read, left) for left in read.problems[:FEW]))


def _notes(summary: Mapping[str, Any]) -> Iterator[Text]:
    """Say what was assumed, and what becomes of a series."""
    if summary.get("floating", 0) or not summary["calendar"]:
        zone = ZoneName(summary["zone"])
        yield t("Times that name no zone are read in {zone}.", zone=zone)
    if summary.get("order") == "day":
        yield t("I read dates like 3/4 with the day first.")
    if summary.get("order") == "month":
        yield t("I read dates like 3/4 with the month first.")
    if unread := summary.get("unread"):
        yield tn(
            "I leave out the column {columns}.",
            "I leave out the columns {columns}.",
            len(unread),
            columns=series([t("“{words}”", words=plain(words)) for words in unread]),
        )
    if past := summary.get("past_dates", 0):
        yield tn(
            "{count} past date of the series isn't imported.",
            "{count} past dates of the series aren't imported.",
            past,
        )
    if changed := summary["exceptions"]:
        yield tn(
            "{count} date is moved, renamed or called off.",
            "{count} dates are moved, renamed or called off.",
            changed,
        )
    if others := summary["others"]:
        yield tn(
            "{count} session of the same title is here at another time, and stays.",
            "{count} sessions of the same title are here at other times, and stay.",
            others,
        )
    yield from _announced(summary)


def _announced(summary: Mapping[str, Any]) -> Iterator[Text]:
    """Say when what is to come would be announced."""
    if near := summary["at_once"]:
        yield tn(
            "I'd announce each two weeks before, and {count} that's nearer at once.",
            "I'd announce each two weeks before, and {count} that are nearer at once.",
            near,
        )
    elif summary["sessions"]:
        yield t("I'd announce each two weeks before.")
    if programmes := summary["series"]:
        yield tn(
            "I'd announce the series at once, in one message.",
            "I'd announce each series at once, in one message.",
            programmes,
        )


def _buttons(read: Import) -> tuple[Button, ...]:
    more = read.summary["skipped"] > FEW
    skipped = button(t("See all skipped"), "community.import-problems", of=read.id)
    if not read.summary["rows"]:
        return (skipped,) if more else ()
    ahead = read.summary["sessions"] or read.summary["series"]
    label = t("Import as drafts") if ahead else t("Import")
    announced = button(t("Import and announce"), "community.import-announced", of=read.id)
    return (
        button(label, "community.import-drafts", "primary", of=read.id),
        *((announced,) if ahead else ()),
        button(t("Discard"), "community.import-dropped", of=read.id),
        *((skipped,) if more else ()),
    )


def problems(read: Import, page: Paged[Any]) -> Message:
    """Show all entries that were left out, on pages."""
    if not page.things:
        return said(t("Nothing was skipped."))
    lines = tuple(problem(read, left) for left in page.things)
    turns = page.turns("community.import-problems", of=read.id)
    return Message(t("Skipped entries"), (Items(lines), *page.foot), turns)


def progress(running: Import) -> Message:
    """Say how far an import is."""
    again = button(t("See how far it is"), "community.import-progress", of=running.id)
    if running.state == UNDOING:
        done = t("I'm undoing the import: {done} so far.", done=running.done)
    else:
        done = t(
            "I'm importing: {done} of {count}. I'll tell you when it's finished.",
            done=running.done,
            count=running.summary["rows"],
        )
    return said(done, again)


def stands(read: Import) -> Message:
    """Say that nothing is under way any more, or not yet."""
    return said(tn("{count} imported.", "{count} imported.", read.made))


def dropped() -> Message:
    """Say that nothing is imported."""
    return said(t("I've discarded it. Nothing was imported."))


def ended(done: Import, entry: LogEntry | None) -> Message:
    """Say what was made of a file."""
    summary = done.summary
    told = [tn("I've imported {count} entry.", "I've imported {count} entries.", done.made)]
    if not done.made:
        told = [t("I've imported nothing.")]
    if summary["here"]:
        told.append(tn("{count} was already here.", "{count} were already here.", summary["here"]))
    failed = summary.get("failed", 0)
    if failed:
        told.append(tn("{count} couldn't be saved.", "{count} couldn't be saved.", failed))
    lines = tuple(problem(done, left) for left in done.problems[:FEW] if left[1] == "not_made")
    ahead = summary["sessions"] or summary["series"]
    if not done.announces and done.made and ahead:
        told.append(t("What's to come is a draft until you announce it."))
    programmes = button(t("Programmes"), "programme.list")
    buttons = (button(t("Sessions"), "session.list"), *((programmes,) if summary["series"] else ()))
    undo = (log_words.undo_of(entry),) if entry else ()
    listed = (Items(lines),) if lines else ()
    return Message(blocks=(Paragraph(joined(told)), *listed), buttons=(*buttons, *undo))


def undone(done: Import) -> Message:
    """Say what was taken back, and what stays."""
    told = [tn("I've taken back {count} entry.", "I've taken back {count} entries.", done.done)]
    stay = done.summary["stay"]
    if stay:
        told.append(
            tn(
                "{count} stays: it's announced, so cancel it yourself if need be.",
                "{count} stay: they're announced, so cancel them yourself if need be.",
                stay,
            )
        )
    lines = tuple(plain(words) for _, _, words, *_ in done.problems[:FEW])
    more = button(t("See all"), "community.import-problems", of=done.id)
    listed = (Items(lines),) if lines else ()
    return Message(blocks=(Paragraph(joined(told)), *listed), buttons=(more,) if stay > FEW else ())
