"""SQL of guests, transfers, hold, and of what the carrier was told of a leg."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId
from hotline.telephony.model import (
    Guest,
    GuestState,
    Mode,
    Role,
    Transfer,
    TransferState,
)

_GUEST = "id, contact_id, room, role, staff_id, mode, partner, label, sid, state"
_TRANSFER = "id, contact_id, from_staff, kind, to_staff, guest_id, offer_id, warm, state"


def _guest(row: asyncpg.Record) -> Guest:
    values = dict(row)
    values["role"] = Role(values["role"])
    values["mode"] = Mode(values["mode"]) if values["mode"] else None
    values["state"] = GuestState(values["state"])
    return Guest(**values)


def _transfer(row: asyncpg.Record) -> Transfer:
    return Transfer(**{**row, "state": TransferState(row["state"])})


async def hold(uow: Uow, room: str, *, on: bool) -> bool:
    """Put the caller of a room on hold, or back; False when they were so already."""
    changed = await uow.execute(
        "update conference set held = $2 where name = $1 and held <> $2", room, on
    )
    return changed == 1


async def set_apart(uow: Uow, room: str) -> None:
    """The operator leaves caller and third party to themselves."""
    await uow.execute("update conference set apart = true, held = false where name = $1", room)


async def give_room(uow: Uow, room: str, staff_id: StaffId) -> None:
    """The room has another operator; whoever was held is spoken with now."""
    await uow.execute(
        "update conference set staff_id = $2, held = false where name = $1", room, staff_id
    )


async def tell(uow: Uow, sid: str, told: dict[str, Any]) -> None:
    """Keep what the carrier was told of a leg."""
    await uow.execute("update call_leg set told = $2 where sid = $1", sid, told)


async def add_guest(uow: Uow, guest: Guest, number_sealed: bytes | None) -> None:
    """Somebody is asked in."""
    await uow.execute(
        """
        insert into call_guest (id, contact_id, room, role, staff_id, mode, partner, label, sid,
                                state, number_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        guest.id,
        guest.contact_id,
        guest.room,
        guest.role,
        guest.staff_id,
        guest.mode,
        guest.partner,
        guest.label,
        guest.sid,
        guest.state,
        number_sealed,
    )


async def guests(uow: Uow, contact_id: UUID) -> tuple[Guest, ...]:
    """Those of a contact who are here or on their way, in the order in which they were asked."""
    rows = await uow.fetch(
        f"select {_GUEST} from call_guest where contact_id = $1 and ended_at is null"  # noqa: S608 - a constant list of columns
        " order by asked_at, id limit 100",
        contact_id,
    )
    return tuple(_guest(row) for row in rows)


async def guest(uow: Uow, guest_id: UUID) -> Guest | None:
    """One guest, gone or not."""
    row = await uow.fetchrow(f"select {_GUEST} from call_guest where id = $1", guest_id)  # noqa: S608 - a constant list of columns
    return _guest(row) if row else None


async def guest_number(uow: Uow, guest_id: UUID) -> bytes | None:
    """The sealed number of a guest who is rung on one."""
    sealed: bytes | None = await uow.fetchval(
        "select number_sealed from call_guest where id = $1", guest_id
    )
    return sealed


async def guest_of_staff(uow: Uow, staff_id: StaffId) -> Guest | None:
    """Where a member of staff is asked in last."""
    row = await uow.fetchrow(
        f"select {_GUEST} from call_guest where staff_id = $1 and ended_at is null"  # noqa: S608 - a constant list of columns
        " order by asked_at desc limit 1",
        staff_id,
    )
    return _guest(row) if row else None


async def plan_ringing(uow: Uow, guest_id: UUID) -> tuple[bool, Any]:
    """Write down that they are to be rung: whether that is new, and since when it is so."""
    made = await uow.execute(
        "update call_guest set state = 'ringing', rung_at = now()"
        " where id = $1 and state = 'wanted' and rung_at is null",
        guest_id,
    )
    since = await uow.fetchval("select rung_at from call_guest where id = $1", guest_id)
    return made == 1, since


async def bind_guest(uow: Uow, guest_id: UUID, sid: str) -> None:
    """The leg a guest is on."""
    await uow.execute(
        "update call_guest set sid = $2,"
        " state = case when state = 'wanted' then 'ringing' else state end where id = $1",
        guest_id,
        sid,
    )


async def move_guest(uow: Uow, guest_id: UUID, state: GuestState) -> bool:
    """Move an open guest on; False when they were so, or gone, already."""
    over = state in {GuestState.GONE, GuestState.PROMOTED}
    moved = await uow.execute(
        "update call_guest set state = $2, ended_at = case when $3 then now() end"
        " where id = $1 and ended_at is null and state <> $2",
        guest_id,
        state,
        over,
    )
    return moved == 1


async def set_mode(uow: Uow, guest_id: UUID, mode: Mode) -> None:
    """How a supervisor is in the room from now on."""
    await uow.execute("update call_guest set mode = $2 where id = $1", guest_id, mode)


async def add_transfer(uow: Uow, transfer: Transfer) -> None:
    """A contact is to be handed on. `Taken` when another transfer of it is open."""
    await uow.execute(
        """
        insert into call_transfer (id, contact_id, from_staff, kind, to_staff, guest_id, offer_id,
                                   warm, state, ended_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $9 = 'done' then now() end)
        """,
        transfer.id,
        transfer.contact_id,
        transfer.from_staff,
        transfer.kind,
        transfer.to_staff,
        transfer.guest_id,
        transfer.offer_id,
        transfer.warm,
        transfer.state,
    )


async def transfer(uow: Uow, contact_id: UUID) -> Transfer | None:
    """The open transfer of a contact."""
    row = await uow.fetchrow(
        f"select {_TRANSFER} from call_transfer where contact_id = $1 and ended_at is null",  # noqa: S608 - a constant list of columns
        contact_id,
    )
    return _transfer(row) if row else None


async def handed_on_since(uow: Uow, contact_id: UUID, at: datetime) -> bool:
    """Whether the contact waits because it was handed on, and not because somebody was lost."""
    found: bool = await uow.fetchval(
        """
        select exists (select 1 from call_transfer where contact_id = $1 and ended_at >= $2
                       and state = 'done' and not warm and kind in ('staff', 'queue'))
        """,
        contact_id,
        at,
    )
    return found


async def move_transfer(uow: Uow, transfer: Transfer, state: TransferState) -> bool:
    """Compare and swap; False when somebody was faster."""
    over = state not in {TransferState.ASKED, TransferState.TALKING}
    moved = await uow.execute(
        "update call_transfer set state = $3, ended_at = case when $4 then now() end"
        " where id = $1 and state = $2",
        transfer.id,
        transfer.state,
        state,
        over,
    )
    return moved == 1


async def join_transfer(uow: Uow, transfer: Transfer, guest_id: UUID) -> None:
    """The guest a transfer goes to."""
    await uow.execute("update call_transfer set guest_id = $2 where id = $1", transfer.id, guest_id)
