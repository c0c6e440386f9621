"""Words feedback on sessions: what is asked, and what hosts are shown of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.authored import title_of
from bot.chat import Block, Context, Heading, Items, Message, Paragraph, button, said
from bot.i18n import Text, plain, t
from bot.wording.pages import paged
from storage.feedback import GROUP, Feedback
from storage.sessions import Session

ANONYMOUS = t(
    "Nobody sees who wrote what. The hosts see answers in groups of {count}.", count=GROUP
)
SCORES: Mapping[int, Text] = {
    5: t("5 – Very much so"),
    4: t("4 – Yes"),
    3: t("3 – More or less"),
    2: t("2 – Hardly"),
    1: t("1 – Not at all"),
}
"""What each score says of whether a session was worth the time."""


def given(session: Session) -> Message:
    """Thank somebody for their feedback."""
    return said(t("Thank you for your feedback on “{title}”.", title=title_of(session)))


def asks(session: Session) -> Message:
    """Confirm what those are asked who give feedback."""
    if not session.feedback_question:
        return said(t("I'll ask no question of yours about “{title}”.", title=title_of(session)))
    asked = {"title": title_of(session), "question": session.feedback_question}
    return said(t("Whoever gives feedback on “{title}” is asked this too: {question}", **asked))


def feedback(
    session: Session, shown: Sequence[Feedback], counts: tuple[int, int], number: int = 1
) -> Message:
    """Word for hosts how many answered, and a page of what may be shown of it."""
    count, there = counts
    told = t("{count} of {all} who were there gave feedback.", count=count, all=there)
    title = t("Feedback on “{title}”", title=title_of(session))
    blocks: list[Block] = [Paragraph(told)]
    if len(shown) < count:
        blocks.append(Context(_waiting(len(shown))))
    if not shown:
        ask = button(t("Ask for feedback"), "session.ask-feedback", session=session.id)
        return Message(title, tuple(blocks), () if count else (ask,))
    page = paged(_written(session, shown), number)
    if page.number == 1:
        blocks += [Heading(t("Was it worth your time?")), Items(_scores(shown))]
    for heading, rows in groupby(page.things, key=lambda row: row[0]):
        blocks += [Heading(HEADINGS.get(heading, plain(heading)))]
        blocks += [Items(tuple(plain(words) for _, words in rows))]
    turns = page.turns("session.answers", session=session.id)
    return Message(title, (*blocks, *page.foot), turns)


def _waiting(shown: int) -> Text:
    """Say why not all that was answered is shown."""
    if shown:
        counts = {"count": shown, "more": GROUP}
        return t("You see {count} of them. I add more once there are {more}.", **counts)
    return t("I show answers once there are {count}: nobody is known by theirs.", count=GROUP)


CHANGE = "change"
HEADINGS: Mapping[str, Text] = {CHANGE: t("What should we change?")}


def _written(session: Session, shown: Sequence[Feedback]) -> list[tuple[str, str]]:
    """Give all that was written, each with what it answers.

    It is sorted by its words, so that what one person wrote does not stand at the same place twice.
    """
    changes = sorted(one.change for one in shown if one.change)
    answers = sorted(one.answer for one in shown if one.answer)
    asked = session.feedback_question
    return [*((CHANGE, words) for words in changes), *((asked, words) for words in answers)]


def _scores(shown: Sequence[Feedback]) -> tuple[Text, ...]:
    """Count how often each score was given."""
    counts = Counter(one.score for one in shown if one.score)
    return tuple(
        t("{score}: {count}", score=label, count=counts[score])
        for score, label in SCORES.items()
        if counts[score]
    )
