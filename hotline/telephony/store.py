"""SQL of the telephone. Whoever changes legs of a contact holds the contact's row."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId
from hotline.telephony.machine import Change, Fact
from hotline.telephony.model import Lane, Leg, LegState, Role, Room, Seat

_LEG = """sid, contact_id, role, staff_id, state, room, in_room, last_seen_at, opened_at, ended_at,
    told, gated, adrift, lane"""
_ROOM = "name, contact_id, staff_id, opened_at, started_at, ended_at, held, apart"
_LEGS = f"select {_LEG} from call_leg where contact_id = $1 order by opened_at limit 100"  # noqa: S608 - a constant list of columns
_LEGS_BY_SID = f"""
select {_LEG} from call_leg
where contact_id = (select contact_id from call_leg where sid = $1)
order by opened_at limit 100
"""  # noqa: S608 - a constant list of columns
# The proof of life, written only when it is news, and the legs of the call it is about.
HEARD = f"""
heard as (
  update call_leg set last_seen_at = now()
  where sid = $1 and last_seen_at < now() - $2::interval),
found as ({_LEGS_BY_SID})
"""  # noqa: S608 - a constant list of columns
_LEGS_BY_CONTACTS = f"""
select {_LEG} from call_leg where contact_id = any($1) order by opened_at limit 2000
"""  # noqa: S608 - a constant list of columns
_LEGS_NAMED = f"select {_LEG} from call_leg where sid = any($1)"  # noqa: S608 - a constant list of columns
_OPEN_LEGS_OF = f"select {_LEG} from call_leg where staff_id = $1 and ended_at is null"  # noqa: S608 - a constant list of columns
_OPEN_ROOM = f"select {_ROOM} from conference where contact_id = $1 and ended_at is null"  # noqa: S608 - a constant list of columns
_ROOM_NAMED = f"select {_ROOM} from conference where name = $1"  # noqa: S608 - a constant list of columns
_LATEST_ROOMS = f"""
select distinct on (contact_id) {_ROOM} from conference
where contact_id = any($1) order by contact_id, opened_at desc
"""  # noqa: S608 - a constant list of columns
_INSERT_ROOM = f"""
insert into conference (name, contact_id, staff_id) values ($1, $2, $3) returning {_ROOM}
"""  # noqa: S608 - a constant list of columns


def leg_of(values: dict[str, Any]) -> Leg:
    """The leg of a row's columns."""
    values["role"] = Role(values["role"])
    values["state"] = LegState(values["state"])
    values["lane"] = Lane(values["lane"])
    return Leg(**values)


def _room(row: asyncpg.Record) -> Room:
    return Room(**row)


async def contact_of(uow: Uow, sid: str) -> ContactId | None:
    """Whose leg it is."""
    found: UUID | None = await uow.fetchval("select contact_id from call_leg where sid = $1", sid)
    return ContactId(found) if found else None


async def legs(uow: Uow, contact_id: UUID) -> tuple[Leg, ...]:
    """All legs of a contact, oldest first."""
    return tuple(leg_of(dict(row)) for row in await uow.fetch(_LEGS, contact_id))


async def legs_of(uow: Uow, contact_ids: Sequence[UUID]) -> list[Leg]:
    """Legs of several contacts."""
    return [leg_of(dict(row)) for row in await uow.fetch(_LEGS_BY_CONTACTS, list(contact_ids))]


async def legs_named(uow: Uow, sids: Sequence[str]) -> list[Leg]:
    """Those of these legs that are known."""
    return [leg_of(dict(row)) for row in await uow.fetch(_LEGS_NAMED, list(sids))]


async def open_legs_but(
    uow: Uow, sids: Sequence[str], *, before: datetime, limit: int
) -> list[str]:
    """Legs that should still go on and are not among these, nothing heard of since a moment."""
    rows = await uow.fetch(
        """
        select sid from call_leg
        where ended_at is null and last_seen_at < $2 and sid <> all($1)
        order by last_seen_at limit $3
        """,
        list(sids),
        before,
        limit,
    )
    return [row["sid"] for row in rows]


async def insert_leg(
    uow: Uow,
    sid: str,
    contact_id: UUID,
    *,
    role: Role,
    state: LegState,
    staff_id: UUID | None = None,
    room: str | None = None,
) -> bool:
    """A new leg; False when it is known already."""
    made = await uow.execute(
        """
        insert into call_leg (sid, contact_id, role, staff_id, state, room)
        values ($1, $2, $3, $4, $5, $6) on conflict (sid) do nothing
        """,
        sid,
        contact_id,
        role,
        staff_id,
        state,
        room,
    )
    return made == 1


async def shut_gate(uow: Uow, sid: str) -> None:
    """The leg was made by us: whoever picks up stands before the gate."""
    await uow.execute("update call_leg set gated = true where sid = $1", sid)


async def open_gate(uow: Uow, sid: str) -> bool:
    """The key was pressed; False when it was before."""
    return bool(
        await uow.execute("update call_leg set gated = false where sid = $1 and gated", sid)
    )


def first_leg(uow: Uow, sid: str, contact_id: UUID, state: LegState, seat: Seat) -> None:
    """The caller's leg, written with its contact; the block ends in `Taken` if it is known.

    In `Full` if others took the last place of these numbers since it was counted.
    """
    uow.write(
        """
        insert into call_leg (sid, contact_id, role, state, address_key, prefix, lane)
        values ($1, $2, 'caller', $3, $4, $5, call_lane($6, $4, $5, $7, $8))
        """,
        sid,
        contact_id,
        state,
        seat.address_key,
        seat.prefix,
        seat.lane,
        seat.per_number,
        seat.per_prefix,
    )


async def lose_sight(uow: Uow, contact_ids: Sequence[UUID], silent: timedelta) -> set[ContactId]:
    """Whose caller asked for nothing for so long; what this says is kept with the leg."""
    rows = await uow.fetch(
        """
        update call_leg set adrift = true
        where contact_id = any($1) and role = 'caller' and ended_at is null and not in_room
          and last_seen_at < now() - $2::interval
        returning contact_id
        """,
        list(contact_ids),
        silent,
    )
    return {ContactId(row["contact_id"]) for row in rows}


async def found_again(uow: Uow, sid: str) -> None:
    """The call asks for something after all."""
    await uow.execute(
        "update call_leg set adrift = false, last_seen_at = now() where sid = $1", sid
    )


async def was_here(uow: Uow, contact_id: UUID) -> None:
    """A caller was in a room until now: that they asked for nothing meanwhile means nothing."""
    await uow.execute(
        """
        update call_leg set last_seen_at = now()
        where contact_id = $1 and role = 'caller' and ended_at is null and in_room
        """,
        contact_id,
    )


async def move_leg(uow: Uow, sid: str, state: LegState, *, final: bool) -> None:
    """Store a state that `machine.advance` allowed; one that ended is in no room, and uncounted."""
    await uow.execute(
        """
        update call_leg set state = $2, last_seen_at = now(),
          ended_at = case when $3 then coalesce(ended_at, now()) else ended_at end,
          in_room = in_room and not $3,
          address_key = case when $3 then null else address_key end
        where sid = $1
        """,
        sid,
        state,
        final,
    )


def touch(uow: Uow, sid: str, *, older: timedelta) -> None:
    """The leg was heard of; written only when that is news."""
    uow.write(
        """
        update call_leg set last_seen_at = now()
        where sid = $1 and last_seen_at < now() - $2::interval
        """,
        sid,
        older,
    )


async def send_to_room(uow: Uow, sid: str, room: str) -> None:
    """The leg is on its way to a room."""
    await uow.execute(
        "update call_leg set room = $2, last_seen_at = now() where sid = $1", sid, room
    )


async def was_in_room(uow: Uow, sid: str, room: str) -> bool:
    """Whether the leg ever joined the room."""
    found: bool = await uow.fetchval(
        "select exists (select 1 from conference_fact"
        " where name = $1 and call_sid = $2 and change = 'participant-join')",
        room,
        sid,
    )
    return found


async def open_legs_of(uow: Uow, staff_id: StaffId) -> list[Leg]:
    """The legs of an operator that have not ended."""
    rows = await uow.fetch(_OPEN_LEGS_OF, staff_id)
    return [leg_of(dict(row)) for row in rows]


async def leave_room(uow: Uow, sid: str) -> None:
    """The leg says itself that it is in no room any more."""
    await uow.execute(
        "update call_leg set in_room = false, last_seen_at = now() where sid = $1", sid
    )


async def place_legs(uow: Uow, room: Room, present: Iterable[str]) -> None:
    """Store who is in a room."""
    await uow.execute(
        """
        update call_leg set in_room = (sid = any($3) and ended_at is null),
          last_seen_at = case when in_room or sid = any($3) then now() else last_seen_at end,
          room = case when sid = any($3) then $2 else room end
        where contact_id = $1 and (sid = any($3) or room = $2)
        """,
        room.contact_id,
        room.name,
        list(present),
    )


async def open_room(uow: Uow, contact_id: UUID) -> Room | None:
    """Where the people of a contact meet now."""
    row = await uow.fetchrow(_OPEN_ROOM, contact_id)
    return _room(row) if row else None


async def room_named(uow: Uow, name: str) -> Room | None:
    """A room, open or not."""
    row = await uow.fetchrow(_ROOM_NAMED, name)
    return _room(row) if row else None


async def latest_rooms(uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, Room]:
    """The latest room of each contact that ever had one."""
    rows = await uow.fetch(_LATEST_ROOMS, list(contact_ids))
    return {ContactId(row["contact_id"]): _room(row) for row in rows}


async def insert_room(uow: Uow, name: str, contact_id: UUID, staff_id: StaffId) -> Room:
    """A new room; the caller of this made sure that none is open."""
    row = await uow.fetchrow(_INSERT_ROOM, name, contact_id, staff_id)
    assert row is not None  # noqa: S101 - an insert always returns its row
    return _room(row)


async def start_room(uow: Uow, name: str) -> None:
    """Both are there, for the first time."""
    await uow.execute(
        "update conference set started_at = coalesce(started_at, now()) where name = $1", name
    )


async def close_room(uow: Uow, name: str) -> None:
    """Nobody is to meet there any more."""
    await uow.execute(
        "update conference set ended_at = now() where name = $1 and ended_at is null", name
    )


async def add_fact(uow: Uow, name: str, fact: Fact) -> bool:
    """Write down what a room said; False when it had said so before."""
    made = await uow.execute(
        """
        insert into conference_fact (name, room_sid, call_sid, sequence, change)
        values ($1, $2, $3, $4, $5) on conflict do nothing
        """,
        name,
        fact.room_sid,
        fact.sid,
        fact.sequence,
        fact.change,
    )
    return made == 1


async def facts(uow: Uow, name: str) -> list[Fact]:
    """Everything a room said."""
    rows = await uow.fetch(
        """
        select room_sid, call_sid as sid, sequence, change from conference_fact
        where name = $1 order by sequence limit 2000
        """,
        name,
    )
    return [Fact(r["room_sid"], r["sid"], r["sequence"], Change(r["change"])) for r in rows]


async def plan_call(uow: Uow, room: str) -> bool:
    """Write down that the operator of a room is to be rung; False when that was planned before."""
    made = await uow.execute(
        "insert into outgoing_call (room) values ($1) on conflict do nothing", room
    )
    return made == 1


async def planned_call(uow: Uow, room: str) -> tuple[datetime, str | None]:
    """When the ringing was planned, and the leg that came of it, if that is known."""
    row = await uow.fetchrow("select planned_at, sid from outgoing_call where room = $1", room)
    assert row is not None  # noqa: S101 - it was planned just before
    return row["planned_at"], row["sid"]


async def record_call(uow: Uow, room: str, sid: str) -> None:
    """The leg that came of it."""
    await uow.execute("update outgoing_call set sid = $2 where room = $1", room, sid)


async def take_silent(uow: Uow, *, outside: timedelta, inside: timedelta, limit: int) -> list[str]:
    """Legs nothing was heard of for too long, and not asked about since.

    Only in a room that is open may people be silent for long, because they talk.
    """
    rows = await uow.fetch(
        """
        update call_leg set looked_at = now()
        where sid in (
          select sid from call_leg
          where ended_at is null
            and greatest(last_seen_at, looked_at) < now() - case
              when in_room and exists (select 1 from conference c
                                       where c.name = call_leg.room and c.ended_at is null)
              then $2::interval else $1::interval end
            and last_seen_at < now() - least($1::interval, $2::interval)
          order by last_seen_at limit $3 for update skip locked)
        returning sid
        """,
        outside,
        inside,
        limit,
    )
    return [row["sid"] for row in rows]
