"""SQL of operators: what they asked for, and how much they have in hand."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId
from hotline.routing.matching import tokens
from hotline.routing.model import Ability, OperatorState, Presence

# The load is counted from open assignments: what the row itself says of it is true from the commit
# on, and for matching only.
_OPERATOR = """
select o.staff_id, o.presence, o.reason, o.since, o.idle_since, o.max_chats, o.phone_mode,
       o.pending_break, o.call_beside, o.pause_until,
       max(a.wrap_until) filter (where a.kind <> 'guest') as wrap_until,
       count(a.contact_id) filter (where a.kind in ('call', 'guest'))::int as calls,
       count(a.contact_id) filter (where a.kind = 'chat')::int as chats,
       count(a.contact_id) filter (where a.talking)::int as talking
from operator_state o left join assignment a on a.staff_id = o.staff_id and a.until is null
where o.staff_id = any($1) group by o.staff_id
"""


def _operator(row: asyncpg.Record) -> OperatorState:
    values = dict(row)
    values["presence"] = Presence(values["presence"])
    return OperatorState(**values)


async def operators(uow: Uow, ids: Sequence[UUID]) -> dict[StaffId, OperatorState]:
    """States with loads, by operator."""
    rows = await uow.fetch(_OPERATOR, list(ids))
    return {StaffId(r["staff_id"]): _operator(r) for r in rows}


async def lock_operator(uow: Uow, staff_id: StaffId) -> OperatorState | None:
    """The state, held until the transaction ends."""
    await uow.execute("select 1 from operator_state where staff_id = $1 for update", staff_id)
    return (await operators(uow, [staff_id])).get(staff_id)


async def on_shift(uow: Uow) -> list[StaffId]:
    """Everybody who is not offline, longest on shift first."""
    rows = await uow.fetch(
        "select staff_id from operator_state where presence <> 'offline' order by since limit 1000"
    )
    return [StaffId(r["staff_id"]) for r in rows]


async def presences(uow: Uow) -> dict[str, int]:
    """How many are on shift, by presence; a pause after a hard call is no break: `hard_call`."""
    rows = await uow.fetch(
        """
        select case when reason = 'hard_call' then reason else presence end as counted,
               count(*)::int as n
        from operator_state where presence <> 'offline' group by counted
        """
    )
    return {r["counted"]: r["n"] for r in rows}


async def set_presence(
    uow: Uow,
    staff_id: StaffId,
    presence: Presence,
    *,
    reason: str | None = None,
    pending_break: str | None = None,
) -> None:
    """Change what the operator asked for; becoming available starts a new idle time."""
    await uow.execute(
        """
        update operator_state set presence = $2, reason = $3, pending_break = $4,
          pause_until = null,
          since = case when presence = $2 and reason is not distinct from $3 then since
                  else now() end,
          idle_since = case when $2 = 'available' and presence <> $2 then now()
                       else idle_since end
        where staff_id = $1
        """,
        staff_id,
        presence,
        reason,
        pending_break,
    )


async def out_of_rotation(uow: Uow, staff_id: StaffId, *, reason: str | None = None) -> None:
    """Nothing is offered to them until they, or their desk, say otherwise.

    Nothing for somebody who is on a break or off shift: that stays what they asked for, but for a
    pause that would end by itself. Where only the desk fell silent (`reason`), a break still to
    come and the rest of a pause are kept.
    """
    await uow.execute(
        """
        update operator_state set presence = 'not_answering', reason = $2, since = now(),
          pause_until = case when $2::text is not null then pause_until end,
          pending_break = case when $2::text is not null then pending_break end
        where staff_id = $1 and (presence = 'available' or pause_until is not null)
        """,
        staff_id,
        reason,
    )


async def back_in_rotation(uow: Uow, ids: Sequence[UUID], *, reason: str) -> list[StaffId]:
    """Those of these who were out of it for this reason alone; a pause that is not over goes on."""
    rows = await uow.fetch(
        """
        update operator_state set since = now(), idle_since = now(),
          presence = case when pause_until > now() then 'break' else 'available' end,
          reason = case when pause_until > now() then 'hard_call' end,
          pause_until = case when pause_until > now() then pause_until end
        where staff_id in (select staff_id from operator_state where staff_id = any($1)
                           and presence = 'not_answering' and reason = $2 for update skip locked)
        returning staff_id
        """,
        list(ids),
        reason,
    )
    return [StaffId(row["staff_id"]) for row in rows]


async def idle_from_now(uow: Uow, staff_id: StaffId) -> None:
    """A finished contact puts the operator at the end of "longest idle first"."""
    await uow.execute(
        """
        update operator_state set idle_since = now(), since = now(), freed_at = now()
        where staff_id = $1
        """,
        staff_id,
    )


async def begin_break(uow: Uow, staff_id: StaffId, pause_for: timedelta) -> None:
    """Begin the break that was asked for, if one was and nothing is in hand any more."""
    await uow.execute(
        """
        update operator_state set presence = 'break', reason = pending_break, pending_break = null,
          since = now(),
          pause_until = case when pending_break = 'hard_call' then now() + $2::interval end,
          freed_at = case when pending_break <> 'hard_call' then freed_at end
        where staff_id = $1 and pending_break is not null and presence = 'available'
          and not exists (
          select 1 from assignment where staff_id = $1 and until is null)
        """,
        staff_id,
        pause_for,
    )


async def had_contact(uow: Uow, staff_id: StaffId, within: timedelta) -> bool:
    """Whether they write up a contact, or had one less in hand not longer ago than this."""
    had: bool = await uow.fetchval(
        """
        select exists (select 1 from operator_state
                       where staff_id = $1 and freed_at > now() - $2::interval)
          or exists (select 1 from assignment
                     where staff_id = $1 and until is null and wrap_until is not null)
        """,
        staff_id,
        within,
    )
    return had


async def end_pauses(uow: Uow) -> list[StaffId]:
    """Make those available whose pause is over; whoever presses something just now comes later.

    Whose desk is silent comes when it is heard of again.
    """
    rows = await uow.fetch(
        """
        update operator_state set presence = 'available', reason = null, pause_until = null,
          since = now(), idle_since = now()
        where staff_id in (select staff_id from operator_state where pause_until <= now()
                           and presence = 'break'
                           order by pause_until limit 100 for update skip locked)
        returning staff_id
        """
    )
    return [StaffId(row["staff_id"]) for row in rows]


async def had_danger(uow: Uow, staff_id: StaffId, zone: str) -> None:
    """One more contact in danger that they took on this day there."""
    await uow.execute(
        """
        update operator_state set hard_on = (now() at time zone $2)::date,
          hard = case when hard_on = (now() at time zone $2)::date then hard else 0 end + 1
        where staff_id = $1
        """,
        staff_id,
        zone,
    )


async def sign_on(
    uow: Uow,
    staff_id: StaffId,
    *,
    able: Ability,
    max_chats: int,
    phone_mode: str,
    call_beside: int = 0,
) -> None:
    """Start of shift: available from now, with what they can do today."""
    await uow.execute(
        """
        insert into operator_state
          (staff_id, presence, languages, skills, max_chats, phone_mode, senior, reserve,
           call_beside)
        values ($1, 'available', $2, $3, $4, $5, $6, $7, $8)
        on conflict (staff_id) do update set
          presence = 'available', reason = null, pending_break = null, pause_until = null,
          languages = $2,
          skills = $3, max_chats = $4, phone_mode = $5, senior = $6, reserve = $7,
          call_beside = $8,
          since = case when operator_state.presence = 'available' then operator_state.since
                  else now() end,
          idle_since = case when operator_state.presence = 'available'
                       then operator_state.idle_since else now() end
        """,
        staff_id,
        tokens(able.languages),
        tokens(able.skills),
        max_chats,
        phone_mode,
        able.senior,
        able.reserve,
        call_beside,
    )


async def renew(
    uow: Uow, staff_id: StaffId, *, able: Ability, max_chats: int, call_beside: int
) -> bool:
    """Somebody on shift can do other things now; False when nothing is other, or not on shift."""
    touched = await uow.execute(
        """
        update operator_state set languages = $2, skills = $3, max_chats = $4, senior = $5,
          reserve = $6, call_beside = $7
        where staff_id = $1 and presence <> 'offline'
          and (languages, skills, max_chats, senior, reserve, call_beside)
              is distinct from ($2::text[], $3::text[], $4::int, $5::boolean, $6::boolean, $7::int)
        """,
        staff_id,
        tokens(able.languages),
        tokens(able.skills),
        max_chats,
        able.senior,
        able.reserve,
        call_beside,
    )
    return touched == 1
