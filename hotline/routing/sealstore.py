"""SQL of who may be kept for whom, and of contacts that wait for seniors only."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId


async def want(uow: Uow, contact_id: UUID, staff_id: UUID, wait: timedelta) -> None:
    """Keep a waiting contact for one person for so long, if they may have it."""
    await uow.execute(
        """
        update queue_entry set wanted = $2, wanted_until = now() + $3
        where contact_id = $1 and (not senior or exists (
          select 1 from operator_state o where o.staff_id = $2 and o.senior))
        """,
        contact_id,
        staff_id,
        wait,
    )


async def prefer(uow: Uow, contact_id: UUID, staff_id: UUID, wait: timedelta) -> None:
    """The same, unless they could not take it now, or the contact is in danger."""
    await uow.execute(
        """
        update queue_entry q set wanted = o.staff_id, wanted_until = now() + $3
        from operator_state o
        where q.contact_id = $1 and o.staff_id = $2 and not q.danger and (o.senior or not q.senior)
          and o.presence = 'available' and o.pending_break is null and o.calls = 0
          and o.chats <= case q.kind when 'call' then o.call_beside else o.max_chats - 1 end
        """,
        contact_id,
        staff_id,
        wait,
    )


async def to_seal(uow: Uow, contact_ids: Sequence[UUID], *, sealed: bool) -> list[ContactId]:
    """Who of them waits, and is not yet for seniors only, or not yet for everybody.

    Whoever is in danger and for everybody stays so: a life comes before the seal.
    """
    rows = await uow.fetch(
        """
        select contact_id from queue_entry
        where contact_id = any($1) and senior <> $2 and not (danger and $2) order by contact_id
        """,
        list(contact_ids),
        sealed,
    )
    return [ContactId(row["contact_id"]) for row in rows]


async def seal(uow: Uow, contact_id: UUID, *, sealed: bool) -> bool:
    """Let only seniors have who waits, or everybody; False when that is so, or they left.

    It is kept no longer for somebody who is none. Once it is for everybody, what it asks is told
    anew by the next match.
    """
    return bool(
        await uow.execute(
            """
            update queue_entry q set senior = $2, reserve = q.reserve or $2,
              relax_at = case when $2 then q.relax_at else now() end,
              wanted = case when w.may then q.wanted end,
              wanted_until = case when w.may then q.wanted_until end
            from (select not $2 or exists (
                    select 1 from queue_entry k join operator_state o on o.staff_id = k.wanted
                    where k.contact_id = $1 and o.senior) as may) w
            where q.contact_id = $1 and q.senior <> $2 and not (q.danger and $2)
            """,
            contact_id,
            sealed,
        )
    )


async def seniors(uow: Uow, staff_ids: Iterable[UUID]) -> set[StaffId]:
    """Who of them may have what is sealed."""
    rows = await uow.fetch(
        "select staff_id from operator_state where staff_id = any($1) and senior", list(staff_ids)
    )
    return {StaffId(row["staff_id"]) for row in rows}


async def asked(uow: Uow, contact_ids: Sequence[UUID]) -> list[ContactId]:
    """Who of them is for seniors only, and somebody is asked about them."""
    rows = await uow.fetch(
        """
        select contact_id from queue_entry
        where contact_id = any($1) and senior and offered order by contact_id
        """,
        list(contact_ids),
    )
    return [ContactId(row["contact_id"]) for row in rows]


async def waiting(uow: Uow) -> list[ContactId]:
    """Who waits for seniors only, and nobody is asked about, longest first."""
    rows = await uow.fetch(
        "select contact_id from queue_entry where senior and not offered order by since limit 1000"
    )
    return [ContactId(row["contact_id"]) for row in rows]


async def perhaps_sealed(uow: Uow) -> list[ContactId]:
    """Who waits for seniors only, or is in danger, for which a seal gives way; longest first."""
    rows = await uow.fetch(
        "select contact_id from queue_entry where senior or danger order by since limit 1000"
    )
    return [ContactId(row["contact_id"]) for row in rows]
