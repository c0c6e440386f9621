"""Words what came of polls: for whoever decides, and who answered what."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.authored import title_of
from bot.chat import (
    Actions,
    Block,
    Button,
    Items,
    Message,
    Moment,
    Paragraph,
    Style,
    button,
    encoded,
    said,
)
from bot.commands import person
from bot.domain.polls import PollTally
from bot.handlers.sessions.words.polls import ANSWERED, beside, counted_in_words, counts, hour
from bot.i18n import Text, joined, plain, t, tn
from storage.people import Member
from storage.polls import CLOSED, DRAFT, DROPPED, OPEN, Poll, PollAnswer, PollDate

NAMED = 20
"""People who are named behind an answer to an hour."""


@dataclass(frozen=True, slots=True)
class PollStanding:
    """How a poll stands for whoever decides on it: `best` are hours to come, the best first.

    `may` says whether they may announce sessions, `ahead` whether an hour is still to come. `asked`
    are the options with which it could be asked again.
    """

    counted: PollTally
    best: Sequence[PollDate]
    ahead: bool
    may: bool
    asked: Mapping[str, str]


def result(poll: Poll, stands: PollStanding) -> Message:
    """Word what came of a closed poll, with the press that makes a session of the best hour."""
    title = t("The poll “{title}” is closed", title=title_of(poll))
    if not stands.best:
        return Message(title, (Paragraph(_nothing(stands)),), without_hour(poll, stands))
    lines = [t("Best: {when}. {counts}.", **_told(stands, stands.best[0]))]
    lines += [t("Next best: {when}. {counts}.", **_told(stands, d)) for d in stands.best[1:2]]
    note = Paragraph(t("Nobody is signed up by this; they answer when it's announced."))
    return Message(title, (*map(Paragraph, lines), note), (*_take(stands), *_more(poll)))


def _told(stands: PollStanding, date: PollDate) -> dict[str, object]:
    return {"when": hour(date), "counts": counted_in_words(stands.counted.counts[date.id])}


def _nothing(stands: PollStanding) -> Text:
    if not stands.counted.people:
        return t("Nobody answered.")
    if not stands.ahead:
        return t("All its hours have passed.")
    return t("Nobody can come at any of these hours.")


def without_hour(poll: Poll, stands: PollStanding) -> tuple[Button, ...]:
    """Give the buttons of a poll that gave no hour: to ask for longer, and otherwise."""
    longer = button(t("Ask 3 more days"), "session.poll-reopen", "primary", poll=poll.id)
    waits = (longer,) if stands.ahead and not stands.counted.people else ()
    return (*waits, _again(stands), *_more(poll))


def _again(stands: PollStanding) -> Button:
    """Lead to other hours: with what was asked, where a button has room for it."""
    label = t("Ask for other hours")
    with suppress(ValueError):
        return Button(label, encoded("session.poll", stands.asked))
    return button(label, "session.poll")


def _take(stands: PollStanding) -> tuple[Button, ...]:
    """Give the buttons that make a session of an hour: who may not announce it suggests it."""
    best = t("Announce the best") if stands.may else t("Suggest the best")
    following = t("Announce the next best") if stands.may else t("Suggest the next best")
    styles: tuple[Style, Style] = ("primary", "")
    return tuple(
        button(label, "session.poll-announce", style, date=date.id)
        for label, date, style in zip((best, following), stands.best, styles, strict=False)
    )


def _more(poll: Poll) -> tuple[Button, ...]:
    return (
        button(t("See the answers"), "session.poll-show", poll=poll.id),
        button(t("Discard the poll"), "session.poll-discard", "danger", poll=poll.id),
    )


def shown(
    poll: Poll, stands: PollStanding, rows: Sequence[PollAnswer], people: Mapping[int, Member]
) -> Message:
    """Word a poll for those who see names, with what they can do about it."""
    lines = [beside(hour(d), _names(d, rows, people)) for d in stands.counted.dates]
    return Message(plain(title_of(poll)), (_state(poll), Items(tuple(lines))), ways(poll, stands))


def _names(date: PollDate, rows: Sequence[PollAnswer], people: Mapping[int, Member]) -> Text | None:
    """Name who answered what to an hour, a few of many."""
    parts = []
    for answer, label in ANSWERED.items():
        own = [row for row in rows if (row.date_id, row.answer) == (date.id, answer)]
        names = [plain(person(people[row.member_id])) for row in own[:NAMED]]
        left = len(own) - len(names)
        names += [tn("{count} more", "{count} more", left)] if left else []
        parts += [t("{answer}: {names}", answer=label, names=joined(names, ", "))] if own else []
    return joined(parts, " · ") if parts else None


def public(poll: Poll, counted: PollTally) -> Message:
    """Word a poll for those who see only how many answered what."""
    return Message(plain(title_of(poll)), (_state(poll), counts(counted)))


def _state(poll: Poll) -> Paragraph:
    words = {
        OPEN: t("People can answer until {when}.", when=Moment(poll.closes_at)),
        CLOSED: t("This poll is closed."),
        DROPPED: t("This poll was withdrawn."),
    }
    return Paragraph(words[poll.state])


def ways(poll: Poll, stands: PollStanding) -> tuple[Button, ...]:
    """Give the buttons of those who decide on a poll, as it stands."""
    if poll.session_id is not None:
        return (button(t("Details"), "session.show", session=poll.session_id),)
    if poll.state == DROPPED:
        back = button(t("Bring the poll back"), "session.poll-reopen", poll=poll.id)
        return (back,) if stands.ahead else ()
    if poll.state == OPEN:
        return (button(t("Close now"), "session.poll-close", poll=poll.id), _more(poll)[-1])
    if stands.best:
        return (*_take(stands), _more(poll)[-1])
    return tuple(way for way in without_hour(poll, stands) if "poll-show" not in way.call)


def started(poll: Poll, channels: Text) -> Message:
    """Confirm that a poll was posted, and say when it closes."""
    words = t(
        "I've posted the poll in {channels}. It closes {when}; I'll then tell you what came of it.",
        channels=channels,
        when=Moment(poll.closes_at),
    )
    return said(words, *_more(poll))


def reopened(poll: Poll) -> Message:
    """Confirm that people can answer a poll again."""
    words = t("“{title}” is open again. It closes {when}.", title=title_of(poll),
              when=Moment(poll.closes_at))  # fmt: skip
    return said(words, *_more(poll))


def would_discard(poll: Poll, people: int, whose: Member | None) -> Message:
    """Ask whether a poll is to be discarded; say who answered it, and who would be told."""
    what = [t("I'll discard the poll “{title}”.", title=title_of(poll))]
    if poll.state != DRAFT:
        what = [t("I'll withdraw the poll “{title}”; its post will say so.", title=title_of(poll))]
    if people:
        many = tn("{count} person has answered it.", "{count} people have answered it.", people)
        what.append(many)
    if whose is not None:
        what.append(t("I'll let {who} know.", who=person(whose)))
    go = button(t("Discard"), "session.poll-discard", "danger", poll=poll.id, sure="yes")
    keep = button(t("Keep it"), "session.poll-show", poll=poll.id)
    return said(joined(what), go, keep)


def discarded(poll: Poll, *, back: bool) -> Message:
    """Confirm that a poll is discarded; one that people knew can be brought back."""
    again = button(t("Bring the poll back"), "session.poll-reopen", poll=poll.id)
    words = t("I've discarded the poll “{title}”.", title=title_of(poll))
    return said(words, *((again,) if back else ()))


def discarded_by(poll: Poll, who: Member | None) -> Message:
    """Tell somebody that their poll was discarded, and by whom."""
    title = title_of(poll)
    words = t("Your poll “{title}” was discarded.", title=title)
    if who is not None:
        words = t("{who} discarded your poll “{title}”.", who=person(who), title=title)
    return said(words, button(t("Show"), "session.poll-show", poll=poll.id))


def undecided(polls: Sequence[Poll]) -> tuple[Block, ...]:
    """List polls that wait for answers or for a decision, each with the way to it."""
    lines: list[Block] = []
    for poll in polls:
        told = {"title": title_of(poll), "when": Moment(poll.closes_at)}
        words = t("The poll “{title}” closes {when}.", **told)
        if poll.state == CLOSED:
            words = t("The poll “{title}” is closed, and no hour is chosen yet.", **told)
        show = button(t("See the answers"), "session.poll-show", poll=poll.id)
        lines += [Paragraph(words), Actions((show,))]
    return tuple(lines)
