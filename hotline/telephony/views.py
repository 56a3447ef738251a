"""Addresses of the telephone: the carrier's webhooks, the prompts it fetches, the desk's phone."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog
from aiohttp import web

from hotline.access.permissions import Permission
from hotline.carrier.form import Form
from hotline.carrier.gate import Admitted, Gate
from hotline.infra.web.http import actor, json_ok, path_uuid
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Unavailable
from hotline.telephony.calls import Calls
from hotline.telephony.deskphones import DeskPhones
from hotline.telephony.documents import Documents
from hotline.telephony.entrance import Entrance
from hotline.telephony.prompts import Prompts
from hotline.telephony.rooms import Rooms
from hotline.telephony.schemas import MessageForm, RoomForm, VoiceForm, event_key
from hotline.telephony.service import Telephony
from hotline.telephony.twiml import CONTENT_TYPE as TWIML

log = structlog.get_logger(__name__)

TOKEN_HEADER = "I-Twilio-Idempotency-Token"  # noqa: S105 - the name of a header
_WEBHOOK = Public("signed by the carrier, checked before anything is read")
_PROMPT = Public("the carrier fetches the prompts that every caller hears")
_MAX_TURN = 10**6
_TURN_DIGITS = 7
_ROOM_LIMIT = 64

Answer = Callable[[VoiceForm, web.Request, Form], Awaitable[str]]
Report = Callable[[Form, web.Request], Awaitable[bool]]


class Webhooks:
    """The carrier's requests. `counted(how)` is told what became of each."""

    def __init__(
        self,
        telephony: Telephony,
        entrance: Entrance,
        rooms: Rooms,
        documents: Documents,
        gate: Gate,
        counted: Callable[[str], None],
    ) -> None:
        self._telephony = telephony
        self._entrance = entrance
        self._rooms = rooms
        self._documents = documents
        self._gate = gate
        self._counted = counted

    def routes(self) -> list[Route]:
        """All webhooks of the telephone."""
        phone, rooms, door = self._telephony, self._rooms, self._entrance
        return [
            self._route("in", self._new(lambda f, r, d: phone.incoming(f, _key(r, d)))),
            self._route("step", self._live(lambda f, r, d: phone.step(f, _key(r, d), _turn(r)))),
            self._route("hold", self._live(lambda f, r, _: phone.hold(f, _turn(r)))),
            self._route(
                "hold-key", self._live(lambda f, r, d: phone.hold_key(f, _key(r, d), _turn(r)))
            ),
            self._route(
                "message",
                self._live(lambda f, r, d: phone.message(f, MessageForm.read(d), _key(r, d))),
            ),
            self._route(
                "message-status",
                self._report(lambda d, _: phone.message_status(MessageForm.read(d))),
            ),
            self._route("gate", self._new(lambda f, r, _: phone.gate(f, _attempt(r)))),
            self._route(
                "gate-key", self._live(lambda f, r, d: phone.gate_key(f, _key(r, d), _turn(r)))
            ),
            self._route(
                "gate-status",
                self._report(lambda d, r: phone.gate_status(VoiceForm.read(d), _attempt(r))),
            ),
            self._route("bridge", self._live(lambda f, _r, _d: phone.bridge(f))),
            self._route("op", self._new(lambda f, _r, _d: door.operator(f))),
            self._route("whisper", self._new(lambda f, r, _d: door.whisper(f, _room(r)))),
            self._route("guest", self._new(lambda f, r, _: door.guest(f, _guest(r)))),
            self._route("after", self._live(lambda f, r, d: phone.after(f, _key(r, d)))),
            self._route("conf", self._report(lambda d, _: rooms.event(RoomForm.read(d)))),
            self._route("status", self._report(lambda d, _: phone.status(VoiceForm.read(d)))),
            self._route(
                "guest-status",
                self._report(lambda d, r: door.status(VoiceForm.read(d), _guest(r))),
            ),
            self._route(
                "op-status", self._report(lambda d, r: door.rung(VoiceForm.read(d), _room(r)))
            ),
            self._route("silence", self._silence),
            self._route("music", self._music),
        ]

    def _route(self, name: str, handler: Admitted) -> Route:
        return Route("POST", f"/voice/{name}", self._gate.guard(handler), _WEBHOOK)

    def _new(self, answer: Answer) -> Admitted:
        """A call that is not ours yet: without a commit the carrier must try again."""

        async def handle(request: web.Request, form: Form) -> web.Response:
            try:
                text = await answer(VoiceForm.read(form), request, form)
            except Unavailable:
                return _try_again()
            except Exception:
                log.exception("voice.failed", route=request.path)
                return _try_again()
            return _document(text)

        return handle

    def _live(self, answer: Answer) -> Admitted:
        """A call we have: whatever fails, it is kept with music and asks again."""

        async def handle(request: web.Request, form: Form) -> web.Response:
            try:
                text = await answer(VoiceForm.read(form), request, form)
            except Unavailable:
                text = self._documents.later()
            except Exception:
                log.exception("voice.failed", route=request.path)
                text = self._documents.later()
            return _document(text)

        return handle

    def _report(self, take: Report) -> Admitted:
        """Something that happened; nobody listens to the answer."""

        async def handle(request: web.Request, form: Form) -> web.Response:
            try:
                moved = await take(form, request)
            except Unavailable:
                return _try_again()
            except Exception:
                log.exception("voice.failed", route=request.path)
                return _try_again()
            self._counted("moved" if moved else "stale")
            return web.Response()

        return handle

    async def _silence(self, _request: web.Request, _form: Form) -> web.Response:
        return _document(self._documents.silence())

    async def _music(self, _request: web.Request, _form: Form) -> web.Response:
        return _document(self._documents.music())


class Views:
    """What everybody may hear, and what a desk may ask."""

    def __init__(self, calls: Calls, phones: DeskPhones, prompts: Prompts) -> None:
        self._calls = calls
        self._phones = phones
        self._prompts = prompts

    def edge(self) -> list[Route]:
        """Routes for the carrier."""
        return [Route("GET", "/prompts/{lang}/{file}", self.prompt, _PROMPT)]

    def console(self) -> list[Route]:
        """Routes for the desk."""
        talk = Permission.CALL_LINE_TALK
        return [
            Route("POST", "/api/calls/{contact}/hangup", self.hang_up, talk),
            Route("POST", "/api/calls/{contact}/call-back", self.call_back, talk),
            Route("POST", "/api/calls/{contact}/wrong-answer", self.wrong_answer, talk),
            Route("GET", "/api/phone/token", self.token, talk),
            Route("GET", "/api/phone/sim", self.training, talk),
        ]

    async def prompt(self, request: web.Request) -> web.StreamResponse:
        """GET /prompts/{lang}/{file}: a carrier keeps it for a day and asks with the ETag.

        A recording of the site is a WAV; asked for by the other name, it is served all the same.
        """
        name, _, _ = request.match_info["file"].rpartition(".")
        sound = self._prompts.sound(request.match_info["lang"], name)
        if sound is None:
            return web.Response(status=404)
        headers = {"ETag": sound.etag, "Cache-Control": "public, max-age=86400"}
        if sound.etag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=sound.content, content_type=sound.media_type, headers=headers)

    async def call_back(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/call-back."""
        await self._calls.call_back(actor(request), path_uuid(request, "contact"))
        return json_ok({})

    async def wrong_answer(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/wrong-answer."""
        await self._calls.wrong_answer(actor(request), path_uuid(request, "contact"))
        return json_ok({})

    async def hang_up(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/hangup."""
        await self._calls.hang_up(actor(request), path_uuid(request, "contact"))
        return json_ok({})

    async def token(self, request: web.Request) -> web.StreamResponse:
        """GET /api/phone/token."""
        made = self._phones.token(actor(request))
        answer = json_ok(
            {"token": made.jwt.reveal(), "identity": made.identity, "ttl_s": made.ttl_s}
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    async def training(self, request: web.Request) -> web.StreamResponse:
        """GET /api/phone/sim."""
        address, name = self._phones.training(actor(request))
        return json_ok({"address": address, "identity": name})


def _document(text: str) -> web.Response:
    return web.Response(text=text, content_type=TWIML, charset="utf-8")


def _try_again() -> web.Response:
    """Not written down, so not taken: the carrier repeats, then uses its fallback address."""
    return web.Response(status=503, headers={"Retry-After": "1"})


def _key(request: web.Request, form: Form) -> str:
    return event_key(request.raw_path, form, request.headers.get(TOKEN_HEADER))


def _attempt(request: web.Request) -> UUID | None:
    """Which call of ours the document's address named."""
    try:
        return UUID(request.query.get("a", ""))
    except ValueError:
        return None


def _turn(request: web.Request) -> int:
    """The turn a document named in its address; 0 for anything else."""
    value = request.query.get("n", "")
    fits = value.isascii() and value.isdecimal() and len(value) <= _TURN_DIGITS
    return min(int(value), _MAX_TURN) if fits else 0


def _room(request: web.Request) -> str:
    return request.query.get("room", "")[:_ROOM_LIMIT]


def _guest(request: web.Request) -> UUID | None:
    """The guest a document named in its address; None for anything else."""
    try:
        return UUID(request.query.get("g", ""))
    except ValueError:
        return None
