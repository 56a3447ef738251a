"""The JSON API of the mock server: as little behaviour as the front end needs to be tried."""

from aiohttp import web

from hotline.i18n.catalogue import Catalogue
from hotline.kernel.languages import as_lang
from tests.console import mock_waited
from tests.console.mock_callbacks import MockCallbacks, left
from tests.console.mock_chats import MockChats
from tests.console.mock_line import MockLine
from tests.console.mock_queue import MockQueue
from tests.console.mock_recordings import RECORDINGS, MockRecordings
from tests.console.mock_roster import MockRoster
from tests.console.mock_safety import MockSafety
from tests.console.mock_shift import MockShift
from tests.console.mock_talk import MockTalk
from tests.console.world import (
    OPERATOR,
    OTHER,
    ROOT,
    Json,
    World,
    ago,
    card,
    case,
    fits,
    presence,
    record,
    talk,
)

PAGE = 100


class MockApi:
    """Actions change the world and tell the desks, like the real rooms do."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.texts = Catalogue.load(ROOT / "hotline" / "locales")

    async def shift(self, request: web.Request) -> web.StreamResponse:
        self.world.presence = presence("available" if request.path.endswith("start") else "offline")
        return web.json_response(self.world.presence)

    async def set_presence(self, request: web.Request) -> web.StreamResponse:
        self.world.presence = {**presence("available"), **(await request.json()), "since": ago(0)}
        return web.json_response(self.world.presence)

    async def accept(self, request: web.Request) -> web.StreamResponse:
        w = self.world
        found = next((o for o in w.offers if o["id"] == request.match_info["id"]), None)
        if found is None:
            return web.json_response(
                {"error": "offer-gone", "text": self.texts.t(as_lang(w.lang), "error-offer-gone")},
                status=409,
            )
        w.offers.remove(found)
        keys = ("channel", "kind", "language", "topic", "danger", "masked")
        kept = {key: found[key] for key in keys}
        call = talk() if found["kind"] == "call" else None
        contact = {
            **kept,
            "id": found["contact_id"],
            "state": "reserved",
            "since": ago(0),
            "left_at": None,
            "unread": 0,
            "call": call,
            "finished": False,
        }
        w.mine.append(contact)
        w.records[contact["id"]] = record(contact["id"])
        await w.push(
            {
                "k": "offer.gone",
                "id": found["id"],
                "contact_id": contact["id"],
                "reason": "accepted",
            }
        )
        # Operator and caller meet before the answer arrives: what is told live is the newer word.
        answer = dict(contact)
        contact["state"] = "talking"
        await w.push({"k": "contact.card", **contact})
        return web.json_response({"contact": answer})

    async def pass_(self, request: web.Request) -> web.StreamResponse:
        self.world.offers = [o for o in self.world.offers if o["id"] != request.match_info["id"]]
        return web.json_response({})

    def _refuse(self, request: web.Request) -> None:
        if request.match_info["id"] in self.world.records_refused:
            raise web.HTTPNotFound

    async def contact(self, request: web.Request) -> web.StreamResponse:
        self._refuse(request)
        one = self.world.own(request.match_info["id"])
        answers = {key: one[key] for key in ("language", "topic", "danger")}
        history = [
            {
                "id": "h1",
                "at": ago(2e6),
                "channel": "voice",
                "topic": "wages",
                "outcome": "answered",
            }
        ]
        if self.world.wrote_before:
            history.append(history[0] | {"channel": "sms"})
        page = {"card": one, "timeline": self.timeline(), "answers": answers, "history": history}
        return web.json_response(page | {"channel_safe": not self.world.unsafe_channels})

    def timeline(self) -> list[Json]:
        kinds = (
            ("opened", 400),
            ("answered", 380),
            ("waiting", 370),
            ("offered", 300),
            ("reserved", 290),
            ("talking", 280),
        )
        return [
            {"id": n, "at": ago(at), "kind": kind, "staff": None, "fields": {}}
            for n, (kind, at) in enumerate(kinds)
        ]

    async def hang_up(self, request: web.Request) -> web.StreamResponse:
        one = self.world.own(request.match_info["id"])
        one |= {"call": {"state": "ended"}, "state": "wrap_up", "left_at": ago(0)}
        await self.world.push({"k": "contact.card", **one})
        return web.json_response({})

    async def record(self, request: web.Request) -> web.StreamResponse:
        self._refuse(request)
        one = self.world.records[request.match_info["id"]]
        if request.method == "PATCH":
            body = await request.json()
            if one["state"] == "finished":
                return web.json_response({"error": "contact-over", "text": "…"}, status=409)
            if body["base_rev"] != one["rev"]:
                return web.json_response(
                    {"error": "record-conflict", "text": "…", "record": one}, status=409
                )
            for name, value in body["fields"].items():
                (one if name in one else one["fields"])[name] = value
            one |= {"rev": one["rev"] + 1, "saved_at": ago(0)}
        return web.json_response(one)

    async def finish(self, request: web.Request) -> web.StreamResponse:
        contact = request.match_info["id"]
        mine = [c for c in self.world.mine if c["id"] == contact]
        one = mine[0] if mine else card(contact, "voice")
        told = any(c["contact_id"] == contact for c in self.world.cases)
        reason = (await request.json()).get("no_escalation_reason")
        if self.world.records[contact]["danger_now"] == "yes" and not told and not reason:
            code = "danger-without-escalation"
            fields = {"escalation": code}
            return web.json_response({"error": code, "text": "…", "fields": fields}, status=400)
        self.world.mine = [c for c in self.world.mine if c["id"] != contact]
        done = {**one, "state": "closed", "finished": True}
        await self.world.push({"k": "contact.gone", "id": contact, "why": "closed"})
        return web.json_response({"contact": done})

    async def escalate(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        card = case(
            72 + len(self.world.cases),
            kind=body["kind"],
            level=body["level"],
            contact_id=request.match_info["id"],
        )
        self.world.cases.append(card)
        await self.world.push({"k": "escalation.alert", **card})
        return web.json_response(card)

    async def ack(self, request: web.Request) -> web.StreamResponse:
        found = next(c for c in self.world.cases if c["id"] == request.match_info["id"])
        found |= {
            "state": "acknowledged",
            "acked_at": ago(0),
            "acked_by": OPERATOR,
            "owner": OPERATOR,
        }
        await self.world.push({"k": "escalation.changed", **found})
        return web.json_response(found)

    async def cases(self, request: web.Request) -> web.StreamResponse:
        state = request.query.get("state", "open")
        start = int(request.query.get("cursor", 0))
        found = [c for c in self.world.cases if state in ("all", c["state"])]
        following = str(start + PAGE) if len(found) > start + PAGE else None
        return web.json_response({"cases": found[start : start + PAGE], "next": following})

    async def one_case(self, request: web.Request) -> web.StreamResponse:
        found = next((c for c in self.world.cases if c["id"] == request.match_info["id"]), None)
        if found is None:
            raise web.HTTPNotFound
        about = {
            "id": found["contact_id"],
            "channel": "telegram",
            "language": "ky",
            "topic": "danger",
            "masked": "Telegram ··90",
        }
        timeline = [
            {
                "at": ago(200),
                "kind": "raised",
                "staff": OTHER["name"],
                "fields": {"level": "urgent"},
            },
            {"at": ago(90), "kind": "paged", "staff": None, "fields": {}},
        ]
        return web.json_response(
            {
                "case": found,
                "reason": "Паспорт алынган, жумуштан кетирбей жатышат.",
                "timeline": timeline,
                "contact": about,
            }
        )

    async def log(self, request: web.Request) -> web.StreamResponse:
        q = request.query
        rows = [r for r in self.world.log if fits(r, q)]
        start = int(q.get("cursor", 0))
        following = str(start + PAGE) if start + PAGE < len(rows) else None
        return web.json_response(
            {"rows": rows[start : start + PAGE], "next": following, "operators": [OPERATOR]}
        )

    async def log_contact(self, request: web.Request) -> web.StreamResponse:
        row = next((r for r in self.world.log if r["id"] == request.match_info["id"]), None)
        if row is None:
            raise web.HTTPNotFound
        written = record(
            row["id"],
            kind="consultation",
            topic="labour",
            country="RU",
            screening=["documents_taken", "wages_withheld"],
            danger_now="no",
            saved_at=ago(90),
            summary="Айлык үч ай берилген эмес, паспорт жумуш берүүчүдө.",
            advice="Консулдукка кайрылуу, арыз үлгүсү жөнөтүлдү.",
        )
        legs = [
            {"role": "caller", "state": "completed", "opened_at": ago(400), "ended_at": ago(100)}
        ]
        known = self.world.messages
        said = known.get(row["id"], next(iter(known.values()), None))
        return web.json_response(
            {
                "row": row,
                "timeline": self.timeline(),
                "record": written,
                "recordings": RECORDINGS if row["channel"] == "voice" else [],
                "messages": said[-PAGE:] if said else said,
                "more": len(said or ()) > PAGE,
                "legs": legs,
                "left": [left(981), left(982, "lost")],
                "case": None,
            }
        )

    async def jobs(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(
            {
                "jobs": [
                    {
                        "id": "5",
                        "kind": "chat.deliver",
                        "attempts": 10,
                        "error": "DeliveryError",
                        "at": ago(3600),
                        "lane": "x",
                    }
                ]
            }
        )

    async def audit(self, _request: web.Request) -> web.StreamResponse:
        rows = [
            {
                "id": n,
                "at": ago(n * 60),
                "actor": OPERATOR["name"],
                "tag": "contact.read",
                "object": f"contact:{n}",
                "outcome": "ok",
            }
            for n in range(1, 30)
        ]
        return web.json_response(
            {"rows": rows, "next": None, "chain": {"ok": True, "checked": 12480}}
        )

    async def own_phone(self, request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            self.world.own_phone = "+996 700 ··· ·10"
        return web.json_response({"phone": self.world.own_phone})

    async def nothing(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({})

    async def snapshot(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self.world.snapshot())

    async def form(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self.world.form)

    def api_routes(self) -> list[web.RouteDef]:
        """Everything under /api."""
        get, post, patch = web.get, web.post, web.patch
        return [
            get("/api/desk/snapshot", self.snapshot),
            get("/api/forms/consultation", self.form),
            post("/api/shift/start", self.shift),
            post("/api/shift/end", self.shift),
            post("/api/presence", self.set_presence),
            post("/api/offers/{id}/accept", self.accept),
            post("/api/offers/{id}/pass", self.pass_),
            get("/api/contacts/{id}", self.contact),
            get("/api/contacts/{id}/record", self.record),
            patch("/api/contacts/{id}/record", self.record),
            post("/api/contacts/{id}/finish", self.finish),
            post("/api/contacts/{id}/non-data", self.finish),
            post("/api/contacts/{id}/escalate", self.escalate),
            post("/api/calls/{id}/hangup", self.hang_up),
            *MockCallbacks(self.world).routes(),
            *MockSafety(self.world).routes(),
            *MockShift(self.world).routes(),
            *MockQueue(self.world).routes(),
            *MockTalk(self.world).routes(),
            *MockLine(self.world).routes(),
            *MockRoster(self.world).routes(),
            *MockChats(self.world).routes(),
            get("/api/cases", self.cases),
            get("/api/cases/{id}", self.one_case),
            post("/api/escalations/{id}/ack", self.ack),
            post("/api/escalations/{id}/{what}", self.nothing),
            get("/api/log", self.log),
            get("/api/log/{id}", self.log_contact),
            get("/api/contacts/{id}/why", mock_waited.why),
            *MockRecordings().routes(),
            get("/api/dead-letters", self.jobs),
            post("/api/dead-letters/{id}/{what}", self.nothing),
            get("/api/audit", self.audit),
            post("/api/session/extend", self.nothing),
            patch("/api/me", self.nothing),
            get("/api/me/phone", self.own_phone),
            post("/api/me/phone", self.own_phone),
            post("/api/client-errors", self.nothing),
        ]
