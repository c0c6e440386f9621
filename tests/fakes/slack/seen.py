"""Reads blocks as people see them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Body = Mapping[str, Any]


def seen(blocks: Iterable[Body]) -> str:
    """Give all words of blocks, labels of buttons and fields aside, a line for each piece."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Body) -> Iterator[str]:
    if block["type"] == "header":
        assert block["text"]["emoji"] is False, "`:smile:` would become a picture"
        yield block["text"]["text"]
    elif block["type"] == "rich_text":
        for element in block["elements"]:
            yield from _rich(element)
    elif block["type"] == "context":
        for element in block["elements"]:
            assert element["type"] == "plain_text", "people's words may be taken for markup"
            yield element["text"]
    elif block["type"] not in ("actions", "divider", "input"):
        raise AssertionError(f"people's words may be taken for markup in a {block['type']}")


def _rich(element: Body) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for number, item in enumerate(element["elements"], element.get("offset", 0) + 1):
            mark = f"{number}." if element["style"] == "ordered" else "•"
            yield f"{mark} {_words(item)}"
    else:
        yield _words(element)


def _words(section: Body) -> str:
    return "".join(_word(leaf) for leaf in section["elements"])


def _word(leaf: Body) -> str:
    match leaf["type"]:
        case "user":
            return f"@{leaf['user_id']}"
        case "channel":
            return f"#{leaf['channel_id']}"
        case "date":
            return str(leaf["fallback"])
        case "link":
            return str(leaf.get("text") or leaf["url"])
        case "emoji":
            return f":{leaf['name']}:"
    return str(leaf["text"])


def rung(blocks: Iterable[Body]) -> set[str]:
    """Give the ids of those whom blocks mention."""
    leaves = (
        leaf
        for block in blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        for section in (element["elements"] if element["type"] == "rich_text_list" else [element])
        for leaf in section["elements"]
    )
    return {str(leaf["user_id"]) for leaf in leaves if leaf["type"] == "user"}
