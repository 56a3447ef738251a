"""Shift, presence and offers over HTTP."""

from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.infra.db import Database
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.routing.desk import Desk, presence_json, wrap_up_json
from hotline.routing.endings import Endings
from hotline.routing.model import Presence
from hotline.routing.onshift import OnShift
from hotline.routing.service import Routing
from hotline.routing.shifts import Shifts


class StartShift(BaseModel):
    """Which telephone the operator talks on."""

    model_config = ConfigDict(extra="forbid")
    phone_mode: str = Field(max_length=20)


class SetPresence(BaseModel):
    """What the operator asks for."""

    model_config = ConfigDict(extra="forbid")
    state: str = Field(pattern="^(available|break)$")
    reason: str | None = Field(default=None, max_length=40)


class Extend(BaseModel):
    """For which contact more time is needed, and why."""

    model_config = ConfigDict(extra="forbid")
    contact_id: UUID
    reason: str = Field(max_length=40)


class PassOffer(BaseModel):
    """Why the operator lets somebody else take the contact."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(default="other", max_length=40)


class Views:
    """The operator's own shift and offers."""

    def __init__(
        self,
        db: Database,
        routing: Routing,
        shifts: Shifts,
        desk: Desk,
        on_shift: OnShift,
        endings: Endings,
    ) -> None:
        self._db = db
        self._routing = routing
        self._shifts = shifts
        self._desk = desk
        self._on_shift = on_shift
        self._endings = endings

    async def start(self, request: web.Request) -> web.StreamResponse:
        """POST /api/shift/start."""
        body = await json_body(request, StartShift)
        return json_ok(presence_json(await self._shifts.start(actor(request), body.phone_mode)))

    async def end(self, request: web.Request) -> web.StreamResponse:
        """POST /api/shift/end."""
        return json_ok(presence_json(await self._shifts.end(actor(request))))

    async def presence(self, request: web.Request) -> web.StreamResponse:
        """POST /api/presence."""
        body = await json_body(request, SetPresence)
        state = await self._shifts.set(actor(request), Presence(body.state), body.reason)
        return json_ok(presence_json(state))

    async def pause(self, request: web.Request) -> web.StreamResponse:
        """POST /api/pause-after-hard-call."""
        return json_ok(presence_json(await self._shifts.pause(actor(request))))

    async def extend(self, request: web.Request) -> web.StreamResponse:
        """POST /api/wrapup/extend."""
        body = await json_body(request, Extend)
        now = await self._shifts.extend(actor(request), body.contact_id, body.reason)
        return json_ok({"wrap_up": wrap_up_json(now)})

    async def on_shift(self, request: web.Request) -> web.StreamResponse:
        """GET /api/shift/staff."""
        return json_ok({"staff": await self._on_shift.shown(actor(request))})

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """POST /api/offers/{id}/accept."""
        me, offer_id = actor(request), path_uuid(request, "id")
        contact = await self._endings.explained(me, offer_id, self._routing.accept(me, offer_id))
        async with self._db.uow() as uow:
            return json_ok({"contact": await self._desk.card(uow, contact.id, me)})

    async def pass_(self, request: web.Request) -> web.StreamResponse:
        """POST /api/offers/{id}/pass."""
        body = await json_body(request, PassOffer)
        me, offer_id = actor(request), path_uuid(request, "id")
        passing = self._routing.pass_(me, offer_id, body.reason)
        await self._endings.explained(me, offer_id, passing)
        return json_ok({})

    def routes(self) -> list[Route]:
        """What the desk may ask of routing."""
        return [
            Route("POST", "/api/shift/start", self.start, Permission.SHIFT_OWN_MANAGE),
            Route("POST", "/api/shift/end", self.end, Permission.SHIFT_OWN_MANAGE),
            Route("POST", "/api/presence", self.presence, Permission.SHIFT_OWN_MANAGE),
            Route("POST", "/api/pause-after-hard-call", self.pause, Permission.SHIFT_OWN_MANAGE),
            Route("POST", "/api/wrapup/extend", self.extend, Permission.SHIFT_OWN_MANAGE),
            Route("GET", "/api/shift/staff", self.on_shift, Permission.LINE_SETTINGS_MANAGE),
            Route("POST", "/api/offers/{id}/accept", self.accept, Permission.OFFER_OWN_ANSWER),
            Route("POST", "/api/offers/{id}/pass", self.pass_, Permission.OFFER_OWN_ANSWER),
        ]
