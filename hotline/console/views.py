"""The frame of the desk: the shell page, the snapshot, the socket and the static files."""

import base64
from collections.abc import Callable
from typing import Any, Final

import structlog
from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.console.assets import Assets
from hotline.console.live import Hub
from hotline.console.ports import SnapshotPart
from hotline.infra.db import Database
from hotline.infra.web.context import WEB
from hotline.infra.web.http import actor, iso, json_body, json_bytes, json_ok, session, words
from hotline.infra.web.routes import Public, Route
from hotline.infra.web.templates import page
from hotline.infra.web.websocket import Sockets
from hotline.kernel.ids import StaffId

log = structlog.get_logger(__name__)

SUBPROTOCOL: Final = "h189.1"
ENTRY: Final = "desk/desk.js"
# One page for all of them: the router in the browser draws the screen, the API checks the right.
SCREENS: Final = (
    "/console",
    "/log",
    "/log/{id}",
    "/callbacks",
    "/cases",
    "/cases/{id}",
    "/line",
    "/roster",
    "/staffing",
    "/jobs",
    "/audit",
)
Json = dict[str, Any]


class ClientError(BaseModel):
    """What a desk reports of its own failures: a code and a place, never what somebody typed."""

    model_config = ConfigDict(extra="ignore")
    what: str = Field(max_length=200, pattern=r"^[\w .:()-]*$")
    where: str = Field(default="", max_length=200, pattern=r"^[\w./:-]*$")


class Views:
    """The console's own addresses.

    `parts` are the rooms' shares of the snapshot; `facts` stand in every boot block (which form,
    which telephones this installation allows). `draft_key` gives the 32 bytes that seal a person's
    drafts on the desk's computer, where they are never stored: the same in the next session, so
    that unsent words outlive this one.
    """

    def __init__(
        self,
        db: Database,
        hub: Hub,
        sockets: Sockets,
        assets: Assets,
        parts: list[SnapshotPart],
        facts: Json,
        *,
        draft_key: Callable[[StaffId], bytes],
    ) -> None:
        self._db = db
        self._hub = hub
        self._sockets = sockets
        self._assets = assets
        self._parts = parts
        self._facts = facts
        self._draft_key = draft_key

    async def home(self, _request: web.Request) -> web.StreamResponse:
        """GET /: the desk is the home page."""
        raise web.HTTPSeeOther("/console")

    async def shell(self, request: web.Request) -> web.StreamResponse:
        """The one page of the console, with everything the first view needs inlined."""
        who = actor(request)
        boot = {
            "csrf": session(request).csrf,
            "build": self._assets.tree,
            "lang": who.lang,
            "me": {
                "id": who.staff_id,
                "name": who.name,
                "roles": sorted(who.roles),
                "permissions": sorted(who.permissions),
                "lang": who.lang,
                "phone_mode": who.phone_mode,
            },
            "server_time": iso(self._hub.now()),
            "catalogue": self._assets.catalogue(who.lang),
            "statics": self._assets.base,
            **self._facts,
            "draft_key": base64.b64encode(self._draft_key(who.staff_id)).decode(),
            "snapshot": await self._snapshot(request),
        }
        return page(
            request,
            "shell.html",
            lang=who.lang,
            statics=self._assets.base,
            preload=self._assets.preload(ENTRY),
            boot=json_bytes(boot).decode().replace("<", "\\u003c"),
            words={
                "title": words(request, "app-title"),
                "loading": words(request, "app-loading"),
                "no_script": words(request, "app-no-script"),
            },
        )

    async def snapshot(self, request: web.Request) -> web.StreamResponse:
        """GET /api/desk/snapshot."""
        return json_ok(await self._snapshot(request))

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """GET /ws/desk: the live socket."""
        who = actor(request)
        token = request.app[WEB].cookie.read(request) or ""
        async with self._sockets.accept(request, SUBPROTOCOL) as socket:
            await self._hub.talk(socket, who, token, request.query.get("resume", ""))
        return socket.response

    async def client_error(self, request: web.Request) -> web.StreamResponse:
        """POST /api/client-errors."""
        report = await json_body(request, ClientError)
        log.warning("desk.error", length=len(report.what))
        return json_ok({})

    def routes(self) -> list[Route]:
        """Pages, statics, snapshot and socket."""
        use = Permission.CONSOLE_DESK_USE
        pages = [Route("GET", path, self.shell, use) for path in SCREENS]
        return [
            Route("GET", "/", self.home, use),
            *pages,
            Route("GET", "/api/desk/snapshot", self.snapshot, use),
            Route("GET", "/ws/desk", self.socket, use),
            Route("POST", "/api/client-errors", self.client_error, use),
            Route(
                "GET",
                "/console/{tree}/{path:.+}",
                self._assets.handle,
                Public("the page before sign-in needs its style; no content of anybody"),
            ),
        ]

    async def _snapshot(self, request: web.Request) -> Json:
        who = actor(request)
        # Read before the rows: an event told meanwhile is then repeated, never missed.
        snapshot: Json = {
            "epoch": self._hub.epoch,
            "seq": self._hub.number_of(who.staff_id),
            "server_time": iso(self._hub.now()),
            "online": self._hub.online(),
        }
        async with self._db.uow() as uow:
            for part in self._parts:
                snapshot |= await part.snapshot(uow, who)
        return snapshot
