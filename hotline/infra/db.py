"""PostgreSQL and the unit of work: one transaction, its events and its jobs, all or nothing.

SQLAlchemy owns the pool, the table metadata and the migrations. Statements run on the raw asyncpg
connection of the same transaction, which costs a fifth of the CPU; `Uow.conn` gives SQLAlchemy
Core inside the same transaction where composing a query reads better.
"""

import contextlib
import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import asyncpg
import structlog
from sqlalchemy import event as sa_event
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from hotline.infra.metadata import metadata
from hotline.infra.outbox import NewJob, flush
from hotline.kernel.errors import Unavailable
from hotline.kernel.events import Event

__all__ = ["AWAY", "Database", "Uow", "metadata"]

if TYPE_CHECKING:
    Raw: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Raw = asyncpg.Connection  # generic for the type checker only

log = structlog.get_logger(__name__)

CONNECT_TIMEOUT_S: Final = 3
COMMAND_TIMEOUT_S: Final = 15

AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.exceptions.CannotConnectNowError,
    asyncpg.exceptions.AdminShutdownError,
    asyncpg.exceptions.CrashShutdownError,
    asyncpg.exceptions.TooManyConnectionsError,
)


class Uow:
    """One transaction; what it publishes or enqueues becomes true with its commit or never."""

    def __init__(
        self,
        conn: AsyncConnection,
        raw: Raw,
        wanted: Callable[[type[Event]], bool],
    ) -> None:
        self.conn = conn
        self.raw = raw
        self._wanted = wanted
        self._jobs: list[NewJob] = []
        self._after: list[Callable[[], None]] = []
        self._time: datetime | None = None

    async def fetch(self, sql: str, *args: object) -> list[asyncpg.Record]:
        """All rows."""
        return await self.raw.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: object) -> asyncpg.Record | None:
        """The first row, or None."""
        return await self.raw.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: object) -> Any:  # noqa: ANN401 - any type
        """The first column of the first row, or None."""
        return await self.raw.fetchval(sql, *args)

    async def execute(self, sql: str, *args: object) -> int:
        """Run a statement; the number of rows it touched (0 when it does not say)."""
        status = await self.raw.execute(sql, *args)
        tail = status.rsplit(" ", 1)[-1]
        return int(tail) if tail.isdigit() else 0

    async def time(self) -> datetime:
        """The transaction's own time by PostgreSQL's clock; business deadlines count from it."""
        if self._time is None:
            self._time = cast("datetime", await self.raw.fetchval("select now()"))
        return self._time

    def publish(self, *events: Event) -> None:
        """Tell rooms above, after the commit, at least once, in order per lane."""
        for event in events:
            if self._wanted(type(event)):
                payload = {"name": event.name, "row": event.to_row()}
                self._jobs.append(NewJob(kind="event", payload=payload, lane=event.lane))

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
        """Write what was published so far; the unit of work does this itself before it commits."""
        if self._jobs:
            jobs, self._jobs = self._jobs, []
            await flush(self.raw, jobs)

    def committed(self) -> None:
        """Give the hints."""
        for call in self._after:
            call()


class Database:
    """The pool. `wanted` says which events have a reader, so that no row is written for nobody."""

    def __init__(
        self,
        url: str,
        *,
        wanted: Callable[[type[Event]], bool] = lambda _: True,
        pool_size: int = 12,
    ) -> None:
        self.url = url
        self.wanted = wanted
        self._engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"),
            isolation_level="AUTOCOMMIT",  # the unit of work begins and commits by itself
            pool_size=pool_size,
            max_overflow=4,
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_reset_on_return=None,
            hide_parameters=True,
            json_serializer=_same,
            json_deserializer=_same,
            connect_args={"timeout": CONNECT_TIMEOUT_S, "command_timeout": COMMAND_TIMEOUT_S},
        )
        sa_event.listen(self._engine.sync_engine, "connect", _on_connect)

    @property
    def engine(self) -> AsyncEngine:
        """SQLAlchemy's engine, for migrations and tests."""
        return self._engine

    async def close(self) -> None:
        """Close the pool."""
        await self._engine.dispose()

    @contextlib.asynccontextmanager
    async def uow(self) -> AsyncIterator[Uow]:
        """One transaction: commits at the end of the block, rolls back on any exception.

        Raises `Unavailable("database-away")` when PostgreSQL cannot be reached or goes away.
        """
        conn = await self._connect()
        finished = False
        try:
            raw = await _driver(conn)
            await raw.execute("begin")
            uow = Uow(conn, raw, self.wanted)
            yield uow
            await uow.flush()
            await raw.execute("commit")
            finished = True
        except AWAY as error:
            # A dead server leaves a pool of dead connections behind: all of them go.
            await conn.invalidate()
            await self._engine.dispose(close=False)
            msg = "database-away"
            raise Unavailable(msg) from error
        finally:
            if not finished:
                await _undo(conn)
            await conn.close()
        uow.committed()

    async def ping(self) -> None:
        """Answer, or raise `Unavailable`."""
        async with self.uow() as uow:
            await uow.fetchval("select 1")

    async def listen(self, channel: str, heard: Callable[[], None]) -> Raw:
        """A connection of its own that calls `heard` on each NOTIFY; the caller closes it."""
        url = make_url(self.url)
        connection = await asyncpg.connect(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            timeout=CONNECT_TIMEOUT_S,
        )
        await connection.add_listener(channel, lambda *_: heard())
        return connection

    async def _connect(self) -> AsyncConnection:
        try:
            return await self._engine.connect()
        except (*AWAY, DBAPIError) as error:
            msg = "database-away"
            raise Unavailable(msg) from error


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON is turned by the driver's codec below
    return value


def _on_connect(adapted: Any, _record: object) -> None:  # noqa: ANN401 - untyped there
    adapted.run_async(_set_codecs)


async def _set_codecs(raw: Raw) -> None:
    for name in ("json", "jsonb"):
        await raw.set_type_codec(name, encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


async def _driver(conn: AsyncConnection) -> Raw:
    fairy = await conn.get_raw_connection()
    return cast("Raw", fairy.driver_connection)


async def _undo(conn: AsyncConnection) -> None:
    """Roll back, or throw the connection away: it must not go back to the pool half-open."""
    if conn.invalidated:
        return
    try:
        raw = await _driver(conn)
        if raw.is_in_transaction():
            await raw.execute("rollback")
    except (*AWAY, DBAPIError):
        await conn.invalidate()
