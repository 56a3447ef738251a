"""Real voices between browsers: who hears whom, and what pages say to each other to be joined.

One WebSocket per voice at ``/_sim/voice``: ``?leg=SID`` speaks for a call that is there,
``?identity=NAME`` is a softphone that dials in, with the other parameters as those of its page.

Told, as JSON: ``{"k": "leg", sid, me, live, factor}`` first; ``{"k": "heard", ...}`` what this leg
hears; ``{"k": "others", "others": [{id, heard, hears}]}`` the voices in the same room now, whether
this one hears them and is heard by them; ``{"k": "signal", "from", "data"}`` from another page.
Taken: ``signal`` (``to``, ``data``), ``press`` (``keys``), ``bye`` (hang up).
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from hotline.simulator import shapes
from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.hearing import hears
from hotline.simulator.carrier.rooms import Conference
from hotline.simulator.journal import Entry, Journal
from hotline.simulator.people import People
from hotline.simulator.tasks import drop

_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_AWAY_S: Final = 10.0
"""Simulated seconds after which a softphone whose page is gone has left the call."""
_BEAT_S: Final = 10.0
_LONGEST: Final = 64 * 1024

Json = dict[str, object]


@dataclass(slots=True, eq=False)
class _Voice:
    """A page that speaks for a leg; ``outbox`` ends with None."""

    number: int
    call: Call
    outbox: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    others: list[Json] = field(default_factory=list)
    known: int = -1
    """The last moment it was told when it began."""


class Voices:
    """The signalling. What is told goes through one queue per page, so its order is true."""

    def __init__(self, carrier: Carrier, people: People, journal: Journal) -> None:
        self._carrier = carrier
        self._people = people
        self._journal = journal
        self._numbers = count(1)
        self._voices: dict[int, _Voice] = {}

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.get("/_sim/voice", self.attend)]

    async def keep_telling(self) -> None:
        """Tell the pages what changes, until cancelled."""
        with self._journal.following() as queue:
            while True:
                entry = await queue.get()
                if self._voices:
                    self._tell(entry)

    async def attend(self, request: web.Request) -> web.WebSocketResponse:
        """Be the line of one page, until it says goodbye or is gone."""
        if not _from_here(request):
            raise web.HTTPForbidden
        call = await self._call(request)
        socket = web.WebSocketResponse(heartbeat=_BEAT_S, max_msg_size=_LONGEST)
        await socket.prepare(request)
        voice = self._begin(call)
        sending = self._carrier.desk.tasks.spawn(_send(socket, voice), name="voice")
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT and self._take(voice, message.data):
                    break
        finally:
            await drop(sending)
            self._end(voice)
            if call.origin.startswith("client:"):
                self._carrier.desk.tasks.start(self._miss(call), name="page gone")
        return socket

    async def _call(self, request: web.Request) -> Call:
        params = dict(request.query)
        identity = params.pop("identity", "")
        if identity:
            return await self._people.softphone(identity).connect(params)
        call = self._carrier.legs.by_sid.get(params.get("leg", ""))
        if call is None:
            raise web.HTTPNotFound
        return call

    def _begin(self, call: Call) -> _Voice:
        """Let a page speak for a leg; one that spoke before is another window, or gone."""
        for older in [one for one in self._voices.values() if one.call is call]:
            older.outbox.put_nowait(None)
            self._end(older)
        voice = _Voice(next(self._numbers), call)
        self._voices[voice.number] = voice
        call.speaks_until = math.inf  # nobody listens here: a page may speak at any moment
        factor = self._carrier.desk.clock.factor
        me: Json = {"sid": call.sid, "me": voice.number, "live": call.live, "factor": factor}
        voice.outbox.put_nowait({"k": "leg", **me})
        for moment in call.ear.moments[-1:]:
            voice.known = moment.index
            voice.outbox.put_nowait({"k": "heard", **shapes.moment_json(moment)})
        self._introduce()
        return voice

    def _end(self, voice: _Voice) -> None:
        if self._voices.pop(voice.number, None) is not None:
            voice.call.speaks_until = self._carrier.desk.clock.instant()
            self._introduce()

    async def _miss(self, call: Call) -> None:
        await self._carrier.desk.clock.sleep(_AWAY_S)
        if not any(one.call is call for one in self._voices.values()):
            self._carrier.legs.hang_up(call)

    def _take(self, voice: _Voice, text: str) -> bool:
        """Do what a page asks; True when it has said goodbye."""
        message = _read(text)
        match message.get("k"):
            case "signal":
                self._relay(voice, message)
            case "press":
                voice.call.press(str(message.get("keys", "")))
            case "bye":
                self._carrier.legs.hang_up(voice.call)
                return True
            case _:
                pass
        return False

    def _relay(self, voice: _Voice, message: Json) -> None:
        """Pass on what one page says to another in the same room."""
        to = message.get("to")
        other = self._voices.get(to) if isinstance(to, int) else None
        if other is None or all(one["id"] != other.number for one in voice.others):
            return
        other.outbox.put_nowait({"k": "signal", "from": voice.number, "data": message.get("data")})

    def _tell(self, entry: Entry) -> None:
        if entry["kind"] == "heard":
            index = int(str(entry["index"]))
            for voice in self._voices.values():
                if voice.call.sid == entry["call"] and index > voice.known:
                    voice.outbox.put_nowait({"k": "heard", **_moment(entry)})
        if str(entry["kind"]).startswith(("room.", "call.status")):
            self._introduce()

    def _introduce(self) -> None:
        """Say to every page whose voices are with it, where that has changed."""
        for voice in self._voices.values():
            others = list(self._others(voice))
            if others != voice.others:
                voice.others = others
                voice.outbox.put_nowait({"k": "others", "others": others})

    def _others(self, voice: _Voice) -> Iterator[Json]:
        room = self._room(voice.call)
        if room is None or room.status != "in-progress":
            return
        me = room.participants[voice.call.sid]
        for other in self._voices.values():
            one = room.participants.get(other.call.sid)
            if one is not None and other is not voice:
                yield {
                    "id": other.number,
                    "heard": hears(room, me, one),
                    "hears": hears(room, one, me),
                }

    def _room(self, call: Call) -> Conference | None:
        rooms = reversed(self._carrier.rooms.by_sid.values())
        return next((room for room in rooms if call.sid in room.participants), None)


async def _send(socket: web.WebSocketResponse, voice: _Voice) -> None:
    while (message := await voice.outbox.get()) is not None:
        try:
            await socket.send_json(message)
        except ConnectionResetError:
            return
    await socket.close()


def _moment(entry: Entry) -> Json:
    return {key: entry[key] for key in ("index", "moment", "what", "seconds", "audio")}


def _read(text: str) -> Json:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _from_here(request: web.Request) -> bool:
    """Whether a page of this machine asks; one from elsewhere has no business on this line."""
    origin = request.headers.get("Origin")
    host = urlsplit(origin).hostname if origin else None
    return host is None or host in _HERE or host == request.url.host
