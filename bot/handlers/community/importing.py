"""Imports sessions from a calendar file or a table: preview first, then in lots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from bot.chat import Message, Place
from bot.commands import COORDINATORS, Caller
from bot.documents.sessions_file import lots_of, read_file, summed
from bot.domain import imports as domain
from bot.domain.announcing import channel_of
from bot.domain.imported_before import compare
from bot.errors import FieldError, UserError
from bot.handlers.community.group import community
from bot.handlers.community.words import importing as words
from bot.i18n import t
from bot.notices import Sending, Work
from bot.options.files import MOST, FileText
from bot.options.languages import language_names
from bot.options.people import PlaceKind
from bot.options.references import Unnamed
from bot.options.things import NOTHING_TO_UNDO, EntryOption
from bot.protocol import Change, Reply, Say
from bot.undoing import thing_of, to_undo
from bot.wording.pages import Page, paged
from storage import Records
from storage.community import Channel
from storage.imports import READING, READY, RUNNING, UNDOING, Import
from storage.jobs import Job

File = Annotated[
    str,
    FileText(
        t("File"),
        t("A calendar (.ics) or a table (.csv), up to 8 MB"),
        limit=MOST,
        exact=True,
        refusal=words.NO_TABLE,
    ),
]
ImportOption = Annotated[Import, Unnamed(t("Import"), area="imports")]


@community.notice(t("Preview of an import"))
def import_read(records: Records, sending: Sending) -> Message | None:
    """Show whoever asked what was read of a file, before anything is made."""
    _, _, state = sending.kind.partition(":")
    read = records.imports.find(sending.about)
    if read is None:
        return None
    if state == "failed":
        return words.not_read()
    return words.preview(read) if read.state == READY else None


def _read(records: Records, job: Job, now: datetime) -> None:
    """Keep what was read of a file, without what was imported before."""
    result, read = job.result, records.imports.get(job.thing_id)
    compared = compare(records, result["rows"], now)
    summary = result["notes"] | summed(compared.fresh, now)
    summary |= {"here": compared.here, "others": compared.others}
    summary["skipped"] += len(compared.moved)
    problems = [*compared.moved, *result["problems"]][: domain.MOST_NAMED]
    domain.keep_read(records, read, lots_of(compared.fresh), problems, summary)
    job.result = {}


@community.job(t("Reading a file of sessions"), told=import_read, then=_read)
def import_reading(records: Records, job: Job, now: datetime) -> Work | None:
    """Describe a file that is to be read, and for whom."""
    read = records.imports.find(job.thing_id)
    reader = records.members.find(job.asked_by_id or 0)
    if read is None or read.state != READING or reader is None:
        return None
    given = {
        "content": read.content,
        "zone": records.community.zone,
        "locale": reader.effective_locale or records.community.locale,
        "languages": language_names(),
        "now": now.isoformat(),
    }
    return Work(read_file, given, [read.id])


@community.notice(t("End of an import"))
def imported(records: Records, sending: Sending) -> Message | None:
    """Say what was made of a file, or taken back."""
    done = records.imports.find(sending.about)
    if done is None or done.state != sending.kind:
        return None
    if done.state == UNDOING:
        return words.undone(done)
    return words.ended(done, domain.entry_of(records, done))


@community.timer(t("Importing sessions"))
def imports_on(records: Records, id: int, now: datetime) -> None:
    """Go on with an import."""
    running = records.imports.find(id)
    if running is not None:
        domain.go_on(records, running, now)


@community.command(title=t("Import sessions"), submit=t("Read it"), who=COORDINATORS)
def import_(caller: Caller, records: Records, file: File) -> Reply:
    """Import sessions from a calendar or a table; you'll see a preview first."""
    if words.is_address(file):
        raise FieldError("file", words.AN_ADDRESS)
    new = domain.begin(records, file, caller.actor, channel_of(records, caller.place))
    records.jobs.ask(new.about, import_reading.name, caller.member.id, caller.now)
    return Say(words.reading())


@community.command(
    title=t("See what was skipped"),
    submit=t("View"),
    who=COORDINATORS,
    reads=True,
    listed=False,
)
def import_problems(caller: Caller, records: Records, of: ImportOption, page: Page = 0) -> Reply:
    """See which rows of a file I couldn't read, and why."""
    shown = words.problems(of, paged(of.problems, page))
    return Change(shown) if page else Say(shown)


@community.command(
    title=t("Import what I read"), submit=t("Import"), who=COORDINATORS, listed=False
)
def import_drafts(caller: Caller, records: Records, of: ImportOption) -> Reply:
    """Import the sessions of a file as drafts."""
    return _start(caller, records, of, None)


@community.command(
    title=t("Import and announce"), submit=t("Import"), who=COORDINATORS, listed=False
)
def import_announced(
    caller: Caller,
    records: Records,
    of: ImportOption,
    channel: Annotated[Place, PlaceKind(t("Channel"))] | None = None,
) -> Reply:
    """Import the sessions of a file, and announce each two weeks before it."""
    return _start(caller, records, of, _places(records, of, channel))


def _start(caller: Caller, records: Records, of: Import, places: Sequence[Channel] | None) -> Reply:
    records.imports.reread(of, "state")
    if of.state != READY or not of.summary["rows"]:
        raise UserError(words.GONE_ON)
    domain.start(records, of, places, caller.actor)
    return Change(words.progress(of))


def _places(records: Records, of: Import, channel: Place | None) -> Sequence[Channel]:
    if channel is not None:
        named = (channel.platform, channel.workspace, channel.channel, channel.name)
        return [records.channels.meet(*named)]
    places = records.channels.announcing() or domain.channels_of(records, of)
    if not places:
        raise FieldError("channel", t("Which channel should I announce them in?"))
    return places


@community.command(
    title=t("Discard an import"), submit=t("Discard"), who=COORDINATORS, listed=False
)
def import_dropped(caller: Caller, records: Records, of: ImportOption) -> Reply:
    """Import nothing of a file."""
    records.imports.reread(of, "state")
    if of.state != READY:
        raise UserError(words.GONE_ON)
    domain.drop(records, of, caller.now)
    return Change(words.dropped())


@community.command(
    title=t("See how far it is"),
    submit=t("View"),
    who=COORDINATORS,
    reads=True,
    listed=False,
)
def import_progress(caller: Caller, records: Records, of: ImportOption) -> Reply:
    """See how much of a file is imported by now."""
    if of.state in (RUNNING, UNDOING) and of.ended_at is None:
        return Change(words.progress(of))
    return Change(words.stands(of))


@community.command(title=t("Undo an import"), submit=t("Undo"), who=COORDINATORS, listed=False)
def undo_import(caller: Caller, records: Records, entry: EntryOption) -> Reply:
    """Take back what an import made and nobody knows of yet."""
    done = thing_of(entry, "import", records.imports)
    to_undo(records, entry)
    if entry.what != "imported" or done.state == UNDOING:
        raise UserError(NOTHING_TO_UNDO)
    domain.undo(records, done, entry, caller.actor)
    return Change(words.progress(done))
