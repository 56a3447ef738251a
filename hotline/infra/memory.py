"""Live events and heartbeats inside one process: for tests and for one process without Redis."""

from collections import deque
from collections.abc import AsyncIterator, Iterable
from uuid import UUID

from hotline.infra.heartbeats import KEPT_S
from hotline.infra.streams import MAX_EVENTS, START, Batch, LiveEvent, Reader, order
from hotline.kernel.clock import Clock


class MemoryLive:
    """The stream as a list. The same promises as through Redis, for this process only."""

    def __init__(self) -> None:
        self._told: deque[tuple[str, LiveEvent]] = deque(maxlen=MAX_EVENTS)
        self._count = 0
        self._readers: set[Reader] = set()

    async def tell(self, *events: LiveEvent) -> None:
        """See `Live`."""
        fresh = []
        for event in events:
            self._count += 1
            fresh.append((f"{self._count}-0", event))
        self._told.extend(fresh)
        for reader in self._readers:
            reader.give(fresh)

    def read(self, after: str) -> AsyncIterator[Batch]:
        """See `Live`."""
        reader = Reader()
        self._readers.add(reader)
        return self._reading(reader, after)

    async def tail_id(self) -> str:
        """See `Live`."""
        return f"{self._count}-0"

    async def pump(self) -> None:
        """Nothing comes from elsewhere."""

    def forget(self) -> None:
        """Lose the past, as an emptied Redis does."""
        self._told.clear()

    async def _reading(self, reader: Reader, after: str) -> AsyncIterator[Batch]:
        try:
            if after:
                batch = self._replay(after)
                reader.replayed(batch.last_id)
                if batch.events or batch.gap:
                    yield batch
            while True:
                yield await reader.take()
        finally:
            self._readers.discard(reader)

    def _replay(self, after: str) -> Batch:
        rows = [row for row in self._told if order(row[0]) > order(after)]
        first = self._told[0][0] if self._told else None
        if after == START:
            gap = self._count > len(self._told)
        else:
            gap = first is None or order(first) > order(after)
        last = rows[-1][0] if rows else after
        return Batch(tuple(event for _, event in rows), last, gap)


class MemoryHeartbeats:
    """Heartbeats in a dictionary."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[UUID, float] = {}

    async def beat(self, staff_id: UUID) -> None:
        """See `Heartbeats`."""
        self._last[staff_id] = self._clock.monotonic()

    async def seen(self, staff_ids: Iterable[UUID]) -> dict[UUID, float | None] | None:
        """See `Heartbeats`."""
        return {staff_id: self._age(staff_id) for staff_id in staff_ids}

    def _age(self, staff_id: UUID) -> float | None:
        last = self._last.get(staff_id)
        if last is None:
            return None
        age = self._clock.monotonic() - last
        return age if age < KEPT_S else None
