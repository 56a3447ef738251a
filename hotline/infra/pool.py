"""Open connections to PostgreSQL: kept, handed out latest first, thrown away when in doubt.

asyncpg's own pool spends a task and a proxy on every hand-over and a round trip on a reset that a
finished transaction does not need. This one only keeps what a unit of work left in order.
"""

import asyncio
import json
from typing import TYPE_CHECKING, Final, TypeAlias

import asyncpg
from sqlalchemy import make_url

if TYPE_CHECKING:
    Raw: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Raw = asyncpg.Connection  # generic for the type checker only

CONNECT_TIMEOUT_S: Final = 3
COMMAND_TIMEOUT_S: Final = 15
_CLOSE_TIMEOUT_S: Final = 2
_STATEMENTS: Final = 400
_ABANDONED_MS: Final = "60000"


async def dial(url: str) -> Raw:
    """One connection that reads and writes JSON as Python values. Raises what `AWAY` lists."""
    connection: Raw = await asyncpg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False),
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=COMMAND_TIMEOUT_S,
        statement_cache_size=_STATEMENTS,
        # Whoever dies within a transaction must not hold its locks until TCP finds out.
        server_settings={"idle_in_transaction_session_timeout": _ABANDONED_MS},
    )
    try:
        for name in ("json", "jsonb"):
            await connection.set_type_codec(
                name, encoder=json.dumps, decoder=json.loads, schema="pg_catalog"
            )
    except BaseException:
        connection.terminate()
        raise
    return connection


class Pool:
    """At most `size` connections. Whoever takes one either gives it back or drops it."""

    def __init__(self, url: str, size: int) -> None:
        self._url = url
        self._idle: list[Raw] = []
        self._slots = asyncio.Semaphore(size)
        self._closed = False

    async def take(self) -> Raw:
        """A connection outside of any transaction; waits for one at most 3 s, then TimeoutError.

        A task cancelled in here leaves neither a connection nor a slot behind.
        """
        if self._slots.locked():
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                await self._slots.acquire()
        else:
            await self._slots.acquire()
        try:
            while self._idle:
                connection = self._idle.pop()
                if not connection.is_closed():
                    return connection
            return await dial(self._url)
        except BaseException:
            self._slots.release()
            raise

    def give(self, connection: Raw) -> None:
        """Back, for the next one. It must be outside of any transaction, with nothing under way."""
        if self._closed or connection.is_closed():
            connection.terminate()
        else:
            self._idle.append(connection)
        self._slots.release()

    def drop(self, connection: Raw) -> None:
        """Not back: nobody knows what state it is in."""
        connection.terminate()
        self._slots.release()

    def forget(self) -> None:
        """Drop whatever is idle: a server that died leaves only dead connections."""
        while self._idle:
            self._idle.pop().terminate()

    async def close(self) -> None:
        """Say goodbye to the server on every idle connection; those in use end when given back."""
        self._closed = True
        while self._idle:
            try:
                await self._idle.pop().close(timeout=_CLOSE_TIMEOUT_S)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                continue  # close() has cut it off by itself
