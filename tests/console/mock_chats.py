"""Chats in the mock server: messages, notes, corrections, ready answers, who is the same person."""

from aiohttp import web

from tests.console.world import OPERATOR, Json, World, ago, message

REPLIES: list[Json] = [
    {"key": "hello", "texts": {"ky": "Саламатсызбы!", "ru": "Здравствуйте!", "en": "Hello!"}},
    {"key": "safe", "texts": {"ky": "Коопсуз жердесизби?", "ru": "Вы в безопасности?"}},
]


class MockChats:
    """Says what the chat room and the room of contacts would."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def messages(self, request: web.Request) -> web.StreamResponse:
        found = self.world.messages.get(request.match_info["id"], [])
        before = int(request.query.get("before", 0)) or 10**9
        older = [m for m in found if m["id"] < before]
        limit = int(request.query.get("limit", "60"))
        return web.json_response({"messages": older[-limit:], "more": len(older) > limit})

    async def send(self, request: web.Request) -> web.StreamResponse:
        w, contact, body = self.world, request.match_info["id"], await request.json()
        note = request.path.endswith("/notes")
        if w.fail_sends:
            return web.json_response({"error": "message-undeliverable", "text": "…"}, status=409)
        if w.asked_to_stop and not note and not body.get("sure"):
            return web.json_response({"error": "asked-to-stop", "text": "…"}, status=409)
        known = w.messages.setdefault(contact, [])
        found = next((m for m in known if m["client_id"] == body["client_id"]), None)
        if found is None:
            number = max((m["id"] for some in w.messages.values() for m in some), default=0) + 1
            found = message(
                number,
                contact,
                body["text"],
                state="received" if note else "queued",
                kind="note" if note else "text",
                client_id=body["client_id"],
                staff=OPERATOR["name"],
                reply=self._quote(contact, body.get("reply_to")),
                at=ago(0),
                **{"from": "operator"},
            )
            await w.say(found)
        return web.json_response({"message": found})

    async def close_chat(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        one |= {"state": "wrap_up", "left_at": ago(0)}
        await self.world.push({"k": "contact.card", **one})
        return web.json_response({})

    async def decide(self, request: web.Request) -> web.StreamResponse:
        number, action = int(request.match_info["id"]), (await request.json())["action"]
        found = next(m for some in self.world.messages.values() for m in some if m["id"] == number)
        found |= (
            {"state": "queued"} if action == "resend" else {"state": "failed", "error": "dropped"}
        )
        await self.world.push({"k": "chat.message", **found})
        return web.json_response({"message": found})

    async def edit(self, request: web.Request) -> web.StreamResponse:
        number, text = int(request.match_info["id"]), (await request.json())["text"]
        found = next(m for some in self.world.messages.values() for m in some if m["id"] == number)
        found |= {"text": text, "edited_at": ago(0), "edit": {"state": "queued", "error": None}}
        await self.world.push({"k": "chat.message", **found})
        return web.json_response({"message": found})

    async def revisions(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"revisions": [{"at": ago(300), "text": "Мурунку сөздөр"}]})

    async def replies(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"replies": REPLIES})

    async def nothing(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({})

    async def links(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"links": self.world.links})

    async def code(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"code": "ACDE-F347", "until": ago(-900)})

    async def decide_link(self, request: web.Request) -> web.StreamResponse:
        answer = (await request.json())["answer"]
        state = {"same": "confirmed"}.get(answer)
        kept = [one | {"state": state} for one in self.world.links] if state else []
        self.world.links = kept
        await self.world.push({"k": "contact.links", "contact_id": self.world.mine[1]["id"]})
        return web.json_response({})

    async def earlier(self, request: web.Request) -> web.StreamResponse:
        said = message(1, request.match_info["id"], "Былтыр жазганмын")
        return web.json_response({"messages": [said], "more": False})

    def _quote(self, contact: str, number: int | None) -> Json | None:
        found = (m for m in self.world.messages.get(contact, []) if m["id"] == number)
        return next(({k: m[k] for k in ("id", "from", "kind", "text")} for m in found), None)

    def routes(self) -> list[web.RouteDef]:
        """Everything of chats under /api."""
        get, post = web.get, web.post
        return [
            get("/api/chats/{id}/messages", self.messages),
            post("/api/chats/{id}/messages", self.send),
            post("/api/chats/{id}/notes", self.send),
            post("/api/chats/{id}/typing", self.nothing),
            post("/api/chats/{id}/close", self.close_chat),
            get("/api/chats/{contact}/earlier/{id}", self.earlier),
            post("/api/messages/{id}/decide", self.decide),
            post("/api/messages/{id}/edit", self.edit),
            get("/api/messages/{id}/revisions", self.revisions),
            get("/api/replies", self.replies),
            get("/api/contacts/{id}/links", self.links),
            post("/api/contacts/{id}/link-code", self.code),
            post("/api/links/{id}/decide", self.decide_link),
        ]
