"""Words what is said to guests who are invited, and to whoever invites them."""

from collections.abc import Sequence

from bot.authored import title_of
from bot.chat import Block, Button, Context, Items, Message, Moment, Paragraph, button, said
from bot.commands import person
from bot.i18n import Text, plain, t
from bot.wording.roles import ROLES
from storage.community import Community
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session

SHOWN = 3
"""Programmes and sessions that an invitation names."""
CAN = t(
    "You need no account: you can read what is announced, answer, and get reminders and your "
    "calendar, all by e-mail."
)
KEPT = t(
    "Only your name and this address are kept, so that you can be written to. With “No, thanks” "
    "both are erased."
)


def invited(guest: Member, email: str, undo: Button) -> Message:
    """Confirm that somebody is invited."""
    words = t("I've invited {who} as a guest: {email}", who=plain(guest.name), email=plain(email))
    return said(words, undo)


def is_here(known: Member) -> Message:
    """Say that whoever has an address is here already."""
    role = ROLES[known.role]
    words = t(
        "{who} has this address and is here already. Role: {role}", who=person(known), role=role
    )
    return said(words, button(t("See the profile"), "people.show", person=known.id))


def was_erased(email: str, name: str) -> Message:
    """Ask whether somebody is to be written to who had everything about them erased."""
    words = t(
        "Whoever has this address had everything about them erased here. Invite them again only "
        "if they asked you to."
    )
    again = button(t("Invite again"), "community.invite-again", "danger", email=email, name=name)
    return said(words, again)


def too_late(guest: Member) -> Text:
    """Say why an invitation can't be taken back."""
    return t(
        "{who} has used the invitation by now, so it can't be taken back. They can erase their "
        "data themselves.",
        who=person(guest),
    )


def taken_back(name: str) -> Message:
    """Confirm that nothing of an invitation stays."""
    words = t(
        "I've taken the invitation of {who} back, and erased their name and address.",
        who=plain(name),
    )
    return said(words)


def invitation(
    home: Community,
    by: Member | None,
    programmes: Sequence[Programme],
    sessions: Sequence[Session],
) -> Message:
    """Invite somebody: by whom, to what, what is on, and how to say no."""
    name = plain(home.name) if home.name else t("our community")
    title = t("You're invited to {community}", community=name)
    if by is not None:
        title = t("{who} invites you to {community}", community=name, who=person(by))
    us = (Paragraph(plain(home.about_us)),) if home.about_us else ()
    lines = [*map(_programme, programmes), *map(_session, sessions)]
    on = (Paragraph(t("What's on:")), Items(tuple(lines))) if lines else ()
    blocks: tuple[Block, ...] = (*us, Paragraph(CAN), *on, Context(KEPT))
    no = button(t("No, thanks"), "my.erase-now", "danger")
    return Message(title, blocks, (*_ways_in(programmes, sessions), no))


def _programme(one: Programme) -> Text:
    return t("“{title}” (programme)", title=title_of(one))


def _session(one: Session) -> Text:
    return t("“{title}”: {when}", title=title_of(one), when=Moment(one.starts_at))


def _ways_in(programmes: Sequence[Programme], sessions: Sequence[Session]) -> tuple[Button, ...]:
    """Give the buttons by which somebody answers at once, or sees what there is."""
    if len(programmes) == 1:
        id = programmes[0].id
        coming = t("Coming to all dates")
        every = [button(coming, "programme.rsvp", "primary", programme=id, answer="yes")]
    else:
        every = [
            button(plain(title_of(one)), "programme.show", programme=one.id) for one in programmes
        ]
    single = tuple(button(plain(title_of(one)), "session.show", session=one.id) for one in sessions)
    return (*every, *single, button(t("What I can do"), "help"))
