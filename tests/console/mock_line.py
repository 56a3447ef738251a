"""The settings of the line, in the mock server: hours, closing, announcement, blocks."""

from typing import Any

from aiohttp import web

from tests.console.world import Json, World, ago, ident

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TOPICS = ["abroad", "documents", "wages", "ban"]


class MockLine:
    """What is set counts at once; another version of the hours is refused."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hours: Json = {
            "version": 3,
            "timezone": "Asia/Bishkek",
            "week": {day: ["08:00-20:00"] for day in WEEKDAYS[:5]} | {"saturday": ["10:00-15:00"]},
            "days": {"2027-01-01": []},
            "open": True,
            "opens_at": None,
            "closing_version": 0,
            "closing": None,
        }
        self.told: Json = {"topic": None, "until": None, "topics": TOPICS}
        self.recording: Json = {"on": False, "bar": None}
        self.queues: list[Json] = [
            queue("calls", "Звонки", door="overflow"),
            queue("chats", "Чаты"),
        ]
        self.gone = ["nights"]
        self.blocks: list[Json] = [block(1)]
        self.floods: list[Json] = [flood("+9965551"), flood("hidden", mode="open", by=ident(1))]

    async def read_hours(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self.hours)

    async def set_hours(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if body.pop("version") != self.hours["version"]:
            return web.json_response({"error": "conflict", "text": "…"}, status=409)
        self.hours |= {**body, "version": self.hours["version"] + 1}
        return web.json_response(self.hours)

    async def close(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if body.pop("version") != self.hours["closing_version"]:
            return web.json_response({"error": "conflict", "text": "…"}, status=409)
        closing = {**body, "by": ident(1), "at": ago(0)}
        self.hours |= {"open": False, "closing": closing, "opens_at": body["until"]}
        self.hours["closing_version"] += 1
        return web.json_response(self.hours)

    async def open(self, _request: web.Request) -> web.StreamResponse:
        self.hours |= {"open": True, "closing": None, "opens_at": None}
        self.hours["closing_version"] += 1
        return web.json_response(self.hours)

    async def announcement(self, request: web.Request) -> web.StreamResponse:
        if request.method == "PUT":
            self.told |= await request.json()
        return web.json_response(self.told)

    async def record(self, request: web.Request) -> web.StreamResponse:
        if request.method == "PUT":
            self.recording |= await request.json()
        return web.json_response(self.recording)

    async def read_queues(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"queues": self.queues, "gone": self.gone})

    async def set_queue(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        name = request.match_info["id"]
        if name in self.gone:
            self.gone.remove(name)
            return await self.read_queues(request)
        one = next(each for each in self.queues if each["id"] == name)
        hand = {"until": body["until"], "by": "Вера", "at": ago(0)} if body["door"] else None
        one |= {"door": body["door"] or "open", "hand": hand}
        return await self.read_queues(request)

    async def read_blocks(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"blocks": self.blocks})

    async def block(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.blocks.append(block(2, reason=body["reason"], until=body["until"]))
        return web.json_response({})

    async def lift(self, request: web.Request) -> web.StreamResponse:
        self.blocks = [b for b in self.blocks if b["id"] != request.match_info["id"]]
        return web.json_response({})

    async def read_floods(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"floods": self.floods})

    async def set_flood(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        await self._drop(body["prefix"])
        self.floods.insert(0, flood(**body, by=ident(1)))
        return await self.read_floods(request)

    async def end_flood(self, request: web.Request) -> web.StreamResponse:
        await self._drop((await request.json())["prefix"])
        return await self.read_floods(request)

    async def _drop(self, prefix: str) -> None:
        self.floods = [one for one in self.floods if one["prefix"] != prefix]

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/line."""
        return [
            web.get("/api/line/hours", self.read_hours),
            web.put("/api/line/hours", self.set_hours),
            web.post("/api/line/close", self.close),
            web.post("/api/line/open", self.open),
            web.get("/api/line/announcement", self.announcement),
            web.put("/api/line/announcement", self.announcement),
            web.get("/api/line/recording", self.record),
            web.put("/api/line/recording", self.record),
            web.get("/api/line/queues", self.read_queues),
            web.put("/api/line/queues/{id}", self.set_queue),
            web.get("/api/line/blocks", self.read_blocks),
            web.post("/api/line/blocks", self.block),
            web.delete("/api/line/blocks/{id}", self.lift),
            web.get("/api/line/floods", self.read_floods),
            web.put("/api/line/floods", self.set_flood),
            web.post("/api/line/floods/end", self.end_flood),
        ]


def queue(name: str, title: str, **more: Any) -> Json:  # noqa: ANN401 - any field of a queue
    """A queue with somebody in it, open by its rule."""
    said = {lang: f"{title} ({lang})" for lang in ("ky", "ru", "uz", "en")}
    return {
        "id": name,
        "name": said,
        "kinds": [],
        "languages": [],
        "topics": [],
        "waiting_over": 20,
        "longest_min": 15,
        "door": "open",
        "hand": None,
        "waiting": 3,
        "since": ago(200),
        "on_shift": [{"name": "Айгүл", "state": "busy"}],
        "says": {door: {"voice": said} for door in ("overflow", "closed")},
        **more,
    }


def block(number: int, **more: Any) -> Json:  # noqa: ANN401 - any field of a block
    """A number that is kept out."""
    return {
        "id": ident(950 + number),
        "masked": f"+996 555 ··· ·{number + 10}",
        "reason": "Ложные вызовы, 40 за час",
        "until": ago(-86_400),
        "by": None,
        **more,
    }


def flood(prefix: str, **more: Any) -> Json:  # noqa: ANN401 - any field of a flood
    """Numbers that call too often, counted by the line itself."""
    return {
        "prefix": prefix,
        "mode": "flood",
        "since": ago(300),
        "until": ago(-900),
        "reason": "Горячая линия организации" if more.get("by") else None,
        "by": None,
        **more,
    }
