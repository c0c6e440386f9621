"""Brings descriptions that calendars keep as HTML into plain text."""

import html
import re

NAMES = "a|b|blockquote|br|div|em|font|h[1-6]|html-blob|i|li|ol|p|s|span|strong|table|td|tr|u|ul"
TAG = re.compile(rf"<(/?)({NAMES})\b([^<>]*)>", re.IGNORECASE)
ADDRESS = re.compile(r"href\s*=\s*[\"']?((?:https?:|mailto:)[^\"'\s>]*)", re.IGNORECASE)
LINES = {"br", "/p", "/div", "/tr", "ul", "ol", "/ul", "/ol", "/table"}
"""Tags at which a line ends."""
SPACES = re.compile(r"\n{3,}")


def without_tags(words: str) -> str:
    """Take the tags out of words; where there is none, signs like < and & are meant as they are.

    The address of a link stays where its words don't say it.
    """
    if not TAG.search(words):
        return words
    parts, at, address = [], 0, ""
    for tag in TAG.finditer(words):
        parts.append(words[at : tag.start()])
        at, name = tag.end(), (tag[1] + tag[2]).lower()
        if name == "a":
            target = ADDRESS.search(tag[3])
            address = target[1].removeprefix("mailto:") if target else ""
        elif name == "/a" and address:
            parts.append("" if address in parts[-1] else f" ({address})")
        parts.append("\n" if name in LINES else "\n- " if name == "li" else "")
    kept = html.unescape("".join([*parts, words[at:]])).replace("\xa0", " ")
    return SPACES.sub("\n\n", kept).strip()
