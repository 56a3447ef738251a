"""The carrier's own call queues: who waits in which, since when, and who takes the first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.desk import Desk

DEFAULT_SIZE = 100
LARGEST = 5_000


@dataclass(slots=True, eq=False)
class Member:
    """A call that waits. ``by`` is who took it; ``joined`` is set when the two hear each other."""

    call: Call
    enqueued: datetime
    since: float
    by: Call | None = None
    taken: asyncio.Event = field(default_factory=asyncio.Event)
    joined: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    whisper_url: str = ""
    whisper_method: str = "POST"
    queue_time: int = 0
    """Whole seconds waited, once taken."""


@dataclass(slots=True, eq=False)
class Queue:
    """One queue; the members stand in the order in which they came."""

    sid: str
    name: str
    max_size: int
    created: datetime
    updated: datetime
    members: list[Member] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def find(self, key: str) -> Member | None:
        """Return a member by CallSid, or the first as ``Front``."""
        if key == "Front":
            return next(iter(self.members), None)
        return next((one for one in self.members if one.call.sid == key), None)


class Queues:
    """All queues of the account, by SID."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.by_sid: dict[str, Queue] = {}

    def named(self, name: str) -> Queue | None:
        """Return the queue of that name."""
        return next((one for one in self.by_sid.values() if one.name == name), None)

    def make(self, name: str, max_size: int = DEFAULT_SIZE) -> Queue:
        """Make a queue."""
        now = self._desk.clock.now()
        queue = Queue(self._desk.dialect.new_sid("QU"), name, max_size, now, now)
        self.by_sid[queue.sid] = queue
        self._desk.journal.write("queue.created", queue=queue.sid, name=name)
        return queue

    def enter(self, queue: Queue, call: Call) -> Member | None:
        """Let a call wait; None when the queue is full."""
        if len(queue.members) >= queue.max_size:
            return None
        member = Member(call, self._desk.clock.now(), self._desk.clock.instant())
        queue.members.append(member)
        self._desk.journal.write("queue.join", queue=queue.sid, call=call.sid)
        news, queue.news = queue.news, asyncio.Event()
        news.set()
        return member

    def leave(self, queue: Queue, member: Member) -> None:
        """Take a call out; a second time changes nothing."""
        if member in queue.members:
            member.queue_time = self.waited_s(member)
            queue.members.remove(member)
            self._desk.journal.write("queue.leave", queue=queue.sid, call=member.call.sid)

    async def take(self, queue: Queue, by: Call, *, whisper: tuple[str, str]) -> Member:
        """Wait for somebody to come first, and take them out for ``by``."""
        while not queue.members:
            await queue.news.wait()
        member = queue.members[0]
        self.leave(queue, member)
        member.by = by
        member.whisper_url, member.whisper_method = whisper
        member.taken.set()
        return member

    def waited_s(self, member: Member) -> int:
        """Whole seconds a member has waited so far."""
        return round(self._desk.clock.instant() - member.since)

    def average_s(self, queue: Queue) -> int:
        """Whole seconds that those who wait now have waited on average."""
        times = [self.waited_s(one) for one in queue.members]
        return round(sum(times) / len(times)) if times else 0

    def form(self, queue: Queue, member: Member) -> dict[str, str]:
        """Return what the waiting document is told."""
        return {
            "QueueSid": queue.sid,
            "QueuePosition": str(queue.members.index(member) + 1),
            "QueueTime": str(self.waited_s(member)),
            "AvgQueueTime": str(self.average_s(queue)),
            "CurrentQueueSize": str(len(queue.members)),
        }
