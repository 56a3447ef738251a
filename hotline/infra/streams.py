"""Live events: hints to desks that something changed, in order, with nothing lost on a reconnect.

The facts are rows in PostgreSQL; what travels here are ids, codes and times, never personal data.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from hotline.infra.metrics import Metrics
from hotline.infra.notices import Notices
from hotline.infra.redis import RedisAway, RedisLink

STREAM: Final = "h189:live"
MAX_EVENTS: Final = 20_000
# What one reader in this process may be behind before it has to reload.
MAX_BEHIND: Final = 5_000
START: Final = "0-0"

_BLOCK_MS: Final = 2_000
_RETRY_S: Final = 0.25
_ID: Final = re.compile(r"\d{1,20}-\d{1,20}")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One hint. `audience` is `all`, `staff:<uuid>` or `perm:<permission>`.

    `key` says what it is about (an id): of several hints with the same kind and key within one
    tick the last is enough. `body` holds JSON of ids, codes and times only.
    """

    kind: str
    audience: str
    key: str
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """What arrived, oldest first. `last_id` is where to go on later.

    `gap` says that something before these events was lost: reload from PostgreSQL.
    """

    events: tuple[LiveEvent, ...]
    last_id: str
    gap: bool = False


class Live(Protocol):
    """Tells desks in all processes."""

    async def tell(self, *events: LiveEvent) -> None:
        """Tell, in this order. Never raises and never waits long: hints may get lost, facts not."""
        ...

    def read(self, after: str) -> AsyncIterator[Batch]:
        """Events told after `after` (an id from `tail_id` or a batch; "" is from now), endlessly.

        Close the iterator (`aclose`) when done.
        """
        ...

    async def tail_id(self) -> str:
        """Where the stream ends now; "" when nobody knows."""
        ...

    async def pump(self) -> None:
        """The endless loop that brings events of other processes here; kept by `Tasks`."""
        ...


def order(event_id: str) -> tuple[int, int]:
    """An id as something that compares."""
    millis, _, number = event_id.partition("-")
    return int(millis), int(number)


class Reader:
    """What one reader has not taken yet; bounded, so a stuck reader costs no memory."""

    def __init__(self) -> None:
        self._pending: list[tuple[str, LiveEvent]] = []
        self._gap = False
        self._last = ""
        self._wake = asyncio.Event()

    def give(self, events: Iterable[tuple[str, LiveEvent]], *, gap_at: str | None = None) -> None:
        """Add events (id "" when they did not go through the stream); `gap_at` marks a loss."""
        if gap_at is not None:
            self._pending, self._gap, self._last = [], True, gap_at
        self._pending.extend(events)
        if len(self._pending) > MAX_BEHIND:
            newest = [event_id for event_id, _ in self._pending if event_id]
            self._pending, self._gap = [], True
            self._last = newest[-1] if newest else self._last
        self._wake.set()

    def replayed(self, last_id: str) -> None:
        """What is up to `last_id` has been read from the stream itself: drop it here."""
        self._last = last_id

    async def take(self) -> Batch:
        """Wait for something and take all of it."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch = self._taken()
            if batch.events or batch.gap:
                return batch

    def _taken(self) -> Batch:
        pending, self._pending = self._pending, []
        gap, self._gap = self._gap, False
        events = []
        for event_id, event in pending:
            if event_id and self._last and order(event_id) <= order(self._last):
                continue
            self._last = event_id or self._last
            events.append(event)
        return Batch(tuple(events), self._last, gap)


class RedisLive:
    """Live events through one Redis stream; while Redis is away, straight and as notices."""

    def __init__(self, link: RedisLink, metrics: Metrics, notices: Notices) -> None:
        self._link = link
        self._metrics = metrics
        self._notices = notices
        self._readers: set[Reader] = set()
        self._started = asyncio.Event()

    async def tell(self, *events: LiveEvent) -> None:
        """See `Live`."""
        way = "redis"
        try:
            await self._link.attempt(lambda redis: _add(redis, events))
        except RedisAway:
            self._give([("", event) for event in events])
            sent = await self._notices.send([_packed(event) for event in events])
            way = "notice" if sent else "direct"
        for event in events:
            self._metrics.live_events.labels(event.kind, way).inc()

    def read(self, after: str) -> AsyncIterator[Batch]:
        """See `Live`. Listens from the call on, so nothing falls between replay and listening."""
        reader = Reader()
        self._readers.add(reader)
        return self._reading(reader, after)

    async def tail_id(self) -> str:
        """See `Live`."""
        try:
            return await self._link.attempt(_tail)
        except RedisAway:
            return ""

    async def pump(self) -> None:
        """See `Live`: one blocking read per process, whatever the number of readers."""
        client = self._link.blocking(_BLOCK_MS / 1000)
        try:
            last = ""
            while True:
                last = await self._round(client, last)
        finally:
            await client.aclose()

    async def hear(self) -> None:
        """The endless loop that brings what other processes tell while Redis is away."""
        await self._notices.listen(self._heard, self._missed)

    def _heard(self, notice: str) -> None:
        if notice:
            self._give([("", LiveEvent(*json.loads(notice)))])
        else:
            self._give([], gap_at="")

    def _missed(self) -> None:
        if self._link.away:
            self._give([], gap_at="")

    async def _round(self, client: Redis, last: str) -> str:
        """Read once. Gives back where to go on, "" when the connection was lost."""
        try:
            if not last:
                return await self._begin(client)
            answer: Any = await client.xread({STREAM: last}, block=_BLOCK_MS, count=500)
        except (RedisError, OSError, TimeoutError) as error:
            self._link.failed(error)
            self._started.set()
            await asyncio.sleep(_RETRY_S)
            return ""
        self._link.answered()
        rows = answer[0][1] if answer else []
        self._give([(event_id, _event(fields)) for event_id, fields in rows])
        return rows[-1][0] if rows else last

    async def _begin(self, client: Redis) -> str:
        """Go on from the end of the stream; whoever listened before may have missed something."""
        last = await _tail(client)
        self._link.answered()
        if self._started.is_set():
            self._metrics.live_gaps.inc()
            self._give([], gap_at=last)
        self._started.set()
        return last

    async def _reading(self, reader: Reader, after: str) -> AsyncIterator[Batch]:
        try:
            await self._started.wait()
            if after:
                batch = await self._replay(after)
                reader.replayed(batch.last_id)
                if batch.events or batch.gap:
                    yield batch
            while True:
                yield await reader.take()
        finally:
            self._readers.discard(reader)

    async def _replay(self, after: str) -> Batch:
        if not _ID.fullmatch(after):
            return Batch((), "", gap=True)
        try:
            first, rows, length = await self._link.attempt(lambda redis: _since(redis, after))
        except RedisAway:
            return Batch((), "", gap=True)
        if after == START:
            gap = length >= MAX_EVENTS
        else:
            gap = first is None or order(first) > order(after)
        last = rows[-1][0] if rows else after
        return Batch(tuple(_event(fields) for _, fields in rows), last, gap)

    def _give(self, events: list[tuple[str, LiveEvent]], gap_at: str | None = None) -> None:
        for reader in self._readers:
            reader.give(events, gap_at=gap_at)


Rows = list[tuple[str, dict[str, str]]]


async def _add(redis: Redis, events: tuple[LiveEvent, ...]) -> None:
    async with redis.pipeline(transaction=False) as pipe:
        for event in events:
            body = json.dumps(event.body, separators=(",", ":"))
            row: dict[Any, Any] = {"k": event.kind, "a": event.audience, "y": event.key, "b": body}
            _ = pipe.xadd(STREAM, row, maxlen=MAX_EVENTS, approximate=True)
        await pipe.execute()


async def _tail(redis: Redis) -> str:
    rows: Any = await redis.xrevrange(STREAM, count=1)
    return rows[0][0] if rows else START


async def _since(redis: Redis, after: str) -> tuple[str | None, Rows, int]:
    async with redis.pipeline(transaction=True) as pipe:
        _ = pipe.xrange(STREAM, count=1)
        _ = pipe.xrange(STREAM, min=f"({after}")
        _ = pipe.xlen(STREAM)
        first, rows, length = await pipe.execute()
    return (first[0][0] if first else None), rows, length


def _packed(event: LiveEvent) -> str:
    return json.dumps([event.kind, event.audience, event.key, event.body], separators=(",", ":"))


def _event(fields: dict[str, str]) -> LiveEvent:
    return LiveEvent(fields["k"], fields["a"], fields["y"], json.loads(fields["b"]))
