"""The safe-contact record over HTTP."""

from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.contacts.model import CHANNEL_CODE
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.safety import from_json
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.kernel.text import clean

_WORDS = 500
_Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
_Day = Annotated[int, Field(ge=0, le=6)]
_Channel = Annotated[str, Field(pattern=f"^{CHANNEL_CODE.pattern}$")]
_Words = Annotated[str, Field(max_length=_WORDS)]


class _Window(BaseModel):
    """Hours of some days; `to` at or before `from` is of the next day."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    days: set[_Day] = Field(min_length=1)
    begin: _Clock = Field(alias="from")
    end: _Clock = Field(alias="to")


class WriteSafety(BaseModel):
    """The whole record, over revision `rev`."""

    model_config = ConfigDict(extra="forbid")
    rev: int = Field(ge=0, le=2**31 - 1)
    zone: str = Field(max_length=60)
    windows: list[_Window] = Field(default=[], max_length=20)
    never: bool = False
    may_name: bool = False
    channels: set[_Channel] = set()
    others: _Words = ""
    we_say: _Words = ""
    they_say: _Words = ""
    if_other: _Words = ""
    alarm: _Words = ""


class Views:
    """Read it and write it, by contact."""

    def __init__(self, safe: SafeContact) -> None:
        self._safe = safe

    async def read(self, request: web.Request) -> web.StreamResponse:
        """GET /api/contacts/{id}/safety."""
        return json_ok(await self._safe.read(actor(request), path_uuid(request, "id")))

    async def write(self, request: web.Request) -> web.StreamResponse:
        """PUT /api/contacts/{id}/safety."""
        body = await json_body(request, WriteSafety)
        value = body.model_dump(mode="json", by_alias=True, exclude={"rev"})
        for name in ("others", "we_say", "they_say", "if_other", "alarm"):
            value[name] = clean(value[name], limit=_WORDS).strip()
        contact_id = path_uuid(request, "id")
        return json_ok(
            await self._safe.write(actor(request), contact_id, body.rev, from_json(value))
        )

    def routes(self) -> list[Route]:
        """What the desk may ask."""
        path = "/api/contacts/{id}/safety"
        return [
            Route("GET", path, self.read, Permission.CONTACT_SAFETY_READ),
            Route("PUT", path, self.write, Permission.CONTACT_SAFETY_EDIT),
        ]
