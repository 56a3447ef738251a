"""The last lines of `hotline bench`: what is promised to callers and operators, as measured."""

import asyncio
import contextlib
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final

from hotline.cli.stage import Stage
from hotline.simulator.load import Turn, pace
from hotline.simulator.operators import Desk
from hotline.simulator.tasks import Tasks

CALLS_A_SECOND: Final = 200
WAITING: Final = 1000
TURN_S: Final = 15.0
"""A turn of the hold loop is one piece of music."""
_CONNECTIONS: Final = 64
_ANSWERS: Final = 20
_KEYS: Final = ("2", "1")
_BEAT_S: Final = 5.0
LOOK_S: Final = 0.05

Opened = Callable[[], AbstractAsyncContextManager[Turn]]


@dataclass(frozen=True, slots=True)
class Promise:
    """One line: what was measured, and below what it must stay, in the same unit.

    `at_least`: the other way round.
    """

    name: str
    measured: float
    below: float
    unit: str
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether it was kept on this machine, now."""
        return self.measured >= self.below if self.at_least else self.measured < self.below


async def of_calls(opened: Opened, pid: int, seconds: float, first: int) -> Promise:
    """New calls in an even stream, the web process on one core of its own where it can be."""
    with _on_one_core(pid):
        load = await pace(
            opened,
            per_second=CALLS_A_SECOND,
            connections=_CONNECTIONS,
            seconds=seconds,
            first=first,
        )
    name = f"/voice/in at {CALLS_A_SECOND}/s, p99"
    return Promise(name, float("inf") if load.failed else load.p99_ms, 20, "ms")


async def of_waiting(
    opened: Opened, pid: int, seconds: float, cpu_s: Callable[[int], float]
) -> Promise:
    """So many callers in the hold loop, each with one turn per piece of music."""
    before, began = cpu_s(pid), time.perf_counter()
    load = await pace(
        opened, per_second=WAITING / TURN_S, connections=_CONNECTIONS, seconds=seconds, first=0
    )
    share = (cpu_s(pid) - before) / (time.perf_counter() - began)
    name = f"{WAITING} callers wait, share of a core"
    return Promise(name, float("inf") if load.failed else share, 0.25, "")


async def of_answering(stage: Stage) -> Promise:
    """From the press on Answer until the caller hears the operator, one call at a time.

    The whole service, and a world that runs as fast as the real one. Wants an empty database:
    whoever waits there is offered first.
    """
    desk = Desk(stage.base_url, "operator0", stage.passwords["operator0"])
    await desk.open()
    heart = Tasks()
    heart.start(_beat(desk), name="bench.heart")
    try:
        await desk.post("/api/shift/start", {"phone_mode": "fake"})
        times = [await _answered(stage, desk, number) for number in range(_ANSWERS)]
        await _done(desk)
        await desk.post("/api/shift/end")
    finally:
        await heart.close()
        await desk.close()
    return Promise("Answer until both are in the room, p50", statistics.median(times), 500, "ms")


async def _answered(stage: Stage, desk: Desk, number: int) -> float:
    """One call from dialling to the record; milliseconds between Answer and the voice."""
    person = stage.world.phone(f"+996555{number:06}")
    await person.dial()
    for key in _KEYS:
        await person.wait_gather()
        await person.press(key)
    offer = await found(desk, "offers", "pending")
    began = time.perf_counter()
    card = (await desk.post(f"/api/offers/{offer['id']}/accept"))["contact"]
    await person.wait_talking()
    took = time.perf_counter() - began
    await found(desk, "mine", "talking")
    await person.hang_up()
    await found(desk, "mine", "wrap_up")
    await desk.post(f"/api/contacts/{card['id']}/non-data", {"kind": "test"})
    return took * 1000


async def found(desk: Desk, what: str, state: str) -> dict[str, Any]:
    """Wait until the desk shows one; an offer has no state but that it is there."""
    while True:
        found: list[dict[str, Any]] = (await desk.get("/api/desk/snapshot"))[what]
        if found and found[0].get("state", state) == state:
            return found[0]
        await asyncio.sleep(LOOK_S)


async def _done(desk: Desk) -> None:
    """Wait until nothing is in hand any more."""
    while True:
        if not (await desk.get("/api/desk/snapshot"))["mine"]:
            return
        await asyncio.sleep(LOOK_S)


async def _beat(desk: Desk) -> None:
    """As the page does: who is not heard of is not offered anybody."""
    async with desk.http.ws_connect("/ws/desk", protocols=("h189.1",)) as socket:
        while True:
            await socket.send_json({"k": "hb"})
            await asyncio.sleep(_BEAT_S)


@contextlib.contextmanager
def _on_one_core(pid: int) -> Iterator[None]:
    """Where the system can bind a process to a core; elsewhere nothing."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(pid)
    os.sched_setaffinity(pid, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(pid, before)
