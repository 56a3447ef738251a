"""SQL of the queue as desks are shown it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.routing.model import QueueItem

SHOWN: Final = 40
"""How many of them a desk is shown."""
_ITEM = """
select contact_id, channel, language, topic, danger, since, effective_at from queue_entry
"""


async def queue(uow: Uow, *, limit: int) -> list[QueueItem]:
    """The waiting contacts in the order in which they will be offered."""
    rows = await uow.fetch(f"{_ITEM} order by effective_at, contact_id limit $1", limit)
    return [QueueItem(**row) for row in rows]


async def queue_item(uow: Uow, contact_id: UUID) -> QueueItem | None:
    """One waiting contact, or None."""
    row = await uow.fetchrow(f"{_ITEM} where contact_id = $1", contact_id)
    return QueueItem(**row) if row else None


async def queue_counts(uow: Uow) -> tuple[dict[str, int], datetime | None]:
    """Waiting by channel, and since when the longest waits."""
    rows = await uow.fetch(
        "select channel, count(*)::int as n, min(since) as first from queue_entry group by channel"
    )
    firsts = [r["first"] for r in rows]
    return {r["channel"]: r["n"] for r in rows}, min(firsts) if firsts else None
