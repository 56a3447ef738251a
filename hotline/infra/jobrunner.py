"""Runs the rows of the job table: leases, lanes, retries with back-off, a dead-letter list."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, Final, TypeVar

import asyncpg
import structlog

from hotline.infra.db import AWAY, Database, Raw
from hotline.infra.jobcontext import Drop, JobContext, JobHandler, Later
from hotline.infra.outbox import CHANNEL
from hotline.kernel.errors import Unavailable
from hotline.kernel.ids import new_code

T = TypeVar("T")

log = structlog.get_logger(__name__)

LEASE: Final = timedelta(seconds=15)
RENEW_S: Final = 5.0
POLL_S: Final = 0.5
MAX_ATTEMPTS: Final = 10
MAX_BACKOFF_S: Final = 60
DEAD_RETRY_S: Final = 1.0
LAPSED: Final = "lapsed"
WIDTH: Final = 16

# The oldest unfinished row of each lane, so that nothing overtakes; a running or waiting elder
# holds its lane, a dead one does not. Rooms whose slots are all taken are left out.
_CLAIM = """
with ready as (
  select j.id from job j
  where j.state = 'ready' and j.run_at <= now() and split_part(j.kind, '.', 1) <> all($4)
    and not exists (select 1 from job e
                    where e.lane = j.lane and e.id < j.id and e.state in ('ready', 'running'))
  order by j.run_at, j.id limit $1
  for update of j skip locked)
update job set state = 'running', leased_until = now() + $2, attempts = attempts + 1, owner = $3
from ready where job.id = ready.id
returning job.id, job.kind, job.lane, job.payload, job.attempts
"""
# Whoever held it died or was cut off. A job that takes its process down every time must end too.
_LAPSED = """
update job
   set owner = null, leased_until = null,
       state = case when attempts < $1 then 'ready' else 'dead' end,
       last_error = case when attempts < $1 then last_error else $2 end
where state = 'running' and leased_until < now()
returning id, kind, state
"""
# Only what is really in hand: a job whose outcome could not be written must lapse and come again.
_RENEW = """
update job set leased_until = now() + $2
where owner = $1 and state = 'running' and id = any($3)
"""
_AGAIN = """
update job set state = $4, owner = null, leased_until = null, last_error = $5,
       run_at = now() + $6, attempts = attempts - $7
where id = $1 and owner = $2 and attempts = $3 and state = 'running'
"""


class JobRunner:
    """Claims and runs jobs until stopped; several may run side by side, in any number of processes.

    Every room (the word before the dot of a kind) has `width` slots of its own: a carrier that does
    not answer holds up calls, and never the timers of an escalation.
    `spawn(name, coroutine)` makes a tracked task; `died(job_id, kind)` is told of each dead letter,
    `ended(kind, how)` how each try ended: done, later, again, dead.
    """

    def __init__(
        self,
        db: Database,
        handlers: dict[str, JobHandler],
        spawn: Callable[[str, Coroutine[Any, Any, None]], object],
        *,
        died: Callable[[int, str], Coroutine[Any, Any, None]] | None = None,
        ended: Callable[[str, str], object] = lambda _kind, _how: None,
        width: int = WIDTH,
    ) -> None:
        self._db = db
        self._handlers = handlers
        self._spawn = spawn
        self._died = died
        self._ended = ended
        self._width = width
        self._owner = new_code(12)
        self._wake = asyncio.Event()
        self._in_hand: dict[int, str] = {}  # the room of each
        self._stop = asyncio.Event()
        self._over = asyncio.Event()

    async def run(self) -> None:
        """The claim loop; returns after `stop` when nothing is left in hand."""
        try:
            await self._run()
        finally:
            self._over.set()

    async def stop(self) -> None:
        """Take no more work, and wait until what is in hand is finished."""
        self._stop.set()
        self._wake.set()
        await self._over.wait()

    async def _run(self) -> None:
        self._spawn("jobs.listen", self._listen())
        self._spawn("jobs.lease", self._keep_leases())
        while not self._stop.is_set():
            self._wake.clear()
            if await self._step(self._claim) == 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL_S)
        while self._in_hand:
            self._wake.clear()
            await self._wake.wait()

    async def _claim(self) -> int:
        taken = Counter(self._in_hand.values())
        full = [room for room, number in taken.items() if number >= self._width]
        # Never more than the fullest of the others has slots for: all may be of that room.
        slots = self._width - max((n for n in taken.values() if n < self._width), default=0)
        async with self._db.uow() as uow:
            rows = await uow.fetch(_CLAIM, slots, LEASE, self._owner, full)
        for row in rows:
            self._in_hand[row["id"]] = row["kind"].partition(".")[0]
            self._spawn(f"job.{row['kind']}", self._work(row))
        return len(rows)

    async def _work(self, row: asyncpg.Record) -> None:
        job = JobContext(
            id=row["id"],
            kind=row["kind"],
            lane=row["lane"],
            attempt=row["attempts"],
            last=row["attempts"] >= MAX_ATTEMPTS,
            owner=self._owner,
        )
        try:
            await self._attempt(job, row["payload"])
        except Unavailable:
            log.warning("job.database_away", job_id=job.id, job_kind=job.kind)
        finally:
            self._in_hand.pop(job.id, None)
            self._wake.set()

    async def _attempt(self, job: JobContext, payload: dict[str, Any]) -> None:
        try:
            await self._handlers[job.kind](payload, job)
        except Later as later:
            await self._again(job, "ready", "later", delay_s=later.delay_s, uncount=1)
            self._ended(job.kind, "later")
        except Drop as drop:
            await self._bury(job, str(drop) or "dropped")
        except Exception as error:
            log.exception("job.failed", job_id=job.id, job_kind=job.kind, attempt=job.attempt)
            if job.last:
                await self._bury(job, type(error).__name__)
            else:
                delay = min(2 ** (job.attempt - 1), MAX_BACKOFF_S)
                await self._again(job, "ready", type(error).__name__, delay_s=delay)
                self._ended(job.kind, "again")
        else:
            async with self._db.uow() as uow:
                await job.done(uow)
            self._ended(job.kind, "done")

    async def _bury(self, job: JobContext, why: str) -> None:
        await self._again(job, "dead", why, delay_s=0)
        await self._buried(job.id, job.kind, why)

    async def _buried(self, job_id: int, kind: str, why: str) -> None:
        log.error("job.dead", job_id=job_id, job_kind=kind, reason=why)
        self._ended(kind, "dead")
        if self._died is not None:
            await self._died(job_id, kind)

    async def _again(
        self, job: JobContext, state: str, why: str, *, delay_s: float, uncount: int = 0
    ) -> None:
        async with self._db.uow() as uow:
            await uow.execute(
                _AGAIN,
                job.id,
                job.owner,
                job.attempt,
                state,
                why[:80],
                timedelta(seconds=delay_s),
                uncount,
            )

    async def _keep_leases(self) -> None:
        while not self._stop.is_set() or self._in_hand:
            if await self._step(self._renew) is not None:
                await self._pause(RENEW_S if not self._stop.is_set() else POLL_S)

    async def _renew(self) -> int:
        """Hold what is in hand and free what nobody holds; how much that was."""
        async with self._db.uow() as uow:
            await uow.execute(_RENEW, self._owner, LEASE, list(self._in_hand))
            lapsed = await uow.fetch(_LAPSED, MAX_ATTEMPTS, LAPSED)
        if lapsed:
            self._wake.set()
        for row in lapsed:
            if row["state"] == "dead":
                await self._buried(row["id"], row["kind"], LAPSED)
        return len(lapsed)

    async def _listen(self) -> None:
        """Be woken by commits; the poll is the net while this connection is away."""
        while not self._stop.is_set():
            await self._step(self._hear)
            await self._pause(POLL_S)

    async def _hear(self) -> None:
        connection = await self._db.listen(CHANNEL, lambda _: self._wake.set())
        try:
            await self._until_closed(connection)
        finally:
            with contextlib.suppress(*AWAY):
                await connection.close(timeout=2)

    async def _step(self, step: Callable[[], Awaitable[T]]) -> T | None:
        """One step of a loop that nothing may end: what fails is tried again in a moment."""
        try:
            return await step()
        except Unavailable:
            pass  # told by readiness, and by every part that has work
        except Exception:
            log.exception("jobs.step_failed")
        await self._pause(DEAD_RETRY_S)
        return None

    async def _pause(self, seconds: float) -> None:
        """Sleep, but wake when told to stop; while stopping, wait for work in hand instead."""
        waits = self._wake if self._stop.is_set() else self._stop
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(waits.wait(), seconds)

    async def _until_closed(self, connection: Raw) -> None:
        gone = asyncio.Event()
        connection.add_termination_listener(lambda _: gone.set())
        while not (self._stop.is_set() or gone.is_set()):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(gone.wait(), POLL_S)
