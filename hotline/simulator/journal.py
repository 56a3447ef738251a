"""The ground truth: everything that happened in the simulated world, in order."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from hotline.simulator.clock import Clock

Entry: TypeAlias = dict[str, object]
_LOOK_BACK = 3_000
_SUBSCRIBER_BACKLOG = 5_000


class Journal:
    """Entries with ``seq``, ``at`` (ISO, UTC) and ``kind``; also counted per kind.

    With ``path`` the entries are appended there as JSON lines, a few times a second and at the end;
    the youngest ``kept`` stay at hand.
    """

    def __init__(self, clock: Clock, path: Path | None = None, *, kept: int = 200_000) -> None:
        self._clock = clock
        self._path = path
        self._unwritten: list[str] = []
        self._listeners: set[asyncio.Queue[Entry]] = set()
        self.world = secrets.token_hex(4)
        """Whose journal it is: after a restart the numbers begin anew."""
        self.seq = 0
        self.entries: deque[Entry] = deque(maxlen=kept)
        self.counters: Counter[str] = Counter()

    def write(self, kind: str, **fields: object) -> Entry:
        """Add an entry and hand it to all who follow."""
        self.seq += 1
        entry: Entry = {"seq": self.seq, "at": self._clock.now().isoformat(), "kind": kind}
        entry.update(fields)
        self.entries.append(entry)
        self.counters[kind] += 1
        if self._path is not None:
            self._unwritten.append(json.dumps(entry, ensure_ascii=False, default=str))
        for listener in self._listeners:
            if listener.qsize() < _SUBSCRIBER_BACKLOG:
                listener.put_nowait(entry)
        return entry

    def find(self, kind: str, **fields: object) -> list[Entry]:
        """Return the entries of a kind whose fields have these values."""
        return [entry for entry in self.entries if _fits(entry, kind, fields)]

    def last(self, kinds: set[str], count: int) -> list[Entry]:
        """Return the youngest entries of these kinds, youngest first; looks back a few thousand."""
        recent = islice(reversed(self.entries), _LOOK_BACK)
        return list(islice((entry for entry in recent if entry["kind"] in kinds), count))

    def after(self, seq: int) -> Iterator[Entry]:
        """Return the entries younger than ``seq``."""
        return (entry for entry in self.entries if int(str(entry["seq"])) > seq)

    @contextmanager
    def following(self) -> Iterator[asyncio.Queue[Entry]]:
        """Follow: a queue that gets every new entry while the block lasts."""
        queue: asyncio.Queue[Entry] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def stream(self, after: int) -> AsyncGenerator[Entry, None]:
        """Yield what is younger than ``after``, then what happens, without end."""
        with self.following() as queue:
            last = after
            for entry in list(self.after(after)):
                last = int(str(entry["seq"]))
                yield entry
            while True:
                entry = await queue.get()
                if int(str(entry["seq"])) > last:
                    yield entry

    async def wait_for(
        self,
        kind: str,
        *,
        within_s: float = 10.0,
        where: Callable[[Entry], bool] | None = None,
        **fields: object,
    ) -> Entry:
        """Return the first entry that fits, past or future; ``within_s`` are real seconds."""
        async with asyncio.timeout(within_s):
            async for entry in self.stream(0):
                if _fits(entry, kind, fields) and (where is None or where(entry)):
                    return entry
        raise AssertionError  # the stream has no end

    async def keep_writing(self) -> None:
        """Append new entries to the file until cancelled."""
        while True:
            await asyncio.sleep(0.3)
            await self.flush()

    async def flush(self) -> None:
        """Write what is not yet in the file."""
        if self._path is None or not self._unwritten:
            return
        lines, self._unwritten = self._unwritten, []
        await asyncio.to_thread(_append, self._path, "".join(f"{line}\n" for line in lines))


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _fits(entry: Entry, kind: str, fields: dict[str, object]) -> bool:
    return entry["kind"] == kind and all(entry.get(key) == value for key, value in fields.items())
