"""Brings live events to the desks: one reader per process, two lanes, resume by number."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from hotline.access.model import Actor
from hotline.console.desks import KEPT_S, REVOKED, URGENT, Desk, is_heartbeat
from hotline.infra.heartbeats import Heartbeats
from hotline.infra.house import LiveBody
from hotline.infra.streams import Live, LiveEvent
from hotline.infra.web.http import iso, json_bytes
from hotline.infra.web.session import SessionInfo, Sessions
from hotline.infra.web.websocket import TOO_SLOW, Socket
from hotline.kernel.clock import Clock
from hotline.kernel.errors import HotlineError, Unavailable
from hotline.kernel.ids import StaffId, new_code

log = structlog.get_logger(__name__)

TICK_S: Final = 0.2
SESSION_OVER: Final = 4001
SILENT_S: Final = 35.0
WARNED: Final = timedelta(minutes=2)
Json = dict[str, Any]


class Hub:
    """The desks of this process. `bodies` fill in personal content at the last moment."""

    def __init__(
        self,
        live: Live,
        heartbeats: Heartbeats,
        sessions: Sessions,
        clock: Clock,
        bodies: dict[str, LiveBody],
        *,
        build: str,
    ) -> None:
        self._live = live
        self._heartbeats = heartbeats
        self._sessions = sessions
        self._clock = clock
        self._bodies = bodies
        self._build = build
        self._epoch = new_code(6)
        self._last_id = ""
        self._desks: dict[StaffId, Desk] = {}
        self._ticking: dict[tuple[str, str, str], LiveEvent] = {}
        self._late = False

    @property
    def epoch(self) -> str:
        """Names this process's run: numbers of another run mean nothing here."""
        return self._epoch

    def number_of(self, staff_id: StaffId) -> int:
        """The newest frame number of a person; a snapshot is at least as new as it."""
        desk = self._desks.get(staff_id)
        return desk.number if desk else 0

    def now(self) -> datetime:
        """The time desks set their clocks by."""
        return self._clock.now()

    def online(self) -> int:
        """How many people have a desk open here."""
        return sum(1 for d in self._desks.values() if d.sockets)

    async def read(self) -> None:
        """The endless loop from the stream to the desks."""
        async for batch in self._live.read(self._last_id):
            if batch.gap:
                self._forget_everything()
            for event in batch.events:
                await self._arrived(event)
            self._last_id = batch.last_id  # where to go on should this loop be started anew

    async def tick(self) -> None:
        """The endless loop of the slow lane: every 200 ms the last event of each key."""
        while True:
            await asyncio.sleep(TICK_S)
            waiting, self._ticking = list(self._ticking.values()), {}
            if waiting:
                await self._deliver(waiting)
            self._drop_stale()

    async def talk(self, socket: Socket, actor: Actor, token: str, resume: str) -> None:
        """One socket from hello to goodbye."""
        desk = self._desk(actor)
        missed = desk.since(resume)
        hello = {
            "k": "hello",
            "user": {"id": actor.staff_id, "name": actor.name},
            "server_time": iso(self._clock.now()),
            "build": self._build,
            "resumed": missed is not None,
        }
        self._aside(socket, desk, hello)
        for frame in missed or ():
            socket.put(frame)
        desk.sockets.add(socket)
        try:
            await self._listen(socket, desk, token)
        finally:
            desk.sockets.discard(socket)
            desk.left_at = self._clock.monotonic()

    async def _listen(self, socket: Socket, desk: Desk, token: str) -> None:
        staff_id = desk.actor.staff_id
        await self._heartbeats.beat(staff_id)
        texts = socket.texts()
        while True:
            try:
                async with asyncio.timeout(SILENT_S):
                    text = await anext(texts)
            except StopAsyncIteration:
                return
            except TimeoutError:  # a desk that lives beats every 10 s, and comes back by itself
                socket.close(TOO_SLOW, "silent")
                return
            if not is_heartbeat(text):
                continue
            session = None
            with contextlib.suppress(HotlineError):  # a database away must not close desks
                session = await self._sessions.resolve(token, touch=False)
                if session is None:
                    socket.close(SESSION_OVER, "session over")
                    return
            self._aside(socket, desk, {"k": "hb", **self._warning(session)})
            await self._heartbeats.beat(staff_id)

    def _aside(self, socket: Socket, desk: Desk, event: Json) -> None:
        """Say something to one socket alone, outside the numbered frames of the desk."""
        now = iso(self._clock.now())
        frame = {"e": self._epoch, "s": desk.number, "t": now, "ev": [event]}
        socket.put(json_bytes(frame).decode())

    def _warning(self, session: SessionInfo | None) -> Json:
        """What the desk must tell its person of the end of the session, if that is near."""
        ends_at = session.ends_at if session else None
        if session is None or ends_at is None or ends_at - self._clock.now() > WARNED:
            return {}
        return {"expiring": {"at": iso(ends_at), "renewable": session.renewable}}

    def _desk(self, actor: Actor) -> Desk:
        desk = self._desks.get(actor.staff_id)
        if desk is None:
            desk = self._desks[actor.staff_id] = Desk(actor, self._epoch)
        desk.actor = actor  # roles may have changed since
        return desk

    async def _arrived(self, event: LiveEvent) -> None:
        if event.kind in URGENT:
            await self._deliver([event])
            if event.kind == REVOKED:
                self._close(event.audience)
        else:
            key = (event.audience, event.kind, event.key)
            self._ticking.pop(key, None)  # the last of a key comes last
            self._ticking[key] = event

    def _close(self, audience: str) -> None:
        for desk in self._desks.values():
            if desk.hears(audience):
                for socket in list(desk.sockets):
                    socket.close(SESSION_OVER, "session over")

    async def _deliver(self, events: list[LiveEvent]) -> None:
        round_ = _Round(self._bodies)
        now, monotonic = self._clock.now(), self._clock.monotonic()
        for desk in list(self._desks.values()):
            heard = [event for event in events if desk.hears(event.audience)]
            bodies = [(event.kind, await round_.body(event, desk.actor)) for event in heard]
            frame = [{**body, "k": kind} for kind, body in bodies if body is not None]
            if frame:
                desk.send(frame, now=now, monotonic=monotonic)
        # With the next tick, unless a newer one is there by then; what was tried goes last.
        for event in [*round_.late[1:], *round_.late[:1]]:
            self._ticking.setdefault((event.audience, event.kind, event.key), event)
        if round_.late and not self._late:
            log.warning("live.body_late", live_kind=round_.late[0].kind)
        self._late = bool(round_.late)

    def _forget_everything(self) -> None:
        """Events were lost on the way: desks reconnect and load a snapshot."""
        self._epoch = new_code(6)
        for desk in self._desks.values():
            for socket in list(desk.sockets):
                socket.close(1012, "events were lost")
        self._desks.clear()
        self._ticking.clear()

    def _drop_stale(self) -> None:
        limit = self._clock.monotonic() - KEPT_S
        for staff_id, desk in list(self._desks.items()):
            if not desk.sockets and desk.left_at < limit:
                del self._desks[staff_id]


class _Round:
    """One delivery: what is the same for everybody is filled in once.

    While PostgreSQL is away nothing can be filled in: `late` holds what is to be told again.
    """

    def __init__(self, bodies: dict[str, LiveBody]) -> None:
        self._bodies = bodies
        self._shared: dict[int, Json | None] = {}
        self.late: list[LiveEvent] = []

    async def body(self, event: LiveEvent, actor: Actor) -> Json | None:
        """What this person is told; None: nothing, or not yet."""
        fill = self._bodies.get(event.kind)
        if fill is None:
            return event.body
        if id(event) in self._shared:
            return self._shared[id(event)]
        if self.late:  # one desk has waited for PostgreSQL, not each of a hundred
            self._later(event, actor)
            return None
        try:
            body = await fill(event.body, actor)
        except Unavailable:
            self._later(event, actor)
            return None
        except HotlineError as error:
            log.warning("live.body_missing", live_kind=event.kind, code=error.code)
            body = None
        if event.audience == "all":
            self._shared[id(event)] = body
        return body

    def _later(self, event: LiveEvent, actor: Actor) -> None:
        ours = f"staff:{actor.staff_id}"
        self.late.append(event if event.audience == "all" else replace(event, audience=ours))
