"""SQL of who has which contact in hand: the operator of each, and colleagues asked into a talk."""

from typing import Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId

GUEST: Final = "guest"


async def assign(uow: Uow, contact_id: UUID, staff_id: StaffId, kind: str) -> None:
    """The operator has the contact in hand from now on."""
    await uow.execute(
        "insert into assignment (contact_id, staff_id, kind) values ($1, $2, $3)",
        contact_id,
        staff_id,
        kind,
    )


async def stop_talking(uow: Uow, contact_id: UUID) -> None:
    """The caller's side is over; the contact stays in hand until it is written up."""
    await uow.execute(
        "update assignment set talking = false where contact_id = $1 and until is null", contact_id
    )


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
