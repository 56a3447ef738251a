"""SQL of the roster: every race is decided by the one statement that changes the row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId, new_id
from hotline.roster.model import Absence, AbsenceState, Planned, Swap, SwapState

_SHIFT: Final = "id, staff_id, begins_at, ends_at, rev"
_SWAP: Final = "w.id, w.shift_id, w.offered_by, w.offered_to, w.taken_by, w.state"

# The changes of one person's plan queue up here, so that "no overlap" is true when it is asked.
_HOLD = "select pg_advisory_xact_lock(hashtextextended('roster:' || $1::text, 0))"
_PLAN = """
insert into planned_shift (id, staff_id, begins_at, ends_at, changed_by)
select $1, $2, $3, $4, $5 where not exists (
  select from planned_shift
  where staff_id = $2 and removed_at is null and begins_at < $4 and ends_at > $3)
"""
_CHANGE = """
update planned_shift set staff_id = $3, begins_at = $4, ends_at = $5, changed_by = $6,
  changed_at = now(), rev = rev + 1
where id = $1 and rev = $2 and removed_at is null and not exists (
  select from planned_shift o where o.staff_id = $3 and o.removed_at is null and o.id <> $1
    and o.begins_at < $5 and o.ends_at > $4)
"""
_REMOVE = """
update planned_shift set removed_at = now(), changed_by = $3, changed_at = now(), rev = rev + 1
where id = $1 and rev = $2 and removed_at is null
"""
_OFFER = """
insert into shift_swap (id, shift_id, offered_by, offered_to, state)
select $1, s.id, $3, $4, 'offered' from planned_shift s
where s.id = $2 and s.staff_id = $3 and s.removed_at is null and s.begins_at > now()
on conflict do nothing
"""
# Of two colleagues who accept at once, the row's lock lets one through.
_ACCEPT = """
update shift_swap w set state = 'accepted', taken_by = $2, taken_at = now()
from planned_shift s
where w.id = $1 and w.state = 'offered' and w.offered_by <> $2
  and (w.offered_to is null or w.offered_to = $2)
  and s.id = w.shift_id and s.removed_at is null and s.begins_at > now() and not exists (
    select from planned_shift o where o.staff_id = $2 and o.removed_at is null
      and o.begins_at < s.ends_at and o.ends_at > s.begins_at)
"""
# Decided and moved in one: an approval without its shift, or the other way round, cannot be.
_APPROVE = """
with decided as (
  update shift_swap w set state = 'approved', decided_by = $3, decided_at = now()
  from planned_shift s
  where w.id = $1 and w.state = 'accepted' and w.taken_by = $2 and s.id = w.shift_id
    and s.removed_at is null and s.staff_id = w.offered_by and s.begins_at > now() and not exists (
      select from planned_shift o where o.staff_id = w.taken_by and o.removed_at is null
        and o.begins_at < s.ends_at and o.ends_at > s.begins_at)
  returning w.shift_id, w.taken_by)
update planned_shift s set staff_id = d.taken_by, rev = rev + 1, changed_by = $3,
  changed_at = now()
from decided d where s.id = d.shift_id
"""


async def hold(uow: Uow, *people: UUID) -> None:
    """Nobody else changes the plans of these people until the transaction ends."""
    for person in sorted(set(people)):
        await uow.execute(_HOLD, str(person))


async def shifts(
    uow: Uow, since: datetime, until: datetime, staff_id: StaffId | None = None
) -> list[Planned]:
    """Planned shifts that share time with this, of one person or all, in order."""
    rows = await uow.fetch(
        f"""
        select {_SHIFT} from planned_shift
        where removed_at is null and begins_at < $2 and ends_at > $1
          and begins_at > $1 - interval '2 days' and ($3::uuid is null or staff_id = $3)
        order by begins_at, id limit 5000
        """,  # noqa: S608 - a constant list of columns
        since,
        until,
        staff_id,
    )
    return [Planned(**row) for row in rows]


async def shift(uow: Uow, shift_id: UUID) -> Planned | None:
    """A planned shift that was not removed."""
    row = await uow.fetchrow(
        f"select {_SHIFT} from planned_shift where id = $1 and removed_at is null",  # noqa: S608 - as above
        shift_id,
    )
    return Planned(**row) if row else None


async def shifts_by_id(uow: Uow, ids: Sequence[UUID]) -> list[Planned]:
    """Planned shifts that were not removed."""
    rows = await uow.fetch(
        f"select {_SHIFT} from planned_shift where id = any($1::uuid[]) and removed_at is null",  # noqa: S608 - as above
        list(ids),
    )
    return [Planned(**row) for row in rows]


async def plan(
    uow: Uow, staff_id: StaffId, begins_at: datetime, ends_at: datetime, by: StaffId
) -> UUID | None:
    """A new planned shift; None when it overlaps one of the person's."""
    shift_id = new_id()
    made = await uow.execute(_PLAN, shift_id, staff_id, begins_at, ends_at, by)
    return shift_id if made else None


async def change(uow: Uow, now: Planned, by: StaffId) -> bool:
    """Put the shift of this id and revision there; False when it changed, or would overlap."""
    place = (now.staff_id, now.begins_at, now.ends_at)
    return await _one(uow, _CHANGE, now.id, now.rev, *place, by)


async def remove(uow: Uow, shift_id: UUID, rev: int, by: StaffId) -> bool:
    """Take a shift out of the plan; False when it changed meanwhile."""
    return await _one(uow, _REMOVE, shift_id, rev, by)


async def absences(
    uow: Uow, since: datetime, until: datetime, staff_id: StaffId | None = None
) -> list[Absence]:
    """Absences asked for or approved that share time with this, and a person's own refused ones."""
    rows = await uow.fetch(
        """
        select id, staff_id, begins_at, ends_at, state from absence
        where begins_at < $2 and ends_at > $1 and (state in ('asked', 'approved')
          or staff_id = $3 and state = 'refused') and ($3::uuid is null or staff_id = $3)
        order by begins_at, id limit 2000
        """,
        since,
        until,
        staff_id,
    )
    return [Absence(**dict(row) | {"state": AbsenceState(row["state"])}) for row in rows]


async def ask_absence(
    uow: Uow, staff_id: StaffId, begins_at: datetime, ends_at: datetime
) -> UUID | None:
    """A wish to be away; None when one that is open or approved shares time with it."""
    absence_id = new_id()
    made = await uow.execute(
        """
        insert into absence (id, staff_id, begins_at, ends_at, state)
        select $1, $2, $3, $4, 'asked' where not exists (
          select from absence where staff_id = $2 and state in ('asked', 'approved')
            and begins_at < $4 and ends_at > $3)
        """,
        absence_id,
        staff_id,
        begins_at,
        ends_at,
    )
    return absence_id if made else None


async def decide_absence(uow: Uow, absence_id: UUID, state: AbsenceState, by: StaffId) -> bool:
    """Approve or refuse; False when it was decided or withdrawn already."""
    return await _one(
        uow,
        """
        update absence set state = $2, decided_by = $3, decided_at = now()
        where id = $1 and state = 'asked'
        """,
        absence_id,
        state.value,
        by,
    )


async def withdraw_absence(uow: Uow, absence_id: UUID, staff_id: StaffId) -> bool:
    """Take one's own wish back, or be there after all; False when it is over or not one's own."""
    return await _one(
        uow,
        """
        update absence set state = 'withdrawn', decided_at = now()
        where id = $1 and staff_id = $2 and state in ('asked', 'approved') and ends_at > now()
        """,
        absence_id,
        staff_id,
    )


async def swaps(uow: Uow, shift_ids: Sequence[UUID]) -> list[Swap]:
    """The open swaps of these shifts."""
    rows = await uow.fetch(
        f"""
        select {_SWAP} from shift_swap w
        where w.shift_id = any($1::uuid[]) and w.state in ('offered', 'accepted')
        order by w.offered_at, w.id
        """,  # noqa: S608 - a constant list of columns
        list(shift_ids),
    )
    return [_swap(dict(row)) for row in rows]


async def open_swaps(uow: Uow) -> list[Swap]:
    """All that nobody has decided yet, of shifts to come."""
    rows = await uow.fetch(
        f"""
        select {_SWAP} from shift_swap w join planned_shift s on s.id = w.shift_id
        where w.state in ('offered', 'accepted') and s.removed_at is null and s.begins_at > now()
        order by s.begins_at, w.id limit 500
        """  # noqa: S608 - a constant list of columns
    )
    return [_swap(dict(row)) for row in rows]


async def offered_to(uow: Uow, staff_id: StaffId) -> list[Swap]:
    """What this person may take, or has taken and waits for."""
    rows = await uow.fetch(
        f"""
        select {_SWAP} from shift_swap w join planned_shift s on s.id = w.shift_id
        where s.removed_at is null and s.begins_at > now() and w.offered_by <> $1
          and (w.state = 'offered' and (w.offered_to is null or w.offered_to = $1)
            or w.state = 'accepted' and w.taken_by = $1)
        order by s.begins_at, w.id limit 200
        """,  # noqa: S608 - a constant list of columns
        staff_id,
    )
    return [_swap(dict(row)) for row in rows]


async def swap(uow: Uow, swap_id: UUID) -> Swap | None:
    """A swap, whatever became of it."""
    row = await uow.fetchrow(f"select {_SWAP} from shift_swap w where w.id = $1", swap_id)  # noqa: S608 - as above
    return _swap(dict(row)) if row else None


async def offer(uow: Uow, shift_id: UUID, by: StaffId, to: StaffId | None) -> UUID | None:
    """Offer one's own shift to come; None when it is not that, or offered already."""
    swap_id = new_id()
    made = await uow.execute(_OFFER, swap_id, shift_id, by, to)
    return swap_id if made else None


async def accept(uow: Uow, swap_id: UUID, staff_id: StaffId) -> bool:
    """Take what is offered; False when somebody was faster, or it is over."""
    return await _one(uow, _ACCEPT, swap_id, staff_id)


async def leave(uow: Uow, swap_id: UUID, staff_id: StaffId) -> bool:
    """Do not take it after all: it is offered again; False when it is decided, or not one's own."""
    return await _one(
        uow,
        """
        update shift_swap set state = 'offered', taken_by = null, taken_at = null
        where id = $1 and state = 'accepted' and taken_by = $2
        """,
        swap_id,
        staff_id,
    )


async def approve(uow: Uow, swap_id: UUID, taken_by: UUID, by: StaffId) -> bool:
    """The shift is theirs; False when the swap is over, not theirs, or the shift fits no more."""
    return await _one(uow, _APPROVE, swap_id, taken_by, by)


async def end_swap(
    uow: Uow, swap_id: UUID, state: SwapState, by: StaffId, owner: StaffId | None = None
) -> bool:
    """Refuse an open swap, or let its owner withdraw it; False when it is over."""
    return await _one(
        uow,
        """
        update shift_swap set state = $2, decided_by = $3, decided_at = now()
        where id = $1 and state in ('offered', 'accepted')
          and ($4::uuid is null or offered_by = $4)
        """,
        swap_id,
        state.value,
        by,
        owner,
    )


async def lapse(uow: Uow, shift_id: UUID) -> int:
    """The shift changed: whoever took it, took another one."""
    return await uow.execute(
        """
        update shift_swap set state = 'lapsed', decided_at = now()
        where shift_id = $1 and state in ('offered', 'accepted')
        """,
        shift_id,
    )


async def _one(uow: Uow, sql: str, *args: object) -> bool:
    """Whether the statement changed its row."""
    return await uow.execute(sql, *args) == 1


def _swap(row: dict[str, object]) -> Swap:
    return Swap(**row | {"state": SwapState(str(row["state"]))})  # type: ignore[arg-type]
