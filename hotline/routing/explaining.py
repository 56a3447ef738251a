"""Answers "why did it wait?", and lets go of moments when they are old."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Final
from uuid import UUID

from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Unavailable
from hotline.routing import whystore
from hotline.routing.why import Why, answer

# As long as offers and assignments are meant to stay: without them moments explain nothing.
KEPT: Final = timedelta(days=365)
FORGET_EVERY_S: Final = 600.0


class Explaining:
    """Reads what PostgreSQL kept; a match writes nothing for it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def why(self, uow: Uow, contact_id: UUID) -> Why | None:
        """Who was considered when, and what ruled each out; None for who was never in the queue."""
        return answer(await whystore.why(uow, contact_id))

    async def forget(self, older_than: timedelta = KEPT) -> int:
        """Delete some of the moments that are older than this; how many."""
        async with self._db.uow() as uow:
            return await whystore.forget(uow, older_than)

    async def forgetting(self) -> None:
        """An endless loop for the role work; several may run side by side."""
        while True:
            # The sweeps of routing say when the database is away.
            with contextlib.suppress(Unavailable):
                await self.forget()
            await asyncio.sleep(FORGET_EVERY_S)
