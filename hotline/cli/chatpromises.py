"""What `hotline bench` measures of chats: until the operator sees it, and how fast one opens."""

import asyncio
import contextlib
import json
import statistics
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Any, Final

import aiohttp

from hotline.cli.promises import LOOK_S, Promise
from hotline.cli.stage import Stage
from hotline.simulator.letters import Writer
from hotline.simulator.load import Asking, line
from hotline.simulator.operators import Desk, Refused
from hotline.simulator.tasks import Tasks
from hotline.simulator.telegram.people import TelegramPerson

OPERATORS: Final = 10
_CHATS_EACH: Final = 2
_A_SECOND: Final = 100
_OPEN: Final = 5_000
_LONG: Final = 80
_SHOWN: Final = 60
_OPENINGS: Final = 50
_BEAT_S: Final = 5.0
_LATE_S: Final = 10.0
_TAKEN_S: Final = 60.0
_SETTLE_S: Final = 3.0
_FIRST: Final = 950_000_000
_CONNECTIONS: Final = 16


class _Screens:
    """All desks' sockets: when which words were first on one."""

    def __init__(self) -> None:
        self.seen: dict[str, float] = {}
        self._news = asyncio.Event()

    async def watch(self, desk: Desk) -> None:
        """Keep the socket open, with the heartbeat of a page."""
        async with desk.http.ws_connect("/ws/desk", protocols=("h189.1",), max_msg_size=0) as ws:
            await ws.send_json({"k": "hb"})
            beaten = time.perf_counter()
            while True:
                try:
                    message = await ws.receive(timeout=1)
                except TimeoutError:
                    pass
                else:
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        return
                    self._read(message.data)
                if time.perf_counter() - beaten > _BEAT_S:
                    await ws.send_json({"k": "hb"})
                    beaten = time.perf_counter()

    async def all_of(self, texts: Iterable[str]) -> None:
        """Wait until all of these were seen."""
        wanted = set(texts)
        while not wanted <= self.seen.keys():
            self._news.clear()
            await self._news.wait()

    def _read(self, frame: str) -> None:
        now = time.perf_counter()
        for event in json.loads(frame)["ev"]:
            if event["k"] == "chat.message":
                self.seen.setdefault(str(event.get("text")), now)
                self._news.set()


async def of_chats(stage: Stage, seconds: float) -> list[Promise]:
    """Live latency at an even rate, and the time a conversation needs to open among very many."""
    screens, tasks = _Screens(), Tasks()
    async with AsyncExitStack() as closing:
        closing.push_async_callback(tasks.close)
        desks = []
        for number in range(1, OPERATORS + 1):
            desk = Desk(stage.base_url, f"operator{number}", stage.passwords[f"operator{number}"])
            closing.push_async_callback(desk.close)
            await desk.open()
            tasks.start(screens.watch(desk), name="bench.screen")
            await desk.post("/api/shift/start", {"phone_mode": "fake"})
            desks.append(desk)
        people = [
            stage.world.telegram_person(_FIRST + number, language_code="ru")
            for number in range(OPERATORS * _CHATS_EACH)
        ]
        taken = await _taken(desks, people)
        # Until the last of the beginnings is out of the way: this is about talks that go on.
        await asyncio.sleep(_SETTLE_S)
        live = await _live(screens, people, seconds)
        opening = await _opening(stage, people[0], taken)
    return [live, opening]


async def _taken(desks: list[Desk], people: list[TelegramPerson]) -> dict[str, Desk]:
    """These write, and whoever is offered one takes it: which contact is on whose desk."""
    taken: dict[str, Desk] = {}

    async def take(desk: Desk) -> None:
        while len(taken) < len(people):
            for offer in (await desk.get("/api/desk/snapshot"))["offers"]:
                with contextlib.suppress(Refused):
                    card = await desk.post(f"/api/offers/{offer['id']}/accept")
                    taken[card["contact"]["id"]] = desk
            await asyncio.sleep(LOOK_S)

    for person in people:
        await person.text("Здравствуйте")
    async with asyncio.timeout(_TAKEN_S), asyncio.TaskGroup() as group:
        for desk in desks:
            group.create_task(take(desk))
    return taken


async def _live(screens: _Screens, people: list[TelegramPerson], seconds: float) -> Promise:
    """From the moment a person writes until the words are on the operator's socket."""
    written: dict[str, float] = {}
    began = time.perf_counter()
    for number in range(int(_A_SECOND * seconds)):
        await asyncio.sleep(began + number / _A_SECOND - time.perf_counter())
        text = f"n{number} где узнать о визе?"
        written[text] = time.perf_counter()
        await people[number % len(people)].text(text)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LATE_S):
            await screens.all_of(written)
    name = f"a message is on the desk at {_A_SECOND}/s, p99"
    if not written.keys() <= screens.seen.keys():
        return Promise(name, float("inf"), 50, "ms")
    times = [(screens.seen[text] - at) * 1000 for text, at in written.items()]
    return Promise(name, statistics.quantiles(times, n=100)[98], 50, "ms")


async def _opening(stage: Stage, person: TelegramPerson, taken: dict[str, Desk]) -> Promise:
    """Among so many open conversations, a long one; as its operator reads it."""
    await fill(stage, _OPEN)
    for number in range(_LONG):
        await person.text(f"long {number}")
    async with asyncio.timeout(_LATE_S):
        contact, desk = await _with(taken, f"long {_LONG - 1}")
    times = []
    for _ in range(_OPENINGS):
        began = time.perf_counter()
        page = await _page(desk, contact)
        times.append((time.perf_counter() - began) * 1000)
        assert len(page) == _SHOWN  # noqa: S101 - else nothing was measured
    name = f"{_OPEN} chats open: one shows {_SHOWN} messages, p99"
    return Promise(name, statistics.quantiles(times, n=100)[98], 100, "ms")


async def _with(taken: dict[str, Desk], words: str) -> tuple[str, Desk]:
    """In which conversation, on whose desk, these are the last words."""
    while True:
        for contact, desk in taken.items():
            if (await _page(desk, contact))[-1]["text"] == words:
                return contact, desk
        await asyncio.sleep(LOOK_S)


async def _page(desk: Desk, contact: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = (
        await desk.get(f"/api/chats/{contact}/messages", limit=str(_SHOWN))
    )["messages"]
    return messages


async def fill(stage: Stage, chats: int) -> None:
    """Let so many people write one message each, through the webhook."""
    secret = stage.webhook_secret
    writer: Asking = Writer(f"{stage.base_url}/telegram/webhook", secret, chats=chats)
    left = iter(range(chats))

    async def one() -> None:
        async with line(writer, b"") as turn:
            for number in left:
                await turn(number)

    await asyncio.gather(*(one() for _ in range(_CONNECTIONS)))
