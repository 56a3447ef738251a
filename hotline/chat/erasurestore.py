"""SQL of erasures: what is shredded here, and what is left to delete at the provider.

What is left is counted by what is there: a provider's id that is still written down.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import asyncpg

from hotline.chat.model import Asked, Erasure
from hotline.infra.db import Uow

ERASED: Final = "erased"

_FILES = """
update attachment a
set state = 'refused', error_code = 'erased', handle_sealed = null, name_sealed = null,
  blob_id = null, state_at = now()
from attachment was join message m on m.id = was.message_id
where a.id = was.id and m.contact_id = $1 and m.id <= $2
returning was.blob_id
"""
_COLUMNS = "id, contact_id, asked_by, asked_at, upto, held, says, done_at, deleted, remaining"
_NEWEST = """
select contact_id from conversation
where channel = $1 and address_index = $2 order by open desc, opened_at desc limit 1
"""
# What an address still has here or at the provider; the newest conversation last.
_OF_ADDRESS = """
select c.contact_id from conversation c
where c.channel = $1 and c.address_index = $2 and exists (
  select 1 from message m left join message_part p on p.message_id = m.id
  where m.contact_id = c.contact_id
    and (m.body_sealed is not null or m.provider_id is not null or p.provider_id is not null))
order by c.open, c.opened_at
"""
_INSERT = f"""
insert into erasure (contact_id, asked_by, staff_id, upto, held, says)
select $1, $2, $3, max(id), $4, $5 from message where contact_id = $1 having max(id) is not null
returning {_COLUMNS}
"""  # noqa: S608 - a constant list of columns
# What is on its way is on its way; what is not yet, never will be.
_UNSEND = """
update message set state = 'failed', error_code = 'erased', state_at = now()
where contact_id = $1 and id <= $2 and state in ('queued', 'sending', 'unknown', 'failed')
  and error_code is distinct from 'erased'
returning id
"""
_SHRED = """
with words as (
  delete from message_revision r using message m
  where m.id = r.message_id and m.contact_id = $1 and m.id <= $2)
update message set body_sealed = null, options = null, error_code = 'erased', state_at = now(),
  edit_state = null, edit_error = null
where contact_id = $1 and id <= $2
"""
_AT_PROVIDER = """
select m.provider_id, m.at from message m where m.contact_id = $1 and m.id <= $2
union all
select p.provider_id, m.at from message_part p join message m on m.id = p.message_id
where m.contact_id = $1 and m.id <= $2
"""
_LEFT = f"""
select provider_id, $3::interval is not null and at < now() - $3::interval as old
from ({_AT_PROVIDER}) known where provider_id is not null and provider_id <> all($5)
order by old desc, at limit $4
"""  # noqa: S608 - constant texts
# As long as delivery itself is patient with it.
_LEAVING = """
select exists (
  select 1 from message_part p join message m on m.id = p.message_id
  where m.contact_id = $1 and m.id <= $2 and p.state = 'sending'
    and p.state_at > now() - $3::interval - interval '1 second' / $4::float8 * coalesce(
      (select max(a.length) from attachment a where a.message_id = m.id), 0))
"""
_FORGET_MESSAGES = """
update message set provider_id = null where contact_id = $1 and provider_id = any($2)
"""
_FORGET_PARTS = """
update message_part p set provider_id = null from message m
where m.id = p.message_id and m.contact_id = $1 and p.provider_id = any($2)
"""
_COUNT = "update erasure set deleted = deleted + $2, remaining = remaining + $3 where id = $1"
_DONE = f"""
update erasure e set done_at = now(), remaining = remaining + (
  select count(*) from message_part p join message m on m.id = p.message_id
  where m.contact_id = e.contact_id and m.id <= e.upto and p.state in ('unknown', 'sending')
    and p.provider_id is null)
where id = $1 and done_at is null returning {_COLUMNS}
"""  # noqa: S608 - a constant list of columns
_COVERING = f"""
select {_COLUMNS} from erasure where contact_id = $1 and upto >= $2
order by done_at is null desc, id desc limit 1
"""  # noqa: S608 - a constant list of columns
_FURTHER = """
insert into erasure (contact_id, asked_by, staff_id, upto, held, says)
select contact_id, asked_by, staff_id, upto, false, false from erasure where id = $1
returning id
"""
# Until they send something again, whatever it is.
_SILENT = """
select exists (
  select 1 from erasure e where e.contact_id = $1 and e.asked_by = 'caller'
    and e.upto >= (select max(id) from message where contact_id = $1 and author = 'caller'))
"""


async def newest_of(uow: Uow, channel: str, index: bytes) -> UUID | None:
    """The contact of the open conversation of an address, else of the last one."""
    found: UUID | None = await uow.fetchval(_NEWEST, channel, index)
    return found


async def of_address(uow: Uow, channel: str, index: bytes) -> list[UUID]:
    """The contacts of an address of which something is left, the newest conversation last."""
    return [row["contact_id"] for row in await uow.fetch(_OF_ADDRESS, channel, index)]


async def insert(
    uow: Uow, contact_id: UUID, asked: Asked, staff_id: UUID | None, *, held: bool, says: bool
) -> Erasure | None:
    """Of all that was written so far; None when nothing was."""
    row = await uow.fetchrow(_INSERT, contact_id, asked.value, staff_id, held, says)
    return _erasure(row) if row else None


async def get(uow: Uow, erasure_id: int) -> Erasure | None:
    """One erasure."""
    row = await uow.fetchrow(
        f"select {_COLUMNS} from erasure where id = $1",  # noqa: S608 - constant columns
        erasure_id,
    )
    return _erasure(row) if row else None


async def covering(uow: Uow, contact_id: UUID, message_id: int) -> Erasure | None:
    """An erasure of a message: one that is not done yet, else the newest."""
    row = await uow.fetchrow(_COVERING, contact_id, message_id)
    return _erasure(row) if row else None


async def further(uow: Uow, erasure: Erasure) -> int:
    """One more of the same, for what came to light at the provider when it was done."""
    number: int = await uow.fetchval(_FURTHER, erasure.id)
    return number


async def unsend(uow: Uow, erasure: Erasure) -> list[int]:
    """What was not sent yet never will be, nor again; the messages of which that is news."""
    rows = await uow.fetch(_UNSEND, erasure.contact_id, erasure.upto)
    return [row["id"] for row in rows]


async def shred(uow: Uow, erasure: Erasure) -> None:
    """Our copy of words and files is gone. Whoever calls has the conversation locked."""
    await uow.execute(_SHRED, erasure.contact_id, erasure.upto)
    files = await uow.fetch(_FILES, erasure.contact_id, erasure.upto)
    await uow.execute("delete from blob where id = any($1)", [row["blob_id"] for row in files])
    await uow.execute(
        "update erasure set shredded_at = now(), held = false where id = $1", erasure.id
    )


async def left(
    uow: Uow,
    erasure: Erasure,
    within: timedelta | None = None,
    *,
    limit: int = 1,
    beside: Sequence[str] = (),
) -> tuple[list[str], bool]:
    """Provider's ids still to be dealt with, and whether they are too old to be deleted there.

    `beside` those that are for later.
    """
    rows = await uow.fetch(_LEFT, erasure.contact_id, erasure.upto, within, limit, list(beside))
    old = bool(rows) and rows[0]["old"]
    return [row["provider_id"] for row in rows if row["old"] == old], old


async def leaving(uow: Uow, erasure: Erasure, settle: timedelta, bytes_per_s: int) -> bool:
    """Whether a part may be at the provider in a moment, under an id that we do not know yet.

    It may be on its way for `settle`, and longer as far as it holds a file.
    """
    found = await uow.fetchval(_LEAVING, erasure.contact_id, erasure.upto, settle, bytes_per_s)
    return bool(found)


async def silent(uow: Uow, contact_id: UUID) -> bool:
    """Whether a caller wanted it all gone, and has sent nothing since."""
    return bool(await uow.fetchval(_SILENT, contact_id))


async def settled(
    uow: Uow, erasure: Erasure, *, deleted: Sequence[str] = (), remaining: Sequence[str] = ()
) -> None:
    """These ids are dealt with: deleted, or known to stay."""
    ids = [*deleted, *remaining]
    await uow.execute(_FORGET_MESSAGES, erasure.contact_id, ids)
    await uow.execute(_FORGET_PARTS, erasure.contact_id, ids)
    await uow.execute(_COUNT, erasure.id, len(deleted), len(remaining))


async def done(uow: Uow, erasure_id: int) -> Erasure | None:
    """All that can be deleted is; None when that was known.

    What may be at the provider, but under no id that we know, stays there.
    """
    row = await uow.fetchrow(_DONE, erasure_id)
    return _erasure(row) if row else None


def _erasure(row: asyncpg.Record) -> Erasure:
    return Erasure(**{**row, "asked_by": Asked(row["asked_by"])})
