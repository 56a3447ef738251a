"""SQL of messages that callers left."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import asyncpg

from hotline.callbacks.model import MessageState, VoiceMessage
from hotline.infra.db import Uow
from hotline.kernel.ids import new_id

_COLUMNS = "id, contact_id, recording_sid, state, length_s, at, sound_id, heard_at, deleted_at"
_NAMED = f"select {_COLUMNS} from voice_message where id = $1"  # noqa: S608 - a constant list of columns
_OF = f"""
select {_COLUMNS} from voice_message
where contact_id = any($1) and state in ('fetching', 'kept', 'lost', 'shredded') order by at, id
"""  # noqa: S608 - a constant list of columns
_CARRIED = f"""
select {_COLUMNS} from voice_message
where deleted_at is null and at < now() - $1::interval and (state = 'fetching' or $2)
order by at limit 500
"""  # noqa: S608 - a constant list of columns
_OLD = f"""
select {_COLUMNS} from voice_message
where sound_id is not null and at < now() - $1::interval order by at limit 500
for update skip locked
"""  # noqa: S608 - a constant list of columns
_SAVED: Final = """
update voice_message set state = $2, sound_id = $3 where id = $1 and state = 'fetching'
"""


def _message(row: asyncpg.Record) -> VoiceMessage:
    values = dict(row)
    values["state"] = MessageState(values["state"])
    return VoiceMessage(**values)


async def insert(
    uow: Uow, contact_id: UUID, call_sid: str, recording: tuple[str, int], state: MessageState
) -> UUID | None:
    """A recording (id and seconds) that we hear of for the first time; None for any other."""
    found: UUID | None = await uow.fetchval(
        """
        insert into voice_message (id, contact_id, call_sid, recording_sid, length_s, state)
        values ($1, $2, $3, $4, $5, $6) on conflict (recording_sid) do nothing returning id
        """,
        new_id(),
        contact_id,
        call_sid,
        *recording,
        state,
    )
    return found


async def known(uow: Uow, recording_sid: str) -> bool:
    """Whether we heard of a recording before."""
    return bool(
        await uow.fetchval("select 1 from voice_message where recording_sid = $1", recording_sid)
    )


async def named(uow: Uow, message_id: UUID) -> VoiceMessage | None:
    """One message, in whatever state."""
    row = await uow.fetchrow(_NAMED, message_id)
    return _message(row) if row else None


async def of(uow: Uow, contact_ids: Sequence[UUID]) -> list[VoiceMessage]:
    """The messages of these contacts, oldest first, without those in which nothing was said."""
    return [_message(row) for row in await uow.fetch(_OF, list(contact_ids))]


async def unheard(uow: Uow, contact_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these contacts have a message that somebody must listen to first."""
    return {one.contact_id for one in await of(uow, contact_ids) if one.waits}


async def waiting(uow: Uow) -> int:
    """How many open promises have a message, or had one."""
    number: int = await uow.fetchval(
        """
        select count(*)::int from callback c where c.state = 'open'
          and exists (select 1 from voice_message m where m.contact_id = c.contact_id
                      and m.state in ('kept', 'lost'))
        """
    )
    return number


async def left_in(uow: Uow, call_sid: str) -> bool:
    """Whether something was said in a call."""
    return bool(
        await uow.fetchval(
            "select 1 from voice_message where call_sid = $1 and state <> 'empty' limit 1", call_sid
        )
    )


async def save(uow: Uow, message_id: UUID, state: MessageState, sound_id: UUID | None) -> bool:
    """It is here, or lost; False when another was faster."""
    return bool(await uow.execute(_SAVED, message_id, state, sound_id))


async def deleted(uow: Uow, message_id: UUID) -> None:
    """The carrier has it no more."""
    await uow.execute(
        "update voice_message set deleted_at = now() where id = $1 and deleted_at is null",
        message_id,
    )


async def move(uow: Uow, from_contact: UUID, to_contact: UUID) -> None:
    """They belong to another contact of the same caller."""
    await uow.execute(
        "update voice_message set contact_id = $2 where contact_id = $1", from_contact, to_contact
    )


async def heard(uow: Uow, message_id: UUID) -> None:
    """Somebody listens to it."""
    await uow.execute(
        "update voice_message set heard_at = coalesce(heard_at, now()) where id = $1", message_id
    )


async def carried(uow: Uow, older_than: timedelta, *, deletes: bool) -> list[VoiceMessage]:
    """What the carrier still has after so long, and is to give or, where it can, to delete."""
    return [_message(row) for row in await uow.fetch(_CARRIED, older_than, deletes)]


async def old(uow: Uow, older_than: timedelta) -> list[VoiceMessage]:
    """Messages whose sound was kept for so long, locked."""
    return [_message(row) for row in await uow.fetch(_OLD, older_than)]


async def shredded(uow: Uow, message_id: UUID) -> None:
    """Its sound is gone; that it was left stays."""
    await uow.execute(
        "update voice_message set sound_id = null, state = 'shredded' where id = $1", message_id
    )
