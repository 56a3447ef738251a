"""A desk as the journeys use it: it remembers what was written there, and has a live socket."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from typing_extensions import override

from hotline.infra.metrics import Metrics
from hotline.infra.tasks import Tasks
from hotline.simulator import operators

Json = dict[str, Any]
PROTOCOL = "h189.1"


@dataclass
class Desk(operators.Desk):
    """One person's browser; `written` is every free text that was sent from it."""

    written: list[str] = field(default_factory=list)

    @override
    async def post(self, path: str, body: Json | None = None) -> Json:
        self.written += _texts(body or {})
        return await super().post(path, body)

    @override
    async def patch(self, path: str, body: Json) -> Json:
        self.written += _texts(body)
        return await super().patch(path, body)

    async def put(self, path: str, body: Json) -> Json:
        """PUT, with an answer in JSON."""
        self.written += _texts(body)
        return await self._ask("PUT", path, body=body)

    async def delete(self, path: str) -> Json:
        """DELETE, with an answer in JSON."""
        return await self._ask("DELETE", path)

    async def refused(self, method: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        """An answer that says no: the status and what it says."""
        headers = {"X-CSRF": self.csrf, "Accept": "application/json"}
        async with self.http.request(
            method, path, json=None if method == "GET" else body or {}, headers=headers
        ) as answer:
            said: Json = await answer.json()
            assert answer.status >= 400, said
            return answer.status, said

    async def upload(self, path: str, body: bytes) -> Json:
        """POST a file as it is, with an answer in JSON."""
        headers = {"X-CSRF": self.csrf, "Accept": "application/json"}
        async with self.http.post(path, data=body, headers=headers) as answer:
            said: Json = await answer.json()
            assert answer.status == 200, said
            return said

    async def bytes(self, path: str, wanted: str = "") -> tuple[int, bytes]:
        """Something that is no JSON, or a range of it: the status and what came."""
        headers = {"Range": wanted} if wanted else {}
        async with self.http.get(path, headers=headers) as answer:
            return answer.status, await answer.read()

    async def record(self, contact: str, fields: Json) -> Json:
        """Write into a record as it is now."""
        path = f"/api/contacts/{contact}/record"
        base = (await self.get(path))["rev"]
        return await self.patch(path, {"base_rev": base, "fields": fields})

    async def escalate(self, contact: str, reason: str) -> Json:
        """Raise an alarm; the case."""
        body = {"kind": "trafficking", "level": "urgent", "reason": reason}
        return await self.post(f"/api/contacts/{contact}/escalate", body)

    @contextlib.asynccontextmanager
    async def live(self, resume: str = "") -> AsyncIterator["LiveSocket"]:
        """The live socket, read in the background while the block lasts."""
        path = f"/ws/desk?resume={resume}" if resume else "/ws/desk"
        tasks = Tasks(Metrics())
        async with self.http.ws_connect(path, protocols=(PROTOCOL,), max_msg_size=0) as ws:
            socket = LiveSocket(ws)
            await ws.send_json({"k": "hb"})
            reading = tasks.start("live-socket", socket.read())
            try:
                await socket.wait("hello")
                yield socket
            finally:
                await ws.close()
                await reading


class LiveSocket:
    """What came over a live socket, frame by frame."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self._ws = ws
        self._news = asyncio.Event()
        self.frames: list[Json] = []

    @property
    def closed(self) -> bool:
        """Whether the house ended it."""
        return self._ws.closed

    @property
    def code(self) -> int | None:
        """Why it ended."""
        return self._ws.close_code

    async def beat(self) -> None:
        """Say that this desk is there."""
        with contextlib.suppress(ConnectionError):
            await self._ws.send_json({"k": "hb"})

    @property
    def last(self) -> str:
        """Where to resume."""
        frame = self.frames[-1]
        return f"{frame['e']}.{frame['s']}"

    def events(self, kind: str) -> Iterator[Json]:
        """The events of a kind so far."""
        return (event for frame in self.frames for event in frame["ev"] if event["k"] == kind)

    async def read(self) -> None:
        """Until the socket closes."""
        async for message in self._ws:
            self.frames.append(json.loads(message.data))
            self._news.set()

    async def wait(self, kind: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        """The first event that fits, past or future."""
        async with asyncio.timeout(20):
            while True:
                self._news.clear()
                found = next((event for event in self.events(kind) if fits(event)), None)
                if found is not None:
                    return found
                await self._news.wait()


def _texts(value: object) -> list[str]:
    """Free texts in a body: what has a space is no code."""
    match value:
        case str():
            return [value] if " " in value else []
        case dict():
            return [text for one in value.values() for text in _texts(one)]
        case list():
            return [text for one in value for text in _texts(one)]
        case _:
            return []
