"""Asks for pages and sends their forms, as somebody who is signed in and as anybody."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote, urlencode

from aiohttp.client_exceptions import ClientError

from fuzz.area import Take, ensure
from fuzz.dice import Dice
from fuzz.options import BY_NAME
from fuzz.worlds import database
from storage import Storage
from tests.browsing import Browser
from tests.chatting import Chat

TAG = re.compile(r"<([a-zA-Z!/?][^\s>/]*)([^>]*)>")
ACTS = re.compile(r"\s(on\w+|style|srcdoc)\s*=|javascript:", re.IGNORECASE)
SCRIPT = '<script src="/static/page.js" defer></script>'
TAGS = re.compile(
    r"!doctype|a|article|blockquote|body|button|datalist|dd|details|div|dl|dt|fieldset|footer|form|"
    r"h[123]|head|header|hr|html|img|input|label|legend|li|link|main|meta|nav|ol|option|p|section|"
    r"select|span|summary|textarea|time|title|ul"
)
"""What our pages are made of; scripts aside."""


@contextmanager
def world(dice: Dice) -> Iterator[Take]:
    """Serve the pages of a community that publishes its own."""
    with database() as url, closing(Storage(url)) as storage, closing(Chat(storage)) as chat:
        chat.join("maria", role="coordinator")
        chat.say("maria", "/community setup name=CoLab announcements=#general", "#general")
        chat.say("maria", '/session plan title="Budgets" when="2026-11-10 15:00"')
        chat.press("maria", "Announce now")
        chat.say("maria", "/community publish-calendar public=yes")
        browser = Browser(chat).sign_in("maria")
        home = re.search(r"/calendar/(\d+)/", chat.say("maria", "/community calendar").text)
        public = f"/c/{home[1]}" if home else "/"

        def take(dice: Dice) -> None:
            try:
                _ask(dice, browser, public)
            except (ClientError, ValueError):
                return  # what the client refuses to send
            _look(browser)

        yield take


def _ask(dice: Dice, browser: Browser, public: str) -> None:
    name = dice.choice(sorted(BY_NAME)) if not dice.one_in(8) else dice.value()
    command = BY_NAME.get(name)
    names = [argument.name for argument in command.arguments] if command else [dice.value()]
    given = {name: dice.value() for name in names if not dice.one_in(3)}
    match dice.randrange(5):
        case 0:
            browser.get(f"/do/{quote(name[:80])}?{urlencode(given, errors='replace')[:3000]}")
        case 1 | 2 if signs := [f for f in browser.last.forms if "check" in f.values]:
            form = dice.choice(signs)
            typed = {field: dice.value() for field in form.values if field.startswith("f.")}
            if form.action != "/sign-out":
                browser.send(form.action, _sendable(form.values | typed))
        case 3:
            browser.get(dice.choice((public, f"{public}/announcements.atom", "/", "/do/help")))
        case _:
            browser.get("/")
            check = next((f.values for f in browser.last.forms if f.label == "Sign out"), {})
            filled = {f"f.{name}": words for name, words in given.items()}
            browser.send("/do", _sendable({**check, **filled, "call": name}))


def _sendable(values: dict[str, str]) -> dict[str, str]:
    """Leave out what no browser sends: halves of signs."""
    return {n: v.encode("utf-8", "replace").decode() for n, v in values.items()}


def _look(browser: Browser) -> None:
    """See that a page is one of ours, whatever anybody wrote."""
    page = browser.last
    ensure(page.status < 500, f"status {page.status}")
    if page.headers.get("Content-Type", "").startswith("text/html"):
        for tag, rest in TAG.findall(page.html.replace(SCRIPT, "")):
            ensure(TAGS.fullmatch(tag.lower().lstrip("/")), f"<{tag}>")
            ensure(not ACTS.search(re.sub(r'"[^"]*"', '""', rest)), f"<{tag}{rest}>")
            ensure('href="javascript' not in rest.lower(), rest)
