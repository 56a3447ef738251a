"""A small server of the carrier's customer: documents by path, every request remembered."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

Page = Callable[[dict[str, str]], str | web.Response | Awaitable[str | web.Response]]


@dataclass(frozen=True)
class Seen:
    path: str
    url: str
    form: dict[str, str]
    headers: dict[str, str]
    json: object = None
    body: str = ""


class Customer:
    def __init__(self) -> None:
        self.pages: dict[str, str | Page] = {}
        self.seen: list[Seen] = []
        self.audio: dict[str, float] = {}
        self.url = ""
        self.news = asyncio.Event()

    def requests(self, path: str) -> list[Seen]:
        return [one for one in self.seen if one.path == path]

    async def wait(self, path: str, *, times: int = 1, within_s: float = 5.0) -> list[Seen]:
        async with asyncio.timeout(within_s):
            while len(self.requests(path)) < times:
                self.news.clear()
                await self.news.wait()
        return self.requests(path)

    async def wait_form(self, path: str, **fields: str) -> Seen:
        async with asyncio.timeout(5):
            while True:
                for one in self.requests(path):
                    if all(one.form.get(key) == value for key, value in fields.items()):
                        return one
                self.news.clear()
                await self.news.wait()

    async def handle(self, request: web.Request) -> web.Response:
        if request.path.startswith("/audio/"):
            return self._sound(request)
        body = await request.json() if request.content_type == "application/json" else None
        form = {} if body is not None else {k: str(v) for k, v in (await request.post()).items()}
        url = f"{self.url}{request.raw_path}"
        headers = dict(request.headers)
        text = await request.text()
        self.seen.append(Seen(request.path, url, form, headers, body, text))
        self.news.set()
        page = self.pages.get(request.path, "<Response/>")
        answer = page if isinstance(page, str) else page(form)
        if not isinstance(answer, str | web.Response):
            answer = await answer
        if isinstance(answer, web.Response):
            return answer
        return web.Response(text=answer, content_type="text/xml")

    def _sound(self, request: web.Request) -> web.Response:
        name = request.path.removeprefix("/audio/")
        if name not in self.audio:
            raise web.HTTPNotFound
        return web.Response(body=wav(self.audio[name]), content_type="audio/wav")


def wav(seconds: float) -> bytes:
    sound = b"\xff" * int(8000 * seconds)
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 7, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + head + struct.pack("<4sI", b"data", len(sound)) + sound
    return struct.pack("<4sI", b"RIFF", len(body)) + body


@asynccontextmanager
async def serving(customer: Customer) -> AsyncIterator[Customer]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", customer.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        customer.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield customer
    finally:
        await runner.cleanup()


class Rest:
    """Raw HTTP to the REST face."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base

    async def ask(
        self, method: str, path: str, **form: str | list[str]
    ) -> tuple[int, dict[str, Any]]:
        pairs = [
            (name, one)
            for name, value in form.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        data = pairs if method == "POST" else None
        params = pairs if method == "GET" else None
        async with self._session.request(
            method, f"{self._base}{path}", data=data, params=params
        ) as response:
            return response.status, {} if response.status == 204 else await response.json()
