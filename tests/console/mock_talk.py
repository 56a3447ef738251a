"""The verbs of a talk, in the mock server: hold, third party, transfer, watching."""

from aiohttp import web

from tests.console.world import OTHER, Json, World, ident

BUSY = {"id": ident(903), "name": "Мээрим Садыкова"}
PARTNER = {"id": "iom", "name": "МОМ, миссия в Бишкеке"}
ON_ITS_WAY = ident(804)
RECORDED = {
    "on": {"state": "on", "why": None},
    "paused": {"state": "paused", "why": "operator"},
    "off": {"state": "off", "why": "stopped"},
    "refused": {"state": "off", "why": "refused"},
}


class MockTalk:
    """Each verb changes the own call at once and tells the desk; the real one takes longer."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def _tell(self, contact: Json) -> web.StreamResponse:
        await self.world.push({"k": "contact.card", **contact})
        return web.json_response({})

    async def hold(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        one["call"]["held"] = (await request.json())["on"]
        hear(one["call"])
        return await self._tell(one)

    async def third(self, request: web.Request) -> web.StreamResponse:
        one, body = self.world.own(request.match_info["id"]), await request.json()
        label = PARTNER["name"] if body["partner"] else "+996 ··· ·· 02"
        guest = {"leg": ON_ITS_WAY, "role": "third", "label": label, "state": "ringing"}
        one["call"]["parties"].append(guest)
        one["call"]["held"] = body["caller_held"]
        hear(one["call"])
        return await self._tell(one)

    async def dismiss(self, request: web.Request) -> web.StreamResponse:
        one, leg = self.world.own(request.match_info["id"]), request.match_info["leg"]
        one["call"]["parties"] = [p for p in one["call"]["parties"] if p["leg"] != leg]
        return await self._tell(one)

    async def targets(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        staff = [
            {**BUSY, "state": "busy", "languages": ["ky", "uz"]},
            {**OTHER, "state": "available", "languages": ["ky", "ru"]},
        ]
        can = one["call"]["can"]
        return web.json_response({"staff": staff, "partners": [PARTNER], "can": can})

    async def hand_on(self, request: web.Request) -> web.StreamResponse:
        one, body = self.world.own(request.match_info["id"]), await request.json()
        if body["to"]["kind"] == "queue":
            self.world.mine.remove(one)
            await self.world.push({"k": "contact.gone", "id": one["id"], "why": "transferred"})
            return web.json_response({})
        name = {"staff": OTHER["name"], "partner": PARTNER["name"]}.get(body["to"]["kind"])
        one["call"]["transfer"] = {
            "to_name": name,
            "warm": body["warm"],
            "state": "asked",
            "mine": "from",
        }
        one["call"]["held"] = True
        hear(one["call"])
        return await self._tell(one)

    async def finish(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        self.world.mine.remove(one)
        await self.world.push({"k": "contact.gone", "id": one["id"], "why": "handed_over"})
        return web.json_response({})

    async def back(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        one["call"] |= {"transfer": None, "held": False}
        one["call"]["parties"] = one["call"]["parties"][:2]
        hear(one["call"])
        return await self._tell(one)

    async def recording(self, request: web.Request) -> web.StreamResponse:
        one, wish = self.world.own(request.match_info["id"]), (await request.json())["state"]
        one["call"]["recording"] = RECORDED[wish]
        return await self._tell(one)

    async def watch(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"mode": (await request.json())["mode"]})

    async def joined(self, contact: str) -> None:
        """Whoever was asked is in the room."""
        one = self.world.own(contact)
        one["call"]["transfer"]["state"] = "talking"
        guest = {
            "leg": ON_ITS_WAY,
            "role": "operator",
            "label": OTHER["name"],
            "state": "here",
        }
        one["call"]["parties"].append(guest)
        await self._tell(one)

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/calls but its end."""
        call = "/api/calls/{id}"
        return [
            web.post(f"{call}/hold", self.hold),
            web.post(f"{call}/third", self.third),
            web.delete(f"{call}/third/{{leg}}", self.dismiss),
            web.get(f"{call}/targets", self.targets),
            web.post(f"{call}/transfer", self.hand_on),
            web.post(f"{call}/transfer/finish", self.finish),
            web.post(f"{call}/transfer/back", self.back),
            web.post(f"{call}/recording", self.recording),
            web.post(f"{call}/watch", self.watch),
        ]


def hear(call: Json) -> None:
    """What the caller hears follows from whether they are held."""
    for party in call["parties"]:
        if party["role"] == "caller":
            party["state"] = "held" if call["held"] else "here"
