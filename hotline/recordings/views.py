"""Recordings over HTTP: steered at the desk, heard by who may."""

import re
from typing import Final

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from hotline.access.permissions import Permission
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.kernel.errors import NotFound
from hotline.recordings.listening import Listening
from hotline.recordings.model import Wish
from hotline.recordings.service import Recordings

_RANGE: Final = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
_LONGEST_NUMBER: Final = 12


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
        """GET /api/recordings/{id}/sound?until=&ticket=: the whole of it, or one range."""
        until = request.query.get("until", "")
        if not until.isascii() or not until.isdecimal() or len(until) > _LONGEST_NUMBER:
            raise NotFound
        sound_id, sound = await self._listening.sound(
            actor(request),
            path_uuid(request, "id"),
            int(until),
            request.query.get("ticket", ""),
        )
        headers = {
            "Accept-Ranges": "bytes",
            "Cache-Control": "no-store",
            "Content-Disposition": "inline",
            "Content-Type": sound.media_type,
        }
        start, stop, status = _range(request.headers.get("Range", ""), sound.length)
        if status == web.HTTPRequestRangeNotSatisfiable.status_code:
            return web.Response(status=status, headers={"Content-Range": f"bytes */{sound.length}"})
        if status == web.HTTPPartialContent.status_code:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{sound.length}"
        answer = web.StreamResponse(status=status, headers=headers)
        answer.content_length = stop - start
        await answer.prepare(request)
        if request.method != "HEAD":
            async for part in self._listening.read(sound_id, start, stop):
                await answer.write(part)
        await answer.write_eof()
        return answer

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


def _range(asked: str, length: int) -> tuple[int, int, int]:
    """Start, stop and status of the answer; what is no simple range is answered with the whole."""
    match = _RANGE.fullmatch(asked.strip())
    if match is None:
        return 0, length, 200
    start = int(match[1])
    stop = min(int(match[2]) + 1, length) if match[2] else length
    return (start, stop, 206) if start < stop else (0, 0, 416)
