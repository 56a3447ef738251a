"""Recordings over HTTP: steered at the desk, heard by who may."""

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from hotline.access.permissions import Permission
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.ranges import send_range
from hotline.infra.web.routes import Route
from hotline.recordings.listening import Listening
from hotline.recordings.model import Wish
from hotline.recordings.service import Recordings


class Steer(BaseModel):
    """How the talk is to be recorded from now on."""

    model_config = ConfigDict(extra="forbid")
    state: Wish


class Views:
    """Addresses of the desk and of the log."""

    def __init__(self, recordings: Recordings, listening: Listening) -> None:
        self._recordings = recordings
        self._listening = listening

    async def steer(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/recording."""
        body = await json_body(request, Steer)
        await self._recordings.steer(actor(request), path_uuid(request, "contact"), body.state)
        return json_ok({})

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        """POST /api/recordings/{id}/ticket."""
        found = await self._listening.ticket(actor(request), path_uuid(request, "id"))
        return json_ok(found)

    async def sound(self, request: web.Request) -> web.StreamResponse:
        """GET /api/recordings/{id}/sound?t=: the whole of it, or one range."""
        ticket = request.query.get("t", "")
        sound_id, sound = await self._listening.sound(
            actor(request), path_uuid(request, "id"), ticket
        )
        return await send_range(
            request,
            sound.media_type,
            sound.length,
            lambda start, stop: self._listening.read(sound_id, start, stop),
        )

    def routes(self) -> list[Route]:
        """All of them."""
        play = Permission.CALL_RECORDING_PLAY
        return [
            Route(
                "POST",
                "/api/calls/{contact}/recording",
                self.steer,
                Permission.CALL_LINE_TALK,
            ),
            Route("POST", "/api/recordings/{id}/ticket", self.ticket, play),
            Route("GET", "/api/recordings/{id}/sound", self.sound, play),
        ]
