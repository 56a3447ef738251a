"""Who is asking: the port that the staff room implements, and the cookie that carries the token."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from aiohttp import web

from hotline.access.model import Actor

_KNOWN_S: Final = 180 * 24 * 3600


@dataclass(frozen=True)
class SessionInfo:
    """A live session. `csrf` is the token that unsafe requests of this session must repeat.

    `ends_at` is when it ends if its person does nothing; an act puts that off while `renewable`.
    """

    session_id: UUID
    actor: Actor
    csrf: str
    ends_at: datetime | None = None
    renewable: bool = True


class Sessions(Protocol):
    """Turns the token of a cookie into a session; implemented by the staff room."""

    async def resolve(self, token: str, *, touch: bool = True) -> SessionInfo | None:
        """The session of the token, or None when it is unknown, ended or its person disabled.

        Called once per request: an answer may be up to one second old, never older. Without
        `touch` it is only asked, for a live socket's sign of life is no act of the person.
        """
        ...


class SessionCookie:
    """The cookie with the session token: host-bound and secure, except on plain loopback."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        # Browsers refuse the __Host- prefix without https.
        self.name: Final = "__Host-s" if secure else "h189-s"
        self.known_name: Final = "__Host-k" if secure else "h189-k"

    def read(self, request: web.Request) -> str | None:
        """The token the browser sent, if any."""
        return request.cookies.get(self.name)

    def give(self, response: web.StreamResponse, token: str) -> None:
        """Set the cookie; it ends with the browser session."""
        response.set_cookie(
            self.name, token, secure=self._secure, httponly=True, samesite="Strict", path="/"
        )

    def known(self, request: web.Request) -> str:
        """What the browser kept of earlier sign-ins; empty when nothing."""
        return request.cookies.get(self.known_name, "")

    def remember(self, response: web.StreamResponse, known: str) -> None:
        """Let the browser keep it: it opens nothing, and outlives the session."""
        response.set_cookie(
            self.known_name,
            known,
            max_age=_KNOWN_S,
            secure=self._secure,
            httponly=True,
            samesite="Strict",
            path="/",
        )

    def take(self, response: web.StreamResponse) -> None:
        """Sign the browser out; what its pages kept for this site goes too."""
        response.del_cookie(
            self.name, secure=self._secure, httponly=True, samesite="Strict", path="/"
        )
        # Not "cookies": the browser stays known, or anybody could keep the next person out.
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
