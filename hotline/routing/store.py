"""SQL of routing. Every race is decided here, by one conditional statement each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from hotline.contacts.model import Contact
from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, OfferId, StaffId, new_id
from hotline.routing.matching import Asks
from hotline.routing.model import Offer, OfferState, Purpose

_OFFER = """
insert into offer (id, contact_id, staff_id, state, deadline, purpose)
select $1, $2, staff_id, 'pending', now() + $4::interval, $5 from operator_state
where staff_id = $3 and presence = 'available' and pending_break is null for update
returning id, contact_id, staff_id, state, made_at, deadline, purpose
"""
# The operator's row comes first, as when they accept: what counts their offers comes to it later.
_END_OFFER = """
with asked as materialized (
  select staff_id from operator_state
  where staff_id = (select staff_id from offer where id = $1) for update)
update offer set state = $2, ended_at = now(), reason = $3
where id = $1 and state = 'pending' and ($4::uuid is null or staff_id = $4)
  and staff_id in (select staff_id from asked)
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
        assigned=row.get("made_by") is not None,
    )


async def enqueue(
    uow: Uow,
    contact: Contact,
    *,
    since: datetime,
    effective_at: datetime,
    behind: bool,
    asks: Asks,
    relax_at: datetime | None,
) -> None:
    """Put a contact in the queue, or update what it asks for; its waiting time is kept.

    A case that was sealed stays so, and who is in danger and for everybody stays that. In danger,
    or sealed from now on, it is kept for nobody.
    """
    await uow.execute(
        """
        insert into queue_entry
          (contact_id, channel, kind, language, topic, danger, priority, since, effective_at,
           behind, asks_language, asks_topic, senior, reserve, relax_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (contact_id) do update set
          language = excluded.language, topic = excluded.topic, danger = excluded.danger,
          priority = excluded.priority, behind = queue_entry.behind and excluded.behind,
          effective_at = least(queue_entry.effective_at, excluded.effective_at),
          asks_language = excluded.asks_language, asks_topic = excluded.asks_topic,
          senior = queue_entry.senior or (excluded.senior and not excluded.danger),
          reserve = excluded.reserve or queue_entry.senior, relax_at = excluded.relax_at,
          wanted = case when excluded.danger or (excluded.senior and not queue_entry.senior)
                   then null else queue_entry.wanted end,
          wanted_until = case when excluded.danger or (excluded.senior and not queue_entry.senior)
                         then null else queue_entry.wanted_until end
        """,
        contact.id,
        contact.channel,
        contact.channel.kind,
        contact.language,
        contact.topic,
        contact.danger,
        contact.priority,
        since,
        effective_at,
        behind,
        asks.language,
        asks.topic,
        asks.senior,
        asks.reserve,
        relax_at,
    )


async def set_back(
    uow: Uow, contact_ids: Sequence[UUID], by: timedelta, *, behind: bool
) -> list[ContactId]:
    """Move those who wait, and are not there yet, back or forth in the order; who was moved."""
    rows = await uow.fetch(
        """
        update queue_entry set behind = $3,
          effective_at = effective_at + case when $3 then $2::interval else - $2::interval end
        where contact_id in (
          select contact_id from queue_entry
          where contact_id = any($1) and behind <> $3 and not danger
          order by contact_id for update)
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


async def front(uow: Uow, *, past_danger: bool) -> datetime | None:
    """The place before everybody, or before all who are behind the last in danger; None: nobody is.

    A second before the next, and nearer where somebody in danger stands as near.
    """
    place: datetime | None = await uow.fetchval(
        """
        select greatest(q.effective_at - interval '1 second', d.last + interval '1 millisecond')
        from (select max(effective_at) as last from queue_entry where danger and $1) d
        cross join lateral (
          select effective_at from queue_entry where effective_at > coalesce(d.last, '-infinity')
          order by effective_at limit 1) q
        """,
        past_danger,
    )
    return place


async def position(uow: Uow, contact_id: UUID) -> int | None:
    """The place among contacts of its kind, from 1; None when it does not wait."""
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
    """Expire what is past its deadline, oldest first. The operator's row comes first, as always.

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
    return sorted(map(_offer, rows), key=lambda one: (one.deadline, one.contact_id))


async def offer_of(uow: Uow, offer_id: UUID, staff_id: UUID) -> Offer | None:
    """An offer that was made to this operator, whatever became of it."""
    row = await uow.fetchrow(
        """
        select id, contact_id, staff_id, state, made_at, deadline, purpose from offer
        where id = $1 and staff_id = $2
        """,
        offer_id,
        staff_id,
    )
    return _offer(row) if row else None


async def pending_offers(
    uow: Uow, *, staff_id: UUID | None = None, contact_id: UUID | None = None
) -> list[Offer]:
    """Pending offers of an operator or for a contact."""
    rows = await uow.fetch(
        """
        select id, contact_id, staff_id, state, made_at, deadline, purpose, made_by from offer
        where state = 'pending' and ($1::uuid is null or staff_id = $1)
          and ($2::uuid is null or contact_id = $2) order by made_at limit 200
        """,
        staff_id,
        contact_id,
    )
    return [_offer(row) for row in rows]
