"""Enqueue on the side of who waits, and Dial with a Queue on the side of who takes them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace

from hotline.simulator.carrier.calls import Call, Script
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.pages import Page
from hotline.simulator.carrier.queues import Member, Queue, Queues
from hotline.simulator.carrier.verbs import Dial, Enqueue
from hotline.simulator.tasks import drop

_LONGEST_NAME = 64


class Left(Exception):  # noqa: N818 - control flow, as CallOver
    """Raised by the verb Leave in a waiting document."""


class Queueing:
    """``run`` follows documents on a leg; ``last`` asks an action whose answer changes nothing."""

    run: Callable[[Call, Script], Awaitable[None]]
    last: Callable[[Call, Script], Coroutine[object, object, None]]

    def __init__(self, desk: Desk, queues: Queues) -> None:
        self._desk = desk
        self._queues = queues

    async def enqueue(self, call: Call, verb: Enqueue, page: Page) -> dict[str, str]:
        """Wait until taken, told to leave, or redirected; the fields of the action request."""
        if len(verb.name) > _LONGEST_NAME:
            raise DocumentError(12200, "The name of a queue has at most 64 characters")
        queue = self._queues.named(verb.name) or self._queues.make(verb.name)
        member = self._queues.enter(queue, call)
        if member is None:
            return {"QueueResult": "queue-full"}
        self._remember(call, verb, page, result={"QueueResult": "hangup", "QueueSid": queue.sid})
        try:
            await self._wait(call, verb, page, queue=queue, member=member)
            return self._result("bridged", queue, member)
        except Left:
            self._queues.leave(queue, member)
            return self._result("leave", queue, member)
        except DocumentError:
            self._queues.leave(queue, member)
            return self._result("error", queue, member)
        except asyncio.CancelledError:
            self._cut_off(call, queue, member)
            raise
        finally:
            self._queues.leave(queue, member)
            member.over.set()
            call.waits = False

    async def dequeue(self, call: Call, verb: Dial, page: Page) -> dict[str, str]:
        """Take the first of a queue and talk; the fields of the action request."""
        noun = verb.queue
        queue = self._queues.named(noun.name) if noun else None
        if noun is None or queue is None:
            return {"DialCallStatus": "failed", "DialBridged": "false"}
        url = page.absolute(noun.url) if noun.url else ""
        try:
            async with asyncio.timeout(self._desk.clock.real(verb.timeout_s)):
                member = await self._queues.take(queue, call, whisper=(url, noun.method))
        except TimeoutError:
            return {"DialCallStatus": "no-answer", "DialBridged": "false"}
        try:
            return await self._talk(call, verb, member)
        finally:
            member.over.set()

    async def _talk(self, call: Call, verb: Dial, member: Member) -> dict[str, str]:
        clock = self._desk.clock
        await self._first(member.joined, member.over)
        since = clock.instant()
        if not member.over.is_set():
            call.ear.hear(Heard.TALKING, "1")
            self._remember(call, verb, None, result={"DialCallStatus": "completed"})
            await self._first(member.over, within_s=verb.time_limit_s)
        return {
            "DialCallStatus": "completed",
            "DialCallSid": member.call.sid,
            "DialCallDuration": str(max(1, math.ceil(clock.instant() - since))),
            "DialBridged": "true" if member.joined.is_set() else "false",
        }

    async def _wait(
        self, call: Call, verb: Enqueue, page: Page, *, queue: Queue, member: Member
    ) -> None:
        """The music of the queue until taken, then the talk until one of the two leaves."""
        call.waits = True
        branch = self._desk.tasks.branch
        music = branch(self._music(call, verb, page, queue=queue, member=member), name="queue")
        taken = branch(member.taken.wait(), name="taken")
        try:
            await asyncio.wait({music, taken}, return_when=asyncio.FIRST_COMPLETED)
            if music.done() and not taken.done():
                music.result()  # raises what ended it: Leave, Hangup, a bad document
        finally:
            await drop(music, taken)
        call.waits = False
        if member.whisper_url and member.by is not None:
            told = {
                "QueueSid": queue.sid,
                "QueueTime": str(member.queue_time),
                "DequeingCallSid": member.by.sid,
            }
            await self.run(call, Script(member.whisper_url, member.whisper_method, params=told))
        if member.over.is_set():
            return
        member.joined.set()
        call.ear.hear(Heard.TALKING, "1")
        await member.over.wait()

    async def _music(
        self, call: Call, verb: Enqueue, page: Page, *, queue: Queue, member: Member
    ) -> None:
        if verb.wait_url is None:
            call.ear.hear(Heard.MUSIC, "carrier music")
            await member.taken.wait()
            return
        url = page.absolute(verb.wait_url)
        while True:
            told = self._queues.form(queue, member)
            await self.run(call, Script(url=url, method=verb.wait_method, params=told))
            await asyncio.sleep(0)

    def _cut_off(self, call: Call, queue: Queue, member: Member) -> None:
        """Hung up, or told by REST to do something else: then the action is asked right away."""
        self._queues.leave(queue, member)
        if call.last_words is None:
            return
        bridged = member.joined.is_set()
        if call.departure == "participant_updated_via_api":
            how = "redirected-from-bridged" if bridged else "redirected"
            script = replace(call.last_words, params=self._result(how, queue, member))
            self._desk.tasks.start(self.last(call, script), name="last action")
        else:
            how = "bridged" if bridged else "hangup"
            call.last_words = replace(call.last_words, params=self._result(how, queue, member))

    def _remember(
        self, call: Call, verb: Enqueue | Dial, page: Page | None, *, result: dict[str, str]
    ) -> None:
        """What the action is to hear should the leg end now."""
        if page is None:
            if call.last_words is not None:
                call.last_words = replace(call.last_words, params=result)
        elif verb.action is not None:
            url = page.absolute(verb.action)
            call.last_words = Script(url=url, method=verb.method, params=result)

    async def _first(self, *events: asyncio.Event, within_s: float | None = None) -> None:
        waits = [self._desk.tasks.branch(one.wait(), name="bridge") for one in events]
        limit = None if within_s is None else self._desk.clock.real(within_s)
        try:
            await asyncio.wait(waits, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await drop(*waits)

    @staticmethod
    def _result(how: str, queue: Queue, member: Member) -> dict[str, str]:
        return {"QueueResult": how, "QueueSid": queue.sid, "QueueTime": str(member.queue_time)}
