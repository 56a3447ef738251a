"""Control over HTTP (``/_sim/...``), for tests and scripts in other processes and the page.

JSON in and out. ``GET state|journal?after=&kind=|stream?after=&world=`` (server-sent events);
``POST calls {from, to?}``, ``POST calls/{sid}/press {keys}``, ``.../speak {seconds}``,
``.../hangup``, ``.../answer``, ``.../refuse``, ``GET calls/{sid}``;
``POST softphones/{identity}/connect {params}``;
``POST phonebook {number, behaviour, ring_s?}``; ``POST sms {from, to?, body}``,
``GET sms/{number}``; ``GET|POST faults {name, times?, every? | share, seed?}``,
``DELETE faults/{name}``; ``POST urls {voice_url, ...}``; ``GET audio/{digest}``. What people do on
Telegram stands in ``messenger``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from itertools import islice

from aiohttp import web

from hotline.simulator import shapes
from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.phonebook import Behaviour
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Entry, Journal
from hotline.simulator.people import People
from hotline.simulator.telegram.platform import Platform

_SHOWN = 40
_BEAT_S = 1.0


class Control:
    """Handlers; a wrong request is a 400 with a sentence."""

    def __init__(
        self,
        carrier: Carrier,
        telegram: Platform,
        people: People,
        *,
        journal: Journal,
        faults: Faults,
    ) -> None:
        self._carrier = carrier
        self._telegram = telegram
        self._people = people
        self._journal = journal
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/_sim/state", self.state),
            web.get("/_sim/journal", self.journal),
            web.get("/_sim/stream", self.stream),
            web.get("/_sim/audio/{digest}", self.audio),
            web.post("/_sim/calls", self.dial),
            web.get("/_sim/calls/{sid}", self.call),
            web.post("/_sim/calls/{sid}/{move}", self.move),
            web.post("/_sim/softphones/{identity}/connect", self.connect),
            web.post("/_sim/phonebook", self.phonebook),
            web.post("/_sim/sms", self.send_sms),
            web.get("/_sim/sms/{number}", self.sms),
            web.get("/_sim/faults", self.faults),
            web.post("/_sim/faults", self.arm),
            web.delete("/_sim/faults/{name}", self.disarm),
            web.post("/_sim/urls", self.urls),
        ]

    async def state(self, _request: web.Request) -> web.Response:
        """Show what is going on now."""
        config = self._carrier.config
        rooms = self._carrier.rooms.by_sid.values()
        return web.json_response(
            {
                "number": config.number,
                "sms_number": config.sms_number,
                "bot": self._telegram.username,
                "dialect": config.dialect.value,
                "factor": self._carrier.desk.clock.factor,
                "world": self._journal.world,
                "seq": self._journal.seq,
                "counters": dict(self._journal.counters),
                "calls": [shapes.call_json(one) for one in _last(self._carrier.legs.by_sid)],
                "rooms": [shapes.room_json(room) for room in list(rooms)[-_SHOWN:]],
                "webhooks": [
                    shapes.hook_json(one)
                    for one in self._journal.last({"webhook", "telegram.delivered"}, _SHOWN)
                ],
            }
        )

    async def journal(self, request: web.Request) -> web.Response:
        """Show what has happened."""
        kind, after = request.query.get("kind"), int(request.query.get("after", "0"))
        entries = [one for one in self._journal.after(after) if kind in {None, one["kind"]}]
        return web.json_response(entries[:10_000], dumps=_dumps)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Tell what happens as it happens; whoever followed another ``world`` hears ``reset``."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        if request.query.get("world", self._journal.world) != self._journal.world:
            await response.write(b"event: reset\ndata: {}\n\n")
            return response
        last = int(request.headers.get("Last-Event-ID", request.query.get("after", "0")))
        # Whoever looked has closed the page: nothing has gone wrong.
        with self._journal.following() as queue, contextlib.suppress(ConnectionResetError):
            for entry in list(self._journal.after(last)):
                last = await _event(response, entry, last)
            while True:
                try:
                    entry = await asyncio.wait_for(queue.get(), _BEAT_S)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                last = await _event(response, entry, last)
        return response

    async def audio(self, request: web.Request) -> web.Response:
        """Hand out a prompt exactly as it was fetched."""
        sound = self._carrier.media.by_digest.get(request.match_info["digest"])
        if sound is None:
            raise web.HTTPNotFound
        # A desk, which is served from another port, plays what its leg hears.
        headers = {"Cache-Control": "max-age=86400", "Access-Control-Allow-Origin": "*"}
        return web.Response(body=sound.body, content_type=sound.content_type, headers=headers)

    async def dial(self, request: web.Request) -> web.Response:
        """Let somebody call."""
        body = await _body(request)
        person = self._people.phone(_text(body, "from"))
        person.expect()
        call = await person.dial(str(body.get("to", "")))
        return web.json_response(shapes.call_json(call), status=201)

    async def call(self, request: web.Request) -> web.Response:
        """Show a call and all that was heard in it."""
        call = self._find(request)
        heard = [shapes.moment_json(moment) for moment in call.ear.moments]
        return web.json_response(shapes.call_json(call) | {"heard": heard})

    async def move(self, request: web.Request) -> web.Response:
        """Press keys, speak, hang up, answer or refuse."""
        call, move = self._find(request), request.match_info["move"]
        match move:
            case "press":
                call.press(_text(await _body(request), "keys"))
            case "speak":
                seconds = float(str((await _body(request)).get("seconds", 0)))
                call.speaks_until = self._carrier.desk.clock.instant() + seconds
            case "hangup":
                self._carrier.legs.hang_up(call)
            case "answer" | "refuse":
                call.decide(accept=move == "answer")
            case _:
                raise web.HTTPNotFound
        return web.json_response(shapes.call_json(call))

    async def connect(self, request: web.Request) -> web.Response:
        """Let a softphone dial in."""
        body = await _body(request)
        raw = body.get("params", {})
        params = {str(k): str(v) for k, v in raw.items()} if isinstance(raw, dict) else {}
        call = await self._people.softphone(request.match_info["identity"]).connect(params)
        return web.json_response(shapes.call_json(call), status=201)

    async def phonebook(self, request: web.Request) -> web.Response:
        """Say how a number behaves when it is called."""
        body = await _body(request)
        try:
            behaviour = Behaviour(_text(body, "behaviour"))
        except ValueError as error:
            raise web.HTTPBadRequest(text="unknown behaviour") from error
        person = self._people.phone(_text(body, "number"))
        person.expect(behaviour, ring_s=float(str(body.get("ring_s", 2))))
        return web.json_response({})

    async def send_sms(self, request: web.Request) -> web.Response:
        """Let somebody send an SMS."""
        body = await _body(request)
        person = self._people.sms(_text(body, "from"))
        message = await person.send(_text(body, "body"), to=str(body.get("to", "")))
        return web.json_response({"sid": message.sid}, status=201)

    async def sms(self, request: web.Request) -> web.Response:
        """Show somebody's inbox."""
        return web.json_response(self._people.sms(request.match_info["number"]).inbox)

    async def faults(self, _request: web.Request) -> web.Response:
        """Show all faults and which are armed."""
        return web.json_response(
            {"known": [fault.value for fault in Fault], "armed": self._faults.armed()}
        )

    async def arm(self, request: web.Request) -> web.Response:
        """Let something go wrong."""
        body = await _body(request)
        fault = _fault(_text(body, "name"))
        if "share" in body:
            share, seed = float(str(body["share"])), int(str(body.get("seed", 0)))
            if not 0 <= share <= 1:
                raise web.HTTPBadRequest(text="share is from 0 to 1")
            self._faults.arm_share(fault, share, seed=seed)
        else:
            times, every = int(str(body.get("times", 1))), int(str(body.get("every", 1)))
            self._faults.arm(fault, times=times, every=every)
        return web.json_response(self._faults.armed())

    async def disarm(self, request: web.Request) -> web.Response:
        """Stop something going wrong."""
        self._faults.disarm(_fault(request.match_info["name"]))
        return web.json_response(self._faults.armed())

    async def urls(self, request: web.Request) -> web.Response:
        """Type other URLs into the carrier's console."""
        body = await _body(request)
        try:
            self._carrier.point_at({name: str(url) for name, url in body.items()})
        except TypeError as error:
            raise web.HTTPBadRequest(text="unknown URL") from error
        return web.json_response({})

    def _find(self, request: web.Request) -> Call:
        call = self._carrier.legs.by_sid.get(request.match_info["sid"])
        if call is None:
            raise web.HTTPNotFound
        return call


async def _body(request: web.Request) -> dict[str, object]:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="JSON is needed")
    body = await request.json()
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="an object is needed")
    return body


def _text(body: dict[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise web.HTTPBadRequest(text=f"{name} is needed")
    return value


def _fault(name: str) -> Fault:
    try:
        return Fault(name)
    except ValueError as error:
        raise web.HTTPBadRequest(text="unknown fault") from error


def _last(calls: dict[str, Call]) -> Iterator[Call]:
    return islice(reversed(calls.values()), _SHOWN)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


async def _event(response: web.StreamResponse, entry: Entry, last: int) -> int:
    seq = int(str(entry["seq"]))
    if seq > last:
        await response.write(f"id: {seq}\ndata: {_dumps(entry)}\n\n".encode())
    return max(last, seq)
