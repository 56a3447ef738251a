"""Files in the mock server: what a message holds, and the bytes behind it."""

from typing import Any

from aiohttp import web

from hotline.simulator.telegram.sounds import voice_note
from tests.console.world import Json, World, ago, ident, message
from tests.service.chat import evil

PHOTO, VOICE, PAPER = ident(981), ident(982), ident(983)


def file(number: str, kind: str, **more: Any) -> Json:  # noqa: ANN401 - any field of a file
    """A file of a message, still awaited unless told otherwise."""
    return {
        "id": number,
        "kind": kind,
        "state": "awaited",
        "error": None,
        "type": None,
        "show": "download",
        "length": 240_000,
        "width": None,
        "height": None,
        "duration_s": None,
        "album": None,
        "name": None,
        **more,
    }


class MockFiles:
    """Gives tickets, and takes what is sent but for the one that is damaged."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.held = {PHOTO: evil.picture(), VOICE: voice_note(4), PAPER: evil.PDF}
        self.types = {PHOTO: "image/jpeg", VOICE: "audio/ogg", PAPER: "application/octet-stream"}

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["id"]
        ticket = {"duration_s": 4.0 if number == VOICE else 0.0, "peaks": [0, 0, 200, 255]}
        return web.json_response({"url": f"/api/files/{number}/content?t=x", **ticket})

    async def content(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["id"]
        named = {"Content-Disposition": 'attachment; filename="file-1.bin"'}
        body, kind = self.held[number], self.types[number]
        return web.Response(body=body, content_type=kind, headers=named)

    async def send(self, request: web.Request) -> web.StreamResponse:
        body, contact = await request.read(), request.match_info["id"]
        self.world.calls.append(("POST", request.path, {"id": request.query["client_id"]}))
        if self.world.fail_sends:
            refusal = {"error": "file-damaged", "text": "Файл повреждён"}
            return web.json_response(refusal, status=400)
        sent = file(PHOTO, "photo", state="kept", type="jpeg", show="picture", length=len(body))
        mine = {"from": "operator", "state": "queued", "kind": "photo"}
        found = message(70, contact, "", at=ago(0), files=[sent], **mine)
        await self.world.say(found)
        return web.json_response({"message": found})

    def routes(self) -> list[web.RouteDef]:
        """Everything about files."""
        return [
            web.post("/api/chats/{id}/files", self.send),
            web.post("/api/files/{id}/ticket", self.ticket),
            web.get("/api/files/{id}/content", self.content),
        ]
