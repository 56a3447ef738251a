"""What people may do with the queue over HTTP: take a contact, or give it to somebody."""

from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from hotline.access.permissions import Permission
from hotline.infra.db import Database
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.kernel.ids import StaffId
from hotline.routing.colleagues import Colleagues
from hotline.routing.desk import Desk
from hotline.routing.picking import Picking


class Take(BaseModel):
    """The id of the offer that this press makes; the same press again has the same."""

    model_config = ConfigDict(extra="forbid")
    offer_id: UUID


class Assign(BaseModel):
    """Who is to be asked, and the id of the offer that this press makes."""

    model_config = ConfigDict(extra="forbid")
    staff_id: UUID
    offer_id: UUID


class QueueViews:
    """Of the queue, by those who have the right."""

    def __init__(self, db: Database, picking: Picking, colleagues: Colleagues, desk: Desk) -> None:
        self._db = db
        self._picking = picking
        self._colleagues = colleagues
        self._desk = desk

    async def take(self, request: web.Request) -> web.StreamResponse:
        """POST /api/queue/{contact}/take."""
        body = await json_body(request, Take)
        me = actor(request)
        contact = await self._picking.take(me, path_uuid(request, "contact"), body.offer_id)
        async with self._db.uow() as uow:
            return json_ok({"contact": await self._desk.card(uow, contact.id, me)})

    async def assign(self, request: web.Request) -> web.StreamResponse:
        """POST /api/queue/{contact}/assign."""
        body = await json_body(request, Assign)
        await self._picking.assign(
            actor(request), path_uuid(request, "contact"), StaffId(body.staff_id), body.offer_id
        )
        return json_ok({})

    async def staff(self, _request: web.Request) -> web.StreamResponse:
        """GET /api/queue/staff."""
        async with self._db.uow() as uow:
            return json_ok({"staff": await self._colleagues.listed(uow)})

    def routes(self) -> list[Route]:
        """What may be done with the queue."""
        return [
            Route("POST", "/api/queue/{contact}/take", self.take, Permission.QUEUE_CONTACT_PICK),
            Route(
                "POST", "/api/queue/{contact}/assign", self.assign, Permission.QUEUE_CONTACT_ASSIGN
            ),
            Route("GET", "/api/queue/staff", self.staff, Permission.QUEUE_CONTACT_ASSIGN),
        ]
