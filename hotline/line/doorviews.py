"""Queues over HTTP."""

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict

from hotline.access.permissions import Permission
from hotline.infra.web.http import actor, json_body, json_ok
from hotline.infra.web.routes import Route
from hotline.intake.queues import Door
from hotline.line.doors import QueueDesk


class DoorBody(BaseModel):
    """How the queue is to take new contacts, until when; no door: by its rule again."""

    model_config = ConfigDict(extra="forbid")

    door: Door | None
    until: AwareDatetime | None = None


class DoorViews:
    """For who sets the line."""

    def __init__(self, queues: QueueDesk) -> None:
        self._queues = queues

    def routes(self) -> list[Route]:
        """What may be asked and set."""
        manage = Permission.LINE_SETTINGS_MANAGE
        return [
            Route("GET", "/api/line/queues", self.listed, manage),
            Route("PUT", "/api/line/queues/{id}", self.set, manage),
        ]

    async def listed(self, request: web.Request) -> web.StreamResponse:
        """GET /api/line/queues."""
        return json_ok(await self._queues.listed(actor(request)))

    async def set(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/line/queues/{id}."""
        body = await json_body(request, DoorBody)
        await self._queues.set(actor(request), request.match_info["id"], body.door, body.until)
        return await self.listed(request)
