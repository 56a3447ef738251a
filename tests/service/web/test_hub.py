"""Live events on their way to desks: what cannot be told now is told as soon as it can be."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, web

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.console.live import Hub
from hotline.infra.house import LiveBody
from hotline.infra.memory import MemoryHeartbeats, MemoryLive
from hotline.infra.metrics import Metrics
from hotline.infra.streams import LiveEvent
from hotline.infra.tasks import Tasks
from hotline.infra.web.http import actor
from hotline.infra.web.routes import Route
from hotline.infra.web.websocket import Sockets
from hotline.kernel.clock import SystemClock
from hotline.kernel.errors import NotFound, Unavailable
from tests.service.web.conftest import FakeSessions, Serve
from tests.service.web.test_websocket import connect

Ws = ClientWebSocketResponse[bool]


class Rows:
    """Where bodies come from; can be away, and knows for whom it was asked then."""

    def __init__(self) -> None:
        self.away = False
        self.asked: asyncio.Queue[str] = asyncio.Queue()
        self.value = 1

    async def fill(self, body: dict[str, Any], who: Actor) -> dict[str, Any] | None:
        if self.away:
            self.asked.put_nowait(who.name)
            code = "database-away"
            raise Unavailable(code)
        return {"value": self.value, **body}

    async def gone(self, _body: dict[str, Any], _who: Actor) -> dict[str, Any] | None:
        raise NotFound

    async def was_asked(self, times: int) -> set[str]:
        """For whom, that many times."""
        async with asyncio.timeout(10):
            return {await self.asked.get() for _ in range(times)}


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def live() -> MemoryLive:
    return MemoryLive()


@pytest.fixture
async def hub(
    live: MemoryLive, rows: Rows, sessions: FakeSessions, metrics: Metrics
) -> AsyncIterator[Hub]:
    bodies: dict[str, LiveBody] = {
        "line.shut": rows.fill,
        "chat.message": rows.fill,
        "case.gone": rows.gone,
    }
    clock = SystemClock()
    made = Hub(live, MemoryHeartbeats(clock), sessions, clock, bodies, build="1")
    tasks = Tasks(metrics)
    tasks.keep("read", made.read)
    tasks.keep("tick", made.tick)
    yield made
    await tasks.stop(deadline_s=5)


@pytest.fixture
async def desks(start: Serve, hub: Hub, metrics: Metrics) -> AsyncIterator[list[Ws]]:
    """Ana's desk and Vera's."""
    tasks = Tasks(metrics)
    sockets = Sockets(tasks, metrics)

    async def handle(request: web.Request) -> web.StreamResponse:
        async with sockets.accept(request, "h189.1") as socket:
            await hub.talk(socket, actor(request), "ana", "")
        return socket.response

    client = await start([Route("GET", "/ws/desk", handle, Permission.CONSOLE_DESK_USE)])
    async with (
        connect(client) as ana,
        connect(client, Cookie="__Host-s=vera") as vera,
    ):
        for desk in (ana, vera):
            assert (await heard(desk))["k"] == "hello"
        yield [ana, vera]
    await tasks.stop(deadline_s=5)


async def heard(desk: Ws) -> dict[str, Any]:
    async with asyncio.timeout(10):
        (event,) = json.loads(await desk.receive_str())["ev"]
    told: dict[str, Any] = event
    return told


@pytest.mark.parametrize("kind", ["line.shut", "chat.message"])
async def test_what_cannot_be_read_is_told_when_it_can_be(
    desks: list[Ws], live: MemoryLive, rows: Rows, kind: str
) -> None:
    """In both lanes; and as it is then. No second desk waits for PostgreSQL in vain."""
    rows.away = True
    await live.tell(LiveEvent(kind, "all", "x"), LiveEvent("other", "all", "z"))
    for desk in desks:
        assert await heard(desk) == {"k": "other"}
    assert await rows.was_asked(3) == {"Ana"}
    rows.away, rows.value = False, 2
    for desk in desks:
        assert await heard(desk) == {"k": kind, "value": 2}


async def test_what_is_for_some_comes_to_each_once(
    desks: list[Ws], live: MemoryLive, rows: Rows
) -> None:
    rows.away = True
    some = f"perm:{Permission.CONSOLE_DESK_USE}"
    await live.tell(LiveEvent("line.shut", some, "x"), LiveEvent("line.shut", some, "y", {"n": 7}))
    assert await rows.was_asked(2) == {"Ana"}
    rows.away = False
    for desk in desks:
        async with asyncio.timeout(10):
            told = json.loads(await desk.receive_str())["ev"]
        assert sorted(event.get("n", 0) for event in told) == [0, 7]
    await live.tell(LiveEvent("other", "all", "z"))
    for desk in desks:
        assert await heard(desk) == {"k": "other"}


async def test_what_is_not_there_any_more_is_not_told_and_not_asked_for_again(
    desks: list[Ws], live: MemoryLive
) -> None:
    await live.tell(LiveEvent("case.gone", "all", "x"), LiveEvent("other", "all", "z"))
    for desk in desks:
        assert await heard(desk) == {"k": "other"}
