"""SQL of counting calls by where they come from."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId

Full = asyncpg.ExclusionViolationError
"""Since it was counted, others took the last place of these numbers; nothing was written."""

# Live calls of the number $1 and of the prefix $2, counted no further than $3 and $4.
LIVE_CALLS = """
select (select count(*) from (select from call_leg
          where address_key = $1 and lane = 'open' and ended_at is null limit $3) n) as of_number,
       (select count(*) from (select from call_leg
          where prefix = $2 and lane = 'open' and ended_at is null limit $4) p) as of_prefix
"""
_TAKE_URGENT = """
update call_leg c set lane = 'urgent'
where c.sid = $1 and c.lane = 'refused'
  and ($2 = 0 or c.address_key is null or $2 > (
    select count(*) from call_leg o
    where o.address_key = c.address_key and o.lane = 'urgent' and o.ended_at is null))
  and ($3 = 0 or c.prefix is null or $3 > (
    select count(*) from call_leg o
    where o.prefix = c.prefix and o.lane = 'urgent' and o.ended_at is null))
"""


async def take_urgent(uow: Uow, sid: str, *, of_number: int, of_prefix: int) -> bool:
    """Let a call through that was turned away, unless as many have got through already.

    One after the other, so that the count is true; 0 is no limit.
    """
    await uow.execute("select pg_advisory_xact_lock(hashtext('telephony.urgent'))")
    return bool(await uow.execute(_TAKE_URGENT, sid, of_number, of_prefix))


async def prefix_of(uow: Uow, contact_id: UUID) -> str | None:
    """The prefix of the number that called."""
    found: str | None = await uow.fetchval(
        "select prefix from call_leg where contact_id = $1 and role = 'caller' order by opened_at",
        contact_id,
    )
    return found


async def of_prefix(uow: Uow, contact_ids: Sequence[UUID], prefix: str) -> list[ContactId]:
    """Those of them who called from the numbers of a prefix, on the line or not."""
    rows = await uow.fetch(
        """
        select distinct contact_id from call_leg
        where contact_id = any($1) and prefix = $2 and role = 'caller'
        """,
        list(contact_ids),
        prefix,
    )
    return [ContactId(row["contact_id"]) for row in rows]


async def calling_from(uow: Uow, prefix: str) -> list[ContactId]:
    """Whose calls from the numbers of a prefix go on and were taken in the ordinary way."""
    rows = await uow.fetch(
        """
        select contact_id from call_leg
        where prefix = $1 and lane = 'open' and ended_at is null limit 1000
        """,
        prefix,
    )
    return [ContactId(row["contact_id"]) for row in rows]
