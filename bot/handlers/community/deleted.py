"""Posts again what somebody deleted in a channel."""

from typing import Annotated

from bot.chat import Place
from bot.commands import Caller
from bot.domain import lost_posts
from bot.errors import NotAllowed, UserError
from bot.handlers.community.group import community
from bot.handlers.community.words.deleted import posted
from bot.i18n import t
from bot.options.people import PlaceKind
from bot.options.references import Unnamed
from bot.protocol import Change, Reply
from storage import Records
from storage.community import Channel
from storage.deliveries import Delivery

PostOption = Annotated[Delivery, Unnamed(t("Deleted post"), area="lost_posts")]


def may_post(caller: Caller, records: Records, post: Delivery) -> None:
    """Let only the core group pass, and who had it posted. Raises NotAllowed."""
    thing = lost_posts.missed(records, post, caller.now)
    if thing is not None and not lost_posts.may_post(records, post, thing, caller.member):
        raise NotAllowed(t("Only the core group and whoever posted it can do that."))


@community.command(title=t("Post it again"), submit=t("Post"), may=may_post, listed=False)
def post_again(caller: Caller, records: Records, post: PostOption) -> Reply:
    """Post again what somebody deleted."""
    return _again(caller, records, post, None)


@community.command(title=t("Post it elsewhere"), submit=t("Post"), may=may_post, listed=False)
def post_elsewhere(
    caller: Caller,
    records: Records,
    post: PostOption,
    channel: Annotated[Place, PlaceKind(t("Channel"))],
) -> Reply:
    """Post what somebody deleted in another channel."""
    place = (channel.platform, channel.workspace, channel.channel, channel.name)
    return _again(caller, records, post, records.channels.meet(*place))


def _again(caller: Caller, records: Records, post: Delivery, elsewhere: Channel | None) -> Reply:
    thing = lost_posts.missed(records, post, caller.now)
    if thing is None:
        raise UserError(t("It isn't needed any more."))
    places = lost_posts.post_again(records, post, thing, caller.actor, elsewhere)
    return Change(posted(places))
