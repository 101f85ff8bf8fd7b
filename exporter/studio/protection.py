"""Protection of a web application on this machine from other web pages, other programs and other users.

Requests are answered only for the own host names (against DNS rebinding), with a session whose secret came from the
address that the command printed, and, if they change anything, only from pages of the studio itself.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exporter.studio.database import Database

HOSTS = ("127.0.0.1", "localhost")
"""Host names under which the studio answers."""
MAXIMUM_BODY = 300_000_000
"""Bytes of a request."""
_TOO_LARGE = f"Refused: more than {MAXIMUM_BODY // 1_000_000} MB."
VIEW = "/view/"
"""Beginning of the addresses of previews: their secret is part of the address, and they use no session."""
ASKING = "/password"
"""Address of the page that asks for the password."""
ICON = "/favicon.ico"
"""Icon that browsers ask for, with previews too."""
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CONTENT_POLICY = (
    "sandbox allow-popups; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "media-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Content Security Policy of files that contain text or images of users: they run no script and send no form."""
PREVIEW_HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    # A sandboxed page has an origin of its own, and yet loads its images and recordings.
    "Cross-Origin-Resource-Policy": "cross-origin",
    # In frames of the studio, but of no other page.
    "X-Frame-Options": "SAMEORIGIN",
}
"""Headers of previews."""
REPORT_HEADERS: Mapping[str, str] = PREVIEW_HEADERS | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'self'"
    )
}
"""Headers of the report, which is not of users: its links lead to pages of the studio, with the session."""
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def digest_of(secret: str) -> str:
    """Return the digest under which a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Sessions:
    """The one-time token of the printed address, and the sessions that it has opened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def new_token(self) -> str:
        """Return a token that opens one session; an earlier token is no longer valid."""
        token = secrets.token_urlsafe(32)
        self._database.set_token(digest_of(token))
        return token

    def open(self, token: str) -> str | None:
        """Return the secret of a new session, or None if the token is wrong or was used before."""
        return self.new() if token and self._database.take_token(digest_of(token)) else None

    def new(self) -> str:
        """Return the secret of a new session."""
        secret = secrets.token_urlsafe(32)
        self._database.add_session(digest_of(secret))
        return secret

    @property
    def has_password(self) -> bool:
        """Whether a password opens a session, too."""
        return bool(self._database.password())

    def is_open(self, secret: str) -> bool:
        """Return whether there is a session with this secret."""
        return bool(secret) and self._database.has_session(digest_of(secret))


class Protection:
    """Middleware that refuses requests without a session or from other pages, and adds the protecting headers."""

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(Request(scope)) or self._app
        await answer(scope, _limited(receive), send_protected)

    def _refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that does not reach the pages, or None."""
        if request.method in _UNSAFE and not is_same_origin(request.headers):
            return PlainTextResponse("Refused: the request came from another web page.", 403)
        if int(request.headers.get("content-length", "0") or "0") > MAXIMUM_BODY:
            return PlainTextResponse(_TOO_LARGE, 413)
        if request.url.path.startswith((VIEW, "/static/", ICON)) or request.url.path == ASKING:
            return None
        cookie = cookie_name(request)
        if self._sessions.is_open(request.cookies.get(cookie, "")):
            return RedirectResponse("/", 303) if "token" in request.query_params else None
        secret = self._sessions.open(request.query_params.get("token", ""))
        if secret is None and self._sessions.has_password and request.method == "GET":
            return RedirectResponse(ASKING, 303)
        if secret is None or request.method != "GET":
            return PlainTextResponse(
                "This page is open only in the browser that started it. Start the studio again, and open the address "
                "that it prints.",
                403,
            )
        return with_session(RedirectResponse("/", 303), request, secret)


def with_session(response: Response, request: Request, secret: str) -> Response:
    """Return a response with the cookie of a session; it is sent by HTTPS alone if it was set by HTTPS."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(cookie_name(request), secret, httponly=True, samesite="strict", path="/", secure=is_secure)
    return response


def cookie_name(request: Request) -> str:
    """Return the name of the cookie; cookies do not distinguish ports, so the name contains it."""
    return f"exporter-studio-{request.url.port or 80}"


def is_same_origin(headers: Headers) -> bool:
    """Return whether a request came from a page of the studio: by `Sec-Fetch-Site`, else by `Origin`."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == headers.get("host", "")


def _limited(receive: Receive) -> Receive:
    """Return a receiver that ends a request whose body is larger than allowed, whatever its length header says."""
    total = 0

    async def receive_limited() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MAXIMUM_BODY:
            raise HTTPException(413, _TOO_LARGE)
        return message

    return receive_limited
