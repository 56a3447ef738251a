"""A database in which it is as late as we say, and units of work that tell at once.

Functions named like PostgreSQL's clock stand in a schema that is looked into first; so whatever
asks for the time without naming a schema (statements, functions, defaults of columns) is told ours.
Nothing of the product is changed for it.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Final

import asyncpg
from sqlalchemy import make_url
from typing_extensions import override

from hotline.infra.db import Database, Raw, Uow
from hotline.infra.pool import dial
from hotline.kernel.events import Event
from hotline.migrations.schema import DDL, metadata

START: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""When every rehearsal begins: a Monday."""
_CLOCK: Final = [
    "create schema virtual",
    """
    create function virtual.now() returns timestamptz language sql stable as
    $$ select pg_catalog.current_setting('virtual.now')::timestamptz $$
    """,
    """
    create function virtual.clock_timestamp() returns timestamptz language sql stable as
    $$ select pg_catalog.current_setting('virtual.now')::timestamptz $$
    """,
]


class _Clock:
    """What the connection was told last, and whether it still has a commit to make."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._told: datetime | None = None
        self.to_commit = False

    async def begin(self, now: datetime) -> None:
        """A new transaction at that time, on the same trip as the commit of the last one."""
        words = "commit; begin" if self.to_commit else "begin"
        if now != self._told:
            words += f"; set virtual.now = '{now.isoformat()}'"
        self.to_commit, self._told = False, None
        await self._raw.execute(words)
        self._told = now

    def undone(self) -> None:
        """The transaction was taken back, and what it told of the time with it."""
        self._told = None

    async def commit(self) -> None:
        """What is done so far is true."""
        if self.to_commit:
            await self._raw.execute("commit")
            self.to_commit = False


class VirtualUow(Uow):
    """One transaction at a given time; what it publishes is heard at its end, by no job."""

    def __init__(self, raw: Raw, clock: _Clock, now: datetime) -> None:
        super().__init__(raw, lambda _: False, alone=False)
        self._clock = clock
        self._now = now
        self.published: list[Event] = []

    @override
    async def time(self) -> datetime:
        return self._now

    @override
    def publish(self, *events: Event) -> None:
        self.published.extend(events)

    @override
    async def finish(self) -> None:
        """Nobody else looks, so the commit can wait for the next beginning."""
        await self.flush()
        self._clock.to_commit = self._clock.to_commit or self._begun

    @override
    async def undo(self, error: BaseException) -> None:
        """It never was; nobody hears of it."""
        await super().undo(error)
        self._clock.undone()

    @override
    async def _begin(self) -> None:
        self._begun = True
        await self._clock.begin(self._now)


class _Block(contextlib.AbstractAsyncContextManager[Uow, None]):
    """`async with db.uow()`: the end of the transaction, and who hears of it."""

    def __init__(self, uow: VirtualUow, hear: Callable[[Sequence[Event]], None]) -> None:
        self._uow = uow
        self._hear = hear

    @override
    async def __aenter__(self) -> Uow:
        return self._uow

    @override
    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if error is None:
            await self._uow.finish()
            if self._uow.published:
                self._hear(self._uow.published)
        else:
            await self._uow.undo(error)


class VirtualDatabase(Database):
    """One connection, one transaction after the other. `hear` is told what each published."""

    def __init__(self, url: str, raw: Raw) -> None:
        super().__init__(url, pool_size=1)
        self._raw = raw
        self._clock = _Clock(raw)
        self.now = START
        self.hear: Callable[[Sequence[Event]], None] = lambda _: None

    @override
    def uow(self) -> contextlib.AbstractAsyncContextManager[Uow, None]:
        return _Block(VirtualUow(self._raw, self._clock, self.now), self.hear)

    @override
    async def close(self) -> None:
        await self._clock.commit()
        await self._raw.close()
        await super().close()


@contextlib.asynccontextmanager
async def virtual(server: str, name: str) -> AsyncIterator[VirtualDatabase]:
    """An empty database of that name beside the one of this address, dropped afterwards."""
    maker = await asyncpg.connect(server)
    await maker.execute(f"drop database if exists {name} with (force)")
    await maker.execute(f"create database {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    try:
        await maker.execute(f"alter database {name} set search_path = virtual, pg_catalog, public")
        await maker.execute(f"alter database {name} set synchronous_commit = off")
        raw = await dial(url)
        for statement in _CLOCK:
            await raw.execute(statement)
        database = VirtualDatabase(url, raw)
        try:
            async with database.engine.begin() as connection:
                await connection.run_sync(partial(metadata.create_all, checkfirst=False))
                for statement in DDL:
                    await connection.exec_driver_sql(statement)
            yield database
        finally:
            await database.close()
    finally:
        await maker.execute(f"drop database {name} with (force)")
        await maker.close()
