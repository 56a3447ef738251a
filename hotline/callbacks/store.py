"""SQL of callbacks. Whoever changes one holds the contact's row."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from hotline.callbacks.model import Attempt, Callback, CallbackState, Spent, Why
from hotline.contacts.model import Contact
from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, new_id

_COLUMNS = """id, contact_id, caller_id, why, state, attempts, asked_at, next_at, expires_at,
    from_at, until_at, promised_by, outside_until, outside_by,
    outside_sealed is not null as overridden, talked_at, tries, tried_at, tried_as,
    number_index <> '' as rings"""
_OPEN = f"select {_COLUMNS} from callback where contact_id = $1 and state = 'open'"  # noqa: S608 - a constant list of columns
_NAMED = f"select {_COLUMNS} from callback where id = $1"  # noqa: S608 - a constant list of columns
_INSERT = f"""
insert into callback (id, contact_id, caller_id, why, state, expires_at, number_index)
values ($1, $2, $3, $4, 'open', $5, $6) on conflict do nothing returning {_COLUMNS}
"""  # noqa: S608 - a constant list of columns
_AGREED = """
update callback set next_at = $2, from_at = $2, until_at = $3, expires_at = $4,
  promised_by = coalesce($5, promised_by), reason_sealed = coalesce($6, reason_sealed),
  outside_sealed = $7, outside_until = $8, outside_by = $9
where id = $1
"""
_LISTED = f"""
select {_COLUMNS} from callback where state = $1
order by case when state <> 'undecided' then ended_at end desc,
  case when state = 'undecided' then ended_at end,
  coalesce(until_at <= now(), false) desc, next_at nulls first, asked_at
limit $2
"""  # noqa: S608 - a constant list of columns
_OVERDUE = """
select contact_id from callback where state = 'open' and expires_at <= now()
order by expires_at limit 100
"""
# The hours of an agreed time are over, and nobody said that it may be later; or that has passed.
_LAPSED = """
select contact_id from callback
where state = 'open' and (
  (until_at <= now() and (outside_until is null or outside_until <= now())
    and (next_at is null or next_at < expires_at))
  or outside_until <= now())
order by until_at limit 100
"""
_SHOWN = f"""
select distinct on (contact_id) {_COLUMNS}, reason_sealed,
  exists (select 1 from callback_attempt a
          where a.callback_id = callback.id and a.ended_at is null) as dialled
from callback where contact_id = any($1) and state <> 'closed'
order by contact_id, asked_at desc
"""  # noqa: S608 - a constant list of columns
_DECIDED = """
update callback set state = $2 where id = $1 and state = 'undecided'
returning contact_id, promised_by, reason_sealed
"""
_WAITED = """
select contact_id from callback where state = 'open' and next_at <= now()
order by next_at limit 100
"""


class Terms(NamedTuple):
    """The hours of an agreed time. What is None stays as it was, save what is outside."""

    from_at: datetime
    until_at: datetime
    expires_at: datetime
    promised_by: UUID | None = None
    reason_sealed: bytes | None = None
    outside_sealed: bytes | None = None
    outside_until: datetime | None = None
    outside_by: UUID | None = None


class Decided(NamedTuple):
    """Whom a callback was for that a supervisor decided about, who promised it, and what for."""

    contact_id: UUID
    promised_by: UUID | None
    reason_sealed: bytes | None


class Word(NamedTuple):
    """That one call may be made before a time, whatever the hours: why, and who said so."""

    sealed: bytes
    until: datetime
    by: UUID


def _callback(row: asyncpg.Record | dict[str, Any]) -> Callback:
    values = dict(row)
    values["why"] = Why(values["why"])
    values["state"] = CallbackState(values["state"])
    return Callback(**values)


async def open_of(uow: Uow, contact_id: UUID) -> Callback | None:
    """The open callback of a contact."""
    row = await uow.fetchrow(_OPEN, contact_id)
    return _callback(row) if row else None


async def contact_of(uow: Uow, callback_id: UUID) -> ContactId | None:
    """Whom a callback is for."""
    found: UUID | None = await uow.fetchval(
        "select contact_id from callback where id = $1", callback_id
    )
    return ContactId(found) if found else None


async def named(uow: Uow, callback_id: UUID) -> Callback | None:
    """One callback, in whatever state."""
    row = await uow.fetchrow(_NAMED, callback_id)
    return _callback(row) if row else None


async def listed(uow: Uow, state: CallbackState, *, limit: int) -> list[Callback]:
    """Callbacks in a state: what waits for an operator first, then by the time of the next call."""
    rows = await uow.fetch(_LISTED, state, limit)
    return [_callback(row) for row in rows]


async def open_among(uow: Uow, contact_ids: Sequence[UUID]) -> set[ContactId]:
    """Which of these contacts have an open callback."""
    rows = await uow.fetch(
        "select contact_id from callback where contact_id = any($1) and state = 'open'",
        list(contact_ids),
    )
    return {ContactId(row["contact_id"]) for row in rows}


class Shown(NamedTuple):
    """The last callback of a contact for who has it in hand; `dialled`: a call is under way."""

    callback: Callback
    reason_sealed: bytes | None
    dialled: bool


async def shown(uow: Uow, contact_ids: Sequence[UUID]) -> list[Shown]:
    """The last callback of each contact that has one, save what was taken back or closed."""
    found = []
    for row in await uow.fetch(_SHOWN, list(contact_ids)):
        values = dict(row)
        reason, dialled = values.pop("reason_sealed"), values.pop("dialled")
        found.append(Shown(_callback(values), reason, dialled))
    return found


async def insert(
    uow: Uow, contact: Contact, why: Why, expires_at: datetime, index: bytes
) -> Callback | None:
    """A new callback; None when one is open already."""
    whose = (contact.id, contact.caller_id)
    row = await uow.fetchrow(_INSERT, new_id(), *whose, why, expires_at, index)
    return _callback(row) if row else None


async def agree(uow: Uow, callback_id: UUID, terms: Terms) -> None:
    """It is to be made in these hours."""
    await uow.execute(_AGREED, callback_id, *terms)


async def allow_outside(uow: Uow, callback_id: UUID, word: Word | None) -> None:
    """One call may be made at another time than the safe hours; None: only in these."""
    await uow.execute(
        """
        update callback set outside_sealed = $2, outside_until = $3, outside_by = $4 where id = $1
        """,
        callback_id,
        *(word or (None, None, None)),
    )


async def spend_outside(uow: Uow, callback_id: UUID) -> None:
    """The call that was allowed was made, or nobody made it in time: the hours hold again."""
    await uow.execute("update callback set outside_until = null where id = $1", callback_id)


async def promised(uow: Uow, index: bytes, within: timedelta) -> tuple[bool, int]:
    """Whether a number has an open promise, or a new one; and how many in 24 hours.

    Until the end of the transaction nobody else asks about the same number.
    """
    await uow.execute("select pg_advisory_xact_lock(hashtext(encode($1, 'hex')))", index)
    row = await uow.fetchrow(
        """
        select coalesce(bool_or(state = 'open' or asked_at > now() - $2::interval), false) as has,
          (count(*) filter (where asked_at > now() - interval '24 hours'))::int as today
        from callback where number_index = $1
        """,
        index,
        within,
    )
    assert row is not None  # noqa: S101 - a count has one row
    return row["has"], row["today"]


async def end(uow: Uow, callback_id: UUID, state: CallbackState) -> bool:
    """It is over; False when it was before."""
    return bool(
        await uow.execute(
            """
            update callback set state = $2, ended_at = now(), next_at = null
            where id = $1 and state = 'open'
            """,
            callback_id,
            state,
        )
    )


async def wrong(uow: Uow, contact_id: UUID) -> bool:
    """The key was pressed by somebody else: what was promised was not kept."""
    return bool(
        await uow.execute(
            """
            update callback c set state = 'undecided', ended_at = now(), next_at = null
            where contact_id = $1 and state in ('open', 'done') and exists (
              select 1 from callback_attempt a
              where a.callback_id = c.id and a.passed_at is not null)
            """,
            contact_id,
        )
    )


async def undecided(uow: Uow) -> int:
    """How many callbacks wait for a supervisor to say what becomes of them."""
    number: int = await uow.fetchval("select count(*)::int from callback where state = 'undecided'")
    return number


async def last_undecided(uow: Uow) -> datetime | None:
    """When the latest of them came."""
    at: datetime | None = await uow.fetchval(
        "select max(ended_at) from callback where state = 'undecided'"
    )
    return at


async def decide(uow: Uow, callback_id: UUID, state: CallbackState) -> Decided | None:
    """A supervisor said what becomes of it; None when it was not to be decided (any more)."""
    row = await uow.fetchrow(_DECIDED, callback_id, state)
    return Decided(**row) if row else None


async def put_off(uow: Uow, callback_id: UUID, at: datetime | None) -> None:
    """The next call must wait until then; None: it waits for nothing but an operator."""
    await uow.execute("update callback set next_at = $2 where id = $1", callback_id, at)


async def overdue(uow: Uow) -> list[ContactId]:
    """Contacts whose callback is worth nothing any more."""
    return [ContactId(row["contact_id"]) for row in await uow.fetch(_OVERDUE)]


async def lapsed(uow: Uow) -> list[ContactId]:
    """Contacts whose agreed time has passed without a talk."""
    return [ContactId(row["contact_id"]) for row in await uow.fetch(_LAPSED)]


async def waited(uow: Uow) -> list[ContactId]:
    """Contacts that may be called again."""
    return [ContactId(row["contact_id"]) for row in await uow.fetch(_WAITED)]


async def planned(uow: Uow, room: str) -> tuple[UUID, datetime] | None:
    """The call that was written down for a reservation, and when."""
    row = await uow.fetchrow("select id, planned_at from callback_attempt where room = $1", room)
    return (row["id"], row["planned_at"]) if row else None


async def plan(uow: Uow, callback: Callback, room: str, index: bytes) -> tuple[UUID, datetime]:
    """Write down that the person is to be called in this reservation."""
    row = await uow.fetchrow(
        """
        insert into callback_attempt (id, callback_id, room, number_index)
        values ($1, $2, $3, $4) returning id, planned_at
        """,
        new_id(),
        callback.id,
        room,
        index,
    )
    assert row is not None  # noqa: S101 - an insert always returns its row
    await uow.execute("update callback set attempts = attempts + 1 where id = $1", callback.id)
    return row["id"], row["planned_at"]


async def unplan(uow: Uow, attempt: Attempt) -> None:
    """The carrier did nothing: as if it had not been asked."""
    gone = await uow.execute(
        "delete from callback_attempt where id = $1 and sid is null", attempt.id
    )
    if gone:
        await uow.execute(
            "update callback set attempts = attempts - 1 where id = $1", attempt.callback_id
        )


async def under_way(uow: Uow, index: bytes, callback_id: UUID) -> bool:
    """Whether the same number is being called for another promise, or talked with."""
    return bool(
        await uow.fetchval(
            """
            select 1 from callback_attempt
            where number_index = $1 and callback_id <> $2 and ended_at is null
              and planned_at > now() - interval '4 hours' limit 1
            """,
            index,
            callback_id,
        )
    )


async def contact_of_attempt(uow: Uow, attempt_id: UUID) -> ContactId | None:
    """Whom the attempt is for."""
    found: UUID | None = await uow.fetchval(
        """
        select c.contact_id from callback_attempt a join callback c on c.id = a.callback_id
        where a.id = $1
        """,
        attempt_id,
    )
    return ContactId(found) if found else None


async def record(uow: Uow, attempt_id: UUID, sid: str) -> None:
    """The leg that came of it."""
    await uow.execute(
        "update callback_attempt set sid = $2 where id = $1 and sid is null", attempt_id, sid
    )


async def room_of(uow: Uow, sid: str) -> str | None:
    """The reservation that a leg was called for; None for a leg we did not make."""
    room: str | None = await uow.fetchval("select room from callback_attempt where sid = $1", sid)
    return room


async def passed(uow: Uow, sid: str) -> None:
    """The person pressed the key."""
    await uow.execute("update callback_attempt set passed_at = now() where sid = $1", sid)


async def end_attempt(uow: Uow, *, how: str, sid: str | None = None, room: str = "") -> bool:
    """The call is over; False when it was before, or there was none."""
    return bool(
        await uow.execute(
            """
            update callback_attempt set ended_at = now(), how = $3
            where (sid = $1 or room = $2) and ended_at is null
            """,
            sid,
            room,
            how,
        )
    )


async def spent(uow: Uow, index: bytes) -> Spent:
    """What the last 24 hours cost; a call that is not over costs its time so far."""
    row = await uow.fetchrow(
        """
        select count(*)::int as calls,
          coalesce(ceil(sum(extract(epoch from coalesce(ended_at, now()) - planned_at)) / 60),
                   0)::int as minutes,
          (count(*) filter (where number_index = $1))::int as calls_to_number
        from callback_attempt where planned_at > now() - interval '24 hours'
        """,
        index,
    )
    assert row is not None  # noqa: S101 - a count has one row
    return Spent(**dict(row))
