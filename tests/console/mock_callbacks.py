"""Promises to call back and messages that callers left, in the mock server."""

import io
import wave
from typing import Any

from aiohttp import web

from tests.console.world import Json, World, ago, ident

SILENCE_S = 2


class MockCallbacks:
    """Calling moves it to the front, as in truth; what is put off or closed is listed no longer."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.open: list[Json] = [
            promise(1),
            promise(2, safety=True, attempts=1, due_at=ago(-3600)),
            promise(3, why="message", message=left(980), can_call=False),
            promise(4, **unsafe(), due_at=ago(-7200), why="agreed"),
            promise(6, **unsafe(-14400), overdue=True, why="agreed"),
            promise(5, busy=True, why="missed", attempts=1, tries=3, tried_as="abandoned"),
        ]
        self.undecided: list[Json] = [
            promise(number, state="undecided", attempts=3, **unsafe(-14400)) for number in (7, 8)
        ]

    async def listed(self, request: web.Request) -> web.StreamResponse:
        lists = {"open": self.open, "undecided": self.undecided}
        found = lists.get(request.query.get("state", "open"), [])
        return web.json_response({"callbacks": found, "next": None})

    async def one(self, request: web.Request) -> web.StreamResponse:
        found = self._find(request)
        return web.json_response({"callback": found})

    async def call(self, request: web.Request) -> web.StreamResponse:
        found = self._find(request)
        if found["busy"]:
            return web.json_response({"error": "conflict", "text": "busy"}, status=409)
        found["due_at"] = None
        return web.json_response({})

    async def drop(self, request: web.Request) -> web.StreamResponse:
        found = self._find(request)
        (self.open if found in self.open else self.undecided).remove(found)
        return web.json_response({})

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        url = f"/api/messages/{request.match_info['id']}/sound?t=1"
        return web.json_response({"url": url, "duration_s": SILENCE_S, "peaks": [9, 200, 90]})

    async def sound(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(body=silence(), content_type="audio/wav")

    def _find(self, request: web.Request) -> Json:
        for found in [*self.open, *self.undecided]:
            if found["id"] == request.match_info["id"]:
                return found
        raise web.HTTPNotFound

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/callbacks, and the sound of messages."""
        one = "/api/callbacks/{id}"
        return [
            web.get("/api/callbacks", self.listed),
            web.get(one, self.one),
            web.post(f"{one}/call", self.call),
            web.post(f"{one}/put-off", self.drop),
            web.post(f"{one}/close", self.drop),
            web.post(f"{one}/again", self.drop),
            web.post(f"{one}/give-up", self.drop),
            web.post("/api/messages/{id}/ticket", self.ticket),
            web.get("/api/messages/{id}/sound", self.sound),
        ]


def promise(number: int, **more: Any) -> Json:  # noqa: ANN401 - any field of a callback
    """Somebody who is to be called back, and it is time."""
    return {
        "id": ident(960 + number),
        "contact_id": ident(970 + number),
        "why": "waiting",
        "state": "open",
        "masked": f"+996 700 ··· ·{number + 20}",
        "language": "ky",
        "topic": "wages",
        "asked_at": ago(1800),
        "danger": False,
        "due_at": ago(60),
        "expires_at": ago(-7200),
        "attempts": 0,
        "tries": 1,
        "tried_at": ago(1800),
        "tried_as": None,
        "excepted": None,
        "exception_over": False,
        "can_call": True,
        "busy": False,
        "agreed": None,
        "overdue": False,
        "safe_now": True,
        "next_safe": None,
        "safety": False,
        "message": None,
        **more,
    }


def left(number: int, state: str = "kept") -> Json:
    """What somebody said after the tone."""
    return {"id": ident(number), "length_s": 34, "at": ago(900), "state": state}


def unsafe(ahead: float = 7200) -> Json:
    """Promised for the hour that begins in so many seconds."""
    begins = ago(-ahead)
    hours = {"from": begins, "until": ago(-ahead - 3600)}
    safe = begins if ahead > 0 else None
    return {"agreed": hours, "safe_now": False, "next_safe": safe, "safety": True}


def silence() -> bytes:
    """A sound that a browser plays."""
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(b"\x80" * 8000 * SILENCE_S)
    return made.getvalue()
