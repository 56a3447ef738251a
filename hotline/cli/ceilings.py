"""What PostgreSQL and Redis do on this machine without a web side: the ceilings of `bench`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg
from redis.asyncio import Redis

from hotline.simulator.load import Turn

_STREAM: Final = "bench"
_KEPT: Final = 10_000


async def prepare(url: str) -> None:
    """Make the table of `inserts`."""
    connection = await asyncpg.connect(url)
    await connection.execute("create table bench_ceiling (id bigint)")
    await connection.close()


@asynccontextmanager
async def inserts(url: str) -> AsyncIterator[Turn]:
    """A connection; a turn inserts one row of one column and commits it."""
    connection = await asyncpg.connect(url)
    insert = await connection.prepare("insert into bench_ceiling values ($1)")

    async def turn(number: int) -> bool:
        await insert.fetch(number)
        return str(insert.get_statusmsg()) == "INSERT 0 1"

    try:
        yield turn
    finally:
        await connection.close()


@asynccontextmanager
async def pairs(url: str) -> AsyncIterator[Turn]:
    """A connection; a turn inserts two rows of one column in one transaction."""
    connection = await asyncpg.connect(url)
    insert = await connection.prepare("insert into bench_ceiling values ($1)")

    async def turn(number: int) -> bool:
        async with connection.transaction():
            await insert.fetch(number)
            await insert.fetch(number)
        return True

    try:
        yield turn
    finally:
        await connection.close()


@asynccontextmanager
async def appends(url: str) -> AsyncIterator[Turn]:
    """A connection; a turn appends one entry to a stream, as a live event is."""
    client = Redis.from_url(url, single_connection_client=True)

    async def turn(number: int) -> bool:
        return bool(await client.xadd(_STREAM, {"n": number}, maxlen=_KEPT, approximate=True))

    try:
        yield turn
    finally:
        await client.aclose()
