"""Gives what digests tell of open spaces and their topics."""

from bot.authored import title_of
from bot.handlers.openspace.group import openspace
from bot.i18n import t, tn
from bot.notices import Issue, Share
from storage import Records


@openspace.news
def news(issue: Issue, records: Records) -> Share:
    """Tell which open spaces were opened, and how many topics others proposed."""
    me, now = issue.reader.sight, issue.now
    opened = records.news.spaces(issue.fresh, me, now)
    spaces = [t("Open space: “{title}”", title=title_of(space)) for space in opened]
    topics = [
        tn(
            "{count} new topic in “{title}”",
            "{count} new topics in “{title}”",
            count,
            title=title_of(space),
        )
        for space, count in records.news.topics(issue.fresh, me, now)
    ]
    return Share((spaces, topics))
