"""SQL of who has which contact in hand: the operator of each, and colleagues asked into a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId

GUEST: Final = "guest"
# The operator's row comes first, as when they accept. Whoever finishes just now has done it.
_WRAP_UPS_OVER = """
with whose as materialized (
  select staff_id from operator_state
  where staff_id in (select staff_id from assignment where until is null and wrap_until <= now()
                     order by wrap_until limit 100)
  for update skip locked),
due as materialized (
  select contact_id, staff_id, since from assignment
  where until is null and wrap_until <= now() and staff_id in (select staff_id from whose)
  for update skip locked)
update assignment a set until = clock_timestamp() from due
where (a.contact_id, a.staff_id, a.since) = (due.contact_id, due.staff_id, due.since)
returning a.contact_id, a.staff_id
"""


@dataclass(frozen=True, slots=True)
class WrapUp:
    """The time for writing up a contact: until when, and whether more was asked for."""

    until: datetime | None
    extended: bool


async def assign(uow: Uow, contact_id: UUID, staff_id: StaffId, kind: str) -> None:
    """The operator has the contact in hand from now on."""
    await uow.execute(
        "insert into assignment (contact_id, staff_id, kind) values ($1, $2, $3)",
        contact_id,
        staff_id,
        kind,
    )


async def stop_talking(uow: Uow, contact_id: UUID, time: timedelta) -> None:
    """The caller's side is over; the contact stays in hand for so long, or until written up."""
    await uow.execute(
        """
        update assignment set talking = false,
          wrap_until = case when kind <> 'guest' then coalesce(wrap_until, now() + $2::interval) end
        where contact_id = $1 and until is null
        """,
        contact_id,
        time,
    )


async def extend(
    uow: Uow, contact_id: UUID, staff_id: StaffId, reason: str, more: timedelta
) -> bool:
    """Give more time for writing up, once and while there is some; False when there is none."""
    extended = await uow.execute(
        """
        update assignment set wrap_until = wrap_until + $4::interval, extended = $3
        where contact_id = $1 and staff_id = $2 and until is null and extended is null
          and wrap_until > now()
        """,
        contact_id,
        staff_id,
        reason,
        more,
    )
    return extended > 0


async def wrap_ups(uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, WrapUp]:
    """The time for writing up of those that an operator has in hand; none where it is over."""
    rows = await uow.fetch(
        """
        select contact_id, wrap_until, extended is not null as extended from assignment
        where contact_id = any($1) and until is null and kind <> 'guest'
        """,
        list(contact_ids),
    )
    return {ContactId(r["contact_id"]): WrapUp(r["wrap_until"], r["extended"]) for r in rows}


async def end_wrap_ups(uow: Uow) -> list[tuple[ContactId, StaffId]]:
    """Take out of hand what was not written up in time: the contacts, each with whose it is."""
    rows = await uow.fetch(_WRAP_UPS_OVER)
    return [(ContactId(row["contact_id"]), StaffId(row["staff_id"])) for row in rows]


async def release(uow: Uow, contact_id: UUID) -> StaffId | None:
    """No operator has the contact in hand any more; who had, or None. Guests stay."""
    staff_id: UUID | None = await uow.fetchval(
        """
        update assignment set until = clock_timestamp(), talking = false
        where contact_id = $1 and until is null and kind <> 'guest' returning staff_id
        """,
        contact_id,
    )
    return StaffId(staff_id) if staff_id else None


async def release_one(uow: Uow, contact_id: UUID, staff_id: UUID) -> bool:
    """This operator has the contact in hand no more; False when they had not."""
    released = await uow.execute(
        """
        update assignment set until = clock_timestamp(), talking = false
        where contact_id = $1 and staff_id = $2 and kind <> 'guest' and until is null
        """,
        contact_id,
        staff_id,
    )
    return released > 0


async def release_guest(uow: Uow, contact_id: UUID, staff_id: UUID) -> bool:
    """A colleague is in the talk no longer; False when they were not."""
    released = await uow.execute(
        """
        update assignment set until = clock_timestamp(), talking = false
        where contact_id = $1 and staff_id = $2 and kind = 'guest' and until is null
        """,
        contact_id,
        staff_id,
    )
    return released > 0


async def promote(uow: Uow, contact_id: UUID, staff_id: UUID) -> bool:
    """The colleague in the talk is its operator; the one before was released. False: no guest."""
    promoted = await uow.execute(
        """
        update assignment set kind = 'call'
        where contact_id = $1 and staff_id = $2 and kind = 'guest' and until is null
        """,
        contact_id,
        staff_id,
    )
    return promoted > 0


async def joined(uow: Uow, staff_id: UUID) -> list[UUID]:
    """The contacts of others in whose talk somebody is."""
    rows = await uow.fetch(
        "select contact_id from assignment"
        " where staff_id = $1 and kind = 'guest' and until is null order by since limit 20",
        staff_id,
    )
    return [row["contact_id"] for row in rows]
