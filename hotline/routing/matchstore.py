"""SQL of a match: the decision, the offers that follow, and what is asked no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, OfferId, StaffId, new_id
from hotline.routing.matching import Asks, Relaxing
from hotline.routing.model import Offer, OfferState, Purpose

# Whoever left the queue, was sealed, was asked by somebody else or went on a break just now is not
# asked: what was decided is looked at again as it is once both rows are held.
_OFFER = """
insert into offer (id, contact_id, staff_id, state, deadline, purpose)
select n.id, n.contact_id, n.staff_id, 'pending', now() + $4::interval, 'queue'
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n(id, contact_id, staff_id)
join operator_state o on o.staff_id = n.staff_id and o.free
join queue_entry q on q.contact_id = n.contact_id and not q.offered and (o.senior or not q.senior)
  and o.chats <= case q.kind when 'call' then o.call_beside else o.max_chats - 1 end
for update of o, q
returning id, contact_id, staff_id, made_at, deadline
"""
_DUE = """
select contact_id, language, topic, danger, senior, since, now() - since as waited
from queue_entry where relax_at <= now() order by relax_at limit $1 for update skip locked
"""
_RELAX = """
update queue_entry q set asks_language = n.language, asks_topic = n.topic, reserve = n.reserve,
  relax_at = n.relax_at
from unnest($1::uuid[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[])
     as n(contact_id, language, topic, reserve, relax_at)
where q.contact_id = n.contact_id
"""
_KEPT_NO_MORE = """
update queue_entry set wanted = null, wanted_until = null
where contact_id in (select contact_id from queue_entry where wanted_until <= now()
                     order by wanted_until limit $1 for update skip locked)
"""
# A night with supervisors alone, or everybody else on a break: they are no reserve then.
_ALONE = """
update queue_entry set reserve = true
where contact_id in (
  select contact_id from queue_entry
  where not reserve
    and exists (select 1 from operator_state where presence = 'available' and reserve)
    and not exists (select 1 from operator_state where presence = 'available' and not reserve)
  order by effective_at limit $1 for update skip locked)
"""
# In danger, and no senior who could be asked now: a life comes before the seal. A senior who talks,
# is on a break or does not answer helps nobody; one who is being asked about somebody else neither.
_LIFE_FIRST = """
update queue_entry set senior = false
where contact_id in (
  select q.contact_id from queue_entry q
  where q.senior and q.danger and not q.offered
    and not exists (
      select 1 from operator_state o where o.free and o.senior
        and o.chats <= case q.kind when 'call' then o.call_beside else o.max_chats - 1 end)
  order by q.contact_id limit $1 for update of q skip locked)
"""
_FIRST_OF_EACH = """
insert into routing_wish (contact_id)
select h.contact_id from queue_class c cross join lateral (
  select q.contact_id from queue_entry q where q.class_id = c.id and not q.offered
  order by q.effective_at, q.contact_id limit 1) h
where exists (select 1 from operator_state where free)
"""
_AT_ONCE = 1000

Pair = tuple[ContactId, StaffId]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who is offered to whom; whether there is `more` to look at, and somebody `due` to relax."""

    pairs: list[Pair]
    more: bool
    due: bool


def offer_of(row: asyncpg.Record) -> Offer:
    """A row of the queue's offers, just made."""
    return Offer(
        id=OfferId(row["id"]),
        contact_id=ContactId(row["contact_id"]),
        staff_id=StaffId(row["staff_id"]),
        state=OfferState.PENDING,
        made_at=row["made_at"],
        deadline=row["deadline"],
        purpose=Purpose.QUEUE,
    )


async def lock_group(uow: Uow) -> None:
    """Serialise matching: the next match sees everything this one did, so nobody is stranded.

    One queue group, so one key; see docs/scaling.md for several.
    """
    await uow.execute("select pg_advisory_xact_lock(hashtext('routing.match'))")


async def decide(uow: Uow, most: int) -> Decision:
    """Grant up to so many wishes, and hold the group's lock until the transaction ends."""
    row = await uow.fetchrow("select * from routing_decide($1)", most)
    assert row is not None  # noqa: S101 - a function without a set has one row
    pairs = zip(map(ContactId, row["contacts"]), map(StaffId, row["staff"]), strict=True)
    return Decision(list(pairs), row["more"], row["due"])


async def offer(uow: Uow, pairs: Sequence[Pair], offer_for: timedelta) -> list[Offer]:
    """Ask all of them, in this order; those who cannot be asked any longer are left out."""
    rows = await uow.fetch(
        _OFFER,
        [new_id() for _ in pairs],
        [contact_id for contact_id, _ in pairs],
        [staff_id for _, staff_id in pairs],
        offer_for,
    )
    made = {row["contact_id"]: offer_of(row) for row in rows}  # rows come as PostgreSQL planned it
    return [made[contact_id] for contact_id, _ in pairs if contact_id in made]


async def wish(uow: Uow, pairs: Sequence[Pair]) -> None:
    """Look at both of each pair again."""
    await uow.execute(
        """
        insert into routing_wish (contact_id, staff_id)
        select * from unnest($1::uuid[], $2::uuid[])
        """,
        [contact_id for contact_id, _ in pairs],
        [staff_id for _, staff_id in pairs],
    )


async def relax(uow: Uow, relaxing: Relaxing) -> int:
    """Let those who are due ask for less; how many. Whoever is changed just now comes later.

    Who was kept for one person for long enough is kept no more. Not by the match itself: there a
    place in the queue must not be held before its contact.
    """
    await uow.execute(_KEPT_NO_MORE, _AT_ONCE)
    rows = await uow.fetch(_DUE, _AT_ONCE)
    asks: list[Asks] = []
    later: list[datetime | None] = []
    for row in rows:
        waited, danger = row["waited"], row["danger"]
        asks.append(
            relaxing.asks(
                row["language"], row["topic"], danger=danger, senior=row["senior"], waited=waited
            )
        )
        later.append(relaxing.next_at(row["since"], danger=danger, waited=waited))
    if rows:
        await uow.execute(
            _RELAX,
            [row["contact_id"] for row in rows],
            [one.language for one in asks],
            [one.topic for one in asks],
            [one.reserve for one in asks],
            later,
        )
    return len(rows)


async def alone(uow: Uow) -> int:
    """Where nobody but the reserve takes contacts, it is asked at once; for how many anew.

    Where no senior can be asked, whoever is in danger is for everybody, sealed or not.
    """
    return await uow.execute(_ALONE, _AT_ONCE) + await uow.execute(_LIFE_FIRST, _AT_ONCE)


async def anew(uow: Uow) -> int:
    """Wish for whoever is first of each class, as if they had just come; how many."""
    return await uow.execute(_FIRST_OF_EACH)


async def new_day(uow: Uow, zone: str) -> None:
    """Contacts in danger of days before are not counted any longer."""
    await uow.execute(
        """
        update operator_state set hard = 0
        where hard > 0 and hard_on < (now() at time zone $1)::date
        """,
        zone,
    )


async def forget(uow: Uow, relaxing: Relaxing) -> int:
    """Who asks for what the configuration no longer knows is due to ask for less; how many."""
    return await uow.execute(
        """
        update queue_entry set relax_at = now()
        where asks_topic is not null and topic <> all($1)
           or asks_language is not null and language <> all($2)
        """,
        list(relaxing.topics),
        list(relaxing.languages),
    )


async def unknown(uow: Uow, relaxing: Relaxing) -> list[UUID]:
    """The contacts that wait with a language or topic that the configuration does not know."""
    rows = await uow.fetch(
        """
        select contact_id from queue_entry where topic <> all($1) or language <> all($2)
        order by since limit 100
        """,
        list(relaxing.topics),
        list(relaxing.languages),
    )
    return [row["contact_id"] for row in rows]
