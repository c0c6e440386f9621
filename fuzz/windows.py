"""Asks for the pages of the local chat and sends their forms, as its people and as nobody."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlencode

from aiohttp.client_exceptions import ClientError

from fuzz.area import Take, ensure
from fuzz.dice import Dice
from fuzz.options import BY_NAME
from fuzz.pages import ACTS, TAG, TAGS
from fuzz.worlds import database
from storage import Storage
from tests.chatting import Chat
from tests.windows import ROOT, Windows

SCRIPT = '<script src="/static/chat.js" defer></script>'
MORE = ("aside", "b", "h4", "small", "ol")
"""What these pages are made of beside the others."""
ACT = ("say", "press", "choose", "fill", "dismiss", "time", "join")
STEPS = ("+1h", "+1d", "next", "+0s")
PEOPLE = ("maria", "bruno", "nobody")


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Open a chat of two people with a session in it."""
    with database() as url, closing(Storage(url)) as storage, closing(Chat(storage)) as chat:
        chat.join("maria", role="coordinator")
        chat.join("bruno", zone="America/Bogota", locale="es")
        chat.say("maria", '/session plan title="Budgets" when="2026-11-10 15:00"', "#general")
        chat.press("maria", "Announce now")
        windows = Windows(chat)

        def take(dice: Dice) -> None:
            try:
                _ask(dice, windows)
            except (ClientError, ValueError):
                return  # what the client refuses to send
            _look(windows)

        yield take


def _ask(dice: Dice, windows: Windows) -> None:
    who = dice.value() if dice.one_in(6) else dice.choice(PEOPLE)
    where = dice.value() if dice.one_in(4) else dice.choice(("general", "@", "general/2"))
    place = {"as": who, "in": where}
    part = dice.choice(("", "suggest", "file", "anew", "act", "act", "act", "draft"))
    if part in ("act", "draft"):
        windows.send(part, urlencode({**place, **_typed(dice)}, errors="replace"), **FORM)
    else:
        names = ("before", "say", "who", "typed", "field", "message", "name", "again")
        asked = {name: dice.value() for name in names if dice.one_in(3)}
        query = urlencode({**place, **asked}, errors="replace")[:4000]
        windows.ask("GET", f"{ROOT}/{part}?{query}")


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _typed(dice: Dice) -> dict[str, str]:
    """Fill in what the forms of the chat send, and what none of them does."""
    act = dice.value() if dice.one_in(9) else dice.choice(ACT)
    step = dice.choice(STEPS) if not dice.one_in(4) else dice.value()[:4]
    command = dice.choice(sorted(BY_NAME))
    words = f"/{command.replace('.', ' ')} {dice.value()}" if dice.one_in(2) else dice.value()
    typed = {"act": act, "words": words, "call": command, "option": dice.value(), "form": command}
    typed |= {"message": str(dice.randrange(9)), "name": dice.value(), "zone": dice.value()}
    return typed | {"step": step, "at": dice.value(), "f.title": dice.value(), "f.when": "x"}


def _look(windows: Windows) -> None:
    """See that a page is one of ours, whatever anybody wrote."""
    page = windows.last
    ensure(page.status < 500, f"status {page.status}")
    if page.headers.get("Content-Type", "").startswith("text/html"):
        for tag, rest in TAG.findall(page.html.replace(SCRIPT, "")):
            name = tag.lower().lstrip("/")
            ensure(TAGS.fullmatch(name) or name in MORE, f"<{tag}>")
            ensure(not ACTS.search(re.sub(r'"[^"]*"', '""', rest)), f"<{tag}{rest}>")
            ensure('href="javascript' not in rest.lower(), rest)
