"""One person on two channels, over HTTP."""

from typing import Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from hotline.access.permissions import Permission
from hotline.contacts.links import Links
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route


class Empty(BaseModel):
    """Nothing is asked for."""

    model_config = ConfigDict(extra="forbid")


class DecideLink(BaseModel):
    """Whether two callers are one person."""

    model_config = ConfigDict(extra="forbid")
    answer: Literal["same", "other", "undo"]


class LinkViews:
    """Give a code, see what came of it, decide."""

    def __init__(self, links: Links) -> None:
        self._links = links

    async def give(self, request: web.Request) -> web.StreamResponse:
        """POST /api/contacts/{id}/link-code."""
        await json_body(request, Empty)
        return json_ok(await self._links.give(actor(request), path_uuid(request, "id")))

    async def shown(self, request: web.Request) -> web.StreamResponse:
        """GET /api/contacts/{id}/links."""
        found = await self._links.shown(actor(request), path_uuid(request, "id"))
        return json_ok({"links": found})

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """POST /api/links/{id}/decide."""
        body, link_id = await json_body(request, DecideLink), path_uuid(request, "id")
        if body.answer == "undo":
            await self._links.undo(actor(request), link_id)
        else:
            await self._links.decide(actor(request), link_id, same=body.answer == "same")
        return json_ok({})

    def routes(self) -> list[Route]:
        """What the desk may ask."""
        decide = Permission.CONTACT_LINK_DECIDE
        return [
            Route("GET", "/api/contacts/{id}/links", self.shown, Permission.CONTACT_OWN_READ),
            Route("POST", "/api/contacts/{id}/link-code", self.give, decide),
            Route("POST", "/api/links/{id}/decide", self.decide, decide),
        ]
