"""Words how somebody joins their accounts."""

from collections.abc import Mapping

from bot.chat import Context, Fields, Message, Paragraph, button, said
from bot.i18n import Text, plain, t
from bot.wording.roles import ROLES
from storage.people import Member

UNKNOWN = t("I don't know this code. It holds for an hour, and once: get a new one there.")
TOO_MANY = t("Those were too many wrong codes. Wait an hour, then get a new code there.")
SAME = t("This code is of this same account. Write it from your other one.")


NOT_JOINED = t("You haven't joined accounts in the last day, so there's nothing to undo.")
UNDO = t("Undo joining")


def unknown() -> Message:
    """Say that nobody was given a code."""
    return said(UNKNOWN, button(t("Join my accounts"), "my.link"))


def given(code: str, *, undone: bool) -> Message:
    """Hand a code over, and say where it goes; what was joined lately can be `undone`."""
    words = t("On your other account, choose “Join my accounts”, and write this code:")
    keep = t("It holds for an hour. Give it to nobody: whoever has it can act as you here.")
    blocks = (Paragraph(words), Paragraph(plain(code)), Context(keep))
    undo = (button(UNDO, "my.part-accounts"),) if undone else ()
    return Message(t("Join my accounts"), blocks, undo)


def about_to_join(other: Member, has: Mapping[str, int], code: str) -> Message:
    """Say what becomes one, before it does."""
    facts: tuple[tuple[Text, Text], ...] = (
        (t("Name"), plain(other.name)),
        (t("Role"), ROLES[other.role]),
        (t("Answers"), plain(str(has["answers"]))),
        (t("Turns"), plain(str(has["turns"]))),
    )
    what = t(
        "This account and yours become one: answers, turns and messages of both are yours. Where "
        "both answered, the newer answer counts."
    )
    warning = t(
        "Go on only if this is you: whoever uses that account can do everything you can. You can "
        "undo it for a day."
    )
    blocks = (Fields(facts), Paragraph(what), Paragraph(warning))
    go = button(t("Join them"), "my.link-now", "danger", code=code)
    return Message(t("Join this account?"), blocks, (go,))


def joined() -> Message:
    """Confirm that two accounts are one."""
    words = t("Your accounts are linked: I'll know you by both.")
    return said(words, button(t("My week"), "my.week"), button(UNDO, "my.part-accounts"))


def parted() -> Message:
    """Confirm that two accounts are two people again."""
    words = t("Your accounts are apart again, each with what was its own.")
    return said(words, button(t("Join my accounts"), "my.link"))
