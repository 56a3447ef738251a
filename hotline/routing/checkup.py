"""What `hotline doctor` asks of the queue: whom the configuration no longer knows."""

from uuid import UUID

from hotline.infra.db import Database
from hotline.routing import matchstore
from hotline.routing.matching import Relaxing


async def unknown(db: Database, relaxing: Relaxing) -> list[UUID]:
    """At most a hundred contacts that wait with a language or topic that is gone, oldest first.

    They are offered all the same: what nobody can answer is not asked.
    """
    async with db.reads() as uow:
        return await matchstore.unknown(uow, relaxing)
