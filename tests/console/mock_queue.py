"""Taking from the queue, and assigning, for the mock server."""

from aiohttp import web

from tests.console.world import OPERATOR, OTHER, World, card, ident, record

NOT_YOU = ident(77)


class MockQueue:
    """Three colleagues may have room, one has a break; OTHER takes what is in `taken` before."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def take(self, request: web.Request) -> web.StreamResponse:
        found = next(q for q in self.world.queue if q["id"] == request.match_info["id"])
        self.world.queue.remove(found)
        await self.world.push({"k": "queue.gone", "id": found["id"], "why": "left"})
        if self.world.asked:
            gone = {"k": "offer.gone", "id": self.world.asked, "reason": "withdrawn"}
            await self.world.push(gone | {"how": "withdrawn", "by": None})
        if found["id"] in self.world.taken:
            gone = {"how": "taken", "by": OTHER["name"]}
            body = {"error": "offer-gone", "text": "…", "fields": gone}
            return web.json_response(body, status=409)
        mine = card(found["id"], found["channel"], state="talking")
        self.world.mine.append(mine)
        self.world.records[mine["id"]] = record(mine["id"])
        return web.json_response({"contact": mine})

    async def assign(self, request: web.Request) -> web.StreamResponse:
        if (await request.json())["staff_id"] == OTHER["id"]:
            return web.json_response({})
        body = {"error": "assign-asked", "text": "другое обращение"}
        return web.json_response(body, status=409)

    async def staff(self, _request: web.Request) -> web.StreamResponse:
        people = (
            (OPERATOR, "busy", ["ru"]),
            (OTHER, "available", ["ky", "ru"]),
            ({"id": NOT_YOU, "name": "Вера"}, "wrap_up", ["uz"]),
            ({"id": ident(78), "name": "Глеб"}, "break", ["ru"]),
        )
        staff = [one | {"state": state, "languages": able} for one, state, able in people]
        return web.json_response({"staff": staff})

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/queue."""
        return [
            web.get("/api/queue/staff", self.staff),
            web.post("/api/queue/{id}/take", self.take),
            web.post("/api/queue/{id}/assign", self.assign),
        ]
