"""A real server on loopback with a few routes, and members of staff who are signed in."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import aiohttp
import pytest

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.i18n.catalogue import Catalogue
from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.routes import Route
from hotline.infra.web.server import serve
from hotline.infra.web.session import SessionInfo
from hotline.infra.web.templates import environment
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import Lang
from hotline.kernel.secret import Secret
from hotline.settings import Server

ORIGIN = "https://desk.example.kg"
CSRF = "c" * 40
SERVER = Server(
    host="127.0.0.1",
    port=0,
    head_deadline_s=1.0,
    body_deadline_s=1.0,
    max_body_bytes=4096,
    metrics_token=Secret(""),
)
LOCALES = Path(__file__).parents[3] / "hotline" / "locales"

Serve = Callable[[list[Route]], Awaitable["Client"]]


class FakeSessions:
    """Tokens are names of the cast."""

    def __init__(self) -> None:
        self.known = {
            "ana": self._info("Ana", Role.OPERATOR, "ky"),
            "vera": self._info("Vera", Role.SUPERVISOR, "ru"),
        }
        self.error: Exception | None = None

    async def resolve(self, token: str, *, touch: bool = True) -> SessionInfo | None:
        del touch
        if self.error is not None:
            raise self.error
        return self.known.get(token)

    def _info(self, name: str, role: Role, lang: Lang) -> SessionInfo:
        actor = Actor(StaffId(new_id()), name, frozenset({role}), lang=lang)
        return SessionInfo(new_id(), actor, CSRF)


@dataclass
class Client:
    """A browser-like client of one server."""

    http: aiohttp.ClientSession
    port: int
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def signed_in(self, name: str) -> "Client":
        return replace(self, headers={**self.headers, "Cookie": f"__Host-s={name}"})

    def from_page(self, csrf: str = CSRF) -> "Client":
        ours = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "X-CSRF": csrf}
        return replace(self, headers={**self.headers, **ours})

    def having(self, **headers: str) -> "Client":
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})

    def without(self, name: str) -> "Client":
        kept = {key: value for key, value in self.headers.items() if key != name}
        return replace(self, headers=kept)

    async def ask(
        self, method: str, path: str, body: bytes | str | None = None
    ) -> tuple[int, str, aiohttp.ClientResponse]:
        async with self.http.request(
            method, self.base + path, data=body, headers=self.headers, allow_redirects=False
        ) as response:
            return response.status, await response.text(), response


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def sessions() -> FakeSessions:
    return FakeSessions()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(LOCALES)


@pytest.fixture
def context(metrics: Metrics, sessions: FakeSessions, catalogue: Catalogue) -> WebContext:
    return WebContext(
        origin=ORIGIN,
        texts=catalogue.t,
        templates=environment(),
        metrics=metrics,
        sessions=sessions,
        body_deadline_s=SERVER.body_deadline_s,
        max_body_bytes=SERVER.max_body_bytes,
    )


@pytest.fixture
async def start(context: WebContext, metrics: Metrics) -> AsyncIterator[Serve]:
    async with contextlib.AsyncExitStack() as stack:

        async def begin(routes: list[Route], around: WebContext = context) -> Client:
            listening = await serve(build_app(routes, around), SERVER, metrics)
            stack.push_async_callback(listening.stop)
            http = await stack.enter_async_context(
                aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
            )
            return Client(http, listening.port)

        yield begin
