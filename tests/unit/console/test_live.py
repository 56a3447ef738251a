"""The slow lane of the live socket: the last of each thing, in the order of the telling."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, cast

from hotline.console.live import TICK_S, Hub
from hotline.infra.memory import MemoryHeartbeats, MemoryLive
from hotline.infra.streams import LiveEvent
from hotline.kernel.clock import SystemClock
from tests.builders import ANA


class Ear:
    """A socket whose person says nothing and leaves at once."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def put(self, frame: str) -> None:
        """Hear a frame; the greeting is none of them."""
        self.heard += [e["k"] for e in json.loads(frame)["ev"] if e["k"] != "hello"]

    async def texts(self) -> AsyncIterator[str]:
        """Nothing."""
        for text in list[str]():
            yield text


def contact(kind: str) -> LiveEvent:
    """Something about one contact in the queue."""
    return LiveEvent(kind, "all", "queue:1", {"id": "1"})


async def test_what_was_told_last_of_a_contact_within_a_tick_is_heard_last() -> None:
    live, clock = MemoryLive(), SystemClock()
    hub = Hub(live, MemoryHeartbeats(clock), cast("Any", None), clock, {}, build="b")
    await hub.talk(cast("Any", Ear()), ANA, "", "")

    async def tells() -> None:
        await asyncio.sleep(0)
        await live.tell(*map(contact, ("queue.item", "queue.gone", "queue.item")))

    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(2.5 * TICK_S):
            await asyncio.gather(hub.read(), hub.tick(), tells())
    back = Ear()
    await hub.talk(cast("Any", back), ANA, "", f"{hub.epoch}.0")
    assert back.heard == ["queue.gone", "queue.item"]
