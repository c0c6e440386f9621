"""Words what was done to things and leads to its undo: a thing's last acts, and the whole log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat import Button, Choice, Items, Message, Moment, Option, Paragraph, button, choice, said
from bot.i18n import Text, joined, t
from bot.wording.acts import Known, act, known
from bot.wording.pages import Paged
from storage import Records
from storage.log import LogEntry
from storage.people import Member

UNDO: Mapping[str, str] = {
    "session": "session.undo",
    "openspace": "openspace.undo",
    "topic": "topic.undo",
    "programme": "programme.undo",
    "member": "community.undo",
    "host": "host.undo",
    "import": "community.undo-import",
}
"""The command that undoes what was done to a thing, by its kind."""


def author(records: Records, id: int | None) -> Member | None:
    """Give who did what an entry of this id keeps; None where nobody did it."""
    entry = records.log.find(id) if id else None
    return records.members.find(entry.by_id) if entry and entry.by_id else None


def undo_of(entry: LogEntry) -> Button:
    """Give the button that undoes an act: it carries the id of the entry, nothing else."""
    return button(t("Undo"), UNDO[entry.thing[0]], entry=entry.id)


def acts(
    records: Records, entries: Sequence[LogEntry], undoable: Sequence[LogEntry]
) -> tuple[tuple[Paragraph, ...], tuple[Button, ...]]:
    """Word what was done to a thing last, for those who may undo it, with the undo of the last."""
    there = known(records, entries) if entries else Known({}, {})
    words = tuple(Paragraph(act(entry, there)) for entry in entries)
    newest = sorted(undoable, key=lambda entry: entry.id)[-1:]
    return words, tuple(undo_of(entry) for entry in newest)


@dataclass(frozen=True, slots=True)
class LogShown:
    """What of the log is shown: of one kind of thing, or by one person."""

    about: str = ""
    by: Member | None = None

    @property
    def args(self) -> dict[str, str]:
        """Give what buttons carry that turn the pages."""
        given = {"about": self.about, "by": str(self.by.id) if self.by else ""}
        return {name: raw for name, raw in given.items() if raw}


KINDS: Mapping[str, Text] = {
    "session": t("Sessions"),
    "host": t("Turns"),
    "programme": t("Programmes"),
    "openspace": t("Open spaces"),
    "topic": t("Topics"),
    "poll": t("Polls"),
    "member": t("Roles and people"),
    "community": t("Settings"),
    "import": t("Imports"),
}
"""What the log can be narrowed to."""


def listed(
    page: Paged[LogEntry], known: Known, undoable: Sequence[LogEntry], shown: LogShown
) -> Message:
    """Word a page of what was done to all things, with menus that undo what may still be undone."""
    if not page.things and shown.args:
        every = button(t("Everything"), "community.log")
        return said(t("There's nothing like that in the log."), every)
    if not page.things:
        return said(t("There's nothing in the log yet."))
    lines = tuple(_line(entry, known) for entry in page.things)
    return Message(
        t("Who did what"),
        (Items(lines), *page.foot),
        page.turns("community.log", **shown.args),
        (*_menus(undoable, known), _narrowed(shown)),
    )


def _narrowed(shown: LogShown) -> Choice:
    """Give the menu that narrows the log to one kind of thing."""
    options = tuple(Option(kind, label) for kind, label in KINDS.items())
    by = {"by": shown.by.id} if shown.by else {}
    return choice(t("Show only"), "community.log", "about", options, **by)


def _line(entry: LogEntry, known: Known) -> Text:
    told = t("{when}: {act}", when=Moment(entry.at), act=act(entry, known))
    return joined((told, t("(undone)"))) if entry.undone_by_id else told


LABELS: Mapping[str, Text] = {
    "session": t("Undo (sessions)"),
    "openspace": t("Undo (open spaces)"),
    "topic": t("Undo (topics)"),
    "programme": t("Undo (programmes)"),
    "host": t("Undo (turns)"),
    "member": t("Undo (roles)"),
    "import": t("Undo (imports)"),
}


def _menus(undoable: Sequence[LogEntry], known: Known) -> tuple[Choice, ...]:
    menus = []
    for kind, label in LABELS.items():
        options = [
            Option(str(entry.id), act(entry, known)) for entry in undoable if entry.thing[0] == kind
        ]
        if options:
            menus.append(choice(label, UNDO[kind], "entry", tuple(options)))
    return tuple(menus)
