"""Short texts from process to process through PostgreSQL's NOTIFY, for while Redis is away."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Final

import asyncpg

from hotline.infra.db import AWAY, Database
from hotline.kernel.errors import Unavailable
from hotline.kernel.ids import new_code

CHANNEL: Final = "live"
# PostgreSQL takes 7999 bytes in one notice.
MAX_BYTES: Final = 7_900
_SENDER_SIGNS: Final = 10
_RETRY_S: Final = 1.0
# A connection that only listens does not notice by itself that its other end is gone.
_ASK_S: Final = 2.0
_LISTEN = f'listen "{CHANNEL}"'
_SEND = """
select pg_notify($1, text) from unnest($2::text[]) with ordinality as n(text, ord) order by ord
"""


class Notices:
    """Reaches every process that listens, and never the one that sends."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._me = new_code(_SENDER_SIGNS)

    async def send(self, texts: Sequence[str]) -> bool:
        """In this order, what is too long as ""; False when PostgreSQL is away as well."""
        fitting = [text if len(text.encode()) <= MAX_BYTES else "" for text in texts]
        try:
            async with self._db.reads() as uow:
                await uow.execute(_SEND, CHANNEL, [self._me + text for text in fitting])
        except (Unavailable, asyncpg.PostgresError):
            return False
        return True

    async def listen(self, heard: Callable[[str], None], missed: Callable[[], None]) -> None:
        """The endless loop; `missed` is told whenever notices may have gone by unheard."""

        def arrived(notice: str) -> None:
            if not notice.startswith(self._me):
                heard(notice[_SENDER_SIGNS:])

        again = False
        while True:
            with contextlib.suppress(Unavailable, *AWAY):
                connection = await self._db.listen(CHANNEL, arrived)
                try:
                    if again:
                        missed()
                    while True:
                        await asyncio.sleep(_ASK_S)
                        await connection.execute(_LISTEN)
                finally:
                    connection.terminate()
            again = True
            await asyncio.sleep(_RETRY_S)
