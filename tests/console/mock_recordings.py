"""Recordings in the mock server: one that was kept, one that was destroyed."""

import io
import wave

from aiohttp import web

from tests.console.world import Json, ago, ident

KEPT, DESTROYED = ident(971), ident(972)
LENGTH_S = 20
RECORDINGS: list[Json] = [
    {
        "id": DESTROYED,
        "at": ago(3_000_000),
        "state": "destroyed",
        "length_s": 61,
        "until": None,
        "destroyed_at": ago(400_000),
    },
    {
        "id": KEPT,
        "at": ago(400),
        "state": "kept",
        "length_s": LENGTH_S,
        "until": ago(-2_000_000),
        "destroyed_at": None,
    },
]


class MockRecordings:
    """Hands out the sound range by range, as the real one does."""

    def __init__(self) -> None:
        self.sound = silence()

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        url = f"/api/recordings/{request.match_info['id']}/sound?t=x"
        peaks = [n % 256 for n in range(400)]
        return web.json_response({"url": url, "duration_s": LENGTH_S, "peaks": peaks})

    async def hear(self, request: web.Request) -> web.StreamResponse:
        asked = request.http_range
        start, stop = asked.start or 0, asked.stop or len(self.sound)
        headers = {
            "Accept-Ranges": "bytes",
            "Content-Range": f"bytes {start}-{stop - 1}/{len(self.sound)}",
        }
        body = self.sound[start:stop]
        return web.Response(status=206, body=body, headers=headers, content_type="audio/wav")

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/recordings."""
        return [
            web.post("/api/recordings/{id}/ticket", self.ticket),
            web.get("/api/recordings/{id}/sound", self.hear),
        ]


def silence() -> bytes:
    """Two quiet sides."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(4 * 8000 * LENGTH_S))
    return file.getvalue()
