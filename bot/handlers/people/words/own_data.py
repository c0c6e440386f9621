"""Words what is kept of somebody, and what becomes of it when they are erased."""

from collections.abc import Mapping

from bot.chat import File, Items, Message, Paragraph, button, said
from bot.i18n import Text, t

KEPT: Mapping[str, Text] = {
    "accounts": t("Accounts: {count}"),
    "rsvps": t("RSVPs, with your notes to hosts: {count}"),
    "aways": t("Periods away: {count}"),
    "swaps": t("Turns you were asked to take or swap: {count}"),
    "interests": t("Topics you'd like to join: {count}"),
    "presences": t("Where you were at open spaces: {count}"),
    "notes": t("Notes you wrote on topics: {count}"),
    "posts": t("Where I posted messages to you: {count}"),
    "deliveries": t("Messages to you, sent or waiting: {count}"),
    "events": t("My recent replies to you: {count}"),
    "drafts": t("Unsent forms: {count}"),
    "answers": t("Answers to form questions: {count}"),
    "stays": t("Periods among the hosts: {count}"),
    "turns": t("Turns as host: {count}"),
    "sessions": t("Sessions you planned: {count}"),
    "programmes": t("Programmes you planned: {count}"),
    "programme_answers": t("Answers to all dates of a programme: {count}"),
    "ticks": t("Checklist items you ticked off: {count}"),
    "handovers": t("Notes you left for the next host: {count}"),
    "attendances": t("Sessions you were at: {count}"),
    "assets": t("Recordings, slides and notes you added: {count}"),
    "consents": t("Times you were asked to be recorded: {count}"),
    "actions": t("Action items of yours: {count}"),
    "contributions": t("Agenda items you were asked to contribute to: {count}"),
    "interpreters": t("Sessions you were asked to interpret in: {count}"),
    "polls": t("Polls on a time you started: {count}"),
    "sign_ins": t("Times you signed in on the web: {count}"),
    "link_codes": t("Codes to join your accounts: {count}"),
    "joined_members": t("Times you joined accounts in the last day: {count}"),
    "mail_links": t("Mails I sent you with links: {count}"),
    "calendar_feeds": t("Addresses at which your calendar is read: {count}"),
    "imports": t("Files of sessions you imported: {count}"),
    "poll_answers": t("Hours of polls you answered: {count}"),
    "feedback_givers": t("Sessions you gave feedback on: {count}"),
    "closing_lines": t("Lines you wrote in closing rounds: {count}"),
    "open_spaces": t("Open spaces you led: {count}"),
    "topics": t("Topics you proposed: {count}"),
    "jobs": t("Longer tasks you asked for: {count}"),
    "log_entries": t("Log entries on what you did: {count}"),
}
"""What is said of the rows of each table that refer to somebody."""
EMPTIED = ("events",)
"""Tables whose rows stay without saying anything."""


def handed_over(file: File) -> Message:
    """Hand over everything that is kept of somebody."""
    words = t(
        "This is everything I keep about you: all of it as JSON, for programs, and each table as "
        "CSV, for a spreadsheet. Nobody else gets this file."
    )
    erase = button(t("Erase my data…"), "my.erase")
    return Message(t("Your data"), (Paragraph(words),), (erase,), files=(file,))


def about_to_erase(found: Mapping[str, tuple[str, int]]) -> Message:
    """Say what goes and what stays, before somebody is erased."""
    goes = [t("Your profile: name, organisation, languages and everything else in it")]
    goes += [
        _counted(table, number) for table, (what, number) in found.items() if _goes(table, what)
    ]
    stays = [_counted(table, n) for table, (what, n) in found.items() if not _goes(table, what)]
    left = (Paragraph(t("This stays, without your name:")), Items(tuple(stays))) if stays else ()
    last = Paragraph(
        t(
            "I'll offer your upcoming turns to others. What's posted in channels stays on "
            "the platform: you can ask for it to be deleted there. You can't undo this."
        )
    )
    buttons = (
        button(t("Erase everything"), "my.erase-now", "danger"),
        button(t("Get my data"), "my.data"),
    )
    told = Paragraph(t("This will be erased for good:"))
    return Message(t("Erase your data?"), (told, Items(tuple(goes)), *left, last), buttons)


def _goes(table: str, what: str) -> bool:
    return what == "delete" or table in EMPTIED


def _counted(table: str, number: int) -> Text:
    return Text(KEPT[table].template, {"count": number})


def erased() -> Message:
    """Say the last to somebody who was erased."""
    return said(
        t("Done: I've erased your data. If you come back one day, we'll start from scratch.")
    )
