"""Leads from the channels and threads that messages name to where they are."""

import re

from markupsafe import Markup

from bot.adapters.local import LocalPlatform
from bot.web.chat.window import Window, channels

NAMED = re.compile(r"(?:(?<=\A)|(?<=[\s(]))#(?P<where>(?P<channel>[\w.-]*\w)(?:/(?P<thread>\d+))?)")


def linked(platform: LocalPlatform, window: Window, root: str, words: Markup) -> Markup:
    """Make links of `#general` and `#general/12` in words that are HTML already."""
    there = {one.channel for one in channels(platform, window.who)}

    def link(found: re.Match[str]) -> str:
        thread = found["thread"]
        if found["channel"] not in there or (thread and thread not in platform.messages):
            return found[0]
        path = f"{root}/{window.other(**{'in': found['where']})}"
        return Markup('<a href="{}">{}</a>').format(path, found[0])

    return Markup(NAMED.sub(link, words))  # noqa: S704  only whole links were added
