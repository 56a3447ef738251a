"""SQL of recordings. Whoever begins, steers or refuses one holds the contact's row."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, new_id
from hotline.recordings.machine import before
from hotline.recordings.model import Recording, State, Told

_ROW = ", ".join(Recording.__slots__)
_GET = f"select {_ROW} from call_recording where id = $1"  # noqa: S608 - a constant list of columns
_NAMED = f"select {_ROW} from call_recording where sid = $1"  # noqa: S608 - a constant list of columns
# Not meant: begun by an order whose answer got lost, beside the one that there is. Never shown.
_MEANT = "(sid is null or tried_at is not null)"
_OPEN = f"select {_ROW} from call_recording where contact_id = $1 and not over"  # noqa: S608 - a constant list of columns
_OF_CONTACT = f"""
select {_ROW} from call_recording where contact_id = $1 and {_MEANT}
order by begun_at, id limit 50
"""  # noqa: S608 - a constant list of columns
_LATEST = f"""
select distinct on (contact_id) {_ROW} from call_recording
where contact_id = any($1) and {_MEANT} order by contact_id, begun_at desc
"""  # noqa: S608 - a constant list of columns
_OLD = f"""
select {_ROW} from call_recording
where state = 'kept' and kept_at < now() - $1::interval order by kept_at limit $2
for update skip locked
"""  # noqa: S608 - a constant list of columns
_OVERDUE = f"""
select {_ROW} from call_recording
where gone_at is null and over and begun_at < now() - $1::interval order by begun_at limit $2
"""  # noqa: S608 - a constant list of columns


def _recording(row: asyncpg.Record) -> Recording:
    values = dict(row)
    values["state"] = State(values["state"])
    values["told"] = Told(values["told"]) if values["told"] else None
    return Recording(**values)


async def insert(uow: Uow, recording_id: UUID, contact_id: UUID, call_sid: str) -> None:
    """The intent to record a call."""
    await uow.execute(
        "insert into call_recording (id, contact_id, call_sid, state) values ($1, $2, $3, 'asked')",
        recording_id,
        contact_id,
        call_sid,
    )


async def get(uow: Uow, recording_id: UUID) -> Recording | None:
    """One recording."""
    row = await uow.fetchrow(_GET, recording_id)
    return _recording(row) if row else None


async def by_sid(uow: Uow, sid: str) -> Recording | None:
    """The recording that the carrier calls so."""
    row = await uow.fetchrow(_NAMED, sid)
    return _recording(row) if row else None


async def open_of(uow: Uow, contact_id: UUID) -> Recording | None:
    """The recording of a contact that is not to end yet."""
    row = await uow.fetchrow(_OPEN, contact_id)
    return _recording(row) if row else None


async def of_contact(uow: Uow, contact_id: UUID) -> list[Recording]:
    """All of a contact, oldest first."""
    return [_recording(row) for row in await uow.fetch(_OF_CONTACT, contact_id)]


async def latest(uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, Recording]:
    """The latest of each contact that has one."""
    rows = await uow.fetch(_LATEST, list(contact_ids))
    return {ContactId(row["contact_id"]): _recording(row) for row in rows}


async def want(uow: Uow, recording: Recording) -> bool:
    """Store how it is to be; False when it was so. What is over or to be discarded stays so."""
    changed = await uow.execute(
        """
        update call_recording
        set hushed = $2, quiet = $3, over = over or $4, discard = discard or $5
        where id = $1 and (hushed, quiet, over, discard)
          is distinct from ($2, $3, over or $4, discard or $5)
        """,
        recording.id,
        recording.hushed,
        recording.quiet,
        recording.over,
        recording.discard,
    )
    return changed == 1


async def end_all(uow: Uow) -> list[UUID]:
    """The line records no more: every recording is to end."""
    rows = await uow.fetch("update call_recording set over = true where not over returning id")
    return [row["id"] for row in rows]


async def first_try(uow: Uow, recording_id: UUID) -> bool:
    """Write down that the carrier is asked to begin; False when it may have been asked before."""
    made = await uow.execute(
        "update call_recording set tried_at = now() where id = $1 and tried_at is null",
        recording_id,
    )
    return made == 1


async def named(uow: Uow, call_sid: str) -> set[str]:
    """The carrier's names of the recordings of a call that are known, messages among them."""
    rows = await uow.fetch(
        """
        select sid from call_recording where call_sid = $1 and sid is not null
        union select recording_sid from voice_message where call_sid = $1
        """,
        call_sid,
    )
    return {row["sid"] for row in rows}


async def bind(uow: Uow, recording_id: UUID, sid: str) -> bool:
    """The carrier's name of it, whoever told it first; False when it has one.

    With a name it is there, whatever was thought of it. What was written off went on through every
    pause: it is not kept.
    """
    bound = await uow.execute(
        """
        update call_recording
        set sid = $2, told = coalesce(told, $3), gone_at = null,
          over = over or state = 'absent', discard = discard or state = 'absent',
          state = case when state = any($4) then 'asked' else state end
        where id = $1 and sid is null
        """,
        recording_id,
        sid,
        Told.ON,
        before(State.ASKED),
    )
    return bound == 1


async def insert_stray(uow: Uow, recording: Recording, sid: str) -> bool:
    """Another of the same call, to be ended and not kept; False when it is known by now."""
    made = await uow.execute(
        """
        insert into call_recording (id, contact_id, call_sid, state, sid, told, over, discard)
        values ($1, $2, $3, 'asked', $4, $5, true, true) on conflict (sid) do nothing
        """,
        new_id(),
        recording.contact_id,
        recording.call_sid,
        sid,
        Told.ON,
    )
    return made == 1


async def tell(uow: Uow, recording_id: UUID, told: Told) -> None:
    """Keep what the carrier was told."""
    await uow.execute("update call_recording set told = $2 where id = $1", recording_id, told)


async def move(uow: Uow, recording_id: UUID, then: State, *, length_s: int | None = None) -> bool:
    """Compare and swap along the machine's table; False when there is no way (any more)."""
    moved = await uow.execute(
        """
        update call_recording
        set state = $2, length_s = coalesce($4, length_s), over = over or $2 <> 'going',
          kept_at = case when $2 = 'kept' then now() else kept_at end,
          destroyed_at = case when $2 = 'destroyed' then now() else destroyed_at end
        where id = $1 and state = any($3)
        """,
        recording_id,
        then,
        before(then),
        length_s,
    )
    return moved == 1


async def set_sound(uow: Uow, recording_id: UUID, sound_id: UUID | None) -> None:
    """Where its sound is kept, or that it is no more."""
    await uow.execute(
        "update call_recording set sound_id = $2 where id = $1", recording_id, sound_id
    )


async def gone(uow: Uow, recording_id: UUID) -> bool:
    """The receipt: the carrier has it no more; False when that was known."""
    made = await uow.execute(
        "update call_recording set gone_at = now() where id = $1 and gone_at is null", recording_id
    )
    return made == 1


async def old(uow: Uow, keep: timedelta, limit: int) -> list[Recording]:
    """What was kept for long enough, locked."""
    return [_recording(row) for row in await uow.fetch(_OLD, keep, limit)]


async def overdue(uow: Uow, since: timedelta, limit: int) -> list[Recording]:
    """What is over, began so long ago, and may still be at the carrier."""
    return [_recording(row) for row in await uow.fetch(_OVERDUE, since, limit)]
