"""Words how drafts are discarded: one's own, and somebody else's, who is told."""

from collections.abc import Mapping

from bot.chat import Button, Message, Paragraph, encoded, said
from bot.commands import person
from bot.i18n import Authored, Text, joined, plain, t
from bot.options.basic import YesNo
from storage.people import Member

Sure = YesNo(t("Discard"))
"""Whether that was asked, and is meant."""


def would_discard(title: Authored, whose: Member | None, *, seen: bool = False) -> Text:
    """Say before a draft is discarded who has `seen` it, and that somebody else is told."""
    if whose is None and seen:
        return t("“{title}” isn't announced yet. I'll discard it.", title=title)
    if whose is None:
        return t("Nobody else has seen “{title}” yet. I'll discard it.", title=title)
    who = person(whose)
    return t(
        "“{title}” is a draft by {who}. I'll discard it and let them know.", title=title, who=who
    )


def asked(what: Text, kind: str, option: str, id: int) -> Message:
    """Ask whether a draft is to be discarded."""
    go = Button(t("Discard"), encoded(f"{kind}.discard", {option: id, "sure": "yes"}), "danger")
    keep = Button(t("Keep it"), encoded(f"{kind}.show", {option: id}))
    return said(what, go, keep)


def discarded(title: Authored, whose: Member | None) -> Message:
    """Confirm that a draft is gone, and say who else is told."""
    done = t("I've discarded “{title}”.", title=title)
    if whose is not None:
        done = joined((done, t("I'll let {who} know.", who=person(whose))))
    return said(done)


def told(args: Mapping[str, str], by: Member | None) -> Message:
    """Tell somebody that their draft was discarded, by whom if that is known, and why."""
    title = Authored(args["title"])
    reason = (Paragraph(plain(args["reason"])),) if args.get("reason") else ()
    if "part" in args:
        gone = t("“{title}” won't take place, so you needn't interpret.", title=title)
        return Message(blocks=(Paragraph(gone), *reason))
    words = t("Your draft “{title}” was discarded.", title=title)
    if by is not None:
        words = t("{who} discarded your draft “{title}”.", who=person(by), title=title)
    return Message(blocks=(Paragraph(words), *reason))
