"""Makes links of the channels and threads that words name, and bold the people."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from markupsafe import Markup

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import handle
from bot.web.chat.window import Window, exactly

NAMED = re.compile(r"(?<![\w/&#@.])(?:#(?P<where>[\w-]+(?:/\d{1,18})?)|@(?P<who>[\w-]+))")
INSIDE = re.compile(r"(<a .*?</a>)", re.DOTALL)
"""A link that is there already, in which nothing is looked for."""


def marking(platform: LocalPlatform, window: Window, root: str) -> Callable[[Markup], Markup]:
    """Give what marks, in words that are escaped, what is there for whoever looks."""

    def marked(found: re.Match[str]) -> str:
        where, who = found["where"], found["who"]
        if who:
            person = platform.people.get(handle(unescape(who), window.who.workspace))
            return f"<b>{found[0]}</b>" if person and not person.gone else found[0]
        there = exactly(platform, {"as": window.who.handle, "in": where})
        if there is None:
            return found[0]
        return str(Markup('<a href="{}/{}">{}</a>').format(root, there.path(), there.name))

    def parts(words: Markup) -> Iterator[str]:
        for number, part in enumerate(INSIDE.split(str(words))):
            yield part if number % 2 else NAMED.sub(marked, part)

    return lambda words: Markup("".join(parts(words)))  # noqa: S704 - escaped before
