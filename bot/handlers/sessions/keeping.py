"""Holds who keeps what stays of a session, and what they see of it that others do not."""

from collections.abc import Iterable
from typing import Annotated

from bot.chat import Block, Button, Fields, Link, Moment, Paragraph, button
from bot.commands import CORE, Caller
from bot.domain import consents
from bot.domain.after import CORRECTED, WRITTEN
from bot.errors import Gone, NotAllowed, UserError
from bot.handlers.sessions.group import changes
from bot.handlers.sessions.words import consents as consent_words
from bot.i18n import Text, plain, t
from bot.options.references import Unnamed
from bot.wording.acts import act, known
from bot.wording.kept import ASSETS
from storage import Records
from storage.actions import ActionItem
from storage.assets import DRAFTED, HELD, NOTES, Asset
from storage.consents import Consent
from storage.log import LogEntry
from storage.people import Member
from storage.sessions import Session

ActionOption = Annotated[ActionItem, Unnamed(t("Action"), area="actions")]
AssetOption = Annotated[Asset, Unnamed(t("What stays"), area="assets")]
ConsentOption = Annotated[Consent, Unnamed(t("Consent"), area="consents")]
KEEPERS = t("Only the session's hosts, whoever takes notes and the core group can do that.")
SCRIBE = "scribe"


def keeps(caller: Caller, records: Records, session: Session) -> bool:
    """Say whether the caller keeps what stays of a session: hosts, notes, organiser, core group."""
    if session.state == "draft":
        return False
    if changes(caller, session) or caller.is_at_least(CORE):
        return True
    turn = records.hosting.turn_of(session.id, caller.member.id)
    return turn is not None and turn.hosts and turn.role in ("host", SCRIBE)


def may_keep(caller: Caller, records: Records, session: Session) -> None:
    """Let only those pass who keep what stays of a session. Raises Gone and NotAllowed."""
    if session.state == "draft":
        raise Gone
    if not keeps(caller, records, session):
        raise NotAllowed(KEEPERS)


def session_of(records: Records, about: str) -> Session:
    """Give the session that something is about. Raises Gone."""
    kind, _, id = about.partition(":")
    session = records.sessions.find(int(id)) if kind == "session" else None
    if session is None:
        raise Gone
    return session


def has_begun(caller: Caller, session: Session) -> None:
    """Let only sessions pass that take place and have begun. Raises UserError."""
    if session.state != "announced" or session.starts_at > caller.now:
        raise UserError(t("You can do that once the session has begun."))


def by_id(records: Records, ids: Iterable[int | None]) -> dict[int, Member]:
    """Give members by their ids."""
    known = [id for id in dict.fromkeys(ids) if id]
    return {one.id: one for one in records.members.many(known)} if known else {}


def held_back(
    caller: Caller, records: Records, session: Session
) -> tuple[list[Text], tuple[Button, ...]]:
    """Say to a host what keeps the recording back, with what they can do; nothing where none is."""
    standing = consents.standing(records, session)
    if standing.is_open:
        return [], ()
    people = by_id(records, [one.member_id for one in standing.speakers])
    lines = consent_words.held(standing, people)
    return lines, consent_words.for_hosts(session, standing, caller.member.id)


def beside(
    caller: Caller, records: Records, session: Session
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Give what a session shows its reader alone: what they agreed to, what hosts keep."""
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    if session.recorded and consents.concerns(records, session, caller.member.id):
        consent = consents.consent_of(records, session, caller.member.id)
        blocks, buttons = consent_words.own(session, consent, over=session.ends_at <= caller.now)
    if session.starts_at > caller.now or not keeps(caller, records, session):
        return blocks, buttons
    kept, ways = _hosts_view(caller, records, session)
    return (*blocks, *kept), (*buttons, *ways)


def _hosts_view(
    caller: Caller, records: Records, session: Session
) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    assets = records.assets.of(session.about)
    held = [one for one in assets if one.state == HELD]
    lines, ways = held_back(caller, records, session) if held else ([], ())
    pairs = tuple((ASSETS[one.kind], plain(Link(one.url))) for one in held)
    drafts = [one for one in assets if one.kind == NOTES and one.state == DRAFTED]
    write = button(t("Write it down"), "session.after", session=session.id)
    minutes = (button(t("Draft minutes"), "session.draft", session=session.id),) if drafts else ()
    wrote = records.log.last([session.about], WRITTEN, CORRECTED)
    lines += [_dated(records, wrote)] if wrote else []
    blocks = (*((Fields(pairs),) if pairs else ()), *map(Paragraph, lines))
    return blocks, (*ways, write, *minutes)


def _dated(records: Records, entry: LogEntry) -> Text:
    """Say who wrote down what stays last, and when."""
    told = act(entry, known(records, [entry]))
    return t("{when}: {act}", when=Moment(entry.at), act=told)
