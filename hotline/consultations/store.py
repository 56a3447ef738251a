"""SQL of records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from hotline.consultations.model import RecordState
from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId

_COLUMNS = """contact_id, author_id, state, rev, fields, sealed, touched, form_version, opened_at,
    saved_at, finished_at"""
_SELECT = f"select {_COLUMNS} from consultation where contact_id = $1"  # noqa: S608 - a constant list of columns
_SELECT_LOCKED = _SELECT + " for update"
_OPEN = f"""
insert into consultation (contact_id, author_id, state, fields, form_version)
values ($1, $2, 'draft', $3, $4) on conflict (contact_id) do nothing returning {_COLUMNS}
"""  # noqa: S608 - a constant list of columns
_SAVE = f"""
update consultation set rev = rev + 1, state = $3, fields = $4, sealed = $5, touched = $6,
       form_version = $7, saved_at = clock_timestamp(),
       finished_at = case when $3 = 'finished' then clock_timestamp() end
where contact_id = $1 and rev = $2 and state = 'draft' returning {_COLUMNS}
"""  # noqa: S608 - a constant list of columns


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is stored; personal words are in `sealed`."""

    contact_id: UUID
    author_id: UUID
    state: str
    rev: int
    fields: dict[str, Any]
    sealed: bytes | None
    touched: dict[str, dict[str, Any]]
    form_version: str
    opened_at: datetime
    saved_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is written over a draft."""

    state: RecordState
    fields: dict[str, Any]
    sealed: bytes | None
    touched: dict[str, dict[str, Any]]
    form_version: str


def _row(row: asyncpg.Record | None) -> Row | None:
    return Row(**row) if row else None


async def get(uow: Uow, contact_id: UUID, *, lock: bool) -> Row | None:
    """The record; with `lock`, others who change it wait until this transaction ends."""
    return _row(await uow.fetchrow(_SELECT_LOCKED if lock else _SELECT, contact_id))


async def author(uow: Uow, contact_id: UUID) -> StaffId | None:
    """Who has the record."""
    staff_id: UUID | None = await uow.fetchval(
        "select author_id from consultation where contact_id = $1", contact_id
    )
    return StaffId(staff_id) if staff_id else None


async def open_draft(
    uow: Uow, contact_id: UUID, author_id: StaffId, *, fields: dict[str, Any], form_version: str
) -> Row | None:
    """A new draft; None when there is a record already."""
    return _row(await uow.fetchrow(_OPEN, contact_id, author_id, fields, form_version))


async def save(uow: Uow, contact_id: UUID, rev: int, change: Change) -> Row | None:
    """Compare-and-swap on `rev`; None when somebody was faster or the record is finished."""
    row = await uow.fetchrow(
        _SAVE,
        contact_id,
        rev,
        change.state,
        change.fields,
        change.sealed,
        change.touched,
        change.form_version,
    )
    return _row(row)


async def hand_over(uow: Uow, contact_id: UUID, author_id: StaffId) -> None:
    """The draft goes on with another operator."""
    await uow.execute(
        "update consultation set author_id = $2 where contact_id = $1 and state = 'draft'",
        contact_id,
        author_id,
    )


async def drop_blank(uow: Uow, contact_id: UUID) -> bool:
    """Remove a draft into which nobody wrote; whether there was one."""
    dropped = await uow.execute(
        """
        delete from consultation
        where contact_id = $1 and state = 'draft' and touched = '{}'::jsonb
        """,
        contact_id,
    )
    return dropped > 0
