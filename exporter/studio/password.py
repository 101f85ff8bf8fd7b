"""The password of a studio that others on the network can reach (argon2id, RFC 9106), and the page that asks for it."""

from __future__ import annotations

import threading
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exporter.errors import UsageError
from exporter.studio.database import Database
from exporter.studio.pages.page_frame import Studio
from exporter.studio.protection import Sessions, with_session

SHORTEST = 12
"""Characters of a password."""
_LONGEST = 1_000
_PAUSE = 2.0
"""Seconds after a wrong password in which no other is tried."""


def set_password(database: Database, password: str) -> None:
    """Store a password; all sessions end.

    Raises:
        UsageError: It is too short.
    """
    from argon2 import PasswordHasher

    if not SHORTEST <= len(password) <= _LONGEST:
        raise UsageError(
            f"The password has fewer than {SHORTEST} characters, or far too many.", advice="Use a few words."
        )
    database.set_password(PasswordHasher().hash(password))


class PasswordPage:
    """The page that asks for the password.

    Args:
        studio: Workspace and templates.
        sessions: The sessions that it opens.
    """

    def __init__(self, studio: Studio, sessions: Sessions) -> None:
        self._studio = studio
        self._sessions = sessions
        self._trying = threading.Lock()

    def show(self, request: Request) -> Response:
        """Return the form."""
        if not self._studio.workspace.database.password():
            return RedirectResponse("/", 303)
        return self._studio.render(request, "password.html")

    async def enter(self, request: Request) -> Response:
        """Open a session if the password is right."""
        async with request.form(max_files=0, max_fields=2) as form:
            password = str(form.get("password", ""))
        if await run_in_threadpool(self._is_right, password):
            return with_session(RedirectResponse("/", 303), request, self._sessions.new())
        wrong = self._studio.label(request, "password.wrong")
        return self._studio.render(request, "password.html", errors=(wrong,), invalid=("password",), status=403)

    def _is_right(self, password: str) -> bool:
        """Return whether a password is right; one is tried at a time, and after a wrong one there is a pause."""
        from argon2 import PasswordHasher
        from argon2.exceptions import VerificationError

        digest = self._studio.workspace.database.password()
        with self._trying:
            try:
                return bool(digest) and len(password) <= _LONGEST and PasswordHasher().verify(digest, password)
            except VerificationError:
                time.sleep(_PAUSE)
                return False
