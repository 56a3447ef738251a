"""SQL of where a contact stands in the queue, and of who is on shift to take it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.routing.matching import Asks
from hotline.routing.waits import Crew

_STANDING: Final = """
select b.asks_language, b.asks_topic, b.senior, b.reserve, count(*)::int as n,
       bool_or(b.contact_id = me.contact_id) as mine, now() as at,
       extract(epoch from now() - me.since)::float8 as waited_s
from queue_entry me join queue_entry b on b.kind = me.kind
  and (b.effective_at, b.contact_id) <= (me.effective_at, me.contact_id)
where me.contact_id = $1
group by b.asks_language, b.asks_topic, b.senior, b.reserve, me.since
"""
# Whoever is being asked just now has empty hands: the contact that they are asked for still waits.
_CREWS: Final = """
select languages, skills, senior, reserve,
  sum(case when $1 = 'chat' then max_chats else 1 end)::int as hands,
  sum(case when calls > 0 then 0 when $1 = 'chat' then greatest(max_chats - chats, 0)
           when chats <= call_beside then 1 else 0 end)::int as free
from operator_state where presence = 'available' and pending_break is null
group by languages, skills, senior, reserve
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the contact asks for now, and how many of the same kind are before it, by their asks."""

    asks: Asks
    ahead: list[tuple[Asks, int]]
    place: int
    waited_s: float
    at: datetime


async def of(uow: Uow, contact_id: UUID) -> Standing | None:
    """None when the contact does not wait."""
    rows = await uow.fetch(_STANDING, contact_id)
    ahead, asks = [], None
    for row in rows:
        each = Asks(row["asks_language"], row["asks_topic"], row["senior"], row["reserve"])
        asks = each if row["mine"] else asks
        ahead.append((each, row["n"] - row["mine"]))
    if asks is None:
        return None
    place = sum(row["n"] for row in rows)
    return Standing(asks, ahead, place, rows[0]["waited_s"], rows[0]["at"])


async def crews(uow: Uow, kind: str) -> list[Crew]:
    """Those who take contacts now, by what they are able to do."""
    return [
        Crew(
            frozenset(row["languages"]),
            frozenset(row["skills"]),
            row["senior"],
            row["reserve"],
            row["hands"],
            row["free"],
        )
        for row in await uow.fetch(_CREWS, kind)
    ]
