"""Lets people install the app in their own workspace, from a page in their browser."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from secrets import token_bytes
from urllib.parse import urlencode, urljoin

import structlog
from aiohttp import web
from cryptography.fernet import InvalidToken, MultiFernet
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.installations import Many
from bot.adapters.slack.notes import SlackNotes
from bot.adapters.slack.refusals import answered
from bot.adapters.slack.web import Installed
from bot.errors import PostError
from bot.i18n import Text, render, supported_language, t
from bot.listening import Handler

log = structlog.get_logger()

INSTALL, RETURN = "/slack/install", "/slack/oauth_redirect"
COOKIE = "convener-install"
MINUTES = 10
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What this app is to Slack's OAuth."""

    client_id: str
    client_secret: str
    scopes: Sequence[str]
    api_url: str


class States:
    """What ties the way back from Slack to its beginning, whichever of our processes is asked."""

    def __init__(self, cipher: MultiFernet, notes: SlackNotes) -> None:
        self.cipher = cipher
        self.notes = notes

    def begin(self) -> str:
        """Make a state that is good once, and for as long as somebody is taken to need."""
        return self.cipher.encrypt(token_bytes(16)).decode()

    async def end(self, state: str, cookie: str) -> bool:
        """Say whether a state is ours, of this browser, in time and not used before; use it."""
        if not cookie or not hmac.compare_digest(state.encode(), cookie.encode()):
            return False
        try:
            name = self.cipher.decrypt(state.encode(), ttl=MINUTES * 60).hex()
        except InvalidToken:
            return False
        return await self.notes.first(f"state:{name}")


class InstallPages:
    """The page one begins at, and the one Slack sends people back to."""

    def __init__(
        self, identity: Identity, client: AsyncWebClient, many: Many, states: States
    ) -> None:
        self.identity = identity
        self.client = client
        self.many = many
        self.states = states

    def routes(self) -> dict[str, Handler]:
        """Give the pages with their paths."""
        return {INSTALL: self.begin, RETURN: self.end}

    async def begin(self, request: web.Request) -> web.Response:
        """Offer to add the app; the cookie ties what follows to this browser."""
        state = self.states.begin()
        asked = {
            "client_id": self.identity.client_id,
            "scope": ",".join(self.identity.scopes),
            "state": state,
        }
        address = urljoin(self.identity.api_url, "../oauth/v2/authorize") + "?" + urlencode(asked)
        words = t(
            "Slack will ask which workspace to add me to, and show you what I'm allowed to do."
        )
        page = _page(request, t("Add me to your workspace"), words, address)
        secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
        page.set_cookie(
            COOKIE, state, max_age=MINUTES * 60, httponly=True, secure=secure, samesite="Lax"
        )
        return page

    async def end(self, request: web.Request) -> web.Response:
        """Take what Slack sends people back with, once."""
        state = request.query.get("state", "")
        if not await self.states.end(state, request.cookies.get(COOKIE, "")):
            words = t(
                "This page is from an earlier attempt, or it has expired. Please start again."
            )
            return _page(request, t("Not installed"), words, INSTALL, 400)
        if request.query.get("error") or not request.query.get("code"):
            words = t(
                "It was cancelled, or Slack didn't allow it. You can start again at any time."
            )
            return _page(request, t("Not installed"), words, INSTALL, 400)
        return await self._installed(request, request.query["code"])

    async def _installed(self, request: web.Request, code: str) -> web.Response:
        # The method of the SDK puts the secret into a header by a way aiohttp has deprecated.
        asked = {
            "client_id": self.identity.client_id,
            "client_secret": self.identity.client_secret,
            "code": code,
        }
        asking = self.client.api_call("oauth.v2.access", data=asked)
        try:
            told = await answered(asking)
        except PostError as error:
            log.warning("not installed", action="oauth.v2.access", error=repr(error))
            words = t("Slack didn't confirm the installation. Please start again.")
            return _page(request, t("Not installed"), words, INSTALL, 502)
        everywhere = bool(told.get("is_enterprise_install"))
        installed = Installed(
            workspace="" if everywhere else str(told["team"]["id"]),
            organisation=str((told.get("enterprise") or {}).get("id") or ""),
            token=str(told["access_token"]),
            bot_user=str(told.get("bot_user_id") or ""),
            at=datetime.now(UTC),
        )
        await self.many.add(installed)
        log.info("app installed", action="oauth.v2.access", workspace=installed.workspace)
        words = t("You can close this page. In Slack, find me under Apps, or mention me.")
        return _page(request, t("Installed"), words)


def _page(
    request: web.Request, title: Text, words: Text, link: str = "", status: int = 200
) -> web.Response:
    locale = supported_language(request.headers.get("Accept-Language", "").split(",")[0].strip())
    heading = escape(render(title, locale, str))
    go_on = escape(render(t("Continue"), locale, str))
    onward = f'<p><a href="{escape(link)}">{go_on}</a></p>' if link else ""
    text = (
        f'<!doctype html><html lang="{locale}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<h1>{heading}</h1><p>{escape(render(words, locale, str))}</p>{onward}</html>"
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=HEADERS)
