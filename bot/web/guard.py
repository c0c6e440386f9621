"""Keeps others out of our pages: what a request has to be, and what a browser may do with them."""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Check = Callable[[Handler, web.Request], Awaitable[web.StreamResponse]]
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would send no origin with forms either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LARGEST = 9 * 1024 * 1024
"""Bytes of a request, with the longest file that is imported."""


class SiteGuard:
    """Lets only requests in that were sent to our address, and forms from our own pages."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host = parts.netloc
        self.origin = f"{parts.scheme}://{parts.netloc}"

    def around(self, route: web.RouteDef) -> web.RouteDef:
        """Stand before what a route leads to."""
        return self._behind(self.let_in, route)

    def beside(self, route: web.RouteDef) -> web.RouteDef:
        """Stand before what programs may ask for as well, which tell no origin."""
        return self._behind(self.let_all_in, route)

    def _behind(self, check: Check, route: web.RouteDef) -> web.RouteDef:
        return web.RouteDef(route.method, route.path, partial(check, route.handler), route.kwargs)

    async def let_in(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        """Refuse what comes from elsewhere, and say what browsers may do with the answer."""
        if request.method == "POST" and not self.is_ours(request):
            return web.Response(status=403, text="This form was sent from another site.\n")
        return await self.let_all_in(handler, request)

    async def let_all_in(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        """Refuse what was sent to another address."""
        if request.host != self.host:  # whatever a proxy says of the host beside
            return web.Response(status=421, text="This is not the address of this site.\n")
        answer = await handler(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    def is_ours(self, request: web.Request) -> bool:
        """Say whether a form was sent from one of our pages, as the browser tells."""
        origin = request.headers.get("Origin", "")
        if origin:
            return origin == self.origin
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
