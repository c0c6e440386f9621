"""Words the dates of a programme that were held, with who hosted them."""

from collections.abc import Mapping, Sequence

from bot.authored import title_of
from bot.chat import Context, Items, Message, Paragraph, choice
from bot.commands import person
from bot.handlers.programmes.words.shown import line
from bot.i18n import Text, plain, series, t, tn
from bot.options.references import session_option
from bot.wording.pages import Paged
from storage.people import Member
from storage.programmes import Programme
from storage.sessions import Session


def past(
    planned: Programme,
    page: Paged[Session],
    held: int,
    hosts: Mapping[int, Sequence[Member]],
) -> Message:
    """Word a page of the dates there were, the last one first, with who hosted them."""
    title = t("Past dates of “{title}”", title=title_of(planned))
    if not page.things:
        return Message(title, (Paragraph(t("There are none yet.")),))
    lines = [_hosted(line(planned, date), hosts.get(date.id, ())) for date in page.things]
    options = tuple(session_option(date) for date in page.things)
    show = choice(t("Show"), "session.show", "session", options)
    turns = page.turns("programme.past", programme=planned.id)
    count = Context(tn("{count} date so far", "{count} dates so far", held))
    return Message(title, (count, Items(tuple(lines)), *page.foot), turns, (show,))


def _hosted(words: Text, hosts: Sequence[Member]) -> Text:
    if not hosts:
        return words
    return t("{date} · {hosts}", date=words, hosts=series(plain(person(one)) for one in hosts))
