"""Records over HTTP."""

from typing import Any, Final

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.consultations.contactpage import ContactPage
from hotline.consultations.model import REASON_LIMIT, Record, record_json
from hotline.consultations.service import Consultations, Saved
from hotline.infra.web.http import actor, json_body, json_bytes, json_ok, path_uuid, words
from hotline.infra.web.routes import Route

CLASH: Final = "record-conflict"
Json = dict[str, Any]


class PatchRecord(BaseModel):
    """What was typed since revision `base_rev`."""

    model_config = ConfigDict(extra="forbid", strict=True)
    base_rev: int = Field(ge=0, le=2**31 - 1)
    fields: dict[str, Any] = Field(max_length=200)


class Finish(BaseModel):
    """Nothing is needed, unless there is danger and nobody was told."""

    model_config = ConfigDict(extra="forbid")
    no_escalation_reason: str = Field(default="", max_length=REASON_LIMIT)


class NonData(Finish):
    """What the contact was instead of a consultation."""

    kind: str = Field(max_length=40)


class Views:
    """The record of a contact, the form it follows, and what else is known of the contact."""

    def __init__(self, consultations: Consultations, page: ContactPage) -> None:
        self._consultations = consultations
        self._page = page
        self._form = json_bytes(consultations.form.to_json())
        self._etag = f'"{consultations.form.version}"'

    async def contact(self, request: web.Request) -> web.StreamResponse:
        """GET /api/contacts/{id}."""
        return json_ok(await self._page.read(actor(request), path_uuid(request, "id")))

    async def record(self, request: web.Request) -> web.StreamResponse:
        """GET /api/contacts/{id}/record."""
        record = await self._consultations.read(actor(request), path_uuid(request, "id"))
        return json_ok(await self._json(record))

    async def patch(self, request: web.Request) -> web.StreamResponse:
        """PATCH /api/contacts/{id}/record; 409 brings the record when a field clashed."""
        body = await json_body(request, PatchRecord)
        contact_id = path_uuid(request, "id")
        saved = await self._consultations.patch(
            actor(request), contact_id, body.base_rev, body.fields
        )
        record = await self._json(saved.record)
        if saved.clashes:
            return json_ok(_clash(request, record, saved), status=409)
        return json_ok({**record, "offer_escalation": saved.offer})

    async def finish(self, request: web.Request) -> web.StreamResponse:
        """POST /api/contacts/{id}/finish."""
        body = await json_body(request, Finish)
        contact_id = await self._consultations.finish(
            actor(request), path_uuid(request, "id"), reason=body.no_escalation_reason
        )
        return json_ok({"contact": await self._page.card(actor(request), contact_id)})

    async def non_data(self, request: web.Request) -> web.StreamResponse:
        """POST /api/contacts/{id}/non-data."""
        body = await json_body(request, NonData)
        contact_id = await self._consultations.close_as(
            actor(request), path_uuid(request, "id"), body.kind, reason=body.no_escalation_reason
        )
        return json_ok({"contact": await self._page.card(actor(request), contact_id)})

    async def form(self, request: web.Request) -> web.StreamResponse:
        """GET /api/forms/consultation: cached by the browser until the form changes."""
        headers = {"ETag": self._etag, "Cache-Control": "private, no-cache"}
        if self._etag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=self._form, content_type="application/json", headers=headers)

    def routes(self) -> list[Route]:
        """What the desk may ask of records."""
        read, write = Permission.CONTACT_OWN_READ, Permission.CONTACT_RECORD_WRITE
        return [
            Route("GET", "/api/contacts/{id}", self.contact, read),
            Route("GET", "/api/contacts/{id}/record", self.record, read),
            Route("PATCH", "/api/contacts/{id}/record", self.patch, write),
            Route("POST", "/api/contacts/{id}/finish", self.finish, write),
            Route("POST", "/api/contacts/{id}/non-data", self.non_data, write),
            Route("GET", "/api/forms/consultation", self.form, Permission.CONSOLE_DESK_USE),
        ]

    async def _json(self, record: Record) -> Json:
        names = await self._page.names(record.author_id)
        return record_json(record, names.get(record.author_id))


def _clash(request: web.Request, record: Json, saved: Saved) -> Json:
    return {
        "error": CLASH,
        "text": words(request, f"error-{CLASH}"),
        "fields": dict.fromkeys(sorted(saved.clashes), CLASH),
        "record": record,
    }
