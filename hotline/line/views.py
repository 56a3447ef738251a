"""The line's settings over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from hotline.access.permissions import Permission
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.kernel.errors import Invalid
from hotline.line.blocks import Blocks
from hotline.line.floods import Floods
from hotline.line.model import FloodMode
from hotline.line.service import LineDesk

_Span = Annotated[str, StringConstraints(max_length=20)]
_Spans = Annotated[list[_Span], Field(max_length=12)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class HoursBody(_Body):
    """The hours file's values, and the version they were made from."""

    version: Annotated[int, Field(ge=0)]
    timezone: Annotated[str, StringConstraints(max_length=64)]
    week: dict[str, _Spans]
    days: Annotated[dict[date, _Spans], Field(max_length=400)] = Field(default_factory=dict)


class ClosingBody(_Body):
    """Until when, and why: words for colleagues, not for callers; and the closing version seen."""

    version: Annotated[int, Field(ge=0)]
    until: AwareDatetime | None
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class AnnouncementBody(_Body):
    """An intake topic and the end of its announcement; no topic ends the one there is."""

    topic: str | None
    until: AwareDatetime | None


class RecordingBody(_Body):
    """Whether talks are to be recorded."""

    on: bool


class BlockBody(_Body):
    """A number, or the contact whose number it is; until when, and why."""

    number: Annotated[str, StringConstraints(max_length=40)] | None = None
    contact: UUID | None = None
    until: AwareDatetime
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class FloodBody(_Body):
    """A prefix, or a full number for its prefix; what holds for it, until when, and why."""

    prefix: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
    mode: FloodMode
    until: AwareDatetime
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class FloodEndBody(_Body):
    """The prefix for which nothing is to hold any more."""

    prefix: Annotated[str, StringConstraints(max_length=40)]


class Views:
    """For who sets the line."""

    def __init__(self, line: LineDesk, blocks: Blocks, floods: Floods) -> None:
        self._line = line
        self._blocks = blocks
        self._floods = floods

    def routes(self) -> list[Route]:
        """What may be asked and set."""
        manage = Permission.LINE_SETTINGS_MANAGE
        return [
            Route("GET", "/api/line/hours", self.hours, manage),
            Route("PUT", "/api/line/hours", self.set_hours, manage),
            Route("POST", "/api/line/close", self.close, manage),
            Route("POST", "/api/line/open", self.open, manage),
            Route("GET", "/api/line/announcement", self.announcement, manage),
            Route("PUT", "/api/line/announcement", self.announce, manage),
            Route("GET", "/api/line/recording", self.recording, manage),
            Route("PUT", "/api/line/recording", self.record, manage),
            Route("GET", "/api/line/blocks", self.blocks, manage),
            Route("POST", "/api/line/blocks", self.block, manage),
            Route("DELETE", "/api/line/blocks/{id}", self.lift, manage),
            Route("GET", "/api/line/floods", self.floods, manage),
            Route("PUT", "/api/line/floods", self.set_flood, manage),
            Route("POST", "/api/line/floods/end", self.end_flood, manage),
        ]

    async def hours(self, request: web.Request) -> web.StreamResponse:
        """GET /api/line/hours."""
        return json_ok(await self._line.hours(actor(request)))

    async def set_hours(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/line/hours."""
        body = await json_body(request, HoursBody)
        document = body.model_dump(mode="json", exclude={"version"})
        await self._line.set_hours(actor(request), document, body.version)
        return json_ok(await self._line.hours(actor(request)))

    async def close(self, request: web.Request) -> web.StreamResponse:
        """POST /api/line/close."""
        body = await json_body(request, ClosingBody)
        await self._line.close(actor(request), body.until, body.reason, body.version)
        return json_ok(await self._line.hours(actor(request)))

    async def open(self, request: web.Request) -> web.StreamResponse:
        """POST /api/line/open."""
        await self._line.open(actor(request))
        return json_ok(await self._line.hours(actor(request)))

    async def announcement(self, request: web.Request) -> web.StreamResponse:
        """GET /api/line/announcement."""
        return json_ok(await self._line.announcement(actor(request)))

    async def announce(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/line/announcement."""
        body = await json_body(request, AnnouncementBody)
        await self._line.announce(actor(request), body.topic, body.until)
        return json_ok(await self._line.announcement(actor(request)))

    async def recording(self, request: web.Request) -> web.StreamResponse:
        """GET /api/line/recording."""
        return json_ok(await self._line.recording(actor(request)))

    async def record(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/line/recording."""
        body = await json_body(request, RecordingBody)
        await self._line.record(actor(request), on=body.on)
        return await self.recording(request)

    async def blocks(self, request: web.Request) -> web.StreamResponse:
        """GET /api/line/blocks."""
        return json_ok({"blocks": await self._blocks.listed(actor(request))})

    async def block(self, request: web.Request) -> web.StreamResponse:
        """POST /api/line/blocks."""
        who, body = actor(request), await json_body(request, BlockBody)
        if body.contact is not None and body.number is None:
            await self._blocks.block_caller(who, body.contact, body.until, body.reason)
        elif body.number is not None and body.contact is None:
            await self._blocks.block_number(who, body.number, body.until, body.reason)
        else:
            raise Invalid("invalid-input", number="not-an-option")
        return await self.blocks(request)

    async def lift(self, request: web.Request) -> web.StreamResponse:
        """DELETE /api/line/blocks/{id}."""
        await self._blocks.lift(actor(request), path_uuid(request, "id"))
        return await self.blocks(request)

    async def floods(self, request: web.Request) -> web.StreamResponse:
        """GET /api/line/floods."""
        return json_ok({"floods": await self._floods.listed(actor(request))})

    async def set_flood(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/line/floods."""
        body = await json_body(request, FloodBody)
        who = actor(request)
        await self._floods.set(who, body.prefix, body.mode, body.until, body.reason)
        return await self.floods(request)

    async def end_flood(self, request: web.Request) -> web.StreamResponse:
        """POST /api/line/floods/end."""
        body = await json_body(request, FloodEndBody)
        await self._floods.end(actor(request), body.prefix)
        return await self.floods(request)
