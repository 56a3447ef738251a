"""SQL of safe-contact records."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from hotline.infra.db import Uow

_OF = """
select sealed, rev, asked_at, asked_by, wrong_at from caller_safety where caller_id = $1
"""
_FIRST = """
insert into caller_safety (caller_id, sealed, asked_by) values ($1, $2, $3)
on conflict do nothing
"""
_NEXT = """
update caller_safety set sealed = $2, asked_by = $3, rev = rev + 1, asked_at = now(),
  wrong_at = null
where caller_id = $1 and rev = $4
"""
_WRONG = """
insert into caller_safety (caller_id, sealed, wrong_at) values ($1, $2, now())
on conflict (caller_id) do update set wrong_at = now(), rev = caller_safety.rev + 1
"""


class Row(NamedTuple):
    """A record as it is kept. `wrong_at`: when somebody else answered, since it was written."""

    sealed: bytes
    rev: int
    asked_at: datetime
    asked_by: UUID | None
    wrong_at: datetime | None


async def of(uow: Uow, caller_id: UUID) -> Row | None:
    """The record of a caller."""
    row = await uow.fetchrow(_OF, caller_id)
    return Row(*row) if row else None


async def among(uow: Uow, caller_ids: Sequence[UUID]) -> list[tuple[UUID, bytes]]:
    """The callers of these that have a record, each with it, sealed."""
    sql = "select caller_id, sealed from caller_safety where caller_id = any($1)"
    return [(row["caller_id"], row["sealed"]) for row in await uow.fetch(sql, list(caller_ids))]


async def exists(uow: Uow, caller_id: UUID) -> bool:
    """Whether there is one, without reading it."""
    return bool(await uow.fetchval("select 1 from caller_safety where caller_id = $1", caller_id))


async def save(uow: Uow, caller_id: UUID, sealed: bytes, by: UUID | None, rev: int) -> bool:
    """Write it over revision `rev` (0: there is none); False when somebody was faster."""
    if rev == 0:
        return bool(await uow.execute(_FIRST, caller_id, sealed, by))
    return bool(await uow.execute(_NEXT, caller_id, sealed, by, rev))


async def wrong(uow: Uow, caller_id: UUID, blank: bytes) -> None:
    """Somebody else answered; `blank` is the record of who has none."""
    await uow.execute(_WRONG, caller_id, blank)
