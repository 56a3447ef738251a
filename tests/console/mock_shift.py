"""Time for writing up, pauses and who is on shift, in the mock server."""

from aiohttp import web

from tests.console.world import Json, World, ago


class MockShift:
    """More time is given once; a pause begins when nothing is in hand."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def extend(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        card = self.world.own(body["contact_id"])
        if card["wrap_up"]["extended"]:
            return web.json_response({"error": "wrap-up-extended", "text": "…"}, status=409)
        card["wrap_up"] = {"until": ago(-230), "extended": True, "over": False}
        return web.json_response({"wrap_up": card["wrap_up"]})

    async def pause(self, _request: web.Request) -> web.StreamResponse:
        busy = self.world.presence["state"] in {"busy", "wrap_up"}
        now: Json = {"reason": "hard_call"}
        self.world.presence |= now if busy else now | {"state": "break", "until": ago(-290)}
        return web.json_response(self.world.presence)

    async def staff(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"staff": self.world.staff})

    def routes(self) -> list[web.RouteDef]:
        """Beside start, end and presence."""
        return [
            web.post("/api/wrapup/extend", self.extend),
            web.post("/api/pause-after-hard-call", self.pause),
            web.get("/api/shift/staff", self.staff),
        ]
