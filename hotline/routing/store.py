"""SQL of routing. Every race is decided here, by one conditional statement each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, OfferId, StaffId, new_id
from hotline.routing.model import Offer, OfferState, Purpose, QueueItem

# matching.py is the twin of this statement in words. Whoever has chats in hand gets no further one
# while an earlier call waits that they could take: their hands must become empty some time. An
# operator who passed or missed a contact is asked again only when nobody else has had a chance:
# least often asked first. $1 and $2 are the waiting times after which the topic, then the language,
# is no longer required; danger requires neither, and so does whom an operator chose ("wanted").
_MATCH = """
with load as materialized (
  select o.staff_id, o.languages, o.skills, o.max_chats, o.idle_since,
         count(a.contact_id) filter (where a.kind in ('call', 'guest')) as calls,
         count(a.contact_id) filter (where a.kind = 'chat') as chats
  from operator_state o left join assignment a on a.staff_id = o.staff_id and a.until is null
  where o.presence = 'available' and o.pending_break is null
    and not exists (select 1 from offer p where p.staff_id = o.staff_id and p.state = 'pending')
  group by o.staff_id)
select q.contact_id, free.staff_id
from queue_entry q
cross join lateral (
  select l.staff_id from load l
  where l.calls = 0
    and case q.kind when 'call' then l.chats = 0 else l.chats < l.max_chats end
    and (q.wanted is null or q.wanted_until <= now() or q.wanted = l.staff_id)
    and (q.danger or q.language is null or q.language = any(l.languages)
         or q.since <= now() - $2::interval or (q.wanted = l.staff_id and q.wanted_until > now()))
    and (q.danger or q.topic is null or q.topic = any(l.skills) or q.since <= now() - $1::interval
         or (q.wanted = l.staff_id and q.wanted_until > now()))
    and (q.kind = 'call' or l.chats = 0 or not exists (
      select 1 from queue_entry c
      where c.kind = 'call' and (c.effective_at, c.contact_id) < (q.effective_at, q.contact_id)
        and not exists (select 1 from offer p
                        where p.contact_id = c.contact_id and p.state = 'pending')
        and (c.wanted is null or c.wanted_until <= now() or c.wanted = l.staff_id)
        and (c.danger or c.language is null or c.language = any(l.languages)
             or c.since <= now() - $2::interval
             or (c.wanted = l.staff_id and c.wanted_until > now()))
        and (c.danger or c.topic is null or c.topic = any(l.skills)
             or c.since <= now() - $1::interval
             or (c.wanted = l.staff_id and c.wanted_until > now()))))
    and not exists (select 1 from offer b
                    where b.contact_id = q.contact_id and b.staff_id = l.staff_id
                      and b.state = 'passed' and b.ended_at > now() - interval '15 seconds')
  order by q.language is null or q.language = any(l.languages) desc,
           q.topic is null or q.topic = any(l.skills) desc,
           (select count(*) from offer b
            where b.contact_id = q.contact_id and b.staff_id = l.staff_id),
           l.chats, l.idle_since, l.staff_id
  limit 1) free
where not exists (select 1 from offer p where p.contact_id = q.contact_id and p.state = 'pending')
order by q.effective_at, q.contact_id
limit 1
"""
_OFFER = """
insert into offer (id, contact_id, staff_id, state, deadline, purpose)
select $1, $2, staff_id, 'pending', now() + $4::interval, $5 from operator_state
where staff_id = $3 and presence = 'available' and pending_break is null for update
returning id, contact_id, staff_id, state, made_at, deadline, purpose
"""
_END_OFFER = """
update offer set state = $2, ended_at = now(), reason = $3
where id = $1 and state = 'pending' and ($4::uuid is null or staff_id = $4)
returning id, contact_id, staff_id, state, made_at, deadline, purpose
"""
# Accepting looks at the deadline by PostgreSQL's clock: a press that arrives late has lost, even
# when the sweep has not come by yet.
_ACCEPT = """
update offer set state = 'accepted', ended_at = now()
where id = $1 and staff_id = $2 and state = 'pending' and deadline > now()
returning id, contact_id, staff_id, state, made_at, deadline, purpose
"""


def _offer(row: asyncpg.Record) -> Offer:
    return Offer(
        id=OfferId(row["id"]),
        contact_id=ContactId(row["contact_id"]),
        staff_id=StaffId(row["staff_id"]),
        state=OfferState(row["state"]),
        made_at=row["made_at"],
        deadline=row["deadline"],
        purpose=Purpose(row["purpose"]),
    )


async def lock_group(uow: Uow) -> None:
    """Serialise matching: the next match sees everything this one did, so nobody is stranded."""
    await uow.execute("select pg_advisory_xact_lock(hashtext('routing.match'))")


async def enqueue(
    uow: Uow,
    item: QueueItem,
    *,
    kind: str,
    effective_at: datetime,
    behind: bool,
) -> None:
    """Put a contact in the queue, or update what it asks for; its waiting time is kept."""
    await uow.execute(
        """
        insert into queue_entry
          (contact_id, channel, kind, language, topic, danger, priority, since, effective_at,
           behind)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (contact_id) do update set
          language = excluded.language, topic = excluded.topic, danger = excluded.danger,
          priority = excluded.priority, behind = queue_entry.behind and excluded.behind,
          effective_at = least(queue_entry.effective_at, excluded.effective_at)
        """,
        item.contact_id,
        item.channel,
        kind,
        item.language,
        item.topic,
        item.danger,
        item.priority,
        item.since,
        effective_at,
        behind,
    )


async def set_back(
    uow: Uow, contact_ids: Sequence[UUID], by: timedelta, *, behind: bool
) -> list[ContactId]:
    """Move those who wait, and are not there yet, back or forth in the order; who was moved."""
    rows = await uow.fetch(
        """
        update queue_entry set behind = $3,
          effective_at = effective_at + case when $3 then $2::interval else - $2::interval end
        where contact_id = any($1) and behind <> $3 and not danger
        returning contact_id
        """,
        list(contact_ids),
        by,
        behind,
    )
    return [ContactId(row["contact_id"]) for row in rows]


async def behind(uow: Uow) -> list[ContactId]:
    """Those who wait and were set back."""
    rows = await uow.fetch("select contact_id from queue_entry where behind")
    return [ContactId(row["contact_id"]) for row in rows]


async def dequeue(uow: Uow, contact_id: UUID) -> bool:
    """Take a contact out of the queue; False when it was not in it."""
    return bool(await uow.execute("delete from queue_entry where contact_id = $1", contact_id))


async def want(uow: Uow, contact_id: UUID, staff_id: UUID, wait: timedelta) -> None:
    """Keep a waiting contact for one person for so long."""
    await uow.execute(
        "update queue_entry set wanted = $2, wanted_until = now() + $3 where contact_id = $1",
        contact_id,
        staff_id,
        wait,
    )


async def front(uow: Uow) -> datetime | None:
    """The smallest effective time in the queue."""
    first: datetime | None = await uow.fetchval("select min(effective_at) from queue_entry")
    return first


async def position(uow: Uow, contact_id: UUID) -> int | None:
    """How many are before this contact, plus one; None when it does not wait."""
    place: int | None = await uow.fetchval(
        """
        select (select count(*) from queue_entry b
                where (b.effective_at, b.contact_id) <= (q.effective_at, q.contact_id)
                  and b.kind = q.kind)
        from queue_entry q where q.contact_id = $1
        """,
        contact_id,
    )
    return place


async def match_one(
    uow: Uow, *, relax_topic: timedelta, relax_language: timedelta
) -> tuple[ContactId, StaffId] | None:
    """The first contact that anybody free can take, and who. The caller holds the group's lock."""
    row = await uow.fetchrow(_MATCH, relax_topic, relax_language)
    return (ContactId(row["contact_id"]), StaffId(row["staff_id"])) if row else None


async def offer(
    uow: Uow, contact_id: ContactId, staff_id: StaffId, offer_for: timedelta, purpose: Purpose
) -> Offer | None:
    """Ask; None when the operator left, or asked for a break, just now."""
    made = await uow.fetchrow(_OFFER, new_id(), contact_id, staff_id, offer_for, purpose)
    return _offer(made) if made else None


async def accept(uow: Uow, offer_id: UUID, staff_id: StaffId) -> Offer | None:
    """Win the offer, or None."""
    row = await uow.fetchrow(_ACCEPT, offer_id, staff_id)
    return _offer(row) if row else None


async def end_offer(
    uow: Uow, offer_id: UUID, state: OfferState, *, reason: str | None, staff_id: StaffId | None
) -> Offer | None:
    """End a pending offer, or None when it ended already or is somebody else's."""
    row = await uow.fetchrow(_END_OFFER, offer_id, state, reason, staff_id)
    return _offer(row) if row else None


async def due_offers(uow: Uow) -> list[Offer]:
    """Expire what is past its deadline. The operator's row comes first, as when they accept.

    Whoever is pressing just now is left to it: what they lose is found at the next look.
    """
    rows = await uow.fetch(
        """
        with asked as materialized (
          select staff_id from operator_state
          where staff_id in (select staff_id from offer where state = 'pending'
                             and deadline <= now() order by deadline limit 100)
          for update skip locked)
        update offer set state = 'expired', ended_at = now()
        where staff_id in (select staff_id from asked) and state = 'pending' and deadline <= now()
        returning id, contact_id, staff_id, state, made_at, deadline, purpose
        """
    )
    return [_offer(row) for row in rows]


async def pending_offers(
    uow: Uow, *, staff_id: UUID | None = None, contact_id: UUID | None = None
) -> list[Offer]:
    """Pending offers of an operator or for a contact."""
    rows = await uow.fetch(
        """
        select id, contact_id, staff_id, state, made_at, deadline, purpose from offer
        where state = 'pending' and ($1::uuid is null or staff_id = $1)
          and ($2::uuid is null or contact_id = $2) order by made_at limit 200
        """,
        staff_id,
        contact_id,
    )
    return [_offer(row) for row in rows]
