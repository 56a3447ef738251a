"""PostgreSQL and the unit of work: one transaction, its events and its jobs, all or nothing.

SQLAlchemy owns the table metadata and the migrations. Statements are text, on asyncpg connections
of a pool of our own, which costs a fifth of the CPU.
"""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Any, Final, cast

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from hotline.infra.metadata import metadata
from hotline.infra.outbox import NewJob, wake, write_of
from hotline.infra.pool import Pool, Raw, dial
from hotline.infra.writes import Write, together
from hotline.kernel.errors import Unavailable
from hotline.kernel.events import Event

__all__ = ["AWAY", "Database", "Raw", "Taken", "Uow", "metadata"]

AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what a connection says that the server cut off while it was idle
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.exceptions.CannotConnectNowError,
    asyncpg.exceptions.AdminShutdownError,
    asyncpg.exceptions.CrashShutdownError,
    asyncpg.exceptions.TooManyConnectionsError,
    asyncpg.exceptions.InvalidAuthorizationSpecificationError,
    asyncpg.exceptions.InvalidCatalogNameError,
    asyncpg.exceptions.ReadOnlySQLTransactionError,  # connected to what is no longer the primary
)
"""PostgreSQL is not there, or not for us: no connection to it is worth keeping."""
_NOT_NOW: Final = (
    asyncpg.exceptions.InsufficientResourcesError,  # disk, memory
    asyncpg.exceptions.OperatorInterventionError,  # cancelled, among others by a time limit
    asyncpg.exceptions.TransactionRollbackError,  # a deadlock, or two that cannot both be true
)
"""This transaction could not be, through no fault of its own; the connection is in order."""
Taken = asyncpg.UniqueViolationError
"""Somebody else wrote that row first, and has committed; nothing of ours was written."""


class Uow:
    """One transaction; what it publishes or enqueues becomes true with its commit or never.

    It begins with the first statement that needs it: a unit of work that only calls `write`,
    `publish` and `enqueue` is one statement, which PostgreSQL commits by itself.
    """

    def __init__(self, raw: Raw, wanted: Callable[[type[Event]], bool], *, alone: bool) -> None:
        self._raw = raw
        self._wanted = wanted
        self._alone = alone
        self._begun = False
        self._writes: list[Write] = []
        self._jobs: list[NewJob] = []
        self._after: list[Callable[[], None]] = []
        self._time: datetime | None = None

    async def fetch(self, sql: str, *args: object) -> list[asyncpg.Record]:
        """All rows."""
        if not self._begun:
            await self._begin()
        return await self._raw.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: object) -> asyncpg.Record | None:
        """The first row, or None."""
        if not self._begun:
            await self._begin()
        return await self._raw.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: object) -> Any:  # noqa: ANN401 - any type
        """The first column of the first row, or None."""
        if not self._begun:
            await self._begin()
        return await self._raw.fetchval(sql, *args)

    async def glance(self, sql: str, *args: object) -> asyncpg.Record | None:
        """The first row, as it is a moment before the transaction, which this does not begin.

        For what may have changed by the time of the commit: a race shows in what is written then.
        """
        return await self._raw.fetchrow(sql, *args)

    async def execute(self, sql: str, *args: object) -> int:
        """Run a statement; the number of rows it touched (0 when it does not say)."""
        if not self._begun:
            await self._begin()
        status = await self._raw.execute(sql, *args)
        tail = status.rsplit(" ", 1)[-1]
        return int(tail) if tail.isdigit() else 0

    def write(self, sql: str, *args: object, name: str = "") -> None:
        """Write before the commit, together with the other writes and the jobs: one round trip.

        For what nothing else in this transaction reads or touches. Errors come at the end.
        """
        self._writes.append(Write(sql, args, name))

    async def time(self) -> datetime:
        """The transaction's own time by PostgreSQL's clock; business deadlines count from it."""
        if self._time is None:
            self._time = cast("datetime", await self.fetchval("select now()"))
        return self._time

    async def number(self, sequence: str) -> int:
        """The next number of a sequence; the transaction's time comes on the same trip."""
        row = await self.fetchrow(
            "select nextval($1::text::regclass) as number, now() as time", sequence
        )
        assert row is not None  # noqa: S101 - a select without a table has one row
        self._time = row["time"]
        return cast("int", row["number"])

    def publish(self, *events: Event) -> None:
        """Tell rooms above, after the commit, at least once, in order per lane."""
        for event in events:
            if self._wanted(type(event)):
                payload = {"name": event.name, "row": event.to_row()}
                self._jobs.append(NewJob("event", payload, event.lane, hurry=event.hurry))

    def enqueue(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        lane: str,
        run_at: datetime | None = None,
        key: str | None = None,
    ) -> None:
        """Write work down; `key` keeps a second one out while the first is unfinished."""
        self._jobs.append(NewJob(kind, payload, lane, run_at, key))

    async def cancel(self, key: str) -> None:
        """Take back a job that has not begun, typically a timer."""
        self._jobs = [j for j in self._jobs if j.key != key]
        await self.execute("delete from job where key = $1 and state = 'ready'", key)

    def after_commit(self, call: Callable[[], None]) -> None:
        """A hint to give once the transaction is true; lost if the process dies."""
        self._after.append(call)

    async def flush(self) -> None:
        """Write what waits so far; the unit of work does this itself before it commits."""
        if self._writes or self._jobs:
            if not self._begun:
                await self._begin()
            await self._send()

    async def finish(self) -> None:
        """Write what waits, and make everything true; called at the end of the block."""
        if self._writes or self._jobs:
            await self._send()
        if self._begun and not self._alone:
            await self._raw.execute("commit")

    async def undo(self, error: BaseException) -> None:
        """Leave the connection outside of any transaction; who knows what a cancelled one did."""
        if (self._begun and not self._alone) or isinstance(error, asyncio.CancelledError):
            await self._raw.execute("rollback")

    def committed(self) -> None:
        """Give the hints."""
        for call in self._after:
            call()

    async def _begin(self) -> None:
        self._begun = True
        if not self._alone:
            await self._raw.execute("begin")

    async def _send(self) -> None:
        writes, jobs = self._writes, self._jobs
        self._writes, self._jobs = [], []
        if jobs:
            writes.append(write_of(jobs))
        sql, args = together(writes, wake(jobs))
        await self._raw.fetchval(sql, *args)


class _Block:
    """`async with db.uow()`: a connection from the pool for the time of the block."""

    __slots__ = ("_alone", "_pool", "_raw", "_uow", "_wanted")

    def __init__(
        self, pool: Pool, wanted: Callable[[type[Event]], bool], *, alone: bool = False
    ) -> None:
        self._pool = pool
        self._wanted = wanted
        self._alone = alone

    async def __aenter__(self) -> Uow:
        try:
            self._raw = await self._pool.take()
        except (*AWAY, *_NOT_NOW) as error:
            raise _away() from error
        self._uow = Uow(self._raw, self._wanted, alone=self._alone)
        return self._uow

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if error is not None:
            await self._end_badly(error)
            return
        try:
            await self._uow.finish()
        except BaseException as failure:
            await self._end_badly(failure)
            raise
        self._pool.give(self._raw)
        self._uow.committed()

    async def _end_badly(self, error: BaseException) -> None:
        """Roll back, or throw the connection away: it must not go back to the pool half-open."""
        if isinstance(error, AWAY):
            # A dead server leaves a pool of dead connections behind: all of them go.
            self._pool.drop(self._raw)
            self._pool.forget()
            raise _away() from error
        try:
            await self._uow.undo(error)
        except BaseException as failure:
            self._pool.drop(self._raw)
            if not isinstance(failure, AWAY):
                raise
        else:
            self._pool.give(self._raw)
        if isinstance(error, _NOT_NOW):
            raise _away() from error


class Database:
    """The pool. `wanted` says which events have a reader, so that no row is written for nobody.

    Until somebody who knows the readers sets it, every event is written down.
    """

    def __init__(self, url: str, *, pool_size: int = 12) -> None:
        self.url = url
        self.wanted: Callable[[type[Event]], bool] = lambda _: True
        self._pool = Pool(url, pool_size)

    @cached_property
    def engine(self) -> AsyncEngine:
        """SQLAlchemy's engine, for migrations and tests; it keeps no connections."""
        return create_async_engine(
            "postgresql+asyncpg://",
            async_creator=lambda: dial(self.url),
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,
            hide_parameters=True,
        )

    async def close(self) -> None:
        """Close the pool."""
        await self._pool.close()

    def uow(self) -> contextlib.AbstractAsyncContextManager[Uow, None]:
        """One transaction: commits at the end of the block, rolls back on any exception.

        Raises `Unavailable("database-away")` when PostgreSQL cannot be reached, goes away, or
        cannot do it now: full, read-only, at a limit, in a deadlock.
        """
        return _Block(self._pool, self.wanted)

    def reads(self) -> contextlib.AbstractAsyncContextManager[Uow, None]:
        """Statements one by one, without a transaction around them: for reads, and nothing else.

        What `write`, `publish` and `enqueue` leave for the end is one statement here too.
        """
        return _Block(self._pool, self.wanted, alone=True)

    async def ping(self) -> None:
        """Answer, or raise `Unavailable`."""
        async with self.reads() as uow:
            await uow.fetchval("select 1")

    async def listen(self, channel: str, heard: Callable[[str], None]) -> Raw:
        """A connection of its own that calls `heard` with each NOTIFY; the caller closes it.

        Raises `Unavailable` when there is none to be had.
        """
        try:
            connection = await dial(self.url)
        except (*AWAY, *_NOT_NOW) as error:
            raise _away() from error
        try:
            await connection.add_listener(channel, lambda *notice: heard(notice[-1]))
        except BaseException:
            connection.terminate()
            raise
        return connection


def _away() -> Unavailable:
    code = "database-away"
    return Unavailable(code)
