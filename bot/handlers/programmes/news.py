"""Gives what digests tell of programmes."""

from bot.authored import title_of
from bot.handlers.programmes.group import programme
from bot.i18n import Text, t
from bot.notices import Issue, Share
from storage import Records
from storage.programmes import DRAFT, Programme

STARTED, RESCHEDULED, ENDED = "started", "rescheduled", "ended"


@programme.news
def news(issue: Issue, records: Records) -> Share:
    """Tell which programmes were started, have other dates, or come to an end."""
    acts = records.news.acts("programme", issue.fresh, STARTED, RESCHEDULED, ENDED)
    done = {id: {act.what for act in own if act.undone_by_id is None} for id, own in acts.items()}
    some = records.programmes.among(
        [id for id, what in done.items() if what], issue.reader.sight, issue.now
    )
    return Share(([_line(one, done[one.id]) for one in some if one.state != DRAFT],))


def _line(one: Programme, done: set[str]) -> Text:
    title = title_of(one)
    if ENDED in done:
        return t("The programme “{title}” is ending", title=title)
    if STARTED in done:
        return t("New programme: “{title}”", title=title)
    return t("The programme “{title}” has new dates", title=title)
