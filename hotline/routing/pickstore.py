"""SQL of taking a contact from the queue, and of giving it to somebody."""

from datetime import timedelta
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId


async def lock_operators(uow: Uow, contact_id: UUID, staff_id: UUID) -> None:
    """Hold who is to have the contact, and who is being asked about it, in a fixed order."""
    await uow.execute(
        """
        select 1 from operator_state
        where staff_id = $2
           or staff_id in (select staff_id from offer where contact_id = $1 and state = 'pending')
        order by staff_id for update
        """,
        contact_id,
        staff_id,
    )


async def place(uow: Uow, contact_id: UUID, staff_id: UUID) -> bool | None:
    """Whether this operator may have the contact, which may be a sealed case; None: not there.

    The place in the queue is held until the transaction ends.
    """
    found: bool | None = await uow.fetchval(
        """
        select not q.senior or exists (
          select 1 from operator_state o where o.staff_id = $2 and o.senior)
        from queue_entry q where q.contact_id = $1 for update
        """,
        contact_id,
        staff_id,
    )
    return found


async def picked(uow: Uow, offer_id: UUID, contact_id: ContactId, staff_id: StaffId) -> bool:
    """The offer of one who took the contact themselves; False when that id was used before."""
    return bool(
        await uow.execute(
            """
            insert into offer
              (id, contact_id, staff_id, state, deadline, ended_at, purpose, made_by)
            values ($1, $2, $3, 'accepted', now(), now(), 'queue', $3)
            on conflict (id) do nothing
            """,
            offer_id,
            contact_id,
            staff_id,
        )
    )


async def assigned(
    uow: Uow,
    offer_id: UUID,
    contact_id: ContactId,
    staff_id: StaffId,
    *,
    offer_for: timedelta,
    made_by: StaffId,
) -> bool:
    """Ask exactly them, because somebody said so; False when that id was used before."""
    return bool(
        await uow.execute(
            """
            insert into offer (id, contact_id, staff_id, state, deadline, purpose, made_by)
            values ($1, $2, $3, 'pending', now() + $4::interval, 'queue', $5)
            on conflict (id) do nothing
            """,
            offer_id,
            contact_id,
            staff_id,
            offer_for,
            made_by,
        )
    )
