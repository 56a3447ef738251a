"""Safe contact in the mock server: the record of a caller, promised calls, and the card."""

from typing import Any

from aiohttp import web

from hotline.kernel.languages import LANGS
from tests.console.world import Json, World, ago

WE_SAY = "Это из банка, по поводу карты"
RECORD: Json = {
    "zone": "Europe/Moscow",
    "windows": [{"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "16:00"}],
    "never": False,
    "may_name": False,
    "channels": ["voice"],
    "others": "Двоюродный брат",
    "we_say": WE_SAY,
    "they_say": "Карта у мамы",
    "if_other": "",
    "alarm": "",
}
ZONES = [
    {"key": "Asia/Bishkek", "labels": {"ru": "Кыргызстан"}, "offset": "+06:00"},
    {"key": "Europe/Moscow", "labels": {"ru": "Россия"}, "offset": "+03:00"},
]


def promised(**more: Any) -> Json:  # noqa: ANN401 - any field of the promise
    """The promise on a card, before the call."""
    return {
        "id": "p1",
        "why": "agreed",
        "from": ago(60),
        "until": ago(-3540),
        "reason": "Копия паспорта",
        "attempt": 2,
        "of": 4,
        "protects": True,
        "asks_first": True,
        **more,
    }


ARTICLE: Json = {
    "id": "unpaid",
    "topic": "wages",
    "audience": "callers",
    "title": "Иш үчүн төлөшкөн жок",
    "body": "Карызды кайтарып алса болот.",
    "source": "mlsp.gov.kg",
    "checked_on": "2023-06-08",
    "review": "draft",
}


class MockSafety:
    """Keeps one record for everybody; before `World.safe_from` no call is promised."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.safety, self.rev = RECORD, 1

    async def read(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(
            {
                "safety": self.safety,
                "rev": self.rev,
                "asked_at": ago(86400),
                "stale": False,
                "wrong_at": ago(3600),
                "safe_now": False,
                "next_safe": ago(-7200),
                "zones": ZONES,
            }
        )

    async def write(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.safety, self.rev = body, body.pop("rev") + 1
        return await self.read(request)

    async def agree(self, request: web.Request) -> web.StreamResponse:
        body, safe = await request.json(), self.world.safe_from
        if safe and body["at"] < safe and not body["outside"]:
            failure = {"error": "outside-safe-window", "text": "…", "fields": {"next": safe}}
            return web.json_response(failure, status=409)
        return web.json_response({"id": "p1", "contact_id": "c1", "from": body["at"]})

    async def call(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        one["call"]["callback"] |= {"asks_first": False}
        await self.world.push({"k": "contact.card", **one})
        return web.json_response({})

    async def wrong(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        one |= {"call": {"state": "ended"}, "state": "wrap_up", "left_at": ago(0)}
        await self.world.push({"k": "contact.card", **one})
        return web.json_response({})

    async def erase(self, request: web.Request) -> web.StreamResponse:
        contact = request.match_info["id"]
        for one in self.world.messages.get(contact, []):
            one |= {"text": None, "error": "erased"}
        await self.world.push({"k": "chat.erased", "contact_id": contact})
        return web.json_response({"held": True})

    async def articles(self, request: web.Request) -> web.StreamResponse:
        assert request.query["lang"] in LANGS
        return web.json_response({"articles": [ARTICLE]})

    def routes(self) -> list[web.RouteDef]:
        """Records, promises, and the call after reading."""
        return [
            web.get("/api/contacts/{id}/safety", self.read),
            web.put("/api/contacts/{id}/safety", self.write),
            web.post("/api/contacts/{id}/callback", self.agree),
            web.post("/api/calls/{id}/call-back", self.call),
            web.post("/api/calls/{id}/wrong-answer", self.wrong),
            web.post("/api/chats/{id}/erase", self.erase),
            web.get("/api/knowledge", self.articles),
        ]
